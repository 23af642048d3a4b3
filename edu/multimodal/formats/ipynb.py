"""Jupyter notebooks: text, code, what it printed and drew, cell by cell. Nothing of it is run."""

import base64
import contextlib
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from edu.common.sources import Locator
from edu.common.text import gettext_noop as _
from edu.multimodal.base import Format, Limits, Progress, TooManyPages, tidy_lines
from edu.multimodal.base.album import Album, bytes_in
from edu.multimodal.base.marked import blocks
from edu.multimodal.base.markup import Told
from edu.multimodal.base.places import Places
from edu.multimodal.base.plain import text_of
from edu.multimodal.data import READING_TEXT, Block, Document, Unreadable

_COLOURS = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
_PICTURES = ("image/png", "image/jpeg", "png", "jpeg")  # the last two as old notebooks say it
_SAID = re.compile(r"^#\|\s*fig-alt\s*:\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE)
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
    version = 3  # pictures; what authors say of them

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
        album = Album(work, limits)
        for number, cell in enumerate(cells, 1):
            attached = _attached(cell)

            def picture(
                address: str,
                said: str,
                where: Locator,
                after: int,
                alone: bool,
                number: int = number,
                attached: dict[str, bytes] = attached,
                before: int = len(read),
            ) -> bool:
                blob = attached.pop(unquote(address).removeprefix("attachment:"), b"")
                blob = blob or bytes_in(address)
                where = {**where, "cell": number}
                name = address[:2000]
                return album.add(blob, where, before + after, said, name=name, alone=alone)

            for block in _blocks(cell, places, picture):
                read.append(
                    Block(block.kind, block.text, {**block.locator, "cell": number}, block.level)
                )
            for blob, said in [*_drawn(cell), *((each, "") for each in attached.values())]:
                album.add(blob, {**places.here(), "cell": number}, len(read) - 1, said)
        title = next((block.text for block in read if block.kind == "heading"), "")
        return Document(title[:200], read, album.pictures)


def _cells(book: Any) -> list[dict[str, Any]]:
    """Return the cells of a notebook of any age."""
    cells = book.get("cells")
    if cells is None:
        cells = [
            cell for sheet in book.get("worksheets") or [] for cell in sheet.get("cells") or []
        ]
    return [cell for cell in cells if isinstance(cell, dict)]


def _blocks(cell: dict[str, Any], places: Places, picture: Told) -> list[Block]:
    kind = cell.get("cell_type")
    source = _text(cell.get("source", cell.get("input", "")))
    if kind == "markdown":
        return blocks(source, places, picture)
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


def _drawn(cell: dict[str, Any]) -> list[tuple[bytes, str]]:
    """Return the pictures that a cell drew, and what is said of each."""
    found: list[tuple[bytes, str]] = []
    said = [each[1] for each in _SAID.finditer(_text(cell.get("source")))][:1]
    for output in _list(cell.get("outputs"))[:_MOST_OUTPUTS]:
        if not isinstance(output, dict):
            continue
        blob, kind = _picture(output.get("data", output))
        if blob:
            told = output.get("metadata")
            told = told if isinstance(told, dict) else {}
            own = told.get(kind)
            alt = (own.get("alt") if isinstance(own, dict) else None) or told.get("alt")
            found.append((blob, _text(alt) or (said.pop() if said else "")))
    return found


def _attached(cell: dict[str, Any]) -> dict[str, bytes]:
    """Return the pictures that are attached to the text of a cell, by name."""
    attached = cell.get("attachments")
    named = list(attached.items())[:_MOST_OUTPUTS] if isinstance(attached, dict) else []
    return {name: blob for name, bundle in named if (blob := _picture(bundle)[0])}


def _picture(bundle: Any) -> tuple[bytes, str]:
    """Return the picture in what a cell gave out, and its type."""
    for kind in _PICTURES if isinstance(bundle, dict) else ():
        coded = _text(bundle.get(kind))
        if coded:
            with contextlib.suppress(ValueError):
                return base64.b64decode("".join(coded.split()), validate=True), kind
    return b"", ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(said: Any) -> str:
    if isinstance(said, list):
        return "".join(part for part in said if isinstance(part, str))
    return said if isinstance(said, str) else ""
