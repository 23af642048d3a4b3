"""Markdown by its own grammar, of a file or of a part of one: a fence is not a heading, and HTML in
it is not run but left out."""

import re
from typing import Any

from edu.multimodal.base import table_text, tidy, tidy_lines
from edu.multimodal.base.places import Places
from edu.multimodal.data import Block

_TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z][^>]*>", re.DOTALL)
_SCRIPT = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)


def blocks(source: str, places: Places) -> list[Block]:
    """Return the headings, paragraphs, lists, tables and code of a text."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": 40}).enable(["table", "strikethrough"])
    return _blocks(parser.parse(_SCRIPT.sub("", source)), places)


def _blocks(tokens: list[Any], places: Places) -> list[Block]:
    found: list[Block] = []
    rows: list[list[str]] = []
    lists = level = 0
    ordered: list[int] = []
    for token in tokens:
        kind = token.type
        if kind == "heading_open":
            level = int(token.tag[1])
        elif kind in ("bullet_list_open", "ordered_list_open"):
            lists += 1
            ordered.append(1 if kind.startswith("ordered") else 0)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            lists -= 1
            ordered.pop()
        elif kind == "table_open":
            rows = []
        elif kind == "tr_open":
            rows.append([])
        elif kind == "table_close":
            text = table_text(rows)
            if text:
                found.append(Block("table", text, places.paragraph()))
            rows = []
        elif kind in ("fence", "code_block"):
            text = tidy_lines(token.content)
            if text:
                found.append(Block("code", text, places.paragraph()))
        elif kind == "html_block":
            text = tidy(_TAG.sub(" ", token.content))
            if text:
                found.append(Block("text", text, places.paragraph()))
        elif kind == "inline":
            text = _words(token)
            if rows:
                rows[-1].append(text)
            elif text and level:
                found.append(Block("heading", text, places.heading(text, level), level))
                level = 0
            elif text:
                found.append(Block("list" if lists else "text", text, places.paragraph()))
    return found


def _words(token: Any) -> str:
    """Return what a reader sees of an inline token."""
    parts = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type == "image":
            parts.append(child.content)
    return tidy("".join(parts))
