"""What objects are called, and what they are read from."""

import re
import secrets
from typing import Protocol

from edu.common.errors import NotFound

PART = 1 << 18
_KEY = re.compile(r"[a-z]{1,20}/[A-Za-z0-9_-]{2}/[A-Za-z0-9_-]{20,60}")


class Readable(Protocol):
    """What bytes are read from, one after the other."""

    def read(self, size: int = -1, /) -> bytes:
        """Return at most so many bytes more; b"" at the end."""


def checked(key: str) -> str:
    """Return `key` if it can be one of ours: a row that was tampered with leads nowhere."""
    if not _KEY.fullmatch(key):
        raise NotFound
    return key


def new_key(kind: str) -> str:
    """Return a key that nobody can guess; `kind` is a word of ours, such as "material"."""
    mark = secrets.token_urlsafe(24)
    return f"{kind}/{mark[:2]}/{mark}"
