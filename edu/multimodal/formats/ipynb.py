"""Jupyter notebooks: text, code, what it printed and drew, cell by cell. Nothing of it is run."""

import base64
import contextlib
import json
import re
from pathlib import Path
from typing import Any

from edu.common.text import gettext_noop as _
from edu.multimodal.base import Format, Limits, Progress, TooManyPages, tidy_lines
from edu.multimodal.base.marked import blocks
from edu.multimodal.base.office import keep_picture
from edu.multimodal.base.places import Places
from edu.multimodal.base.plain import text_of
from edu.multimodal.data import READING_TEXT, Block, Document, Picture, Unreadable

_COLOURS = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
_PICTURES = ("image/png", "image/jpeg", "png", "jpeg")  # the last two as old notebooks say it
_MOST_OUTPUTS = 100  # of one cell
_LONGEST = 4000  # signs of what one cell printed that are kept

DAMAGED = _(
    "This notebook is damaged and cannot be opened. Open it where it was made, save it again and "
    "bring it once more."
)


class Ipynb(Format):
    """See the module."""

    name = "ipynb"
    label = "Jupyter notebooks"
    called = _("Notebook")
    family = "text"
    media_types = ("application/x-ipynb+json",)
    extensions = ("ipynb",)
    score = 20
    version = 2  # pictures

    def claims(self, text: str, ending: str) -> bool:
        """By its name, or because it is JSON with cells."""
        begin = text.lstrip("\ufeff \t\r\n")
        has_cells = '"cell_type"' in text and ('"cells"' in text or '"worksheets"' in text)
        return begin.startswith("{") and (has_cells or ending in self.extensions)

    def read(self, path: Path, work: Path, limits: Limits, progress: Progress) -> Document:
        """Read all cells; see Format.read."""
        progress(0.0, READING_TEXT)
        # Pictures in a notebook are text to JSON, and are not counted as what is read.
        try:
            found = json.loads(text_of(path, limits))
            cells = _cells(found)
        except (ValueError, RecursionError, AttributeError, TypeError):
            raise Unreadable(DAMAGED) from None
        if len(cells) > 20 * limits.pages:
            raise TooManyPages(pages=len(cells), limit=20 * limits.pages)
        places = Places()
        read: list[Block] = []
        pictures: list[Picture] = []
        for number, cell in enumerate(cells, 1):
            for block in _blocks(cell, places):
                read.append(
                    Block(block.kind, block.text, {**block.locator, "cell": number}, block.level)
                )
            for blob in _drawn(cell):
                if len(pictures) == limits.pictures:
                    break
                kept = keep_picture(blob, work, f"output-{len(pictures) + 1}", limits)
                if kept:
                    where = {**places.here(), "cell": number}
                    pictures.append(Picture(kept, where, False, len(read) - 1))
        title = next((block.text for block in read if block.kind == "heading"), "")
        return Document(title[:200], read, pictures)


def _cells(book: Any) -> list[dict[str, Any]]:
    """Return the cells of a notebook of any age."""
    cells = book.get("cells")
    if cells is None:
        cells = [
            cell for sheet in book.get("worksheets") or [] for cell in sheet.get("cells") or []
        ]
    return [cell for cell in cells if isinstance(cell, dict)]


def _blocks(cell: dict[str, Any], places: Places) -> list[Block]:
    kind = cell.get("cell_type")
    source = _text(cell.get("source", cell.get("input", "")))
    if kind == "markdown":
        return blocks(source, places)
    if kind == "heading":
        level = cell.get("level")
        marks = "#" * (level if isinstance(level, int) and 0 < level < 7 else 1)
        return blocks(f"{marks} {source}", places)
    if kind != "code":
        text = tidy_lines(source)
        return [Block("text", text, places.paragraph())] if text else []
    found = []
    for text in (source, *_printed(cell.get("outputs"))):
        text = tidy_lines(_COLOURS.sub("", text))
        if text:
            found.append(Block("code", text, places.paragraph()))
    return found


def _printed(outputs: Any) -> list[str]:
    """Return what a cell printed, its results as text, and what went wrong."""
    said = []
    for each in outputs if isinstance(outputs, list) else []:
        if not isinstance(each, dict):
            continue
        bundle = each.get("data")
        plain = bundle.get("text/plain") if isinstance(bundle, dict) else None
        text = _text(plain or each.get("text") or "")
        if each.get("output_type") in ("error", "pyerr"):
            text = f"{_text(each.get('ename'))}: {_text(each.get('evalue'))}"
        if text.strip():
            said.append(text[:_LONGEST])
    return said


def _drawn(cell: dict[str, Any]) -> list[bytes]:
    """Return the pictures that a cell drew, and those that are attached to its text."""
    found: list[bytes] = []
    bundles = [
        each.get("data", each) for each in _list(cell.get("outputs")) if isinstance(each, dict)
    ]
    attached = cell.get("attachments")
    bundles += list(attached.values()) if isinstance(attached, dict) else []
    for bundle in bundles[:_MOST_OUTPUTS]:
        if not isinstance(bundle, dict):
            continue
        for kind in _PICTURES:
            coded = _text(bundle.get(kind))
            if coded:
                with contextlib.suppress(ValueError):
                    found.append(base64.b64decode("".join(coded.split()), validate=True))
                break
    return found


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(said: Any) -> str:
    if isinstance(said, list):
        return "".join(part for part in said if isinstance(part, str))
    return said if isinstance(said, str) else ""
