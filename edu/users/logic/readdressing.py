"""Another e-mail address for an account: it is the account's once the link of a letter to it is opened.
Whether it belongs to an account already is told to nobody but whoever reads its mail."""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from edu.common.errors import Invalid
from edu.common.text import gettext_noop as _
from edu.users.data import DeadLink
from edu.users.logic import accounts, addresses, letters
from edu.users.models import AddressChange, User

LIVES = timedelta(days=3)


def ask(user: User, email: str, now: datetime) -> list[UUID]:
    """Note that `user` wishes to have the address `email`; return the letters about it: to the new
    address, and to the one that is still theirs. Raises Invalid for the field "email"."""
    wanted = accounts.address(email)
    if not user.email:
        raise Invalid(fields={"email": _("Your account has none: you sign in with a class code.")})
    if wanted == user.email:
        raise Invalid(fields={"email": _("This is your address already.")})
    key = secrets.token_urlsafe(32)
    AddressChange.objects.filter(user=user).delete()
    AddressChange.objects.create(user=user, email=wanted, digest=_digest(key), created_at=now)
    # Noted all the same where the address is another's, so that nothing looks different; but nobody
    # is sent the key.
    other = accounts.by_email(wanted)
    if other is not None:
        written = [letters.say(other, "email_taken", {}, now)]
    else:
        link = settings.EDU_PUBLIC_URL + reverse("email-confirm", args=[key])
        written = [letters.say(user, "email_new", {"link": link}, now, to=wanted)]
    return [*written, letters.say(user, "email_asked", {"new": wanted, **_places()}, now)]


def waiting(user: User, now: datetime) -> str:
    """Return the address that waits for its letter to be opened, "" for none."""
    row = AddressChange.objects.filter(user=user, created_at__gt=now - LIVES).first()
    return row.email if row else ""


def cancel(user: User) -> None:
    """Forget the wish; none is no error."""
    AddressChange.objects.filter(user=user).delete()


def by_key(key: str, now: datetime, *, lock: bool = False) -> AddressChange:
    """Return the wish that a link's `key` fulfils; raise DeadLink when it is old, replaced, or the
    address is somebody's by now."""
    rows = AddressChange.objects.select_for_update(of=("self",)) if lock else AddressChange.objects
    row = (
        rows.select_related("user")
        .filter(digest=_digest(key), created_at__gt=now - LIVES, user__is_active=True)
        .first()
    )
    if row is None or accounts.by_email(row.email) is not None:
        raise DeadLink
    return row


def fulfil(row: AddressChange, now: datetime) -> tuple[User, list[UUID]]:
    """Give the account its new address, confirmed by that; return it and the letters about it."""
    user = accounts.get(row.user_id, lock=True)
    old, new = user.email, row.email
    row.delete()
    user.email = new
    try:
        with transaction.atomic():
            user.save(update_fields=["email"])
    except IntegrityError:  # somebody took it this moment
        raise DeadLink from None
    addresses.confirm(user)
    told = {"new": new, **_places()}
    return user, [letters.say(user, "email_changed", told, now, to=old or "")]


def forget(now: datetime) -> None:
    """Delete wishes whose links are dead."""
    AddressChange.objects.filter(created_at__lt=now - LIVES).delete()


def _places() -> dict[str, str]:
    return {"security": settings.EDU_PUBLIC_URL + reverse("security")}


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode(errors="replace")).hexdigest()
