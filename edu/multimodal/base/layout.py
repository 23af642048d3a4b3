"""From words with places on a page to lines in reading order: columns, tables, paragraphs.

All coordinates are those of the page as it is shown: from the top left, y downwards, any unit. A
relative of the XY-cut that also finds columns under a title which spans them.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from edu.multimodal.base.ruled import Grid
from edu.multimodal.base.titles import ends_early
from edu.multimodal.base.words import Box, Run, Word, rows_of, runs_of, union

GUTTER = 1.0  # widths of an m between two columns, at the least
WIDE = 14  # signs in the usual line of a text column; cells of tables have fewer


@dataclass
class Line:
    """A line of text, or a row of a table when it has several `cells`."""

    cells: list[Run]
    box: Box = (0.0, 0.0, 0.0, 0.0)

    def __post_init__(self) -> None:
        self.box = union((run.x0, run.y0, run.x1, run.y1) for run in self.cells)

    @property
    def text(self) -> str:
        """The whole line."""
        return " ".join(run.text for run in self.cells)

    @property
    def size(self) -> float:
        """The size of the largest part's letters."""
        return max(self.cells, key=lambda run: len(run.text)).size

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(run.bold for run in self.cells)

    @property
    def right_to_left(self) -> bool:
        """Whether most of it is written from right to left."""
        return max(self.cells, key=lambda run: len(run.text)).right_to_left


@dataclass
class Group:
    """Lines that belong together: a paragraph (or a part of a column), or a table of several rows."""

    lines: list[Line] = field(default_factory=list)
    table: list[list[str]] | None = None

    @property
    def box(self) -> Box:
        """The box around all lines."""
        return union(line.box for line in self.lines)


def groups(words: list[Word], grids: Iterable[Grid] = ()) -> list[Group]:
    """Return all text of a page in reading order; `grids` are its ruled tables."""
    if not words:
        return []
    em = median(word.size for word in words) or 1.0
    tables = []
    for grid in grids:
        inside = [word for word in words if grid.holds(word)]
        if grid.fill(inside):
            tables.append(Run([], *grid.box, grid.cells))
            words = [word for word in words if not grid.holds(word)]
    runs = runs_of(words, em)
    frame = (
        min((run.x0 for run in runs), default=0.0),
        max((run.x1 for run in runs), default=0.0),
    )
    found = []
    for part in _order([*runs, *tables], em, 0):
        found += _paragraphs(_tables(rows_of(part), em), em, frame)
    return found


def _order(runs: list[Run], em: float, depth: int) -> list[list[Run]]:
    """Return parts of a page in reading order; inside a part lines follow one another."""
    if len(runs) < 2 or depth > 40:
        return [runs]
    columns = _cut(runs, "x", GUTTER * em)
    if len(columns) > 1 and all(_is_column(column) for column in columns):
        return [part for column in _directed(columns) for part in _order(column, em, depth + 1)]
    rows = rows_of(runs)
    bands = _bands(rows, em)
    if len(bands) > 1:
        return [part for band in bands for part in _order(band, em, depth + 1)]
    heights = median(run.y1 - run.y0 for run in runs)
    stacked = _cut(runs, "y", 0.9 * heights)
    if len(stacked) > 1:
        inner = [_order(band, em, depth + 1) for band in stacked]
        if any(len(parts) > 1 for parts in inner):
            return [part for parts in inner for part in parts]
    return [runs]


def _cut(runs: list[Run], axis: str, gap: float) -> list[list[Run]]:
    """Part runs where nothing stands for at least `gap` along `axis`."""
    low, high = f"{axis}0", f"{axis}1"
    parts: list[list[Run]] = []
    end = 0.0
    for run in sorted(runs, key=lambda run: getattr(run, low)):
        if parts and getattr(run, low) - end <= gap:
            parts[-1].append(run)
        else:
            parts.append([run])
            end = getattr(run, high)
        end = max(end, getattr(run, high))
    return parts


def _directed(columns: list[list[Run]]) -> list[list[Run]]:
    """Columns of a right-to-left script begin at the right."""
    back = sum(1 if run.right_to_left else -1 for column in columns for run in column) > 0
    return columns[::-1] if back else columns


