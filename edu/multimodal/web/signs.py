"""Lines of a page as SVG text: clear letters that are stretched over the words of the picture."""

import unicodedata
from dataclasses import dataclass

from edu.multimodal.data import PageLine, Placed

SIDE = 1000  # the drawing is so many units wide and high, whatever the shape of the page
UNDER = 0.22  # of the height of a line lies under the letters' feet


@dataclass(frozen=True)
class Stretched:
    """A word: where it begins and how long it is, in units of the drawing."""

    text: str
    x: float
    length: float


@dataclass(frozen=True)
class DrawnLine:
    """A line: its foot, the size of its letters, its direction and its words."""

    passage: str
    y: float
    size: float
    right_to_left: bool
    words: list[Stretched]


def drawn(line: PageLine) -> DrawnLine:
    """Return a line as it is drawn."""
    top = min(word.box[1] for word in line.words)
    bottom = max(word.box[3] for word in line.words)
    high = SIDE * (bottom - top)
    back = _backwards(line.words)
    return DrawnLine(
        passage=line.passage,
        y=round(SIDE * bottom - UNDER * high, 1),
        size=round(max(1.0, high), 1),
        right_to_left=back,
        words=[
            Stretched(
                word.text,
                round(SIDE * word.box[2 if back else 0], 1),
                round(max(0.5, SIDE * (word.box[2] - word.box[0])), 1),
            )
            for word in line.words
        ],
    )


def _backwards(words: list[Placed]) -> bool:
    """Whether a line is written from right to left: as the first letter that has a direction."""
    for word in words:
        for sign in word.text:
            kind = unicodedata.bidirectional(sign)
            if kind in ("L", "R", "AL"):
                return kind != "L"
    return False
