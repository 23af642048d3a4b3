"""What Word and PowerPoint files share: opening them safely."""

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from edu.common.text import gettext_noop as _
from edu.multimodal.base import Limits
from edu.multimodal.base.detect import check_archive
from edu.multimodal.data import Unreadable

Opened = TypeVar("Opened")

DAMAGED = _(
    "This file is damaged and cannot be opened. Open it where it was made, save it again and bring "
    "it once more."
)


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
