"""Ruled tables: cells between the lines that a page draws."""

from collections.abc import Iterable
from statistics import median

from edu.multimodal.base.words import Box, Word, rows_of, runs_of

_NEAR = 3.0  # points between lines that are meant to touch
_MOST_LINES = 400  # of one page


class Grid:
    """A ruled table: where its lines stand, and, once filled, the texts of its cells."""

    def __init__(self, xs: list[float], ys: list[float]) -> None:
        self.xs, self.ys = xs, ys
        self.box: Box = (xs[0], ys[0], xs[-1], ys[-1])
        self.cells: list[list[str]] = []

    def holds(self, word: Word) -> bool:
        """Tell whether the middle of `word` is inside."""
        x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
        return self.xs[0] < x < self.xs[-1] and self.ys[0] < y < self.ys[-1]

    def fill(self, words: list[Word]) -> bool:
        """Put `words` into the cells; False when so many stay empty that this is no table."""
        inside: dict[tuple[int, int], list[Word]] = {}
        for word in words:
            column = sum(x < (word.x0 + word.x1) / 2 for x in self.xs) - 1
            row = sum(y < (word.y0 + word.y1) / 2 for y in self.ys) - 1
            inside.setdefault((row, column), []).append(word)
        rows, columns = len(self.ys) - 1, len(self.xs) - 1
        if len(inside) < 4 or len(inside) < 0.4 * rows * columns:
            return False
        back = 2 * sum(word.right_to_left for word in words) > len(words)
        for row in range(rows):
            texts = [_cell(inside.get((row, column), [])) for column in range(columns)]
            self.cells.append(texts[::-1] if back else texts)
        return True


def _cell(words: list[Word]) -> str:
    em = median(word.size for word in words) if words else 1.0
    return " ".join(run.text for row in rows_of(runs_of(words, em)) for run in row)


def grids(lines: list[Box]) -> list[Grid]:
    """Return the ruled tables that thin `lines` (boxes on the shown page) draw."""
    level = _whole([line for line in lines if line[3] - line[1] <= line[2] - line[0]])
    upright = _whole([_turned(line) for line in lines if line[3] - line[1] > line[2] - line[0]])
    whole = level + [_turned(line) for line in upright]
    if len(whole) > _MOST_LINES:
        return []  # a drawing, or a map
    tables: list[list[Box]] = []
    for line in whole:
        touching = [table for table in tables if any(_touch(line, each) for each in table)]
        merged = [line] + [each for table in touching for each in table]
        tables = [table for table in tables if all(table is not one for one in touching)]
        tables.append(merged)
    found = []
    for table in tables:
        xs = _steps(line[0] for line in table if line[3] - line[1] > line[2] - line[0])
        ys = _steps(line[1] for line in table if line[3] - line[1] <= line[2] - line[0])
        if len(xs) >= 3 and len(ys) >= 3:
            found.append(Grid(xs, ys))
    return found


def _turned(line: Box) -> Box:
    return line[1], line[0], line[3], line[2]


def _touch(one: Box, two: Box) -> bool:
    beside = one[0] <= two[2] + _NEAR and two[0] <= one[2] + _NEAR
    return beside and one[1] <= two[3] + _NEAR and two[1] <= one[3] + _NEAR


def _whole(lines: list[Box]) -> list[Box]:
    """Return level lines with the pieces of each put together: cells are often drawn one by one."""
    found: list[Box] = []
    for line in sorted(lines, key=lambda line: (round(line[1] / _NEAR), line[0])):
        last = found[-1] if found else None
        if last and abs(last[1] - line[1]) < _NEAR and line[0] <= last[2] + _NEAR:
            found[-1] = last[0], last[1], max(last[2], line[2]), max(last[3], line[3])
        else:
            found.append(line)
    return found


def _steps(places: Iterable[float]) -> list[float]:
    """Return places in order, those that are nearly the same once."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > 5.0:
            found.append(place)
    return found
