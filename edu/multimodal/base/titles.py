"""Whether a line in large letters goes on in the next one, or is a title above a heading."""

import re
from collections.abc import Sequence
from functools import cache

from edu.common.language import fold
from edu.common.stopwords import STOPWORDS

_OPEN = re.compile(r"[-‐–—,;:/&+(\[،、]$")
_NUMBER = re.compile(r"^(?:\w+\s+)?(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6})[.:)]?$")


def ends_early(
    one: str, two: str, above: Sequence[float], below: Sequence[float], edges: tuple[float, float]
) -> bool:
    """Tell whether the line `one` ends though the first word of `two`, the line below it, would have
    found room: then it was not broken but is over. `edges` are the left and the right of the column.

    A line that cannot end there goes on all the same: before a small letter, after a small word, a
    hyphen or a colon; and so does the number of a chapter.
    """
    one, two = one.strip(), two.strip()
    if not one or not two or two[:1].islower() or _OPEN.search(one) or _NUMBER.match(one):
        return False
    last = one.split()[-1]
    if last.islower() and fold(last) in _small_words():
        return False
    word = len(two.split()[0]) / len(two) * (below[2] - below[0])
    blank = (above[2] - above[0]) / len(one)
    left, right = edges
    aside = abs(above[0] - below[0]), abs(above[2] - below[2])
    middle = abs(above[0] + above[2] - below[0] - below[2]) / 2
    if middle < 0.5 * min(aside):  # both are centred
        room = right - left - (above[2] - above[0])
    elif aside[1] < 0.5 * aside[0]:  # they end together, as in scripts from right to left
        room = above[0] - left
    else:
        room = right - above[2]
    return room > word + 2 * blank


@cache
def _small_words() -> frozenset[str]:
    return frozenset(fold(word) for words in STOPWORDS.values() for word in words)
