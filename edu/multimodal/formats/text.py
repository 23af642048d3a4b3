"""Plain text: paragraphs between empty lines, headings where a line clearly is one."""

import re
from pathlib import Path

from edu.common.text import gettext_noop as _
from edu.multimodal.base import Format, Limits, Progress, tidy, tidy_lines
from edu.multimodal.base.places import Places
from edu.multimodal.base.plain import text_of
from edu.multimodal.data import READING_TEXT, Block, Document

_RULE = re.compile(r"^\s*([=\-~*_#])\1{2,}\s*$")
_NUMBERED = re.compile(
    r"^(?:(?:chapter|section|part|kapitel|teil|abschnitt|chapitre|partie|capítulo|capitolo|hoofdstuk|bölüm|"
    r"глава|розділ|rozdział|الفصل)\s+[\divxlc]+\b.{0,80}|\d{1,2}(?:\.\d{1,2}){0,3}\.?\s+\S.{0,80})$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"^\s*(?:[-*•·–]|\(?\d{1,3}[.)]|\(?[a-z]\))\s+")
_ENDED = re.compile(r"[.!?…:;,؟。！？]['\"”’»)]*$")


class Text(Format):
    """See the module."""

    name = "text"
    label = "text"
    called = _("Text")
    family = "text"
    media_types = ("text/plain",)
    extensions = ("txt", "text", "log")
    score = 5
    version = 2  # encodings are told by the language

    def read(self, path: Path, work: Path, limits: Limits, progress: Progress) -> Document:
        """Read all paragraphs; see Format.read."""
        progress(0.0, READING_TEXT)
        lines = text_of(path, limits).split("\n")
        places = Places()
        blocks: list[Block] = []
        for part in _parts(lines):
            level = _level(part)
            if level:
                text = tidy(part[0])
                blocks.append(Block("heading", text, places.heading(text, level), level))
                part = [] if len(part) == 1 or _RULE.match(part[1]) else part[1:]
                part = part if not part or not _RULE.match(part[0]) else part[1:]
            kind, text = _body(part)
            if text:
                blocks.append(Block(kind, text, places.paragraph()))
        title = blocks[0].text if blocks and blocks[0].kind == "heading" else ""
        return Document(title[:200], blocks)


def _parts(lines: list[str]) -> list[list[str]]:
    """Return lines between empty ones; a list begins a part of its own at each of its points."""
    parts: list[list[str]] = [[]]
    for line in lines:
        if not line.strip() or "\f" in line:
            parts.append([])
        elif parts[-1] and _LISTED.match(line):
            parts.append([line])
        else:
            parts[-1].append(line)
    return [part for part in parts if part]


def _level(part: list[str]) -> int:
    """Return the level of the heading that a part is, or begins with; 0 for none. Sober: a line must
    be underlined, numbered, or stand alone in capitals."""
    first = part[0].strip()
    if len(first) > 120 or not any(character.isalpha() for character in first):
        return 0
    if len(part) > 1 and _RULE.match(part[1]):
        return 1 if part[1].strip()[0] in "=#*" else 2
    if len(part) > 1 or _ENDED.search(first):
        return 0
    if _NUMBERED.match(first):
        number = re.match(r"[\d.]+", first)
        return 1 + (number[0].rstrip(".").count(".") if number else 0)
    return 1 if first.isupper() and len(first) > 3 else 0


def _body(part: list[str]) -> tuple[str, str]:
    part = [line for line in part if not _RULE.match(line)]
    if not part:
        return "text", ""
    if all(line.startswith(("    ", "\t")) for line in part) and len(part) > 1:
        return "code", tidy_lines("\n".join(part))
    if sum("\t" in line.strip() or "|" in line for line in part) == len(part) > 1:
        return "table", "\n".join(" | ".join(map(tidy, re.split(r"\t|\|", line))) for line in part)
    text = part[0].strip()
    for line in part[1:]:
        broken = text.endswith("-") and text[-2:-1].isalpha() and line.strip()[:1].islower()
        text = text[:-1] + line.strip() if broken else f"{text} {line.strip()}"
    return ("list" if _LISTED.match(part[0]) else "text"), tidy(text)
