"""Books in EPUB: chapter by chapter in the order of reading, with the titles of their contents."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from edu.common.sources import Locator
from edu.common.text import gettext_noop as _
from edu.multimodal.base import Format, Limits, Progress, TooManyPages, tidy
from edu.multimodal.base.album import Album
from edu.multimodal.base.markup import NEVER, Markup
from edu.multimodal.base.office import DAMAGED, opened
from edu.multimodal.base.packed import Package, attribute, children, joined, local
from edu.multimodal.base.plain import text_in
from edu.multimodal.data import OPENING, READING_CHAPTER, Document, Unreadable

_CONTAINER, _LOCKS = "META-INF/container.xml", "META-INF/encryption.xml"
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
# Elements that are closed as they begin, which HTML knows of very few.
_CLOSED = re.compile(r"<(?!(?:br|hr|img|meta|link|input|col|area|base|wbr)\b)([\w:]+)([^<>]*?)/>")
_DECLARED = re.compile(rb"""<\?xml[^>]+encoding=["']([\w-]+)""")
_NOTES = {"footnote", "endnote", "rearnote", "note", "doc-footnote", "doc-endnote"}
_MARKERS = {"noteref", "pagebreak", "backlink", "doc-noteref", "doc-pagebreak", "doc-backlink"}
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_MOST_ENTRIES = 5000  # of the contents

PROTECTED = _(
    "This book is protected against being read by other programs. Bring a copy without protection."
)


class Epub(Format):
    """See the module."""

    name = "epub"
    label = "EPUB"
    called = _("Book")
    media_types = ("application/epub+zip",)
    extensions = ("epub",)
    marks = (_CONTAINER,)
    score = 10
    version = 2  # what authors say of pictures

    def read(self, path: Path, work: Path, limits: Limits, progress: Progress) -> Document:
        """Read all chapters; see Format.read."""
        progress(0.0, OPENING)

        def reading(place: str) -> Document:
            with Package(place) as package:
                return _Book(package, work, limits, progress).document()

        return opened(path, limits, reading)


@dataclass(frozen=True)
class _Entry:
    """A line of the contents: a title, how deep it stands (from 1), and the part that it leads to."""

    title: str
    depth: int
    part: str


