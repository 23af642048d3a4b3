"""What a reader reads of HTML: of a web page, and of a chapter of a book."""

import re
from collections.abc import Callable
from typing import Any

from edu.common.sources import Locator
from edu.multimodal.base import table_text, tidy, tidy_lines
from edu.multimodal.base.album import said_of
from edu.multimodal.base.places import Places
from edu.multimodal.data import Block

NEVER = (
    "script, style, noscript, template, svg, math annotation, iframe, object, embed, canvas, button, "
    "select, textarea, datalist, dialog, [hidden], [aria-hidden=true]"
)
"""What nobody reads on any page."""
_INSIDE = frozenset(
    [
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del"),
        *("dfn", "em", "font", "i", "img", "ins", "kbd", "label", "mark", "math", "q", "rb", "rt"),
        *("ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var"),
        *("wbr", "-text"),
    ]
)
_KINDS = {"li": "list", "dd": "list", "figcaption": "caption"}
_DEEP = 400
Told = Callable[[str, str, Locator, int, bool], bool]
"""Takes the address of a picture, what its author says of it, its place, the number of the block that it
stands after, and whether it stands alone in its paragraph; tells whether it is kept as a picture."""


class Markup:
    """Reads pages into blocks, one after the other; `places` may be shared by several."""

    def __init__(self, places: Places | None = None) -> None:
        self.blocks: list[Block] = []
        self.places = places or Places()
        self.shift = 0  # added to the levels of headings
        self.kind = "text"
        self.notes: Callable[[Any], bool] = lambda node: False  # whether an element is a footnote
        self.picture: Told = lambda *_told: False  # told of each picture where it stands
        self._words: list[Any] = []  # and pictures

    def read(self, node: Any) -> None:
        """Read what is inside an element."""
        self._walk(node, 0)
        self._flush()

    def heading(self, text: str, level: int) -> None:
        """Begin a section."""
        level = max(1, min(6, level))
        self.blocks.append(Block("heading", text, self.places.heading(text, level), level))

    def _flush(self) -> None:
        """End the paragraph."""
        words, self._words = self._words, []
        if any(isinstance(each, str) and each.strip() for each in words):
            where, after = self.places.paragraph(), len(self.blocks)
            text = tidy("".join(self._word(each, where, after) for each in words))
            if text:
                self.blocks.append(Block(self.kind, text, where))
            return
        for each in words:
            if not isinstance(each, str):
                self._shown(each)

    def _word(self, word: Any, where: Locator, after: int) -> str:
        """Return a word; of a picture amid words what it says, unless it is kept as a picture."""
        if isinstance(word, str):
            return word
        alt = word.attributes.get("alt") or ""
        kept = self.picture(word.attributes.get("src") or "", alt, where, after, False)
        return "" if kept else f" {alt} "

    def _shown(self, node: Any, caption: str = "") -> bool:
        """Keep a picture that stands alone; tell whether it is described by its `caption` now."""
        own = node.attributes.get("alt") or ""
        said = own if said_of(own)[0] else caption
        where, after = self.places.here(), len(self.blocks) - 1
        kept = self.picture(node.attributes.get("src") or "", said, where, after, True)
        if not kept and said is own and said_of(own)[0]:
            self.blocks.append(Block(self.kind, tidy(own), self.places.paragraph()))
        return kept and bool(caption) and said is caption

    def _walk(self, node: Any, depth: int) -> None:
        if depth > _DEEP:
            self._words.append(node.text() or "")
            return
        child = node.child
        while child is not None:
            self._one(child, depth)
            child = child.next

    def _one(self, node: Any, depth: int) -> None:
        tag = (node.tag or "").lower()
        if tag == "-text":
            self._words.append(node.text(deep=False) or "")
        elif tag == "br":
            self._words.append(" ")
        elif tag == "img":
            self._words.append(node)
        elif tag in _INSIDE:
            self._walk(node, depth + 1)
        elif re.fullmatch("h[1-6]", tag):
            self._flush()
            text = tidy(node.text() or "")
            if text:
                self.heading(text, int(tag[1]) + self.shift)
        elif tag == "table":
            self._flush()
            self._table(node)
        elif tag == "pre":
            self._flush()
            text = tidy_lines(node.text() or "")
            if text:
                self.blocks.append(Block("code", text, self.places.paragraph()))
        elif tag == "figure":
            self._figure(node, depth)
        elif not tag.startswith(("-", "!", "_")):
            self._flush()
            before = self.kind
            self.kind = "notes" if self.notes(node) else _KINDS.get(tag, before)
            self._walk(node, depth + 1)
            self._flush()
            self.kind = before

    def _figure(self, node: Any, depth: int) -> None:
        """Read a figure. A picture that says nothing of itself is described by its caption."""
        self._flush()
        pictures, caption = node.css("img"), node.css_first("figcaption")
        if len(pictures) == 1:
            said = tidy(caption.text() or "") if caption is not None else ""
            described = self._shown(pictures[0], said)
            pictures[0].decompose()
            if described and caption is not None:
                caption.decompose()
        self._walk(node, depth + 1)
        self._flush()

    def _table(self, node: Any) -> None:
        rows = [
            [tidy(cell.text(separator=" ") or "") for cell in row.css("th, td")]
            for row in node.css("tr")
            if not row.css("table")
        ]
        pictures = node.css("img")
        rows = [row for row in rows if any(row)]
        text = table_text(rows)
        if rows and max(map(len, rows)) < 2:
            for row in rows:  # laid out by a table, as pages once were
                self.blocks.append(Block("text", row[0], self.places.paragraph()))
        elif text:
            self.blocks.append(Block("table", text, self.places.paragraph()))
        for each in pictures:
            where, after = self.places.here(), len(self.blocks) - 1
            said = each.attributes.get("alt") or ""
            self.picture(each.attributes.get("src") or "", said, where, after, False)
