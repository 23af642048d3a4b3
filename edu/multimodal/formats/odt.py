"""OpenDocument texts, as LibreOffice writes them. A place is the path of headings and the paragraph."""

from typing import Any

from edu.multimodal.base import table_text, tidy, tidy_lines
from edu.multimodal.base.opendocument import OpenDocumentFormat, Reading
from edu.multimodal.base.packed import attribute, children, local
from edu.multimodal.base.places import Places
from edu.multimodal.data import READING_PARAGRAPH, Block, Document


class _Reading(Reading):
    """One file while it is read."""

    kind = "text"

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.places = Places()
        self.title = ""

    def document(self) -> Document:
        """See Reading."""
        things = list(self.file.body) if self.file.body is not None else []
        for number, thing in enumerate(things):
            if number % 100 == 0:
                told = {"number": number + 1, "count": len(things)}
                self.progress(number / len(things), READING_PARAGRAPH % told)
            self._one(thing, "text")
        return self.titled(self.title)

    def _one(self, node: Any, kind: str) -> None:
        tag = local(node)
        if tag == "h":
            level = attribute(node, "outline-level")
            self._paragraph(node, "heading", int(level) if level.isdigit() else 1)
        elif tag == "p":
            self._paragraph(node, kind)
        elif tag == "list":
            for item in children(node, "list-item", "list-header"):
                for each in item:
                    self._one(each, "list")
        elif tag in ("section", "index-body", "text-box"):
            for each in node:
                self._one(each, kind)
        elif tag == "table":
            if text := table_text(self.file.table(node)):
                self.block("table", text, self.places.paragraph())
            self._beside(node)
        elif tag in ("frame", "custom-shape", "g"):
            self._frame(node)
        # A table of contents says only what the headings say.

    def _paragraph(self, node: Any, kind: str, level: int = 0) -> None:
        words = self.file.words(node)
        formulas = [self.file.formula(each) for each in node.iter("{*}frame")]
        text = " ".join(filter(None, [tidy(words), *formulas]))
        style = self.file.style(node).replace("_20_", " ").lower()
        if style == "title" and kind == "text":
            kind, level = "heading", 1
            self.title = self.title or text
        elif self.title and level:
            level += 1
        if text and kind == "heading":
            level = max(1, min(6, level))
            self.blocks.append(Block("heading", text, self.places.heading(text, level), level))
        elif text:
            if "preformatted" in style or "source" in style:
                kind, text = "code", tidy_lines(words)
            elif style in ("caption", "illustration", "table", "figure", "drawing"):
                kind = "caption"
            self.blocks.append(Block(kind, text, self.places.paragraph()))
        self._beside(node)

    def _beside(self, node: Any) -> None:
        """Read the notes of a paragraph, its pictures and the boxes that hang on it."""
        for each in node:
            tag = local(each)
            if tag == "note":
                for body in children(each, "note-body"):
                    if text := self.said(body):
                        self.block("notes", text, self.places.paragraph())
            elif tag in ("frame", "custom-shape"):
                self._frame(each)
            elif tag != "annotation":
                self._beside(each)

    def _frame(self, node: Any) -> None:
        self.pictured(node, self.places.here())
        for each in node:
            tag = local(each)
            if tag == "text-box":
                self._one(each, "text")
            elif tag == "p":
                self._paragraph(each, "text")
            elif tag in ("frame", "custom-shape", "g"):
                self._frame(each)


class Odt(OpenDocumentFormat):
    """See the module."""

    name = "odt"
    label = "ODT"
    media_types = (
        "application/vnd.oasis.opendocument.text",
        "application/vnd.oasis.opendocument.text-template",
    )
    extensions = ("odt", "ott")
    reading = _Reading
