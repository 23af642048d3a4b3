"""Markdown from people and models as HTML that cannot do anything: two walls, either of them enough.

The parser knows no raw HTML and no pictures; what it makes is sanitised against a short list."""

from typing import Any

import nh3
from markdown_it import MarkdownIt

TAGS = {
    "p", "br", "hr", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a",
    "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "sup", "sub", "mark",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "code": {"class"}}
SCHEMES = {"http", "https", "mailto"}

_parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(
    ["table", "strikethrough"]
)


def _shift_headings(state: Any) -> None:
    # The page has its own first heading; what is quoted inside it begins one level lower.
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 1)}"


def _picture_as_words(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    # A picture from elsewhere tells its server who reads; its words are enough.
    return nh3.clean_text(tokens[index].content)


_parser.core.ruler.push("shift_headings", _shift_headings)
_parser.add_render_rule("image", _picture_as_words)


def html(text: str) -> str:
    """Return `text` (Markdown) as sanitised HTML."""
    return nh3.clean(
        _parser.render(text),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )
