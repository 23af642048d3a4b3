"""Markdown by its own grammar, of a file or of a part of one: a fence is not a heading, and HTML in
it is not run but left out."""

import re
from typing import Any

from edu.multimodal.base import table_text, tidy, tidy_lines
from edu.multimodal.base.album import said_of
from edu.multimodal.base.markup import Told
from edu.multimodal.base.places import Places
from edu.multimodal.data import Block

_TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z][^>]*>", re.DOTALL)
_IMAGE = re.compile(r"<img\b", re.IGNORECASE)
_MORE = re.compile(r"\{[^{}]*\}")  # what some programs let stand behind a picture
_SAID = re.compile(r"""(?:fig-)?alt\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SCRIPT = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)


def blocks(source: str, places: Places, picture: Told = lambda *_told: False) -> list[Block]:
    """Return the headings, paragraphs, lists, tables and code of a text. `picture` is told of those that
    stand alone in a paragraph; amid words, what a picture says is a word."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": 40}).enable(["table", "strikethrough"])
    parser.validateLink = _is_safe  # type: ignore[method-assign,assignment]
    return _blocks(parser.parse(_SCRIPT.sub("", source)), places, picture)


def _is_safe(_address: str) -> bool:
    """Let pictures have any address: none of them is fetched or linked to."""
    return True


def _blocks(tokens: list[Any], places: Places, picture: Told) -> list[Block]:
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
            for address, said in _drawn_in(token.content):
                picture(address, said, places.here(), len(found) - 1, True)
        elif kind == "inline":
            text = _words(token)
            shown = [] if rows or level else _alone(token)
            if shown:
                here, after = places.here(), len(found) - 1
                left = [each for each in shown if not picture(*each, here, after, True)]
                text = tidy(" ".join(said_of(said)[0] for _address, said in left))
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


def _alone(token: Any) -> list[tuple[str, str]]:
    """Return the addresses of pictures that stand alone in a paragraph, and what they say; none where
    there are words besides."""
    found: list[tuple[str, str]] = []
    for child in token.children or []:
        if child.type == "image":
            found.append((str(child.attrs.get("src") or ""), _words(child)))
        elif child.type == "html_inline":
            found += _drawn_in(child.content)
        elif child.type == "text":
            more = _SAID.search(child.content)
            if more and found:
                found[-1] = found[-1][0], more[1] or more[2]
            if _MORE.sub("", child.content).strip():
                return []
        elif child.type not in ("softbreak", "hardbreak", "link_open", "link_close"):
            return []
    return found


def _drawn_in(html: str) -> list[tuple[str, str]]:
    """Return the addresses of the pictures in some HTML, and what they say."""
    if not _IMAGE.search(html):
        return []
    from selectolax.lexbor import LexborHTMLParser

    found = [each.attributes for each in LexborHTMLParser(html).css("img")]
    return [(each.get("src") or "", tidy(each.get("alt") or "")) for each in found]
