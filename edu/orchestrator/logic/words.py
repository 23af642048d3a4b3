"""What a turn says of its own: feedback, hints and notices, as sentences and as Markdown."""

import re
from dataclasses import replace
from typing import Any

from edu.common.sources import Citation

_ACTIVE = re.compile(r"([\\`*\[\]<>|~])")


def literal(text: str) -> str:
    """Return `text` as one line of Markdown that shows as it is."""
    return _ACTIVE.sub(r"\\\1", " ".join(text.split()))


def notice(text: str, markers: list[int] | None = None) -> dict[str, Any]:
    """Return a sentence about this conversation, not of the materials."""
    return {
        "text": text,
        "markers": markers or [],
        "grounded": False,
        "kind": "notice",
        "start": "paragraph",
    }


def quote(citation: Citation) -> dict[str, Any]:
    """Return a sentence of the materials as it is kept in a turn."""
    text = " ".join(citation.quote.split())
    return {
        "text": text,
        "markers": [citation.marker],
        "grounded": True,
        "kind": "quote",
        "start": "paragraph",
    }


def numbered(citations: list[Citation], first: int = 1) -> list[Citation]:
    """Return `citations` with markers from `first` on, each passage and quote once."""
    found: list[Citation] = []
    for each in citations:
        if all((each.passage, each.quote) != (have.passage, have.quote) for have in found):
            found.append(replace(each, marker=first + len(found)))
    return found


def markdown(sentences: list[dict[str, Any]]) -> str:
    """Return the sentences as Markdown, each a paragraph of its own, with their markers."""
    lines = []
    for each in sentences:
        marks = "".join(f"[{marker}]" for marker in each["markers"])
        lines.append(f"{literal(each['text'])} {marks}".strip())
    return "\n\n".join(lines)
