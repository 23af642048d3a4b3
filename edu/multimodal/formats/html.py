"""Saved web pages: what a reader reads of them. Scripts, styles, menus and hidden parts are left out."""

import re
from pathlib import Path

from edu.common.sources import Locator
from edu.common.text import gettext_noop as _
from edu.multimodal.base import Format, Limits, Progress, tidy
from edu.multimodal.base.album import Album, bytes_in
from edu.multimodal.base.markup import Markup
from edu.multimodal.base.plain import text_of
from edu.multimodal.base.readable import main_part
from edu.multimodal.data import READING_WEB, Document, Unreadable

_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)


class Html(Format):
    """See the module."""

    name = "html"
    label = "HTML"
    called = _("Web page")
    family = "text"
    media_types = ("text/html", "application/xhtml+xml")
    extensions = ("html", "htm", "xhtml")
    score = 10
    version = 2  # what authors say of pictures

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
        body = main_part(tree)
        reading, album = Markup(), Album(work, limits)

        def picture(source: str, said: str, where: Locator, after: int, alone: bool) -> bool:
            blob = bytes_in(source)
            return album.add(blob, where, after, said, name=source[:2000], alone=alone)

        reading.picture = picture
        if body is None:
            raise Unreadable(_("This page holds no text. Save it again and bring it once more."))
        reading.read(body)
        if not named:
            named = next((each.text for each in reading.blocks if each.kind == "heading"), "")
        return Document(named[:200], reading.blocks, album.pictures)
