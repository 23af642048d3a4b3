"""Refresh tokens: each is good once, and one that comes twice ends its whole family."""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from edu.common.errors import NotFound
from edu.common.ids import parse_id
from edu.users.data import Device, NoSuchDevice, Tokens
from edu.users.logic import access, audit
from edu.users.models import RefreshToken, TokenFamily

LISTED = 50


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _until(now: datetime) -> datetime:
    return now + timedelta(days=settings.EDU_REFRESH_DAYS)


def _add(family: TokenFamily, now: datetime) -> Tokens:
    plain = secrets.token_urlsafe(32)
    RefreshToken.objects.create(family=family, digest=_digest(plain), created_at=now)
    return Tokens(access.make(family.user_id, family.id, now), plain)


@transaction.atomic
def begin(user: UUID, now: datetime) -> Tokens:
    """Begin a family for `user` and return its first tokens."""
    family = TokenFamily.objects.create(user_id=user, created_at=now, expires_at=_until(now))
    return _add(family, now)


@transaction.atomic
def rotate(refresh: str, now: datetime) -> Tokens | None:
    """Take one refresh token in payment for the next; None when it is not good. One that was used
    before has been stolen, here or there: its family ends. The row lock makes two at once one after
    the other. None, not an error, so that the end of the family is not rolled back."""
    found = RefreshToken.objects.filter(digest=_digest(refresh)).values_list("family_id").first()
    if found is None:
        return None
    family = (
        TokenFamily.objects.select_for_update(of=("self",)).select_related("user").get(id=found[0])
    )
    token = RefreshToken.objects.get(digest=_digest(refresh))
    if family.dead_at or family.expires_at <= now or not family.user.is_active:
        return None
    if token.used_at:
        _end(family, now, "reuse")
        told = {"began": family.created_at.isoformat(), "used": token.used_at.isoformat()}
        audit.write("family-killed", None, family.user_id, told, now)
        return None
    token.used_at = now
    token.save(update_fields=["used_at"])
    family.expires_at = _until(now)
    family.save(update_fields=["expires_at"])
    return _add(family, now)


def _end(family: TokenFamily, now: datetime, death: str) -> None:
    family.dead_at, family.death = now, death
    family.save(update_fields=["dead_at", "death"])


@transaction.atomic
def end(refresh: str, now: datetime) -> None:
    """End the family of this token, alive or used; one that was never ours is no error."""
    found = TokenFamily.objects.select_for_update().filter(tokens__digest=_digest(refresh)).first()
    if found and not found.dead_at:
        _end(found, now, "signed out")


def end_all(user: UUID, now: datetime, death: str) -> int:
    """End all families of `user`; return how many were alive."""
    rows = TokenFamily.objects.filter(user_id=user, dead_at=None)
    rows.filter(expires_at__lte=now).update(dead_at=now, death=death)  # ran out: nobody's sign-in
    return rows.update(dead_at=now, death=death)


def of(user: UUID, now: datetime) -> tuple[list[Device], int]:
    """Return the programs that are signed in as `user`, the newest first, and how many are left out of
    that list because there are so many."""
    rows = TokenFamily.objects.filter(user_id=user, dead_at=None, expires_at__gt=now)
    newest = rows.annotate(latest=Max("tokens__created_at")).order_by("-created_at", "-id")
    listed = [
        Device(
            id=str(row.id),
            name="",
            address="",
            since=row.created_at,
            program=True,
            renewed_at=row.latest if row.latest and row.latest > row.created_at else None,
        )
        for row in newest[:LISTED]
    ]
    return listed, rows.count() - LISTED if len(listed) == LISTED else 0


def end_one(user: UUID, family: str, now: datetime) -> None:
    """End one family of `user`; raise NoSuchDevice."""
    try:
        rows = TokenFamily.objects.filter(id=parse_id(family), user_id=user, dead_at=None)
    except NotFound:
        raise NoSuchDevice from None
    if not rows.update(dead_at=now, death="signed out"):
        raise NoSuchDevice


def forget(now: datetime, days: int = 7) -> int:
    """Delete families that have been dead or expired for `days`; return how many rows went."""
    return TokenFamily.objects.filter(expires_at__lt=now - timedelta(days=days)).delete()[0]
