"""OpenDocument slides: title, text, tables, pictures, and what the speaker notes say."""

import re
from collections.abc import Iterator
from typing import Any

from edu.common.sources import Locator
from edu.common.text import gettext_noop as _
from edu.multimodal.base import TooManyPages, table_text, tidy
from edu.multimodal.base.opendocument import OpenDocumentFormat, Reading
from edu.multimodal.base.packed import attribute, children, local
from edu.multimodal.data import READING_SLIDE, Block, Document

_UNITS = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 0.0353, "pc": 0.423, "px": 0.0265}
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(cm|mm|in|pt|pc|px)")
_SMALL = ("page-number", "date-time", "footer", "header")


class _Reading(Reading):
    """One file while it is read."""

    kind = "presentation"

    def document(self) -> Document:
        """See Reading."""
        slides = list(children(self.file.body, "page"))
        if len(slides) > self.limits.pages:
            raise TooManyPages(pages=len(slides), limit=self.limits.pages)
        for number, slide in enumerate(slides, 1):
            told = {"number": number, "count": len(slides)}
            self.progress((number - 1) / len(slides), READING_SLIDE % told)
            self._slide(slide, {"kind": "slide", "slide": number})
        return self.titled(pages=len(slides))

    def _slide(self, slide: Any, where: Locator) -> None:
        frames = [each for each in slide if local(each) in ("frame", "custom-shape", "g")]
        titles = [each for each in frames if attribute(each, "class") == "title"]
        for each in titles[:1]:
            text = self.said(each)
            if text:
                self.blocks.append(Block("heading", text, where, 1))
        for each in sorted(frames, key=_place):
            if each not in titles[:1] and attribute(each, "class") not in _SMALL:
                self._frame(each, where)
        for notes in children(slide, "notes"):
            for frame in children(notes, "frame"):
                for p in frame.iter("{*}p", "{*}h"):
                    text = tidy(self.file.words(p))
                    if attribute(frame, "class") not in _SMALL:
                        self.block("notes", text, where)

    def _frame(self, node: Any, where: Locator) -> None:
        self.block("text", self.file.formula(node), where)
        self.pictured(node, where)
        for each in node:
            tag = local(each)
            if tag == "table":
                self.block("table", table_text(self.file.table(each)), where)
            elif tag in ("frame", "custom-shape", "g"):
                self._frame(each, where)
            elif tag in ("text-box", "p", "list"):
                said = list(_paragraphs(each))
                kind = "list" if len(said) > 1 else "text"
                for p in said:
                    self.block(kind, tidy(self.file.words(p)), where)


class Odp(OpenDocumentFormat):
    """See the module."""

    name = "odp"
    label = "ODP"
    called = _("Slides")
    icon = "slides"
    view = "slides"
    media_types = (
        "application/vnd.oasis.opendocument.presentation",
        "application/vnd.oasis.opendocument.presentation-template",
    )
    extensions = ("odp", "otp")
    reading = _Reading


def _paragraphs(node: Any) -> Iterator[Any]:
    return iter([node]) if local(node) == "p" else node.iter("{*}p", "{*}h")


def _place(frame: Any) -> tuple[int, float]:
    """Return where a frame stands, as a person reads: top to bottom in bands, then from the left."""
    return int(_length(attribute(frame, "y"))), _length(attribute(frame, "x"))


def _length(said: str) -> float:
    match = _LENGTH.fullmatch(said)
    return float(match[1]) * _UNITS[match[2]] if match and len(said) < 20 else 0.0
