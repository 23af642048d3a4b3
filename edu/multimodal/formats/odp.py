"""OpenDocument slides: title, text, tables, pictures, and what the speaker notes say."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from edu.common.sources import Locator
from edu.common.text import gettext_noop as _
from edu.multimodal.base import Format, Limits, Progress, TooManyPages, table_text, tidy
from edu.multimodal.base.office import keep_picture, opened
from edu.multimodal.base.opendocument import OpenDocument
from edu.multimodal.base.packed import Package, attribute, children, local
from edu.multimodal.data import OPENING, READING_SLIDE, Block, Document, Picture

_UNITS = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 0.0353, "pc": 0.423, "px": 0.0265}
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(cm|mm|in|pt|pc|px)")
_SMALL = ("page-number", "date-time", "footer", "header")


class Odp(Format):
    """See the module."""

    name = "odp"
    label = "ODP"
    called = _("Slides")
    icon = "slides"
    view = "slides"
    family = "office"
    media_types = (
        "application/vnd.oasis.opendocument.presentation",
        "application/vnd.oasis.opendocument.presentation-template",
    )
    extensions = ("odp", "otp")
    score = 10

    def read(self, path: Path, work: Path, limits: Limits, progress: Progress) -> Document:
        """Read all slides in order; see Format.read."""
        progress(0.0, OPENING)

        def reading(place: str) -> Document:
            with Package(place) as package:
                return _Reading(package, work, limits, progress).document()

        return opened(path, limits, reading)


class _Reading:
    """One file while it is read."""

    def __init__(self, package: Package, work: Path, limits: Limits, progress: Progress) -> None:
        self.file = OpenDocument(package, limits, "presentation")
        self.work, self.limits, self.progress = work, limits, progress
        self.blocks: list[Block] = []
        self.pictures: list[Picture] = []

    def document(self) -> Document:
        slides = list(children(self.file.body, "page"))
        if len(slides) > self.limits.pages:
            raise TooManyPages(pages=len(slides), limit=self.limits.pages)
        for number, slide in enumerate(slides, 1):
            told = {"number": number, "count": len(slides)}
            self.progress((number - 1) / len(slides), READING_SLIDE % told)
            self._slide(slide, {"kind": "slide", "slide": number})
        heads = (block.text for block in self.blocks if block.kind == "heading")
        title = self.file.title() or next(heads, "")
        return Document(title[:200], self.blocks, self.pictures, pages=len(slides))

    def _slide(self, slide: Any, where: Locator) -> None:
        frames = [each for each in slide if local(each) in ("frame", "custom-shape", "g")]
        titles = [each for each in frames if attribute(each, "class") == "title"]
        for each in titles[:1]:
            text = tidy(" ".join(self.file.words(p) for p in each.iter("{*}p", "{*}h")))
            if text:
                self.blocks.append(Block("heading", text, where, 1))
        for each in sorted(frames, key=_place):
            if each not in titles[:1] and attribute(each, "class") not in _SMALL:
                self._frame(each, where)
        for notes in children(slide, "notes"):
            for frame in children(notes, "frame"):
                for p in frame.iter("{*}p", "{*}h"):
                    text = tidy(self.file.words(p))
                    if text and attribute(frame, "class") not in _SMALL:
                        self.blocks.append(Block("notes", text, where))

    def _frame(self, node: Any, where: Locator) -> None:
        formula = self.file.formula(node)
        if formula:
            self.blocks.append(Block("text", formula, where))
        for each in node:
            tag = local(each)
            if tag == "table":
                text = table_text(self.file.table(each))
                if text:
                    self.blocks.append(Block("table", text, where))
            elif tag == "image" and len(self.pictures) < self.limits.pictures:
                blob = self.file.package.read(attribute(each, "href").removeprefix("./"))
                name = f"figure-{where['slide']}-{len(self.pictures) + 1}"
                kept = keep_picture(blob, self.work, name, self.limits) if blob else ""
                if kept:
                    self.pictures.append(Picture(kept, where, False, len(self.blocks) - 1))
            elif tag in ("frame", "custom-shape", "g"):
                self._frame(each, where)
            elif tag in ("text-box", "p", "list"):
                said = list(_paragraphs(each))
                kind = "list" if len(said) > 1 else "text"
                for p in said:
                    text = tidy(self.file.words(p))
                    if text:
                        self.blocks.append(Block(kind, text, where))


def _paragraphs(node: Any) -> Iterator[Any]:
    return iter([node]) if local(node) == "p" else node.iter("{*}p", "{*}h")


def _place(frame: Any) -> tuple[int, float]:
    """Return where a frame stands, as a person reads: top to bottom in bands, then from the left."""
    return int(_length(attribute(frame, "y"))), _length(attribute(frame, "x"))


def _length(said: str) -> float:
    match = _LENGTH.fullmatch(said)
    return float(match[1]) * _UNITS[match[2]] if match and len(said) < 20 else 0.0
