"""Who may make an account: anybody, addresses of some domains, those who were invited, or nobody."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from edu.common.errors import Invalid, NotFound
from edu.common.ids import parse_id
from edu.common.text import gettext_noop as _
from edu.users.data import EmailTaken, InvitationNeeded, Registration, SignUpClosed
from edu.users.logic import accounts, addresses, letters
from edu.users.logic import preferences as wishes
from edu.users.models import Invitation, User

SALT = "edu.users.invitation"
INVITED_DAYS = 14


def key(invitation: UUID) -> str:
    """Return what the link of an invitation carries; it is signed, so that none can be guessed."""
    return signing.Signer(salt=SALT).sign(invitation.hex)


def link(invitation: UUID) -> str:
    """Return the link of an invitation."""
    return f"{settings.EDU_PUBLIC_URL}{reverse('sign-up')}?invitation={key(invitation)}"


def invite(by: UUID, email: str, note: str, now: datetime) -> tuple[UUID, UUID | None]:
    """Make an invitation; return its id and, when it is for one address, that of the letter with its
    link. Raises Invalid (field "email")."""
    row = Invitation.objects.create(
        email=accounts.address(email) if email.strip() else "",
        note=note[:200],
        made_by=by,
        created_at=now,
        expires_at=now + timedelta(days=INVITED_DAYS),
    )
    return row.id, letters.invite(row.email, link(row.id), now) if row.email else None


def good(invitation: str, now: datetime, *, lock: bool = False) -> Invitation | None:
    """Return the invitation whose key this is, when it can still be used."""
    try:
        name = parse_id(signing.Signer(salt=SALT).unsign(invitation))
    except (signing.BadSignature, NotFound):
        return None
    rows = Invitation.objects.select_for_update() if lock else Invitation.objects.all()
    return rows.filter(id=name, used_at=None, expires_at__gt=now).first()


def terms(invitation: str, now: datetime) -> Registration:
    """Return whether whoever has this key ("": none) may make an account, and for which addresses."""
    mode, domains = settings.EDU_REGISTRATION
    found = good(invitation, now) if invitation and mode != "closed" else None
    if found is not None:
        return Registration(True, mode, [], found.email)
    return Registration(mode in ("open", "domains"), mode, domains)


def admit(email: str, invitation: str, now: datetime) -> Invitation | None:
    """Raise SignUpClosed, InvitationNeeded or Invalid (field "email") when `email` may not join; return
    the invitation, locked, that lets it in, if one is needed or meant."""
    mode, domains = settings.EDU_REGISTRATION
    if mode == "closed":
        raise SignUpClosed
    found = good(invitation, now, lock=True) if invitation else None
    if found is not None and found.email in ("", email):
        return found
    if mode == "invitation" and found is not None:
        words = _("This invitation is for another e-mail address.")
        raise Invalid(fields={"email": words})
    if mode == "invitation":
        raise InvitationNeeded
    if mode == "domains" and email.rpartition("@")[2] not in domains:
        words = _("Accounts here are for addresses at these domains:")
        raise Invalid(fields={"email": f"{words} {', '.join(domains)}"})
    return None


@transaction.atomic
def join(
    email: str, password: str, display_name: str, invitation: str, now: datetime
) -> tuple[User, str]:
    """Make an account and return it, with the letter that its address gets: "confirm". Where taken
    addresses are not told, an account that is not kept, with the letter of `letter_of_taken`."""
    invited = admit(str(email).strip().lower(), invitation, now)
    try:
        user = accounts.create(email, password, display_name)
    except EmailTaken:
        if not settings.EDU_REQUIRE_VERIFIED_EMAIL:
            raise
        return accounts.pretend(email, password, display_name), letter_of_taken(email)
    addresses.row(user)
    if invited is not None:
        invited.used_at, invited.used_by = now, user.id
        invited.save(update_fields=["used_at", "used_by"])
    return user, "confirm"


def letter_of_taken(email: str) -> str:
    """Return which letter the owner of a taken address gets with which somebody wanted an account:
    "taken", or "confirm" where it is not confirmed, since then it is whose who opens that."""
    found = accounts.by_email(email)
    return "taken" if found is None or addresses.confirmed(found) else "confirm"


def begin_days(user: User, time_zone: str) -> None:
    """Let the days of a new account begin in this time zone, when it is one."""
    if time_zone in wishes.time_zones():
        user.preferences = wishes.changed(user.preferences, {"time_zone": time_zone})
        user.save(update_fields=["preferences"])
