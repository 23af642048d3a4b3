"""Text files: which letters their bytes stand for."""

import codecs
from pathlib import Path

from edu.common import language
from edu.common.text import gettext_noop as _
from edu.multimodal.base import Limits, TooManyPages
from edu.multimodal.base.detect import is_text
from edu.multimodal.data import Unreadable

NO_TEXT = _(
    "This file does not hold text that can be read. Save it as UTF-8 text and bring it again."
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

SAMPLE = 262_144  # bytes that tell the encoding of the rest
_WESTERN = "cp1252"
_TABLES = {  # ISO 639-1 codes of languages that are not written in the Western one
    "cp1250": ("cs", "hr", "hu", "pl", "ro", "sk", "sl", "sq"),
    "cp1254": ("tr", "az"),
    "cp1257": ("et", "lt", "lv"),
}


def text_of(path: Path, limits: Limits, declared: str = "") -> str:
    """Return the text of a file. `declared` is an encoding that the file itself names."""
    if path.stat().st_size > 4 * limits.characters:
        raise TooManyPages(pages=">", limit=f"{limits.characters} signs")
    return text_in(path.read_bytes(), limits, declared)


def text_in(data: bytes, limits: Limits, declared: str = "") -> str:
    """Return the text that the bytes `data` stand for; see `text_of`."""
    if not is_text(data[:65536]):
        raise Unreadable(NO_TEXT)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _checked(data.decode(name, "replace"), limits)
    for name in ("utf-8", declared):
        try:
            if name:
                return _checked(data.decode(name), limits)
        except (UnicodeDecodeError, LookupError):
            continue
    return _checked(data.decode(_encoding(data[:SAMPLE]), "replace"), limits)


def _encoding(data: bytes) -> str:
    """Return the likeliest encoding of text that is no Unicode. The tables of Western and Central Europe,
    Turkey and the Baltic differ in few signs, so that a text's language tells them apart, and not the
    shape of its letters, which all of them give it."""
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        return _WESTERN
    high = [byte for byte in data if byte > 0x7F]
    if not str(best).isascii() and (best.multi_byte_usage or not _latin(str(best))):
        return best.encoding
    if sum(byte < 0xA0 for byte in high) * 2 > len(high):
        return best.encoding  # of DOS or the Macintosh: elsewhere these are quotation marks
    spoken = language.detect(data.decode(_WESTERN, "replace"))
    return next((name for name, those in _TABLES.items() if spoken in those), _WESTERN)


def _latin(text: str) -> bool:
    others = sum(char > "\u024f" and char.isalpha() for char in text)
    return others * 2 < sum("\x7f" < char <= "\u024f" and char.isalpha() for char in text)


def _checked(text: str, limits: Limits) -> str:
    if len(text) > limits.characters:
        raise TooManyPages(pages=">", limit=f"{limits.characters} signs")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
