"""OpenDocument texts, as LibreOffice writes them. A place is the path of headings and the paragraph."""

from pathlib import Path
from typing import Any

from edu.multimodal.base import Format, Limits, Progress, table_text, tidy, tidy_lines
from edu.multimodal.base.office import keep_picture, opened
from edu.multimodal.base.opendocument import OpenDocument
from edu.multimodal.base.packed import Package, attribute, children, local
from edu.multimodal.base.places import Places
from edu.multimodal.data import OPENING, READING_PARAGRAPH, Block, Document, Picture


class Odt(Format):
    """See the module."""

    name = "odt"
    label = "ODT"
    family = "office"
    media_types = (
        "application/vnd.oasis.opendocument.text",
        "application/vnd.oasis.opendocument.text-template",
    )
    extensions = ("odt", "ott")
    score = 10

    def read(self, path: Path, work: Path, limits: Limits, progress: Progress) -> Document:
        """Read headings, paragraphs, lists, tables, notes and pictures; see Format.read."""
        progress(0.0, OPENING)

        def reading(place: str) -> Document:
            with Package(place) as package:
                return _Reading(package, work, limits, progress).document()

        return opened(path, limits, reading)


class _Reading:
    """One file while it is read."""

    def __init__(self, package: Package, work: Path, limits: Limits, progress: Progress) -> None:
        self.file = OpenDocument(package, limits, "text")
        self.work, self.limits, self.progress = work, limits, progress
        self.blocks: list[Block] = []
        self.pictures: list[Picture] = []
        self.places = Places()
        self.title = ""

    def document(self) -> Document:
        things = list(self.file.body) if self.file.body is not None else []
        for number, thing in enumerate(things):
            if number % 100 == 0:
                told = {"number": number + 1, "count": len(things)}
                self.progress(number / len(things), READING_PARAGRAPH % told)
            self._one(thing, "text")
        heads = (block.text for block in self.blocks if block.kind == "heading")
        title = self.file.title() or self.title or next(heads, "")
        return Document(title[:200], self.blocks, self.pictures)

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
            text = table_text(self.file.table(node))
            if text:
                self.blocks.append(Block("table", text, self.places.paragraph()))
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
                    text = tidy(" ".join(self.file.words(p) for p in body.iter("{*}p", "{*}h")))
                    if text:
                        self.blocks.append(Block("notes", text, self.places.paragraph()))
            elif tag in ("frame", "custom-shape"):
                self._frame(each)
            elif tag != "annotation":
                self._beside(each)

    def _frame(self, node: Any) -> None:
        for each in node:
            tag = local(each)
            if tag == "text-box":
                self._one(each, "text")
            elif tag == "p":
                self._paragraph(each, "text")
            elif tag == "image" and len(self.pictures) < self.limits.pictures:
                blob = self.file.package.read(attribute(each, "href").removeprefix("./"))
                name = f"figure-{len(self.pictures) + 1}"
                kept = keep_picture(blob, self.work, name, self.limits) if blob else ""
                if kept:
                    after = len(self.blocks) - 1
                    self.pictures.append(Picture(kept, self.places.here(), False, after))
            elif tag in ("frame", "custom-shape", "g"):
                self._frame(each)
