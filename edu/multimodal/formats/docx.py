"""Word files. They have no pages: a place is the path of headings and the paragraph under it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from edu.common.sources import Locator
from edu.multimodal.base import Format, Limits, Progress, TooManyPages, table_text, tidy, tidy_lines
from edu.multimodal.base.album import Album
from edu.multimodal.base.office import opened
from edu.multimodal.base.places import Places
from edu.multimodal.data import OPENING, READING_PARAGRAPH, Block, Document

_WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_PLACED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OLD = "{urn:schemas-microsoft-com:vml}"
_DEEP = 6  # tables in tables


class Docx(Format):
    """See the module."""

    name = "docx"
    label = "DOCX"
    family = "office"
    media_types = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",)
    extensions = ("docx",)
    marks = ("word/document.xml",)
    score = 10
    version = 2  # what authors say of pictures; old drawings

    def read(self, path: Path, work: Path, limits: Limits, progress: Progress) -> Document:
        """Read headings, paragraphs, lists, tables, notes and pictures; see Format.read."""
        import docx

        progress(0.0, OPENING)
        file = opened(path, limits, docx.Document)
        return opened(path, limits, lambda _path: _Reading(file, work, limits, progress).document())


class _Reading:
    """One file while it is read."""

    def __init__(self, file: Any, work: Path, limits: Limits, progress: Progress) -> None:
        self.file, self.work, self.limits, self.progress = file, work, limits, progress
        self.blocks: list[Block] = []
        self.album = Album(work, limits)
        self.places = Places()
        self.characters = 0
        self.title = ""
        self.styled = True  # whether headings are marked as such

    def document(self) -> Document:
        things = list(self.file.iter_inner_content())
        self.styled = any(
            _level(thing.style.name or "", thing) or thing.style.name == "Title"
            for thing in things
            if not hasattr(thing, "rows") and thing.style is not None
        )
        for number, thing in enumerate(things):
            if number % 50 == 0:
                share = number / len(things)
                told = {"number": number + 1, "count": len(things)}
                self.progress(share, READING_PARAGRAPH % told)
            if hasattr(thing, "rows"):
                self._table(thing)
            else:
                self._paragraph(thing)
        for note in _notes(self.file):
            self._add("text", note)
        title = tidy(self.file.core_properties.title or "") or self.title
        return Document(title[:200] or _first(self.blocks), self.blocks, self.album.pictures)

    def _add(self, kind: str, text: str, level: int = 0) -> None:
        self.characters += len(text)
        if self.characters > self.limits.characters:
            raise TooManyPages(pages=">", limit=f"{self.limits.characters} signs")
        if level:
            self.blocks.append(Block(kind, text, self.places.heading(text, level), level))
        else:
            self.blocks.append(Block(kind, text, self.places.paragraph()))

    def _paragraph(self, paragraph: Any) -> None:
        text = tidy(_text_of(paragraph._p))
        style = (paragraph.style.name or "") if paragraph.style is not None else ""
        if text:
            level = _level(style, paragraph)
            if style == "Title" and not self.title:
                self.title = text
                self._add("heading", text, 1)
            elif level:
                self._add("heading", text, min(6, level + bool(self.title)))
            elif not self.styled and _is_bold_line(paragraph, text):
                self._add("heading", text, 1)
            elif _is_list(style, paragraph):
                self._add("list", text)
            elif "caption" in style.lower():
                self._add("caption", text)
            elif "code" in style.lower() or "preformatted" in style.lower():
                self._add("code", tidy_lines(_text_of(paragraph._p)))
            else:
                self._add("text", text)
        self._pictures(paragraph._p)

    def _pictures(self, above: Any) -> None:
        """Keep the pictures that hang on a paragraph or a table, and what is said of other drawings."""
        done = set()
        nodes = list(_nodes(above))
        for node in nodes:
            if node.tag == _BLIP:
                drawing = next(node.iterancestors(f"{_WORDS}drawing"), None)
                if drawing is None:
                    continue
                own = next(node.iterancestors(f"{_PICTURE}pic"), None)
                alone = sum(1 for _each in drawing.iter(_BLIP)) == 1
                said = [] if own is None else _said(own.find(f"{_PICTURE}nvPicPr/{_PICTURE}cNvPr"))
                said += _said(next(drawing.iter(_PLACED), None)) if alone else []
                done.add(drawing)
                self._picture(node.get(f"{_RELATED}embed"), said)
            elif node.tag == f"{_OLD}imagedata":
                shape = node.getparent()
                self._picture(node.get(f"{_RELATED}id"), [shape.get("alt")])
        for node in nodes:  # charts, drawings of shapes
            if node.tag == f"{_WORDS}drawing" and node not in done:
                said = _said(next(node.iter(_PLACED), None))
                self.album.add(b"", self._here(), len(self.blocks) - 1, *said)

    def _picture(self, relation: str | None, said: list[str | None]) -> None:
        part = self.file.part.related_parts.get(relation) if relation else None
        blob = part.blob if part is not None else b""
        self.album.add(blob, self._here(), len(self.blocks) - 1, *said)

    def _here(self) -> Locator:
        return self.blocks[-1].locator if self.blocks else self.places.here()

    def _table(self, table: Any, depth: int = 0) -> None:
        rows = []
        for row in table._tbl.tr_lst:
            cells = [
                tidy(" ".join(_text_of(p) for p in cell.iter(f"{_WORDS}p"))) for cell in row.tc_lst
            ]
            rows.append(cells)
        if len(rows) == 1 and len(rows[0]) == 1 and depth < _DEEP:
            # A frame around text, not a table.
            self._add("text", rows[0][0])
        else:
            text = table_text(rows)
            if text:
                self._add("table", text)
        self._pictures(table._tbl)


def _text_of(paragraph: Any) -> str:
    """Return the words of a paragraph as they stand now: what was deleted by a reviewer is left out."""
    parts: list[str] = []
    for node in _nodes(paragraph):
        if node.tag in (f"{_WORDS}t", f"{_MATH}t"):
            parts.append(node.text or "")
        elif node.tag == f"{_WORDS}tab":
            parts.append("\t" if node.getparent().tag == f"{_WORDS}r" else "")
        elif node.tag in (f"{_WORDS}br", f"{_WORDS}cr"):
            parts.append("\n")
        elif node.tag == f"{_WORDS}noBreakHyphen":
            parts.append("-")
    return "".join(parts)


def _nodes(above: Any) -> Iterator[Any]:
    """Yield what is below a node, but neither what was moved away nor the second copy of text boxes
    that is there for old readers."""
    for node in above:
        if not str(node.tag).endswith(("}Fallback", "}moveFrom")):
            yield node
            yield from _nodes(node)


def _said(node: Any) -> list[str | None]:
    """Return the title and the description that an author gave a drawing."""
    return [] if node is None else [node.get("title"), node.get("descr")]


def _is_bold_line(paragraph: Any, text: str) -> bool:
    """Tell whether a paragraph looks like a heading though no style says so."""
    runs = [run for run in paragraph.runs if run.text.strip()]
    short = 2 < len(text) <= 90 and text[-1] not in ".,;:!?؟。"
    return short and bool(runs) and all(run.bold for run in runs)


def _level(style: str, paragraph: Any) -> int:
    """Return the level of a heading, 0 for other paragraphs. Styles are named in many languages, but
    their outline level is a number."""
    match = re.match(
        r"(?:heading|überschrift|titre|título|titolo|kop|rubrik|заголовок)\s*(\d)", style, re.I
    )
    if match:
        return int(match[1]) or 1
    seen = 0
    now = paragraph.style
    own = paragraph._p.find(f"{_WORDS}pPr/{_WORDS}outlineLvl")
    while own is None and now is not None and seen < 10:
        own = now.element.find(f"{_WORDS}pPr/{_WORDS}outlineLvl")
        now = getattr(now, "base_style", None)
        seen += 1
    if own is not None and (own.get(f"{_WORDS}val") or "9").isdigit():
        level = int(own.get(f"{_WORDS}val") or "9") + 1
        return level if level <= 6 else 0
    return 0


def _is_list(style: str, paragraph: Any) -> bool:
    return "list" in style.lower() or paragraph._p.find(f"{_WORDS}pPr/{_WORDS}numPr") is not None


def _notes(file: Any) -> Iterator[str]:
    """Yield the texts of footnotes and endnotes."""
    from lxml import etree

    for relation in file.part.rels.values():
        if relation.is_external or not relation.reltype.endswith(("/footnotes", "/endnotes")):
            continue
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        for note in etree.fromstring(relation.target_part.blob, parser):
            if note.get(f"{_WORDS}type") in ("separator", "continuationSeparator"):
                continue
            text = tidy(" ".join(_text_of(paragraph) for paragraph in note.iter(f"{_WORDS}p")))
            if text:
                yield text


def _first(blocks: list[Block]) -> str:
    return next((block.text[:200] for block in blocks if block.kind == "heading"), "")
