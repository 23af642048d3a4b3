"""What OpenDocument texts, slides and sheets share: how they are opened, their XML, and the words of
their paragraphs."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from edu.common.sources import Locator
from edu.multimodal.base import Format, Limits, Locked, Progress, TooManyPages, tidy
from edu.multimodal.base.album import Album, kind_of
from edu.multimodal.base.office import opened
from edu.multimodal.base.packed import Package, attribute, children, local
from edu.multimodal.data import OPENING, Block, Document

_MOST_BLANKS = 100  # in a row, and columns and rows that one cell of a table in a text stands for
_NOT_DRAWN = ("emf", "wmf", "svg+xml")
_BESIDE = (
    "note",
    "annotation",
    "annotation-end",
    "tracked-changes",
    "ruby-text",
    "frame",
    "custom-shape",
)


class OpenDocument:
    """One file while it is read; `body` is the element that holds all that it shows."""

    def __init__(self, package: Package, limits: Limits, kind: str) -> None:
        self.package, self.limits = package, limits
        manifest = package.read("META-INF/manifest.xml")
        if b"encryption-data" in manifest:
            raise Locked
        root = package.xml("content.xml")
        if root is None:
            raise KeyError("content.xml")
        bodies = (each for part in children(root, "body") for each in children(part, kind))
        self.body = next(bodies, None)
        self.parents = _parents(root) | _parents(package.xml("styles.xml"))
        self._signs = 0

    def title(self) -> str:
        """Return the title that the file itself gives."""
        root = self.package.xml("meta.xml")
        found = root.iter("{http://purl.org/dc/elements/1.1/}title") if root is not None else ()
        return next((tidy(each.text or "")[:200] for each in found), "")

    def style(self, node: Any) -> str:
        """Return the name of the style of a paragraph that a person knows it by."""
        name = attribute(node, "style-name")
        for _step in range(10):
            if name not in self.parents:
                break
            name = self.parents[name]
        return name

    def words(self, node: Any) -> str:
        """Return the words of a paragraph, without its notes, remarks and pictures."""
        text = "".join(_words(node))
        self.count(text)
        return text

    def count(self, text: str) -> None:
        """Raise TooManyPages when this is more text than is read."""
        self._signs += len(text)
        if self._signs > self.limits.characters:
            raise TooManyPages(pages=">", limit=f"{self.limits.characters} signs")

    def table(self, node: Any) -> list[list[str]]:
        """Return the rows of a table."""
        rows = []
        for row in node.iter("{*}table-row"):
            cells: list[str] = []
            for cell in children(row, "table-cell", "covered-table-cell"):
                text = tidy(" ".join(self.words(each) for each in cell.iter("{*}p", "{*}h")))
                cells += [text] * times(cell, "number-columns-repeated")
            while cells and not cells[-1]:
                cells.pop()
            rows.append(cells)
        return rows

    def formula(self, node: Any) -> str:
        """Return the formula that a frame holds, as it was typed in."""
        for each in children(node, "object"):
            name = attribute(each, "href").removeprefix("./")
            root = self.package.xml(f"{name}/content.xml") if name else None
            if root is not None and local(root) == "math":
                typed = [tidy("".join(each.itertext())) for each in root.iter("{*}annotation")]
                return next(iter(typed), "") or tidy(" ".join(root.itertext()))
        return ""


class Reading:
    """One file while it is read, and what was found in it."""

    kind: ClassVar[str] = ""
    """What the element that holds all is called."""

    def __init__(self, package: Package, work: Path, limits: Limits, progress: Progress) -> None:
        self.file = OpenDocument(package, limits, self.kind)
        self.work, self.limits, self.progress = work, limits, progress
        self.blocks: list[Block] = []
        self.album = Album(work, limits)

    def document(self) -> Document:
        """Read it all."""
        raise NotImplementedError

    def titled(self, title: str = "", pages: int = 0) -> Document:
        """Return what was found, under the file's own title, else `title`, else the first heading."""
        heads = (block.text for block in self.blocks if block.kind == "heading")
        named = self.file.title() or title or next(heads, "")
        return Document(named[:200], self.blocks, self.album.pictures, pages=pages)

    def said(self, node: Any) -> str:
        """Return the words of all paragraphs in it."""
        return tidy(" ".join(self.file.words(each) for each in node.iter("{*}p", "{*}h")))

    def block(self, kind: str, text: str, where: Locator) -> None:
        """Keep a block, if there is a word in it."""
        if text:
            self.blocks.append(Block(kind, text, where))

    def pictured(self, frame: Any, where: Locator) -> None:
        """Keep the picture of a frame or shape, after the last block so far: the first of its forms that
        can be drawn; or what is said of it, if only that is there."""
        hang(self.album, self.file.package, frame, where, len(self.blocks) - 1)


class OpenDocumentFormat(Format):
    """An office format of OpenDocument, read by a `reading` of its own."""

    family = "office"
    score = 10
    version = 2  # what authors say of pictures
    reading: ClassVar[type[Reading]] = Reading

    def read(self, path: Path, work: Path, limits: Limits, progress: Progress) -> Document:
        """See Format.read."""
        progress(0.0, OPENING)

        def read(place: str) -> Document:
            with Package(place) as package:
                return self.reading(package, work, limits, progress).document()

        return opened(path, limits, read)


def hang(album: Album, package: Package, frame: Any, where: Locator, after: int) -> None:
    """Keep the picture of a frame in an album; see Reading.pictured."""
    said = [
        next(("".join(each.itertext()) for each in children(frame, name)), "")
        for name in ("title", "desc")
    ]
    blobs = [
        package.read(attribute(each, "href").removeprefix("./"))
        for each in children(frame, "image")
    ]
    blobs = [each for each in blobs if each]
    drawn = [each for each in blobs if not kind_of(each).endswith(_NOT_DRAWN)]
    if blobs or any(said):
        album.add(next(iter(drawn or blobs), b""), where, after, *said)


def times(node: Any, name: str, most: int = _MOST_BLANKS) -> int:
    """Return how often a cell or row is there."""
    said = attribute(node, name)
    return max(1, min(most, int(said))) if said.isdigit() and len(said) < 9 else 1


def _parents(root: Any) -> dict[str, str]:
    """Return what each style that a program made by itself is a form of."""
    found = {}
    for each in root.iter("{*}style") if root is not None else ():
        name, parent = attribute(each, "name"), attribute(each, "parent-style-name")
        if name and parent:
            found[name] = parent
    return found


def _words(node: Any) -> Iterator[str]:
    yield node.text or ""
    for each in node:
        kind = local(each)
        if kind == "s":
            yield " " * times(each, "c")
        elif kind == "tab":
            yield "\t"
        elif kind == "line-break":
            yield "\n"
        elif kind not in _BESIDE:
            yield from _words(each)
        yield each.tail or ""
