"""What is kept unreadable in a copy of the database: sealed with a data key, and bound to its place.

Data keys are random, several are alive at once, and each is kept wrapped by the master key of the site
(who keeps them says so by `provide`). What was sealed names its key, so that the next key can take
over while what the last one sealed is still read. Its place (table, column, row) is authenticated
along with it: what is moved to another place does not open there.
"""

import base64
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from edu.common.errors import Unavailable
from edu.common.text import gettext_noop as _

PREFIX = "sealed1."
REFRESH = 30.0  # seconds after which a process looks for a newer key
_NONCE = 12
_ID = 32  # hex digits


class Unreadable(Unavailable):
    """Its key is not here, or it was changed, or moved from where it was sealed."""

    detail = _("This is kept encrypted and cannot be read at the moment.")


def derive(secret: bytes, purpose: bytes, salt: bytes = b"") -> bytes:
    """Return the 32 bytes that `secret` has for one purpose."""
    return HKDF(SHA256(), 32, salt or None, b"edu " + purpose).derive(secret)


@dataclass(frozen=True)
class Key:
    """A data key: `id` is 32 hex digits, `secret` 32 bytes."""

    id: str
    secret: bytes = field(repr=False)

    def box(self) -> AESGCM:
        """Return what seals columns."""
        return AESGCM(derive(self.secret, b"column"))


@dataclass
class _Ring:
    """The keys that this process knows, by id; `read_at` is None until they were read."""

    keys: dict[str, Key] = field(default_factory=dict)
    boxes: dict[str, AESGCM] = field(default_factory=dict)
    current: str = ""
    read_at: float | None = None


_ring = _Ring()
_load: Callable[[], list[Key]] | None = None


def provide(load: Callable[[], list[Key]]) -> None:
    """Say how keys are read: `load` returns all of them, the one that seals first."""
    global _load
    _load = load


def forget() -> None:
    """Read the keys anew when one is needed next."""
    global _ring
    _ring = _Ring()


def _read() -> _Ring:
    global _ring
    found = _load() if _load else []
    if not found:
        raise Unreadable
    keys, boxes = {each.id: each for each in found}, {each.id: each.box() for each in found}
    _ring = fresh = _Ring(keys, boxes, found[0].id, time.monotonic())
    return fresh


def _now() -> _Ring:
    """Return the ring with the key that seals now."""
    ring = _ring
    old = ring.read_at is None or time.monotonic() - ring.read_at > REFRESH
    return _read() if old else ring


def _with(name: str) -> _Ring:
    """Return the ring with the key of that id; raise Unreadable."""
    ring = _ring if name in _ring.keys else _read()
    if name not in ring.keys:
        raise Unreadable
    return ring


def current() -> Key:
    """Return the key that seals now. Raises Unreadable when there is none."""
    ring = _now()
    return ring.keys[ring.current]


def key(name: str) -> Key:
    """Return the key with an id; raise Unreadable."""
    return _with(name).keys[name]


def seal_bytes(plain: bytes, place: str) -> bytes:
    """Return `plain` sealed for `place`, which no other opens."""
    ring = _now()
    nonce, mark = os.urandom(_NONCE), f"{PREFIX}{ring.current}."
    closed = ring.boxes[ring.current].encrypt(nonce, plain, f"{mark}{place}".encode())
    return mark.encode() + nonce + closed


def open_bytes(sealed: bytes, place: str) -> bytes:
    """Return what was sealed for `place`; raise Unreadable."""
    at = len(PREFIX) + _ID + 1
    mark, nonce, closed = sealed[:at], sealed[at : at + _NONCE], sealed[at + _NONCE :]
    name = mark[len(PREFIX) : -1].decode("ascii", "replace")
    try:
        return _with(name).boxes[name].decrypt(nonce, closed, mark + place.encode())
    except (InvalidTag, ValueError):
        raise Unreadable from None


def seal(plain: str, place: str) -> str:
    """Return a text sealed for `place`, as a text."""
    closed = seal_bytes(plain.encode(), place)
    at = len(PREFIX) + _ID + 1
    return closed[:at].decode() + base64.b64encode(closed[at:]).decode()


def unseal(sealed: str, place: str) -> str:
    """Return the text that was sealed for `place`; raise Unreadable."""
    at = len(PREFIX) + _ID + 1
    try:
        closed = sealed[:at].encode() + base64.b64decode(sealed[at:], validate=True)
    except ValueError:
        raise Unreadable from None
    return open_bytes(closed, place).decode()


def is_sealed(value: object) -> bool:
    """Whether a text or bytes are sealed."""
    if isinstance(value, str):
        return value.startswith(PREFIX)
    return isinstance(value, bytes | memoryview) and bytes(value[:8]) == PREFIX.encode()


def key_of(sealed: str | bytes) -> str:
    """Return the id of the key that something was sealed with."""
    part = sealed[len(PREFIX) : len(PREFIX) + _ID]
    return part.decode("ascii", "replace") if isinstance(part, bytes) else part
