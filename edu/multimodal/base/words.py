"""Words with places on a page, and the runs of them that stand on one line.

All coordinates are those of the page as it is shown: from the top left, y downwards, any unit.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Word:
    """A word and its box; `size` of its letters, `right_to_left` script or not."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool = False
    right_to_left: bool = False


@dataclass
class Run:
    """Words that stand together on one line; or a whole ruled `table`, which has no words."""

    words: list[Word]
    x0: float = 0.0
    y0: float = 0.0
    x1: float = 0.0
    y1: float = 0.0
    table: list[list[str]] | None = None

    def close(self) -> None:
        """Put the words into the order in which they are read."""
        if not self.right_to_left:
            self.words.sort(key=lambda word: word.x0)
            return
        self.words.sort(key=lambda word: -word.x1)
        at = 0
        while at < len(self.words):
            end = at
            while end < len(self.words) and not self.words[end].right_to_left:
                end += 1
            # Numbers and Latin words keep their own direction inside the line.
            self.words[at:end] = self.words[at:end][::-1]
            at = end + 1
        whole = self.words[:1]
        for word in self.words[1:]:
            last = whole[-1]
            if word.right_to_left and last.right_to_left and last.x0 - word.x1 < 0.2 * word.size:
                # A blank that nobody wrote: the file had the letters in another order.
                last.text += word.text
                last.x0 = min(last.x0, word.x0)
            else:
                whole.append(word)
        self.words = whole

    def takes(self, word: Word, em: float) -> bool:
        """Tell whether `word` stands beside this run on the same line; if so, take it in."""
        shared = min(self.y1, word.y1) - max(self.y0, word.y0)
        height = min(self.words[-1].y1 - self.words[-1].y0, word.y1 - word.y0)
        gap = max(word.x0 - self.x1, self.x0 - word.x1)
        if shared <= 0.5 * height or gap >= 0.95 * max(em, min(self.words[-1].size, word.size)):
            return False
        if gap < -0.6 * em and not word.right_to_left:
            return False
        self.words.append(word)
        self.x0, self.y0 = min(self.x0, word.x0), min(self.y0, word.y0)
        self.x1, self.y1 = max(self.x1, word.x1), max(self.y1, word.y1)
        return True

    @property
    def text(self) -> str:
        """The words with blanks between them."""
        return " ".join(word.text for word in self.words)

    @property
    def size(self) -> float:
        """The size of most of its letters."""
        if self.words and len({word.size for word in self.words}) == 1:
            return self.words[0].size
        sizes: Counter[float] = Counter()
        for word in self.words:
            sizes[word.size] += len(word.text)
        return sizes.most_common(1)[0][0] if sizes else 1.0

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(word.bold for word in self.words)

    @property
    def right_to_left(self) -> bool:
        """Whether most of it is written from right to left."""
        return 2 * sum(word.right_to_left for word in self.words) > len(self.words)


_LAM_ALEF = re.compile("([اأإآ])ل")


def backwards(signs: list[tuple[float, str]]) -> str:
    """Return a word of a right-to-left script from its signs and their places along the line.

    Signs of one place are a ligature and keep their order; digits and Latin letters keep theirs.
    """
    placed: dict[float, list[str]] = {}
    for x, sign in signs:
        key = next((each for each in placed if abs(each - x) < 0.2), x)
        placed.setdefault(key, []).append(sign)
    parts: list[str] = []
    for x in sorted(placed, reverse=True):
        piece = "".join(placed[x])
        if len(piece) == 2:
            piece = _LAM_ALEF.sub(r"ل\1", piece)
        forward = unicodedata.bidirectional(piece[0]) in ("L", "EN", "AN", "ES", "CS")
        if forward and parts and unicodedata.bidirectional(parts[-1][0]) in ("L", "EN", "AN"):
            parts[-1] = piece + parts[-1]
        else:
            parts.append(piece)
    return "".join(parts)


def union(boxes: Iterable[Box]) -> Box:
    """Return the box around all `boxes`."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def runs_of(words: list[Word], em: float) -> list[Run]:
    """Put neighbours together, in the order in which the file has them."""
    runs: list[Run] = []
    for word in words:
        if not runs or not runs[-1].takes(word, em):
            runs.append(Run([word], word.x0, word.y0, word.x1, word.y1))
    for run in runs:
        run.close()
    return runs


def rows_of(runs: list[Run]) -> list[list[Run]]:
    """Return runs that share a line, top to bottom, each from its beginning to its end."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.y0 + run.y1, run.x0)):
        middle = (run.y0 + run.y1) / 2
        for row in rows[-3:]:
            first = row[0]
            if first.y0 < middle < first.y1 and run.y0 < (first.y0 + first.y1) / 2 < run.y1:
                row.append(run)
                break
        else:
            rows.append([run])
    for row in rows:
        back = sum(len(run.text) * (1 if run.right_to_left else -1) for run in row) > 0
        row.sort(key=lambda run: -run.x1 if back else run.x0)
    return rows
