"""Sheets of cells: where their tables are, what their columns are called, and rows that can be quoted.

A row is kept with the names of its columns ("Substance: Water; Mass: 18"), so that it says by itself
what its figures are. Its place is the range of its cells, "A2:B2".
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from edu.common.sources import Locator
from edu.common.text import gettext_noop as _
from edu.multimodal.base import Limits, TooManyPages, tidy
from edu.multimodal.base.album import Album
from edu.multimodal.data import Block, TooLarge

BETWEEN = "; "  # between the cells of a row
_MOST_FILLED = 10_000  # cells that one merged cell covers
_LONG_NAME, _LONG_SIGNS = 10, 80  # words and signs; what is longer is no name of a column
_YEAR = re.compile(r"(?:1[0-9]|20|21)\d\d")
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")
# What programs call a sheet that nobody gave a name.
_UNNAMED = re.compile(
    r"(?:sheet|tabelle|feuil|hoja|foglio|planilha|folha|blad|ark|arkusz|list|лист|аркуш|sayfa|ورقة|"
    r"taul|munka|シート|工作表|시트)\s?\d*",
    re.IGNORECASE,
)

Box = tuple[int, int, int, int]
"""First row, first column, last row, last column; all from 1."""


class TooManyCells(TooLarge):
    """More cells than are read."""

    detail = _("This file has more than %(limit)s filled cells. Split it and bring the parts.")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows, and whether that is a figure or a date rather than words."""

    text: str
    figure: bool = False


@dataclass
class Sheet:
    """A sheet: its filled cells by row and column (from 1), cells that are merged, and the tables
    that the file itself marks, each with whether its first row names its columns. What charts say, and
    the cells that they cover; drawings that lie on those cells: bytes, if any, and what is said of them."""

    name: str = ""
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: list[Box] = field(default_factory=list)
    tables: list[tuple[Box, bool]] = field(default_factory=list)
    notes: list[tuple[int, int, str]] = field(default_factory=list)
    charts: list[tuple[Box, str]] = field(default_factory=list)
    drawn: list[tuple[Box, bytes, list[str | None]]] = field(default_factory=list)


