"""OpenDocument sheets: what their cells show. Hidden sheets, rows and columns stay hidden."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from edu.common.text import gettext_noop as _
from edu.multimodal.base import Format, Limits, Progress, TooManyPages, tidy
from edu.multimodal.base.album import Album
from edu.multimodal.base.cells import Cell, Counter, Sheet, blocks, place_of
from edu.multimodal.base.office import opened
from edu.multimodal.base.opendocument import OpenDocument, hang, times
from edu.multimodal.base.packed import Package, attribute, children, local
from edu.multimodal.data import OPENING, READING_SHEET, Document

_MOST_SHEETS = 500
_LAST = 1_048_576  # rows and columns that there may be
_MOST_SAME = 1000  # filled cells or rows that one stands for
_FIGURES = ("float", "percentage", "currency", "date", "time", "boolean")
_SHAPES = ("frame", "custom-shape", "g")
_MOST_FRAMES = 1000
_UNSEEN = ("collapse", "filter")


class Ods(Format):
    """See the module."""

    name = "ods"
    label = "ODS"
    called = _("Spreadsheet")
    family = "office"
    media_types = (
        "application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.oasis.opendocument.spreadsheet-template",
    )
    extensions = ("ods", "ots")
    score = 10
    version = 2  # pictures

    def read(self, path: Path, work: Path, limits: Limits, progress: Progress) -> Document:
        """Read the tables of all sheets; see Format.read."""
        progress(0.0, OPENING)

        def reading(place: str) -> Document:
            with Package(place) as package:
                file = OpenDocument(package, limits, "spreadsheet")
                return _read(file, Album(work, limits), progress)

        return opened(path, limits, reading)


def _read(file: OpenDocument, album: Album, progress: Progress) -> Document:
    tables = list(children(file.body, "table"))
    if len(tables) > _MOST_SHEETS:
        raise TooManyPages(pages=len(tables), limit=_MOST_SHEETS)
    count = Counter(album.limits)
    hidden = _hidden(file)
    sheets = []
    frames: list[tuple[str, int, int, Any]] = []
    for number, table in enumerate(tables):
        progress(number / len(tables), READING_SHEET % {"number": number + 1, "count": len(tables)})
        if attribute(table, "style-name") not in hidden:
            sheets.append(_sheet(file, table, count))
            frames += _frames(table)
    found = blocks(sheets)
    last = {block.locator["sheet"]: number for number, block in enumerate(found)}
    for name, row, column, frame in frames[:_MOST_FRAMES]:
        where = place_of(name, (row, column, row, column))
        hang(album, file.package, frame, where, last.get(name, -1))
    return Document(file.title(), found, album.pictures)


def _frames(table: Any) -> Iterator[tuple[str, int, int, Any]]:
    """Yield the name of a sheet, row, column and node of what is drawn on it: in its cells, or on all."""
    name, at = attribute(table, "name"), 1
    for shapes in children(table, "shapes"):
        for each in shapes:
            yield name, 1, 1, each
    for row in table.iter("{*}table-row"):
        column = 1
        for cell in children(row, "table-cell", "covered-table-cell"):
            for each in children(cell, *_SHAPES):
                yield name, at, column, each
            column += times(cell, "number-columns-repeated", _LAST)
        at += times(row, "number-rows-repeated", _LAST)


def _hidden(file: OpenDocument) -> set[str]:
    """Return the styles of tables that are not shown."""
    root = file.body.getroottree() if file.body is not None else None
    found = set()
    for style in root.iter("{*}style") if root is not None else ():
        for each in children(style, "table-properties"):
            if attribute(each, "display") == "false":
                found.add(attribute(style, "name"))
    return found


def _sheet(file: OpenDocument, table: Any, count: Counter) -> Sheet:
    sheet = Sheet(attribute(table, "name"))
    unseen: set[int] = set()
    column = 0
    for each in table.iter("{*}table-column"):
        wide = times(each, "number-columns-repeated", _LAST)
        if attribute(each, "visibility") in _UNSEEN:
            unseen |= set(range(column + 1, column + min(wide, _MOST_SAME) + 1))
        column += wide
    at = 0
    for row in table.iter("{*}table-row"):
        high = times(row, "number-rows-repeated", _LAST)
        cells = _row(file, sheet, row, at + 1, unseen)
        if cells and attribute(row, "visibility") not in _UNSEEN:
            for number in range(at + 1, at + min(high, _MOST_SAME) + 1):
                for cell in cells.values():
                    count.add(cell.text)
                sheet.rows[number] = dict(cells)
        at += high
    return sheet


def _row(file: OpenDocument, sheet: Sheet, row: Any, at: int, unseen: set[int]) -> dict[int, Cell]:
    cells: dict[int, Cell] = {}
    column = 0
    for each in children(row, "table-cell", "covered-table-cell"):
        wide = times(each, "number-columns-repeated", _LAST)
        text = tidy(" ".join(file.words(p) for p in children(each, "p")))
        if text and local(each) == "table-cell":
            cell = Cell(text, attribute(each, "value-type") in _FIGURES)
            for number in range(column + 1, column + min(wide, _MOST_SAME) + 1):
                if number not in unseen:
                    cells[number] = cell
            down, across = times(each, "number-rows-spanned"), times(each, "number-columns-spanned")
            if down * across > 1:
                sheet.merged.append((at, column + 1, at + down - 1, column + across))
        column += wide
    return cells
