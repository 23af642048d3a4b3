"""Places in materials in words, and texts with a quote marked."""

from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _

from edu.common.sources import Locator
from edu.multimodal import api
from edu.multimodal.data import Form

UNKNOWN = Form("", "", "", "file", "text", ())  # a format that there was once


@dataclass(frozen=True)
class Bit:
    """A stretch of text that is marked, or is not."""

    text: str
    marked: bool = False


@cache
def form_of(kind: str) -> Form:
    """Return a format by its name."""
    return next((form for form in api.forms() if form.name == kind), UNKNOWN)


def kind_of(kind: str) -> str:
    """Return what a format is called in a list."""
    return _(form_of(kind).called) if form_of(kind).called else kind.upper()


def icon_of(kind: str) -> str:
    """Return the icon of a format."""
    return form_of(kind).icon


def clock(seconds: float) -> str:
    """Return seconds as 1:02 or 1:00:02."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def place(locator: Locator) -> str:
    """Return a place in a few words: "page 3", "slide 4", "1:02"; "" where words say nothing."""
    kind = locator.get("kind")
    if kind == "page":
        return _("page %s") % locator.get("page")
    if kind == "slide":
        return _("slide %s") % locator.get("slide")
    if kind == "time":
        return clock(locator.get("start", 0))
    if kind == "cell":
        return f"{locator.get('sheet', '')} {locator.get('range', '')}".strip()
    if "line" in locator:
        return _("line %s") % locator["line"]
    if "cell" in locator:
        return _("cell %s") % locator["cell"]
    return ""


def bits(text: str, span: list[int] | None) -> list[Bit]:
    """Return `text` in stretches, the one within `span` marked."""
    if span is None:
        return [Bit(text)]
    start, end = span
    parts = [Bit(text[:start]), Bit(text[start:end], True), Bit(text[end:])]
    return [part for part in parts if part.text]


def rows_of(text: str, span: list[int] | None) -> list[list[list[Bit]]]:
    """Return a table's rows of cells, each cell in stretches; see `bits`."""
    rows, at = [], 0
    for line in text.split("\n"):
        cells, inside = [], at
        between = " | " if " | " in line else "; "  # passages of before are kept with bars
        for cell in line.split(between):
            cells.append(bits(cell, clipped(span, inside, inside + len(cell))))
            inside += len(cell) + len(between)
        rows.append(cells)
        at += len(line) + 1
    return rows


def clipped(span: list[int] | None, start: int, end: int) -> list[int] | None:
    """Return the part of `span` that lies between `start` and `end`, counted from `start`."""
    if span is None or span[0] >= end or span[1] <= start:
        return None
    return [max(span[0], start) - start, min(span[1], end) - start]
