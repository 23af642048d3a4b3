"""Which format a file is, told by its content. The name only decides between kinds of text."""

import codecs
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from edu.common.text import gettext_noop as _
from edu.multimodal.base import (
    Empty,
    Format,
    Locked,
    NotWhatItSays,
    TooMuchInside,
    formats,
    known,
)
from edu.multimodal.data import Unreadable, UnsupportedType

# All that zipfile is known to raise over a damaged archive.
BROKEN_ZIP = (
    *(zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, zlib.error),
    *(struct.error, EOFError, LookupError, OverflowError),
)
_HEAD = 65536
_MOST_ENTRIES = 20_000
_MOST_DIRECTORY = 8_000_000

OLD_OFFICE = _(
    "edu cannot read the old Office format of this file. Save it as DOCX, PPTX or XLSX and bring that."
)
MACROS = _(
    "edu does not open Office files with macros. Save it as DOCX, PPTX or XLSX and bring that."
)
NOT_THAT = _(
    "This file is named %(named)s, but its content is not. It may be damaged: save it again and "
    "bring it once more."
)
BROKEN_ARCHIVE = _(
    "This file cannot be opened: it seems to be cut off. Save it again and bring it once more."
)

# What content begins with, and what that is called. Refused kinds have words instead of a media type.
_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"OggS", "audio/ogg"),
    (0, b"fLaC", "audio/flac"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"GIF8", "!GIF"),
    (0, b"II*\x00", "!TIFF"),
    (0, b"MM\x00*", "!TIFF"),
    (0, b"\x7fELF", "!a program"),
    (0, b"MZ", "!a program"),
    (0, b"\xca\xfe\xba\xbe", "!a program"),
    (0, b"\xcf\xfa\xed\xfe", "!a program"),
    (0, b"{\\rtf", "!RTF"),
    (0, b"7z\xbc\xaf", "!7z"),
    (0, b"Rar!", "!RAR"),
    (0, b"\x1f\x8b", "!gzip"),
    (0, b"BZh", "!bzip2"),
    (0, b"SQLite format 3", "!a database"),
    (0, b"%!PS", "!PostScript"),
    (0, b"AT&TFORM", "!DjVu"),
    (60, b"BOOKMOBI", "!MOBI"),
    (257, b"ustar", "!TAR"),
)
_BRANDS = {
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
    b"qt  ": "video/quicktime",
    b"heic": "!HEIC",
    b"heix": "!HEIC",
    b"mif1": "!HEIC",
    b"avif": "!AVIF",
}
_REFUSED_ZIP = (
    ("xl/workbook.bin", "XLSB"),
    ("META-INF/container.xml", "EPUB"),
    ("content.xml", "OpenDocument"),
    ("AndroidManifest.xml", "a program"),
    ("META-INF/MANIFEST.MF", "a program"),
)
# What may stand before the root of a page or a drawing; a doctype of HTML is itself a beginning.
_BEFORE = re.compile(
    r"[\ufeff\s]+|<!--.*?-->|<\?[a-z][^>]*>|<!doctype(?!\s+html\b)(?:[^>\[]|\[[^\]]*\])*>",
    re.DOTALL | re.IGNORECASE,
)
_ROOT_SVG = re.compile(r"<(?:\w+:)?svg[\s/>]")
_ROOT_HTML = re.compile(r"<!doctype\s+html\b|<(?:\w+:)?html[\s/>]")
_PARTS_OF_HTML = re.compile(r"<(?:head|body|title|meta|main|article)[\s/>]")
_NO_TEXT = {
    "svg": "SVG",
    "rtf": "RTF",
    "xml": "XML",
    "json": "JSON",
    "eml": "e-mail",
    "ps": "PostScript",
}


def detect(path: Path, file_name: str) -> tuple[Format, str]:
    """Return the format that reads the file at `path`, and its media type.

    Raises Empty, UnsupportedType (also when the name says another kind than the content), or
    Unreadable when the content is broken beyond telling.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise Empty
    ending = Path(file_name.lower().strip()).suffix.lstrip(".")
    named = next((each for each in formats() if ending in each.extensions), None)
    found = _binary(head, path) or _text(head, ending)
    if not found:
        if named:
            raise Unreadable(NOT_THAT, named=ending.upper())
        raise UnsupportedType(found=_by_magic(head) or ending.upper() or "unknown", known=known())
    if found.startswith("!"):
        raise UnsupportedType(found=found[1:], known=known())
    for each in formats():
        if found in each.media_types:
            if named and (named.family or named.name) != (each.family or each.name):
                if each.family == "text":
                    raise Unreadable(NOT_THAT, named=ending.upper())
                raise NotWhatItSays(named=ending.upper(), found=each.label)
            return each, found
    raise UnsupportedType(found=found, known=known())


def _binary(head: bytes, path: Path) -> str:
    for offset, sign, kind in _SIGNATURES:
        if head.startswith(sign, offset):
            return kind
    finders: tuple[Callable[[bytes], str], ...] = (_riff, _iso_media, _matroska, _mpeg_sound)
    for finder in finders:
        kind = finder(head)
        if kind:
            return kind
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _old_office(path)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(path)
    # Some writers put a few bytes before the mark of a PDF, and every reader forgives that.
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    return ""


def _riff(head: bytes) -> str:
    if head[:4] not in (b"RIFF", b"RF64"):
        return ""
    return {b"WAVE": "audio/wav", b"WEBP": "!WebP", b"AVI ": "video/x-msvideo"}.get(head[8:12], "")


def _iso_media(head: bytes) -> str:
    if head[4:8] not in (b"ftyp", b"moov", b"mdat", b"wide"):
        return ""
    return _BRANDS.get(head[8:12], "video/mp4")


def _matroska(head: bytes) -> str:
    if not head.startswith(b"\x1a\x45\xdf\xa3"):
        return ""
    return "video/webm" if b"webm" in head[:64] else "video/x-matroska"


def _mpeg_sound(head: bytes) -> str:
    """MP3 and AAC have no mark, only frames: a header, and another where the first frame ends."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return ""
    if head[1] & 0xF6 == 0xF0:
        return "audio/aac"
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate, speed = head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or layer != 1 or rate in (0, 15) or speed == 3:
        return ""
    return "audio/mpeg"


