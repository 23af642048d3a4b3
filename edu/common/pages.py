"""A page of a long list, as every api returns it."""

import base64
import binascii
from dataclasses import dataclass
from typing import Generic, TypeVar

from edu.common.errors import Invalid

Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """`items` in order; `next` and `previous` are opaque cursors, None where the list ends."""

    items: list[Item]
    next: str | None = None
    previous: str | None = None


def bad_cursor() -> Invalid:
    """Return the error for a cursor that we did not make."""
    return Invalid("This page does not exist. Begin at the first page.", {"cursor": "not known"})


def sensible(limit: object, default: int = 50, most: int = 200) -> int:
    """Return the page size that `limit` (a number, or the text of a query) asks for, within 1 and
    `most`; `default` when it asks for none that can be read."""
    try:
        return max(1, min(most, int(str(limit)[:9])))
    except ValueError:
        return default


def cursor(direction: str, key: str) -> str:
    """Return an opaque cursor: `direction` is "a" (after) or "b" (before), `key` the edge row's key."""
    return base64.urlsafe_b64encode(f"{direction}{key}".encode()).decode().rstrip("=")


def page_of_list(items: list[Item], at: str | None, limit: int) -> Page[Item]:
    """Return one page of `items`, which are all at hand; `at` is a cursor of an earlier page."""
    limit, place = sensible(limit), read_cursor(at)
    if place is not None and not (place[0] == "a" and place[1].isdecimal() and len(place[1]) < 9):
        raise bad_cursor()
    start = int(place[1]) if place else 0
    ends = start + limit
    return Page(
        items[start:ends],
        cursor("a", str(ends)) if ends < len(items) else None,
        cursor("a", str(max(0, start - limit))) if start else None,
    )


def read_cursor(text: str | None) -> tuple[str, str] | None:
    """Undo `cursor`; None for no cursor; raise Invalid for one that was not made by it."""
    if not text:
        return None
    try:
        plain = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        plain = ""
    if plain[:1] not in ("a", "b"):
        raise bad_cursor()
    return plain[0], plain[1:]
