"""Pictures of people."""

from django.db import transaction
from django.utils import timezone

from edu.common.ids import parse_id
from edu.users.data import Person
from edu.users.logic import accounts
from edu.users.logic import pictures as drawings


@transaction.atomic
def set_picture(*, user: str, data: bytes) -> Person:
    """Make a JPEG, PNG or WebP file the picture of a person: cut to a square, drawn anew in a few sizes
    and without its metadata. Raises Invalid (field "picture")."""
    row = accounts.get(parse_id(user), lock=True)
    drawings.keep(row, data, timezone.now())
    return accounts.person_of(row)


@transaction.atomic
def remove_picture(*, user: str) -> Person:
    """Take a person's picture away; where there is none, nothing happens."""
    row = accounts.get(parse_id(user), lock=True)
    drawings.remove(row)
    return accounts.person_of(row)


def picture(*, user: str, size: str = "middle") -> bytes:
    """Return a person's picture as WebP in the size "small" (64 pixels), "middle" (160) or "large" (512);
    raise NotFound. Who may see it is the caller's to ask."""
    return drawings.fetch(accounts.get(parse_id(user)), size)
