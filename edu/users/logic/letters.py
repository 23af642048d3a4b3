"""What letters say. Each is a template in users/mail/: its first line is the subject."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from edu.users.data import Preferences
from edu.users.logic import accounts, addresses, mail, resets
from edu.users.models import User


def _confirm(user: User) -> dict[str, str] | None:
    return None if addresses.confirmed(user) else {"link": addresses.link(user)}


def _reset(user: User) -> dict[str, str] | None:
    return {"link": resets.link(user)}


def _taken(_user: User) -> dict[str, str] | None:
    return {
        "sign_in": settings.EDU_PUBLIC_URL + reverse("sign-in"),
        "reset": settings.EDU_PUBLIC_URL + reverse("forgotten-password"),
    }


KINDS: dict[str, Callable[[User], dict[str, str] | None]] = {
    "confirm": _confirm,
    "reset": _reset,
    "taken": _taken,
}


def write(kind: str, email: str, now: datetime, code: str = "") -> UUID | None:
    """Write the letter of this `kind` ("confirm", "reset", "taken", or "code" with the `code` to sign in)
    to whoever has the address `email`; None when nobody has, or there is nothing to say."""
    user = accounts.by_email(email)
    if user is None or not user.is_active:
        return None
    if kind == "code" and not addresses.lets_in(user):
        kind = "confirm"  # a code would let them in to a password that they perhaps did not choose
    told = {"code": code} if kind == "code" else KINDS[kind](user)
    return say(user, kind, told, now) if told is not None else None


def say(user: User, kind: str, told: dict[str, str], now: datetime, to: str = "") -> UUID:
    """Write the letter `kind`, with what is `told` in it, in the language of its reader; `to` is another
    e-mail address than that of their account."""
    language = Preferences.of(user.preferences).pages_in
    known = translation.check_for_language(language) and language in dict(settings.LANGUAGES)
    with translation.override(language if known else settings.LANGUAGE_CODE):
        context = {"name": user.display_name, "site": settings.EDU_PUBLIC_URL, **told}
        subject, _newline, body = render_to_string(f"users/mail/{kind}.txt", context).partition(
            "\n"
        )
    return mail.write(to or user.email or "", subject, body.strip() + "\n", now)


def invite(email: str, link: str, now: datetime) -> UUID:
    """Write an invitation to somebody whom the site does not know yet."""
    with translation.override(settings.LANGUAGE_CODE):
        context = {"site": settings.EDU_PUBLIC_URL, "link": link}
        text = render_to_string("users/mail/invitation.txt", context)
    subject, _newline, body = text.partition("\n")
    return mail.write(email, subject, body.strip() + "\n", now)
