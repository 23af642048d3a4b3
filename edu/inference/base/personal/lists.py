"""Lists of words, read when they are first needed: names of people in 60 languages, places, and ordinary
words that some names are too. They were taken from the word lists of Faker (MIT, see words/LICENSE.txt).

Each is a sorted text, a word a line, packed: `gzip -dc given.txt.gz` shows it, `gzip -n9` packs it."""

import gzip
from functools import cache
from pathlib import Path

HOME = Path(__file__).parent / "words"


def _read(name: str) -> frozenset[str]:
    packed = (HOME / f"{name}.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode().split("\n"))


@cache
def given() -> frozenset[str]:
    """Return given names, in small letters."""
    return _read("given")


@cache
def family() -> frozenset[str]:
    """Return names of families that are no given names."""
    return _read("family")


@cache
def ordinary() -> frozenset[str]:
    """Return words that are no names, in small letters."""
    return _read("ordinary")


@cache
def places() -> frozenset[str]:
    """Return names of places and languages, some of several words."""
    return _read("places")


@cache
def countries() -> frozenset[str]:
    """Return names of countries, in many languages; not those that are more often names of people."""
    return _read("countries")