def _is_column(runs: list[Run]) -> bool:
    """Tell whether runs look like running text: several lines, most of them long."""
    rows = rows_of(runs)
    if len(rows) < 3:
        return False
    lengths = sorted(sum(len(run.text) for run in row) for row in rows)
    return lengths[len(lengths) // 2] >= WIDE or lengths[-1] >= 2.5 * WIDE


def _bands(rows: list[list[Run]], em: float) -> list[list[Run]]:
    """Part a page into what spans it and what stands in two columns; one band when there are none."""
    best: tuple[int, int, int, float] | None = None
    for x in _gutters(rows, em):
        kinds = [_sides(row, x) for row in rows]
        start = 0
        for at, kind in enumerate([*kinds, "across"]):
            if kind == "across":
                both = kinds[start:at].count("both")
                if both >= 3 and (best is None or both > best[0]) and _splits(rows[start:at], x):
                    best = (both, start, at, x)
                start = at + 1
    if best is None:
        return [[run for row in rows for run in row]]
    _both, start, end, x = best
    inside = [run for row in rows[start:end] for run in row]
    left = [run for run in inside if run.x0 < x]
    right = [run for run in inside if run.x0 >= x]
    bands = [
        [run for row in rows[:start] for run in row],
        *_directed([left, right]),
        [run for row in rows[end:] for run in row],
    ]
    return [band for band in bands if band]


def _gutters(rows: list[list[Run]], em: float) -> list[float]:
    """Return the middles of gaps inside rows, the commonest first."""
    found: Counter[float] = Counter()
    for row in rows:
        across = sorted(row, key=lambda run: run.x0)
        for one, two in pairwise(across):
            if two.x0 - one.x1 > 0.7 * GUTTER * em:
                # The gutter ends where the right column begins, which is the steadier of its edges.
                found[round(two.x0 - 0.3 * em)] += 1
    return [float(x) for x, count in found.most_common(12) if count >= 3]


def _sides(row: list[Run], x: float) -> str:
    if any(run.x0 < x < run.x1 for run in row):
        return "across"
    left = any(run.x1 <= x for run in row)
    right = any(run.x0 >= x for run in row)
    return "both" if left and right else "left" if left else "right"


def _splits(rows: list[list[Run]], x: float) -> bool:
    runs = [run for row in rows for run in row]
    return all(
        _is_column(side) for side in ([r for r in runs if r.x0 < x], [r for r in runs if r.x0 >= x])
    )


def _tables(rows: list[list[Run]], em: float) -> list[Group]:
    """Return rows as lines of text, and runs of rows with aligned cells as tables."""
    found: list[Group] = []
    at = 0
    while at < len(rows):
        ruled = next((run.table for run in rows[at] if run.table), None)
        if ruled:
            found.append(Group([Line([run]) for run in rows[at] if run.table], ruled))
            beside = [run for run in rows[at] if not run.table]
            rows[at] = beside
            at += not beside
            continue
        end = _table_end(rows, at, em)
        if end - at >= 2:
            lines = [Line(row) for row in rows[at:end]]
            found.append(Group(lines, _cells(rows[at:end])))
            at = end
        else:
            if not found or found[-1].table is not None:
                found.append(Group())
            found[-1].lines.append(Line(rows[at]))
            at += 1
    return found


def _columns_of(rows: list[list[Run]], em: float) -> list[float]:
    """Return where the cells of most rows begin."""
    starts: Counter[int] = Counter()
    for row in rows:
        starts.update({round(run.x0 / em) for run in row})
    return [start * em for start, count in sorted(starts.items()) if count * 2 >= len(rows)]


def _table_end(rows: list[list[Run]], at: int, em: float) -> int:
    """Return where a table that begins at row `at` ends; `at` when none begins there."""
    wide = len(rows[at])
    if wide < 2:
        return at
    end = at + 1
    while end < len(rows) and not any(run.table for run in rows[end]):
        if len(rows[end]) < 2 or abs(len(rows[end]) - wide) > max(1, wide // 2):
            break
        gap = min(run.y0 for run in rows[end]) - max(run.y1 for run in rows[end - 1])
        if gap > 2.5 * em:
            break
        end += 1
    needed = 2 if wide >= 3 else 3
    if end - at < needed:
        return at
    lined_up = _columns_of(rows[at:end], em)
    centred = Counter(round((run.x0 + run.x1) / 2 / em) for row in rows[at:end] for run in row)
    steady = sum(count * 2 >= end - at for count in centred.values())
    return end if max(len(lined_up), steady) >= 2 else at


def _cells(rows: list[list[Run]]) -> list[list[str]]:
    """Return the texts of a table's cells, row by row."""
    return [[run.text for run in row] for row in rows]


def _paragraphs(parts: list[Group], em: float, frame: tuple[float, float]) -> list[Group]:
    """Part the lines of each group where a new paragraph begins; `frame` is the left and the right of
    what stands on the page."""
    found: list[Group] = []
    for part in parts:
        if part.table is not None:
            found.append(part)
            continue
        gaps = [max(0.0, two.box[1] - one.box[3]) for one, two in pairwise(part.lines)]
        usual = min(median(gaps), 0.9 * em) if gaps else 0.0
        edge = _edges(part.lines)
        large = _large(part.lines, em)
        sides = frame
        if len(large) < len(part.lines):
            sides = min(line.box[0] for line in part.lines), edge[1]
        found.append(Group([part.lines[0]]))
        for one, two, gap in zip(part.lines, part.lines[1:], gaps, strict=False):
            first = found[-1].lines[0]
            listed = marked(first.text) and two.box[0] <= first.box[0] + 0.3 * em
            if id(one) in large and id(two) in large:
                fresh = ends_early(one.text, two.text, one.box, two.box, sides)
                fresh = fresh or _parted(one, two, gap, usual, em)
            else:
                fresh = _begins(one, two, gap, usual, edge, em)
                fresh = fresh or (listed and _finished(one.text))
            if fresh:
                found.append(Group([two]))
            else:
                found[-1].lines.append(two)
    return found


def _large(lines: list[Line], em: float) -> set[int]:
    """Return the ids of the lines that stand out as headings do, by size or among others by weight."""
    mixed = not all(line.bold for line in lines)
    return {id(line) for line in lines if line.size > 1.13 * em or (mixed and line.bold)}


def _edges(lines: list[Line]) -> tuple[float, float]:
    """Return where most lines begin and where the longest end."""
    left = median(line.box[0] for line in lines)
    right = max(line.box[2] for line in lines)
    return left, right


def _parted(one: Line, two: Line, gap: float, usual: float, em: float) -> bool:
    """Tell whether white space or another size of letters stands between two lines."""
    return gap > usual + 0.45 * em or abs(one.size - two.size) > 0.12 * max(one.size, two.size)


def _begins(
    one: Line, two: Line, gap: float, usual: float, edge: tuple[float, float], em: float
) -> bool:
    """Tell whether `two` begins a new paragraph after `one`."""
    if _parted(one, two, gap, usual, em):
        return True
    if one.bold != two.bold and (one.bold or two.bold) and len(one.text) < 80 and one.bold:
        return True
    if marked(two.text):
        return True
    left, right = edge
    if two.right_to_left:
        ends_early = one.box[0] - left > 0.15 * (right - left)
        return ends_early and _finished(one.text)
    indented = two.box[0] - left > 0.7 * em and two.box[0] - one.box[0] > 0.7 * em
    if indented and not marked(one.text) and (_finished(one.text) or not two.text[:1].islower()):
        return True
    ends_early = right - one.box[2] > 0.25 * (right - left)
    return ends_early and _finished(one.text) and not two.text[:1].islower()


def _finished(text: str) -> bool:
    return text.rstrip("\"'”’»)] ").endswith((".", "!", "?", ":", "؟", "。", "！", "？", "…", "۔"))


def marked(text: str) -> bool:
    """Tell whether a line begins with the mark of a list."""
    head, _space, rest = text.partition(" ")
    if not rest:
        return False
    if head in (
        "•",
        "◦",
        "▪",
        "–",
        "-",
        "*",
        "·",
        "●",
        "■",
        "‣",
        "►",
        "\uf0b7",
        "o",
        "➢",
        "✓",
        "—",
    ):
        return True
    core = head.strip("().")
    if head[-1:] == "." and not head.startswith("("):
        return core.isdigit() and len(core) <= 3
    return (
        head[-1:] == ")"
        and len(core) <= 3
        and (core.isdigit() or (core.isalpha() and len(core) == 1))
    )