class Counter:
    """Counts cells and signs of a file while it is read, up to what is read."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self.cells, self.signs = limits, 0, 0

    def add(self, text: str) -> None:
        """Count one cell; raise TooManyCells or TooManyPages."""
        self.cells += 1
        self.signs += len(text)
        if self.cells > self.limits.cells:
            raise TooManyCells(limit=f"{self.limits.cells:,}")
        if self.signs > self.limits.characters:
            raise TooManyPages(pages=">", limit=f"{self.limits.characters} signs")


def letters(column: int) -> str:
    """Return the letters of a column: 1 is A, 27 is AA."""
    found = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def number_of(word: str) -> int:
    """Return the number of a column from its letters."""
    found = 0
    for sign in word:
        found = found * 26 + ord(sign) - 64
    return found


def box_of(name: str) -> Box | None:
    """Return the box that "B2:C9" or "B2" means; None for what means none."""
    match = _RANGE.fullmatch(name.replace("$", "").upper())
    if not match:
        return None
    first, top, last, bottom = match.groups()
    row, column = int(top), number_of(first)
    return row, column, int(bottom or top), number_of(last or first)


def name_of(box: Box) -> str:
    """Return a box as "B2:C9", or "B2" where it is one cell."""
    first, last = f"{letters(box[1])}{box[0]}", f"{letters(box[3])}{box[2]}"
    return first if first == last else f"{first}:{last}"


def around(names: Iterable[str]) -> str:
    """Return the range around several ranges."""
    boxes = [box for box in map(box_of, names) if box]
    tops, lefts, bottoms, rights = zip(*boxes, strict=True)
    return name_of((min(tops), min(lefts), max(bottoms), max(rights)))


def blocks(sheets: list[Sheet]) -> list[Block]:
    """Return what stands in the sheets: a heading for each that has a name, and its tables."""
    found: list[Block] = []
    filled = [sheet for sheet in sheets if sheet.rows or sheet.charts or sheet.drawn]
    for sheet in filled:
        sheet.rows = {number: sheet.rows[number] for number in sorted(sheet.rows)}
        name = tidy(sheet.name)
        titled = bool(name) and (len(filled) > 1 or not _UNNAMED.fullmatch(name))
        if titled:
            top = next(iter(sheet.rows), 1)
            left = min(sheet.rows[top]) if sheet.rows else 1
            where = _where(sheet, (top, left, top, left))
            found.append(Block("heading", name, where, 1))
        found += _Reading(sheet, 2 if titled else 1).blocks()
    return found


def hang(album: Album, sheets: list[Sheet], found: list[Block]) -> None:
    """Keep the pictures of sheets, each after the last of the blocks `found` that is of its sheet."""
    last = {block.locator["sheet"]: number for number, block in enumerate(found)}
    for sheet in sheets:
        for box, blob, said in sheet.drawn:
            album.add(blob, _where(sheet, box), last.get(sheet.name, -1), *said)


def _where(sheet: Sheet, box: Box) -> Locator:
    return place_of(sheet.name, box)


def place_of(sheet: str, box: Box) -> Locator:
    """Return the place of some cells of a sheet."""
    return {"kind": "cell", "sheet": sheet, "range": name_of(box)}


class _Reading:
    """One sheet while its tables are looked for."""

    def __init__(self, sheet: Sheet, level: int) -> None:
        self.sheet, self.level = sheet, level
        self.found: list[Block] = []
        self.names: dict[int, str] = {}  # of the columns of the last table

    def blocks(self) -> list[Block]:
        self._fill()
        left = dict(self.sheet.rows)
        parts: list[tuple[dict[int, dict[int, Cell]], bool | None]] = []
        for box, header in self.sheet.tables:
            inside = _cut(left, box)
            if inside:
                parts.append((inside, header))
                left = _without(left, box)
        parts += [(part, None) for part in _parts(left)]
        for part, marked in sorted(parts, key=lambda each: (min(each[0]), _left(each[0]))):
            self._part(part, marked)
        for row, column, text in self.sheet.notes:
            where = _where(self.sheet, (row, column, row, column))
            self.found.append(Block("notes", text, where))
        self.found += [
            Block("picture", text, _where(self.sheet, box)) for box, text in self.sheet.charts
        ]
        return self.found

    def _fill(self) -> None:
        """Let every cell that a merged one covers say what that says. What is alone in its row is a
        title and stays alone."""
        rows = self.sheet.rows
        for top, left, bottom, right in self.sheet.merged:
            cell = rows.get(top, {}).get(left)
            if cell is None or (bottom - top + 1) * (right - left + 1) > _MOST_FILLED:
                continue
            if all(column == left for column in rows[top]):
                continue  # alone in its row
            for row in range(top, bottom + 1):
                if row not in rows:
                    continue
                for column in range(left, right + 1):
                    rows[row].setdefault(column, cell)

    def _part(self, rows: dict[int, dict[int, Cell]], header: bool | None) -> None:
        """Read one table, with the title above it and the words below it. `header` says whether its
        first row names its columns, where the file itself says that."""
        named = False
        numbers = list(rows)
        left, right = _left(rows), max(max(cells) for cells in rows.values())
        if left == right:
            for row in numbers:
                self._text(row, rows[row])
            return
        while len(numbers) > 1 and header is None and len(rows[numbers[0]]) == 1:
            row = numbers.pop(0)
            (cell,) = rows[row].values()
            if not named and not cell.figure and len(cell.text) <= 2 * _LONG_SIGNS:
                named = True
                where = _where(self.sheet, (row, min(rows[row]), row, min(rows[row])))
                self.found.append(Block("heading", cell.text, where, self.level))
            else:
                self._text(row, rows[row])
        after = []
        while len(numbers) > 2 and len(rows[numbers[-1]]) == 1:
            (cell,) = rows[numbers[-1]].values()
            if cell.figure or len(cell.text) < 30:
                break
            after.append(numbers.pop())
        names, taken = self._header(rows, numbers, header)
        if not names and header is None and self.names and set(self.names) >= _columns(rows):
            names = self.names if not _names([*rows[numbers[0]].values()]) else {}
        self.names = names or self.names
        for row in numbers[taken:]:
            self._row(row, rows[row], names)
        if taken == len(numbers):
            for row in numbers:  # nothing but names
                self._row(row, rows[row], {})
        for row in reversed(after):
            self._text(row, rows[row])

    def _header(
        self, rows: dict[int, dict[int, Cell]], numbers: list[int], marked: bool | None
    ) -> tuple[dict[int, str], int]:
        """Return the names of the columns and how many rows they take."""
        if marked is False or len(numbers) < 2:
            return {}, 0
        first, second = rows[numbers[0]], rows[numbers[1]]
        upper = [first[column] for column in sorted(first)]
        grouped = len({cell.text for cell in upper}) < len(upper)
        if marked is None and len(numbers) > 2 and (grouped or len(first) < len(second)):
            under = [second[column] for column in sorted(second)]
            below = [cell for row in numbers[2:6] for cell in rows[row].values()]
            words = not any(cell.figure and not _YEAR.fullmatch(cell.text) for cell in upper)
            if words and _names(under, grouped) and any(cell.figure for cell in below):
                names = {}
                for column in sorted({*first, *second}):
                    above = first[column].text if column in first else ""
                    own = second[column].text if column in second else ""
                    names[column] = own if above == own else f"{above} {own}".strip()
                return names, 2
        columns = _columns(rows)
        if marked or (_names(upper) and len(first) >= 0.6 * len(columns) and len(first) > 1):
            return {column: cell.text for column, cell in first.items()}, 1
        return {}, 0

    def _row(self, row: int, cells: dict[int, Cell], names: dict[int, str]) -> None:
        columns = sorted(cells)
        if names:
            said = [
                f"{names[column].rstrip(':')}: {cells[column].text}"
                if names.get(column)
                else cells[column].text
                for column in columns
            ]
        elif len(columns) == 2:
            key, value = (cells[column].text for column in columns)
            said = [f"{key.rstrip(':')}: {value}"]
        else:
            said = [cells[column].text for column in columns]
        where = _where(self.sheet, (row, columns[0], row, columns[-1]))
        self.found.append(Block("table", BETWEEN.join(said), where))

    def _text(self, row: int, cells: dict[int, Cell]) -> None:
        for column, cell in cells.items():
            where = _where(self.sheet, (row, column, row, column))
            self.found.append(Block("text", cell.text, where))


def _names(cells: list[Cell], repeated: bool = False) -> bool:
    """Whether cells may name columns: short, each another, and no figures but years."""
    texts = [cell.text for cell in cells]
    if not texts or (not repeated and len({text.casefold() for text in texts}) < len(texts)):
        return False
    if any(len(text) > _LONG_SIGNS or len(text.split()) > _LONG_NAME for text in texts):
        return False
    if any(text.endswith((".", "!", "…", "。")) and len(text) > 12 for text in texts):
        return False
    figures = [cell for cell in cells if cell.figure]
    return len(figures) < len(cells) and all(_YEAR.fullmatch(cell.text) for cell in figures)


def _left(rows: dict[int, dict[int, Cell]]) -> int:
    return min(min(cells) for cells in rows.values())


def _columns(rows: dict[int, dict[int, Cell]]) -> set[int]:
    return {column for cells in rows.values() for column in cells}


def _cut(rows: dict[int, dict[int, Cell]], box: Box) -> dict[int, dict[int, Cell]]:
    top, left, bottom, right = box
    found = {
        number: {column: cell for column, cell in cells.items() if left <= column <= right}
        for number, cells in rows.items()
        if top <= number <= bottom
    }
    return {number: cells for number, cells in found.items() if cells}


def _without(rows: dict[int, dict[int, Cell]], box: Box) -> dict[int, dict[int, Cell]]:
    top, left, bottom, right = box
    found = {
        number: {
            column: cell
            for column, cell in cells.items()
            if not (top <= number <= bottom and left <= column <= right)
        }
        for number, cells in rows.items()
    }
    return {number: cells for number, cells in found.items() if cells}


def _parts(rows: dict[int, dict[int, Cell]]) -> list[dict[int, dict[int, Cell]]]:
    """Return tables that empty rows, or empty columns between rows, set apart."""
    bands: list[dict[int, dict[int, Cell]]] = []
    last = -1
    for number, cells in rows.items():
        if not bands or number > last + 1:
            bands.append({})
        bands[-1][number] = cells
        last = number
    found = []
    for band in bands:
        for left, right in _spans(band) if len(band) > 2 else [(1, 1 << 20)]:
            part = _cut(band, (min(band), left, max(band), right))
            found += [part] if part else []
    return found


def _spans(band: dict[int, dict[int, Cell]]) -> list[tuple[int, int]]:
    """Return the first and last columns between columns that are empty in all of a band."""
    spans: list[tuple[int, int]] = []
    for column in sorted(_columns(band)):
        if spans and column == spans[-1][1] + 1:
            spans[-1] = spans[-1][0], column
        else:
            spans.append((column, column))
    return spans
