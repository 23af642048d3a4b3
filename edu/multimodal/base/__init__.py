"""What a format is, and the limits that it reads under. No Django here: this runs in a bare process."""

import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from edu.common.registry import kinds
from edu.common.text import gettext_noop as _
from edu.multimodal.data import Document, TooLarge, Unreadable, UnsupportedType

Progress = Callable[[float, str], None]
"""Takes the share that is done (0..1) and one short sentence about what is happening."""

HOME = "edu.multimodal.formats"


@dataclass(frozen=True)
class Limits:
    """How much of a file is read, and how much the reading may cost."""

    pages: int = 3000
    seconds: float = 240 * 60.0  # of sound
    pixels: int = 40_000_000  # of one picture
    unpacked: int = 400_000_000  # bytes that an archive may say it holds
    characters: int = 20_000_000
    cells: int = 1_000_000  # of sheets
    pictures: int = 1000  # inside one document, besides scanned pages
    memory: int = 2_000_000_000  # bytes of address space
    written: int = 2_000_000_000  # bytes of one file in the work folder
    cpu_seconds: int = 3600
    silent_seconds: float = 120.0  # without a word of progress: then it hangs


class TooManyPages(TooLarge):
    """More pages than are read."""

    detail = _(
        "This file has %(pages)s pages; the limit is %(limit)s. Split it and bring the parts."
    )


class TooMuchInside(TooLarge):
    """A small file that unpacks to a very large one."""

    detail = _(
        "This file unpacks to %(size)s MB; the limit is %(limit)s MB. Save it without large parts."
    )


class TooLong(TooLarge):
    """A recording over the limit."""

    detail = _(
        "This recording takes %(minutes)s minutes; the limit is %(limit)s minutes. "
        "Cut it and bring the parts."
    )


class TooManyPixels(TooLarge):
    """A picture over the limit."""

    detail = _(
        "This picture has %(found)s megapixels; the limit is %(limit)s. Bring a smaller copy of it."
    )


class Locked(Unreadable):
    """Protected by a password."""

    detail = _("This file is locked with a password. Save a copy without one and bring that.")


class Empty(Unreadable):
    """A file of no bytes."""

    detail = _("This file is empty. Save it again and bring it once more.")


class NotWhatItSays(UnsupportedType):
    """The name says one kind, the content is another."""

    detail = _(
        "This file is named %(named)s, but it is %(found)s inside. "
        "Give it the right ending, or save it again as %(named)s."
    )


class Format(ABC):
    """One kind of file. Subclasses live in formats/, one per file, and import what they need to read
    with only inside their methods, so that asking which formats there are costs nothing."""

    name: str
    family: str = ""  # formats of one family may carry each other's file endings
    label: str = ""  # how a sentence calls it: "a PDF"
    brought: str = ""  # in the list of what may be brought, where that is not its label
    called: str = _("Document")  # in a list of materials
    icon: str = "file"
    view: str = "text"  # what the viewer draws it as, see data.Form
    media_types: tuple[str, ...] = ()
    extensions: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()  # parts of an archive any of which says that it is of this kind
    score: int = 0  # of two that read the same, the higher reads
    version: int = 1  # one more when it reads better: what an older one read can be read anew then

    def claims(self, text: str, ending: str) -> bool:
        """Tell whether a text that begins with `text` is of this kind. `ending` is that of its name, in
        lower case. Formats are asked in the order of their scores."""
        return self.family == "text" and ending in self.extensions

    @abstractmethod
    def read(self, path: Path, work: Path, limits: Limits, progress: Progress) -> Document:
        """Return what stands in the file at `path`. Pictures and sounds that a model must read are put
        into the folder `work`; their paths in the Document are relative to it. Raises Unreadable or
        TooLarge with a plain sentence."""

    def picture(self, path: Path, page: int, work: Path, width: int) -> Path:
        """Draw page `page` (from 1), `width` pixels wide, into `work`; return the PNG or JPEG."""
        raise Unreadable(_("This kind of file has no pages to show."))

    def signs(self, path: Path, page: int) -> list[list[list[Any]]]:
        """Return the lines of page `page` (from 1) in reading order, each as its words [text, x0, y0,
        x1, y1] in fractions of the page; nothing where the file does not know its words."""
        return []


@cache
def formats() -> tuple[Format, ...]:
    """Return one of each format, the best reader of a kind first."""
    found = kinds(HOME, Format)  # type: ignore[type-abstract]
    return tuple(sorted((kind() for kind in found), key=lambda f: (-f.score, f.name)))


def format_named(name: str) -> Format:
    """Return the format called `name`; raise UnsupportedType if there is none."""
    for each in formats():
        if each.name == name:
            return each
    raise UnsupportedType(found=name, known=known())


def known() -> str:
    """Return what may be brought, in words: "CSV, DOCX, ..."."""
    return ", ".join(sorted({form.brought or form.label for form in formats()}, key=str.casefold))


_SPACES = re.compile(r"[ \t\r\f\v\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_LIGATURES = {ord(sign): unicodedata.normalize("NFKC", sign) for sign in "ﬀﬁﬂﬃﬄﬅﬆ"}


def tidy(text: str) -> str:
    """Return `text` on one line: no control signs, single spaces, ligatures undone, composed."""
    text = _CONTROL.sub("", text.translate(_LIGATURES)).replace("\n", " ")
    return unicodedata.normalize("NFC", _SPACES.sub(" ", text)).strip()


def tidy_lines(text: str) -> str:
    """Return `text` like `tidy`, but with its lines and their indents kept."""
    text = _CONTROL.sub("", text.translate(_LIGATURES).replace("\r\n", "\n").replace("\r", "\n"))
    lines = [line.replace("\u00a0", " ").rstrip() for line in text.split("\n")]
    return unicodedata.normalize("NFC", "\n".join(lines)).strip("\n")


def table_text(rows: list[list[str]]) -> str:
    """Return a table as lines of cells with bars between them; "" when nothing is in it."""
    lines = [" | ".join(tidy(cell) for cell in row) for row in rows]
    return "\n".join(line for line in lines if line.replace("|", "").strip())
