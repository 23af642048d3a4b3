"""What Word and PowerPoint files share: opening them safely, and their pictures."""

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from edu.common.text import gettext_noop as _
from edu.multimodal.base import Limits, TooManyPixels
from edu.multimodal.base.detect import check_archive
from edu.multimodal.base.pictures import upright
from edu.multimodal.data import Unreadable

Opened = TypeVar("Opened")

DAMAGED = _(
    "This file is damaged and cannot be opened. Open it where it was made, save it again and bring "
    "it once more."
)
_LEAST = 120  # pixels of the shorter side: smaller pictures are ornaments


def opened(path: Path, limits: Limits, how: Callable[[str], Opened]) -> Opened:
    """Return what `how` makes of an Office file, after its declared sizes were found to be sane."""
    from lxml import etree

    check_archive(path, limits.unpacked)
    try:
        return how(str(path))
    except (
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        EOFError,
        OSError,
        RuntimeError,
        NotImplementedError,
        struct.error,
        zipfile.BadZipFile,
        etree.XMLSyntaxError,
    ) as error:
        if isinstance(error, OSError) and error.errno == 12:
            raise MemoryError from None
        raise Unreadable(DAMAGED) from None
    except Exception as error:
        # The libraries' own errors: a missing part, a package of another kind, a bad checksum.
        if type(error).__module__.partition(".")[0] in ("docx", "pptx", "zlib", "lxml"):
            raise Unreadable(DAMAGED) from None
        raise


def keep_picture(blob: bytes, work: Path, name: str, limits: Limits) -> str:
    """Write a picture that stood in a file into the work folder, and return its name there; "" when
    it is an ornament, too large, or of a kind that cannot be drawn."""
    try:
        image = upright(blob, limits.pixels, ("PNG", "JPEG", "GIF", "BMP", "TIFF"))
    except (ValueError, TooManyPixels):
        return ""
    if min(image.size) < _LEAST:
        return ""
    image.save(work / f"{name}.png")
    return f"{name}.png"
