"""Text files: which letters their bytes stand for."""

import codecs
from pathlib import Path

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
    from charset_normalizer import from_bytes

    # 256 kB tell the encoding of the rest.
    best = from_bytes(data[:262_144]).best()
    return _checked(data.decode(best.encoding if best else "cp1252", "replace"), limits)


def _checked(text: str, limits: Limits) -> str:
    if len(text) > limits.characters:
        raise TooManyPages(pages=">", limit=f"{limits.characters} signs")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
