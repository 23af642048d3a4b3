"""Objects at rest: sealed in parts, so that any stretch is read without the rest.

    head (64 bytes): "EDUSEAL1" | id of the data key, 16 | salt, 24 | length of what is sealed, 8 | zeros, 8
    then parts of 64 KiB, each with a tag of 16 bytes; the last one may be shorter

Each object has a key of its own, made from a data key and its salt. A part opens only at its number, as
the last one or not, under this head and under this name: what is cut short, put in another order or
brought from another object does not open. What is not sealed yet has no such head, and is read as it is.
"""

import os
import struct
from collections.abc import Iterator
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from edu.common import vault

MARK = b"EDUSEAL1"
HEAD = 64
PART = 1 << 16
TAG = 16
_FORM = struct.Struct(">8s16s24sQ8x")


class Head:
    """What stands before the parts."""

    def __init__(self, raw: bytes, name: str) -> None:
        self.raw, self.name = raw, name
        _mark, key, self.salt, self.length = _FORM.unpack(raw)
        self.key = key.hex()
        self.parts = max(1, -(-self.length // PART))
        self.size = HEAD + self.length + TAG * self.parts  # of the whole object, sealed
        secret = vault.key(self.key).secret
        self._box = AESGCM(vault.derive(secret, b"object", self.salt))
        self._about = raw + name.encode()

    @classmethod
    def new(cls, name: str, length: int) -> "Head":
        """Return the head of an object that is to be sealed under `name`."""
        raw = _FORM.pack(MARK, bytes.fromhex(vault.current().id), os.urandom(24), length)
        return cls(raw, name)

    def _nonce(self, number: int) -> bytes:
        return struct.pack(">3xQB", number, number == self.parts - 1)

    def close(self, number: int, plain: bytes) -> bytes:
        """Seal one part."""
        return self._box.encrypt(self._nonce(number), plain, self._about)

    def open(self, number: int, closed: bytes) -> bytes:
        """Open one part; raise Unreadable."""
        try:
            return self._box.decrypt(self._nonce(number), closed, self._about)
        except (InvalidTag, ValueError):
            raise vault.Unreadable from None

    def span(self, start: int, end: int) -> tuple[int, int, int]:
        """Return the first part of a stretch, and where its parts begin and end in the object."""
        first, last = start // PART, max(start, end - 1) // PART
        begin, stop = (HEAD + each * (PART + TAG) for each in (first, last + 1))
        return first, begin, min(stop, self.size)


def is_head(raw: bytes) -> bool:
    """Whether an object that begins with this is sealed."""
    return len(raw) >= HEAD and raw.startswith(MARK)


def opened(head: Head, closed: Iterator[bytes], start: int, end: int) -> Iterator[bytes]:
    """Yield the bytes from `start` up to `end` out of the parts that hold them; raise Unreadable."""
    number = start // PART
    at = number * PART
    for part in _regrouped(closed):
        plain = head.open(number, part)
        yield plain[max(0, start - at) : end - at]
        number, at = number + 1, at + len(plain)
    if at < end:
        raise vault.Unreadable


def _regrouped(stream: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what comes in whole parts; the last one may be shorter."""
    held, whole = bytearray(), PART + TAG
    for each in stream:
        held += each
        while len(held) >= whole:
            yield bytes(held[:whole])
            del held[:whole]
    if held:
        yield bytes(held)


class Sealing:
    """A file of `length` bytes to be read sealed."""

    def __init__(self, name: str, source: Any, length: int) -> None:
        self._head = Head.new(name, length)
        self._source, self._number, self._held = source, 0, bytearray(self._head.raw)

    def read(self, size: int = -1) -> bytes:
        """Return at most so many bytes more; all of them for -1; b"" at the end."""
        while self._number < self._head.parts and (size < 0 or len(self._held) < size):
            plain = self._source.read(PART)
            left = self._head.length - self._number * PART
            if len(plain) != min(PART, left):
                raise OSError("a file changed while it was being sealed")
            self._held += self._head.close(self._number, plain)
            self._number += 1
        size = len(self._held) if size < 0 else size
        found = bytes(self._held[:size])
        del self._held[:size]
        return found
