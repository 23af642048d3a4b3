"""Secrets in tables of the libraries for accounts: sealed on the way into the database, and open in rows
that were read, so that the libraries need not know. Each is bound to whose it is.

A second step's are those of authenticator apps and recovery codes. The secret by which a site elsewhere
knows us is kept among the settings of its row, because its own column is too short for a sealed one.
"""

import base64
import hashlib
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.socialaccount.models import SocialApp
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db.models import Model
from django.db.models.signals import post_init, post_save, pre_save

from edu.common import vault

HELD = "sealed_secret"
AT_ONCE = 100


def _place_of_step(row: Authenticator) -> str:
    return f"mfa_authenticator/{row.user_id}/{row.type}"


def _each(row: Authenticator, change: Callable[[str], str]) -> None:
    """Change every secret of a second step."""
    data = dict(row.data or {})
    for name in ("secret", "seed"):
        if data.get(name):
            data[name] = change(data[name])
    if data.get("migrated_codes"):
        data["migrated_codes"] = [change(each) for each in data["migrated_codes"]]
    row.data = data


def _close_step(row: Authenticator) -> None:
    place = _place_of_step(row)
    _each(row, lambda text: text if vault.is_sealed(text) else vault.seal(text, place))


def _open_step(row: Authenticator) -> None:
    place = _place_of_step(row)

    def opened(text: str) -> str:
        try:
            return vault.unseal(text, place) if vault.is_sealed(text) else _of_before(text)
        except (vault.Unreadable, InvalidToken):
            return generate_totp_secret()  # as if it were a secret that nobody knows

    _each(row, opened)


def _of_before(text: str) -> str:
    """Return a secret as it was kept before there were data keys: sealed with a key made from
    EDU_SECRET_KEY. A new one comes here open."""
    if not text.startswith("gAAAA"):
        return text
    key = hashlib.sha256(b"second-steps:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key)).decrypt(text.encode()).decode()


def _place_of_app(row: SocialApp) -> str:
    return f"socialaccount_socialapp/{row.provider}/{row.provider_id}/{row.client_id}"


def _close_app(row: SocialApp) -> None:
    if row.secret:
        row.settings = {**(row.settings or {}), HELD: vault.seal(row.secret, _place_of_app(row))}
        row.secret = ""


def _open_app(row: SocialApp) -> None:
    told = dict(row.settings or {})
    closed = told.pop(HELD, "")
    if closed:
        row.settings = told
        try:
            row.secret = vault.unseal(closed, _place_of_app(row))
        except vault.Unreadable:
            row.secret = ""


_WAYS: dict[type[Model], tuple[str, Callable[[Any], None], Callable[[Any], None]]] = {
    Authenticator: ("data", _close_step, _open_step),
    SocialApp: ("settings", _close_app, _open_app),
}


def _on_read(sender: type[Model], instance: Any, **_more: Any) -> None:
    column, _close, opens = _WAYS[sender]
    if column in instance.__dict__:
        opens(instance)


def _before_save(sender: type[Model], instance: Any, update_fields: Any = None, **_m: Any) -> None:
    _WAYS[sender][1](instance)


def _after_save(sender: type[Model], instance: Any, **_more: Any) -> None:
    _WAYS[sender][2](instance)


def listen() -> None:
    """Be told when such rows are read and saved."""
    for table in _WAYS:
        post_init.connect(_on_read, sender=table, dispatch_uid=f"open {table.__name__}")
        pre_save.connect(_before_save, sender=table, dispatch_uid=f"close {table.__name__}")
        post_save.connect(_after_save, sender=table, dispatch_uid=f"open again {table.__name__}")


def reseal(table: type[Model], after: str) -> str | None:
    """Seal some rows after one with the key of now; return the one to go on from, None at the end."""
    last = None
    for row in table._default_manager.filter(pk__gt=int(after or 0)).order_by("pk")[:AT_ONCE]:
        row.save()
        last = str(row.pk)
    return last
