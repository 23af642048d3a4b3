"""The voices that texts can be read in. Whoever speaks tells them (`tell`), whoever lets people choose asks
for them (`offered`): neither knows the other."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Voice:
    """`name` is what is kept and asked for; `language` a code such as "en" or "pt-br", "" where the voice
    is not of one language; `label` what people read."""

    name: str
    language: str = ""
    label: str = ""


Teller = Callable[[str], list[Voice] | None]
_tellers: list[Teller] = []


def tell(teller: Teller) -> None:
    """Have `teller` asked which voices there are for a person (an id), in place of who was before; None
    is for "nobody can say"."""
    _tellers[:] = [teller]


def offered(user: str) -> list[Voice] | None:
    """Return the voices that the person `user` can choose from, by language and name; None where nobody
    can say which there are: then any name may be right."""
    return _tellers[0](user) if _tellers else None