class _Book:
    """One book while it is read."""

    def __init__(self, package: Package, work: Path, limits: Limits, progress: Progress) -> None:
        self.package, self.limits, self.progress = package, limits, progress
        self.markup = Markup()
        self.markup.notes = lambda node: bool(_roles(node) & _NOTES)
        self.markup.picture = self._picture
        self.album = Album(work, limits)
        self.home = ""  # of the chapter that is being read
        self.depth = 1
        self.signs = 0

    def document(self) -> Document:
        locks = self.package.xml(_LOCKS)
        for each in locks.iter("{*}EncryptionMethod") if locks is not None else ():
            above = local(each.getparent())
            if above == "EncryptedData" and attribute(each, "Algorithm") not in _FONTS:
                raise Unreadable(PROTECTED)
        container = self.package.xml(_CONTAINER)
        roots = container.iter("{*}rootfile") if container is not None else iter(())
        name = next((unquote(attribute(each, "full-path")) for each in roots), "")
        root = self.package.xml(name)
        if root is None:
            raise Unreadable(DAMAGED)
        home = name.rpartition("/")[0]
        items = {
            each.get("id") or "": each
            for part in children(root, "manifest")
            for each in children(part, "item")
        }
        spine = [each for part in children(root, "spine") for each in children(part, "itemref")]
        order = [items[each.get("idref")] for each in spine if each.get("idref") in items]
        if len(order) > self.limits.pages:
            raise TooManyPages(pages=len(order), limit=self.limits.pages)
        contents: dict[str, _Entry] = {}
        for entry in self._contents(root, items, home):
            contents.setdefault(entry.part, entry)
        for number, item in enumerate(order):
            told = {"number": number + 1, "count": len(order)}
            self.progress(number / len(order), READING_CHAPTER % told)
            part = joined(home, item.get("href") or "")
            chapter = (item.get("media-type") or "") in _PAGES
            if chapter and "nav" not in (item.get("properties") or "").split():
                self._chapter(part, contents.get(part))
        metadata = [each for part in children(root, "metadata") for each in part.iter("{*}title")]
        title = next((tidy(each.text or "") for each in metadata if tidy(each.text or "")), "")
        return Document(title[:200], self.markup.blocks, self.album.pictures)

    def _contents(self, root: Any, items: dict[str, Any], home: str) -> list[_Entry]:
        """Return the contents: the navigation of today's books, or the NCX of older ones."""
        for item in items.values():
            if "nav" in (item.get("properties") or "").split():
                part = joined(home, item.get("href") or "")
                found = self._navigation(part)
                if found:
                    return found
        older = next((part.get("toc") for part in children(root, "spine")), None)
        kinds = [each for each in items.values() if "ncx" in (each.get("media-type") or "")]
        item = items.get(older or "", kinds[0] if kinds else None)
        if item is None:
            return []
        part = joined(home, item.get("href") or "")
        ncx = self.package.xml(part)
        found = []
        for point in ncx.iter("{*}navPoint") if ncx is not None else ():
            depth = 1 + sum(local(above) == "navPoint" for above in point.iterancestors())
            label = list(children(point, "navLabel"))
            title = tidy(" ".join("".join(each.itertext()) for each in label))
            target = next((each.get("src") or "" for each in children(point, "content")), "")
            if title and len(found) < _MOST_ENTRIES:
                found.append(_Entry(title[:200], depth, joined(part.rpartition("/")[0], target)))
        return found

    def _navigation(self, part: str) -> list[_Entry]:
        tree = self._tree(part)
        found: list[_Entry] = []
        for nav in tree.css("nav") if tree is not None else ():
            if "toc" not in _roles(nav) and _roles(nav):
                continue
            for link in nav.css("li a[href]"):
                depth, above = 0, link.parent
                while above is not None and above.tag != "nav":
                    depth += above.tag == "ol"
                    above = above.parent
                title = tidy(link.text() or "")
                target = joined(part.rpartition("/")[0], link.attributes.get("href") or "")
                if title and len(found) < _MOST_ENTRIES:
                    found.append(_Entry(title[:200], max(1, depth), target))
        return found

    def _tree(self, part: str) -> Any:
        from selectolax.lexbor import LexborHTMLParser

        content = self.package.read(part)
        if not content.strip():
            return None
        declared = _DECLARED.match(content[:200])
        text = text_in(content, self.limits, declared[1].decode("ascii") if declared else "")
        self.signs += len(text)
        if self.signs > 2 * self.limits.characters:
            raise TooManyPages(pages=">", limit=f"{self.limits.characters} signs")
        return LexborHTMLParser(_CLOSED.sub(r"<\1\2></\1>", text))

    def _chapter(self, part: str, entry: _Entry | None) -> None:
        tree = self._tree(part)
        if tree is None or tree.body is None:
            return
        for node in tree.css(NEVER):
            node.decompose()
        for node in tree.css("a, span, div, hr, sup"):
            if _roles(node) & _MARKERS:
                node.decompose()
        self.home = part.rpartition("/")[0]
        heads = [(int(node.tag[1]), tidy(node.text() or "")) for node in tree.css(_HEADS)]
        heads = [each for each in heads if each[1]]
        highest = min((level for level, _text in heads), default=1)
        if entry is not None:
            self.depth = entry.depth
            if heads and _same(heads[0][1], entry.title):
                self.markup.shift = self.depth - heads[0][0]
            else:
                self.markup.heading(entry.title, self.depth)
                self.markup.shift = self.depth + 1 - highest
        self.markup.read(tree.body)

    def _picture(self, source: str, said: str, where: Locator, after: int, alone: bool) -> bool:
        """See markup.Told."""
        blob = self.package.read(joined(self.home, source)) if source else b""
        return self.album.add(blob, where, after, said, name=source, alone=alone)


_HEADS = "h1, h2, h3, h4, h5, h6"


def _roles(node: Any) -> set[str]:
    attributes = node.attributes
    return set(f"{attributes.get('epub:type') or ''} {attributes.get('role') or ''}".split())


def _same(one: str, two: str) -> bool:
    """Tell whether a heading is the title that the contents give, with or without its number."""
    plain = [" ".join(re.findall(r"\w+", each.casefold())) for each in (one, two)]
    return bool(plain[0]) and (plain[0] in plain[1] or plain[1] in plain[0])
