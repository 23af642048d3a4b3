"""Markdown: headings, paragraphs, lists, tables and code."""

import re
from pathlib import Path

from edu.common.sources import Locator
from edu.common.text import gettext_noop as _
from edu.multimodal.base import Format, Limits, Progress, tidy
from edu.multimodal.base.album import Album, bytes_in
from edu.multimodal.base.marked import blocks
from edu.multimodal.base.places import Places
from edu.multimodal.base.plain import text_of
from edu.multimodal.data import READING_TEXT, Document

_FRONT = re.compile(r"\A---\n(.*?)\n(?:---|\.\.\.)\n", re.DOTALL)
_TITLE = re.compile(r"^title:\s*(.+)$", re.MULTILINE)


class Markdown(Format):
    """See the module."""

    name = "markdown"
    label = "Markdown"
    called = _("Text")
    family = "text"
    media_types = ("text/markdown",)
    extensions = ("md", "markdown", "mdown", "mkd", "qmd", "rmd")
    score = 10
    version = 2  # what authors say of pictures

    def read(self, path: Path, work: Path, limits: Limits, progress: Progress) -> Document:
        """Read headings, paragraphs, lists, tables and code; see Format.read."""
        progress(0.0, READING_TEXT)
        source = text_of(path, limits)
        front = _FRONT.match(source)
        named = _TITLE.search(front[1]) if front else None
        title = tidy(named[1].strip("\"' ")) if named else ""
        album = Album(work, limits)

        def picture(address: str, said: str, where: Locator, after: int, alone: bool) -> bool:
            return album.add(
                bytes_in(address), where, after, said, name=address[:2000], alone=alone
            )

        found = blocks(source[front.end() :] if front else source, Places(), picture)
        if not title:
            title = next((block.text for block in found if block.kind == "heading"), "")
        return Document(title[:200], found, album.pictures)