def _old_office(path: Path) -> str:
    """A Word or PowerPoint file of before 2007, or a new one behind a password."""
    with path.open("rb") as file:
        head = file.read(4_000_000)
    if "EncryptedPackage".encode("utf-16-le") in head:
        raise Locked
    raise UnsupportedType(OLD_OFFICE)


def _archive(path: Path) -> str:
    names = archive_names(path)
    said = _said(path) if "mimetype" in names else ""
    for each in formats():
        if said in each.media_types:
            return said
    for each in formats():
        if any(mark in names for mark in each.marks):
            if any(name.endswith("vbaProject.bin") for name in names):
                raise UnsupportedType(MACROS)
            return each.media_types[0]
    refused = next((kind for name, kind in _REFUSED_ZIP if name in names), "")
    return f"!{refused}" if refused else "application/zip"


def _said(path: Path) -> str:
    """Return the media type that an archive gives itself, as OpenDocument files and books do."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open("mimetype") as file:
            return file.read(200).decode("ascii", "replace").strip()
    except BROKEN_ZIP:
        raise Unreadable(BROKEN_ARCHIVE) from None


def archive_names(path: Path) -> set[str]:
    """Return the names of what is in a zip archive; raise TooMuchInside before reading a list of
    them that would itself be a bomb, Unreadable when the archive is broken."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - 66_000))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise Unreadable(BROKEN_ARCHIVE)
    entries, directory = struct.unpack_from("<HI", tail, at + 10)
    if entries > _MOST_ENTRIES or directory > _MOST_DIRECTORY:
        raise TooMuchInside(
            size=">" + str(directory // 1_000_000), limit=_MOST_DIRECTORY // 1_000_000
        )
    try:
        with zipfile.ZipFile(path) as archive:
            return set(archive.namelist())
    except BROKEN_ZIP:
        raise Unreadable(BROKEN_ARCHIVE) from None


def check_archive(path: Path, unpacked: int) -> None:
    """Raise TooMuchInside when a zip archive says that it holds more than `unpacked` bytes, or packs
    them tighter than text ever is, Locked when it is encrypted, Unreadable when it is broken."""
    archive_names(path)
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise Locked
    total = sum(part.file_size for part in parts)
    dense = any(
        part.file_size > 50_000_000 and part.file_size > 200 * max(1, part.compress_size)
        for part in parts
    )
    if total > unpacked or dense:
        raise TooMuchInside(
            size=total // 1_000_000, limit=(50_000_000 if dense else unpacked) // 1_000_000
        )


def _text(head: bytes, ending: str) -> str:
    """Return the media type of a text, "" when it is none, or with a "!" what is refused. What it
    begins with tells a page and a drawing; markup further in is words about markup, as in a lesson.
    Between kinds of plain text the name decides."""
    if not is_text(head):
        return ""
    text = _decoded(head)
    begin, declared = _beginning(text)
    if begin.startswith("%!ps"):
        return "!PostScript"
    if _ROOT_SVG.match(begin):
        return "!SVG"
    if _ROOT_HTML.match(begin):
        return "text/html"
    if declared:
        return "!XML"
    for each in formats():
        if each.claims(text, ending):
            return each.media_types[0]
    if ending in _NO_TEXT:
        return f"!{_NO_TEXT[ending]}"
    return "text/html" if _PARTS_OF_HTML.match(begin) else "text/plain"


def _beginning(text: str) -> tuple[str, bool]:
    """Return the first thing that a text says, in lower case, and whether it declares itself XML: past
    the mark of its encoding, blanks, comments and declarations, of which there may be several."""
    at, declared = 0, False
    while found := _BEFORE.match(text, at):
        declared = declared or found[0].lower().lstrip("\ufeff \t\r\n").startswith("<?xml ")
        at = found.end()
    return text[at : at + 400].lower(), declared


def is_text(head: bytes) -> bool:
    """Tell whether bytes read like text: in UTF-8, UTF-16 with its mark, or an old code page."""
    if head.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    if b"\0" in head:
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        odd = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in head)
        high = sum(byte > 126 for byte in head)
        return odd * 200 < len(head) and high * 2 < len(head) * (2 if odd == 0 else 1)
    odd = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in head)
    return odd * 50 <= len(head)


def _decoded(head: bytes) -> str:
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(mark):
            return head.decode(name, "ignore")
    return head.decode("utf-8", "ignore")


def _by_magic(head: bytes) -> str:
    """Return what libmagic calls it, for the sentence only; "" when it does not know."""
    try:
        import magic
    except ImportError:
        return ""
    name = str(magic.from_buffer(head, mime=True))
    return "" if name in ("application/octet-stream", "text/plain") else name
