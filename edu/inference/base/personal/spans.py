"""A stretch of a text that tells of a person."""

from typing import NamedTuple

NAME, EMAIL, PHONE, ADDRESS = "name", "email", "phone", "address"
IBAN, CARD, IP, HANDLE, URL = "iban", "card", "ip", "handle", "url"
BIRTHDATE, ID = "birthdate", "id"
KINDS = (NAME, EMAIL, PHONE, ADDRESS, IBAN, CARD, IP, HANDLE, URL, BIRTHDATE, ID)


class Span(NamedTuple):
    """From `start` up to `end` stands something of `kind`. Where two overlap, the higher `rank` wins,
    then the longer."""

    start: int
    end: int
    kind: str
    rank: int = 0


def settled(spans: list[Span]) -> list[Span]:
    """Return the spans that remain where some overlap, in order. What an overlapped one has beyond the
    winner stays covered, as a piece of its own."""
    kept: list[Span] = []
    for each in sorted(spans, key=lambda s: (-s.rank, s.start - s.end, s.start)):
        pieces = [(each.start, each.end)]
        for have in kept:
            pieces = [
                part
                for start, end in pieces
                for part in ((start, min(end, have.start)), (max(start, have.end), end))
                if part[0] < part[1]
            ]
        kept += [Span(start, end, each.kind, each.rank) for start, end in pieces]
    return sorted(kept)
