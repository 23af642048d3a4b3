"""Tables in text files: CSV and its kin, whatever stands between the cells and however it is encoded."""

import csv
import io
import re
from collections import Counter as Tally
from pathlib import Path

from edu.common.text import gettext_noop as _
from edu.multimodal.base import Format, Limits, Progress, tidy
from edu.multimodal.base.cells import Cell, Counter, Sheet, blocks
from edu.multimodal.base.plain import text_of
from edu.multimodal.data import READING_TEXT, Document

_MARKS = ",;\t|"
_SAID = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_FIGURE = re.compile(
    r"[-+−(]?\s*(?:[€$£¥]\s*)?\d[\d.,'’\u202f\u00a0 ]*(?:e[+-]?\d+)?\s*(?:%|[€$£¥])?\)?"
    r"|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?Z?)?|\d{1,2}:\d\d(?::\d\d)?",
    re.IGNORECASE,
)
_LONGEST = 1_000_000  # signs of one cell
_LOOKED = 60  # lines that tell what stands between the cells


class Csv(Format):
    """See the module."""

    name = "csv"
    label = "CSV"
    called = _("Table")
    family = "text"
    media_types = ("text/csv", "text/tab-separated-values")
    extensions = ("csv", "tsv", "tab")
    score = 10
    version = 2  # encodings are told by the language

    def claims(self, text: str, ending: str) -> bool:
        """By its name, or because all its lines have as many cells."""
        if ending in self.extensions:
            return True
        if ending not in ("", "txt", "dat", "text"):
            return False
        lines = [line for line in text.split("\n")[:_LOOKED] if line.strip()]
        if len(lines) < 4 or any(len(line) > 500 for line in lines):
            return False
        for mark in _MARKS:
            rows = [row for row in _rows("\n".join(lines), mark) if row]
            if len({len(row) for row in rows}) == 1 and len(rows[0]) > 2:
                return sum(len(cell) for row in rows for cell in row) < 25 * len(rows) * len(
                    rows[0]
                )
        return False

    def read(self, path: Path, work: Path, limits: Limits, progress: Progress) -> Document:
        """Read all rows; see Format.read."""
        progress(0.0, READING_TEXT)
        text = text_of(path, limits)
        said = _SAID.match(text)
        mark = said[1] if said else _between(text)
        sheet, count = Sheet(), Counter(limits)
        # The place is the row in a table, which is not the line of the file where cells have lines.
        for number, row in enumerate(_rows(text[said.end() :] if said else text, mark), 1):
            cells: dict[int, Cell] = {}
            for column, words in enumerate(row, 1):
                shown = tidy(words)
                if shown:
                    count.add(shown)
                    cells[column] = Cell(shown, bool(_FIGURE.fullmatch(shown)))
            if cells:
                sheet.rows[number] = cells
            if number % 20_000 == 0:
                progress(0.5, READING_TEXT)
        return Document("", blocks([sheet]))


def _rows(text: str, mark: str) -> list[list[str]]:
    """Return the cells of each row. A quotation mark that is never closed is a mere sign."""
    csv.field_size_limit(_LONGEST)
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        try:
            rows = list(csv.reader(io.StringIO(text), delimiter=mark, quoting=quoting))
        except csv.Error:
            continue
        if not any(cell.count("\n") > 200 for row in rows for cell in row):
            return rows
    return [line[:_LONGEST].split(mark) for line in text.split("\n")]


def _between(text: str) -> str:
    """Return the sign that parts most lines into the same number of cells."""
    head = "\n".join(text.split("\n", _LOOKED)[:_LOOKED])[:200_000]
    best, found = (0.0, 0), ","
    for mark in _MARKS:
        counts = Tally(len(row) for row in _rows(head, mark) if any(cell.strip() for cell in row))
        wide, often = max(counts.items(), key=lambda each: (each[1], each[0]), default=(1, 0))
        if wide > 1:
            worth = (round(often / sum(counts.values()), 2), wide)
            if worth > best:
                best, found = worth, mark
    return found
