"""A corpus of files that want harm, or that harm befell: made in code, the same each time.

`corpus()` lists them by name without making one; a Case makes its bytes when they are asked for.
`CANARY` stands in a file beside them, where no reader may look, and `place` is where it lies.
"""

from collections.abc import Callable
from dataclasses import dataclass

CANARY = "the-secret-of-the-house-7f3a"
SIZE = 1000


@dataclass(frozen=True)
class Case:
    """A file: what it is, what a person would have called it, and its bytes. `place` and `listener`
    (an address on loopback) are what a file may try to reach."""

    name: str
    file_name: str
    make: Callable[["Trap"], bytes]


@dataclass(frozen=True)
class Trap:
    """What a hostile file is told to fetch, and must not: the path of a file and the URL of a server."""

    place: str
    url: str


def corpus() -> list[Case]:
    """Return the thousand of them, those with an intent of their own first."""
    from tests.multimodal.hostile import bombs, media, places, scripts, spoilt

    meant = [*bombs.cases(), *scripts.cases(), *places.cases(), *media.cases()]
    return meant + spoilt.cases(SIZE - len(meant))
