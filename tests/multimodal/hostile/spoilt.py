"""Good files of every format that were cut off, had bits turned, or grew together with another."""

import importlib
import random
from functools import cache
from itertools import islice

from edu.multimodal.base import formats
from tests.multimodal.hostile import Case


@cache
def _good(name: str) -> tuple[str, bytes]:
    module = importlib.import_module(f"tests.multimodal.kinds.{name}")
    return module.FILE, module.content()


def _cut(name: str, tenth: int) -> bytes:
    whole = _good(name)[1]
    return whole[: len(whole) * tenth // 10]


def _flipped(name: str, seed: int) -> bytes:
    chance = random.Random(f"{name}{seed}")
    content = bytearray(_good(name)[1])
    for _ in range(chance.choice((1, 4, 16, 64, 256))):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return bytes(content)


def _grafted(name: str, other: str) -> bytes:
    """The first half of one before the second half of another."""
    head, tail = _good(name)[1], _good(other)[1]
    return head[: len(head) // 2] + tail[len(tail) // 2 :]


def _doubled(name: str, other: str) -> bytes:
    """Two whole files in one: each reader finds its own."""
    return _good(name)[1] + _good(other)[1]


def cases(most: int) -> list[Case]:
    """Return `most` of them, evenly from all formats."""
    return list(islice(_all(), most))


def _all():
    names = [form.name for form in formats()]
    for tenth in range(10):
        for name in names:
            yield _case(name, f"cut at {tenth} tenths", lambda n=name, t=tenth: _cut(n, t))
    for far in (1, 2, 5):
        for at, name in enumerate(names):
            other = names[(at + far) % len(names)]
            yield _case(name, f"half {other}", lambda n=name, o=other: _grafted(n, o))
            yield _case(name, f"and {other}", lambda n=name, o=other: _doubled(n, o))
    for seed in range(1000):
        for name in names:
            yield _case(name, f"bits turned {seed}", lambda n=name, s=seed: _flipped(n, s))


def _case(name: str, what: str, make) -> Case:
    module = importlib.import_module(f"tests.multimodal.kinds.{name}")
    return Case(f"{name} {what}", module.FILE, lambda trap: make())
