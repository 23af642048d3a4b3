"""Excel sheets: what their cells show, and their charts. Hidden sheets, rows and columns stay hidden."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from edu.common.text import gettext_noop as _
from edu.multimodal.base import Format, Limits, Progress, TooManyPages, charts, tidy
from edu.multimodal.base.album import Album
from edu.multimodal.base.cells import (
    Box,
    Cell,
    Counter,
    Sheet,
    blocks,
    box_of,
    hang,
    name_of,
    number_of,
)
from edu.multimodal.base.figures import BUILT_IN, shown
from edu.multimodal.base.office import opened
from edu.multimodal.base.packed import Package, attribute, children, local
from edu.multimodal.data import OPENING, READING_SHEET, Document

_MOST_SHEETS = 500
_MOST_STRINGS = 2_000_000
_MOST_SKIPPED = 16_384  # hidden columns are written down as ranges


class Xlsx(Format):
    """See the module."""

    name = "xlsx"
    label = "XLSX"
    called = _("Spreadsheet")
    family = "office"
    media_types = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",)
    extensions = ("xlsx",)
    marks = ("xl/workbook.xml",)
    score = 10
    version = 3  # charts; pictures, and what authors say of them

    def read(self, path: Path, work: Path, limits: Limits, progress: Progress) -> Document:
        """Read the tables of all sheets; see Format.read."""
        progress(0.0, OPENING)

        def reading(place: str) -> Document:
            with Package(place) as package:
                return _Book(package, work, limits, progress).document()

        return opened(path, limits, reading)


class _Book:
    """One file while it is read."""

    def __init__(self, package: Package, work: Path, limits: Limits, progress: Progress) -> None:
        self.package, self.limits, self.progress = package, limits, progress
        self.album = Album(work, limits)
        self.count = Counter(limits)
        self.share, self.told = 0.0, OPENING
        self.home = "xl/workbook.xml"
        self.links = package.related(self.home)
        self.strings = self._strings()
        self.codes = self._codes()

    def document(self) -> Document:
        root = self.package.xml(self.home)
        since_1904 = any(
            attribute(each, "date1904") in ("1", "true") for each in children(root, "workbookPr")
        )
        listed = [each for part in children(root, "sheets") for each in children(part, "sheet")]
        if len(listed) > _MOST_SHEETS:
            raise TooManyPages(pages=len(listed), limit=_MOST_SHEETS)
        sheets: dict[str, Sheet] = {}
        for number, each in enumerate(listed):
            self.told = READING_SHEET % {"number": number + 1, "count": len(listed)}
            self.share = number / len(listed)
            self.progress(self.share, self.told)
            kind, part = self.links.get(attribute(each, "id"), ("", ""))
            if attribute(each, "state") not in ("", "visible"):
                continue
            if kind == "worksheet":
                sheets[part] = self._sheet(part, attribute(each, "name"), since_1904)
            elif kind == "chartsheet":
                sheets[part] = Sheet(attribute(each, "name"))
        named = {sheet.name: sheet for sheet in sheets.values()}
        for part, sheet in sheets.items():
            sheet.charts = charts.of_sheet(self.package, part, named)
            sheet.drawn = charts.drawn_on(self.package, part)
        filled = list(sheets.values())
        found = blocks(filled)
        hang(self.album, filled, found)
        return Document(self._title(), found, self.album.pictures)

    def _title(self) -> str:
        root = self.package.xml("docProps/core.xml")
        return next((tidy(each.text or "")[:200] for each in children(root, "title")), "")

    def _strings(self) -> list[str]:
        part = next((name for kind, name in self.links.values() if kind == "sharedStrings"), "")
        found: list[str] = []
        signs = 0
        for each in self.package.each(part, "si"):
            found.append(_words(each))
            signs += len(found[-1])
            if len(found) > _MOST_STRINGS or signs > 2 * self.limits.characters:
                raise TooManyPages(pages=">", limit=f"{self.limits.characters} signs")
        return found

    def _codes(self) -> list[str]:
        """Return the format of each style by its number."""
        part = next((name for kind, name in self.links.values() if kind == "styles"), "")
        root = self.package.xml(part) if part else None
        own = {
            int(each.get("numFmtId") or 0): each.get("formatCode") or ""
            for group in children(root, "numFmts")
            for each in children(group, "numFmt")
        }
        styles = [int(s.get("numFmtId") or 0) for g in children(root, "cellXfs") for s in g]
        return [own.get(each, BUILT_IN.get(each, "")) for each in styles]

    def _sheet(self, part: str, name: str, since_1904: bool) -> Sheet:
        sheet = Sheet(name)
        hidden: set[int] = set()
        at = 0
        tags = ("col", "row", "mergeCell")
        for number, each in enumerate(self.package.each(part, *tags)):
            if number % 5000 == 4999:
                self.progress(self.share, self.told)
            tag = local(each)
            if tag == "row":
                at = int(each.get("r") or at + 1)
                if each.get("hidden") not in ("1", "true"):
                    self._row(sheet, at, each, hidden, since_1904)
            elif tag == "col" and each.get("hidden") in ("1", "true"):
                first, last = int(each.get("min") or 0), int(each.get("max") or 0)
                hidden |= set(range(first, min(last, _MOST_SKIPPED) + 1))
            elif tag == "mergeCell":
                box = box_of(each.get("ref") or "")
                sheet.merged += [box] if box else []
        for kind, target in self.package.related(part).values():
            if kind == "table":
                self._table(sheet, target)
            elif kind == "comments":
                sheet.notes += list(self._notes(target))
        return sheet

    def _row(self, sheet: Sheet, at: int, row: Any, hidden: set[int], since_1904: bool) -> None:
        cells: dict[int, Cell] = {}
        column = 0
        for each in children(row, "c"):
            place = (each.get("r") or "").rstrip("0123456789")
            column = number_of(place) if place else column + 1
            if column in hidden:
                continue
            cell = self._cell(each, since_1904)
            if cell.text:
                self.count.add(cell.text)
                cells[column] = cell
        if cells:
            sheet.rows[at] = cells

    def _cell(self, cell: Any, since_1904: bool) -> Cell:
        """Return what a cell shows; of a formula, what it came to when the file was saved."""
        kind = cell.get("t") or "n"
        if kind == "inlineStr":
            return Cell(" ".join(tidy(_words(each)) for each in children(cell, "is")))
        value = next((each.text or "" for each in children(cell, "v")), "").strip()
        if not value:
            return Cell("")
        if kind == "s":
            at = int(value)
            return Cell(tidy(self.strings[at]) if 0 <= at < len(self.strings) else "")
        if kind == "b":
            return Cell("TRUE" if value == "1" else "FALSE", True)
        if kind in ("str", "e"):
            return Cell(tidy(value))
        if kind == "d":
            return Cell(value.replace("T", " "), True)
        style = int(cell.get("s") or 0)
        code = self.codes[style] if 0 <= style < len(self.codes) else ""
        return Cell(tidy(shown(value, code, since_1904)), True)

    def _table(self, sheet: Sheet, part: str) -> None:
        root = self.package.xml(part)
        box: Box | None = box_of(root.get("ref") or "") if root is not None else None
        if box is not None:
            sheet.tables.append((box, root.get("headerRowCount", "1") != "0"))

    def _notes(self, part: str) -> Iterator[tuple[int, int, str]]:
        for each in self.package.each(part, "comment"):
            box, text = box_of(each.get("ref") or ""), tidy(_words(each))
            if box and text:
                self.count.add(text)
                yield box[0], box[1], f"{name_of(box)}: {text}"


def _words(node: Any) -> str:
    """Return the words of a cell, without those that only say how others are pronounced."""
    parts: list[str] = []
    for each in node.iter("{*}t"):
        if local(each.getparent()) != "rPh":
            parts.append(each.text or "")
    return "".join(parts)
