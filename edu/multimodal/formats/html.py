"""Saved web pages: what a reader reads of them. Scripts, styles, menus and hidden parts are left out."""

import re
from pathlib import Path
from typing import Any

from edu.common.text import gettext_noop as _
from edu.multimodal.base import Format, Limits, Progress, table_text, tidy, tidy_lines
from edu.multimodal.base.places import Places
from edu.multimodal.base.plain import text_of
from edu.multimodal.data import READING_WEB, Block, Document, Unreadable

_OUT = (
    "script, style, noscript, template, svg, math annotation, iframe, object, embed, canvas, nav, footer, "
    "aside, button, select, textarea, datalist, dialog, [hidden], [aria-hidden=true], "
    "[role=navigation], [role=banner], [role=contentinfo], [role=search]"
)
_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)
_INSIDE = {
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "cite",
    "code",
    "data",
    "del",
    "dfn",
    "em",
    "font",
    "i",
    "ins",
}
_INSIDE |= {
    "kbd",
    "label",
    "mark",
    "q",
    "ruby",
    "rb",
    "rt",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
}
_INSIDE |= {"sup", "time", "tt", "u", "var", "wbr", "big", "acronym", "-text", "br", "img", "math"}
_DEEP = 400


class Html(Format):
    """See the module."""

    name = "html"
    label = "HTML"
    family = "text"
    media_types = ("text/html", "application/xhtml+xml")
    extensions = ("html", "htm", "xhtml")
    score = 10

    def read(self, path: Path, work: Path, limits: Limits, progress: Progress) -> Document:
        """Read headings, paragraphs, lists and tables; see Format.read."""
        from selectolax.lexbor import LexborHTMLParser

        progress(0.0, READING_WEB)
        with path.open("rb") as file:
            declared = _CHARSET.search(file.read(4096))
        source = text_of(path, limits, declared[1].decode("ascii", "replace") if declared else "")
        tree = LexborHTMLParser(source)
        title = tree.css_first("title")
        named = tidy(title.text()) if title is not None else ""
        for node in tree.css(_OUT):
            node.decompose()
        reading = _Reading()
        body = tree.css_first("main") or tree.css_first("article") or tree.body
        if tree.body is not None and body is not None and len(tidy(body.text())) < 200:
            body = tree.body  # a page whose words stand outside of what it calls its main part
        if body is None:
            raise Unreadable(_("This page holds no text. Save it again and bring it once more."))
        reading.walk(body, 0)
        reading.flush()
        if not named:
            named = next((each.text for each in reading.blocks if each.kind == "heading"), "")
        return Document(named[:200], reading.blocks)


class _Reading:
    """One page while it is read."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.places = Places()
        self.words: list[str] = []
        self.kind = "text"

    def flush(self) -> None:
        """End the paragraph."""
        text = tidy("".join(self.words))
        self.words = []
        if text:
            self.blocks.append(Block(self.kind, text, self.places.paragraph()))

    def walk(self, node: Any, depth: int) -> None:
        """Read what is inside `node`."""
        if depth > _DEEP:
            self.words.append(node.text() or "")
            return
        child = node.child
        while child is not None:
            self._one(child, depth)
            child = child.next

    def _one(self, node: Any, depth: int) -> None:
        tag = (node.tag or "").lower()
        if tag == "-text":
            self.words.append(node.text(deep=False) or "")
        elif tag == "br":
            self.words.append(" ")
        elif tag == "img":
            self.words.append(f" {node.attributes.get('alt') or ''} ")
        elif tag in _INSIDE:
            self.walk(node, depth + 1)
        elif re.fullmatch("h[1-6]", tag):
            self.flush()
            text = tidy(node.text() or "")
            if text:
                level = int(tag[1])
                self.blocks.append(Block("heading", text, self.places.heading(text, level), level))
        elif tag == "table":
            self.flush()
            self._table(node)
        elif tag == "pre":
            self.flush()
            text = tidy_lines(node.text() or "")
            if text:
                self.blocks.append(Block("code", text, self.places.paragraph()))
        elif not tag.startswith(("-", "!", "_")):
            self.flush()
            before = self.kind
            self.kind = {"li": "list", "dd": "list", "figcaption": "caption"}.get(tag, before)
            self.walk(node, depth + 1)
            self.flush()
            self.kind = before

    def _table(self, node: Any) -> None:
        rows = [
            [tidy(cell.text(separator=" ") or "") for cell in row.css("th, td")]
            for row in node.css("tr")
            if not row.css("table")
        ]
        rows = [row for row in rows if any(row)]
        if rows and max(map(len, rows)) < 2:
            for row in rows:  # laid out by a table, as pages once were
                self.blocks.append(Block("text", row[0], self.places.paragraph()))
            return
        text = table_text(rows)
        if text:
            self.blocks.append(Block("table", text, self.places.paragraph()))
