"""Words of the materials inside Markdown: what they say, never what they would do there."""

import re

_ACTIVE = re.compile(r"([\\`*\[\]<>~])")
_RULES_TABLE = re.compile(r"[\s|:-]*")  # only under such a line is a line with bars a table
_AT_WORD_EDGE = re.compile(r"(?<!\w)_|_(?!\w)")
_AT_LINE_START = re.compile(r"^(\s*)(#{1,6}\s|[-+]\s|\d+[.)]\s|=+\s*$|-+\s*$)", re.MULTILINE)


def literal(text: str) -> str:
    """Return `text` as one line of Markdown that is shown as it is: white space is joined, and signs
    that would mark, link or number are escaped."""
    line = " ".join(text.split())
    line = _ACTIVE.sub(r"\\\1", line)
    if _RULES_TABLE.fullmatch(line):
        line = line.replace("|", "\\|")
    line = _AT_WORD_EDGE.sub(r"\\_", line)
    return _AT_LINE_START.sub(lambda m: m.group(1) + "\\" + m.group(2), line)


def spoken(markdown: str) -> str:
    """Return the words of an answer as they are to be spoken: without markers, marks and escapes."""
    text = re.sub(r"(?<!\\)\[\d+\]", "", markdown)
    text = re.sub(r"^#{1,6}\s+(.*)$", r"\1.", text, flags=re.MULTILINE)
    text = re.sub(r"(?<!\\)[*`]{1,3}", "", text)
    text = re.sub(r"^\s*(?:[-+]|>)\s+", "", text, flags=re.MULTILINE)
    text = re.sub(r"\\([\\`*\[\]<>|~_#+\-.)])", r"\1", text)
    text = re.sub(r"\s+([.,;:!?])", r"\1", text)
    return " ".join(text.split())
