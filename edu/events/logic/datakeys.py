"""The keys that lock what is kept: random data keys, each wrapped by the master key of the site.

The newest seals; all others still open what they sealed. The master key never touches what is kept, so
that it can be changed by wrapping some rows anew.
"""

import logging
import os
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction

from edu.common import vault
from edu.common.ids import new_id
from edu.events.data import DataKeyState, WrongMasterKey
from edu.events.models import DataKey

log = logging.getLogger(__name__)

# How long a process may go on sealing with the key before the newest, and some more.
SETTLES = timedelta(seconds=2 * vault.REFRESH)
_NONCE = 12


def _mark(master: str) -> str:
    """Return by which name a master key is known: it tells nothing of the key."""
    return vault.derive(master.encode(), b"master mark").hex()[:16]


def _masters() -> dict[str, str]:
    """Return the master keys that are given, by name, the one that wraps first."""
    return {_mark(each): each for each in settings.EDU_MASTER_KEYS}


def _box(master: str) -> AESGCM:
    return AESGCM(vault.derive(master.encode(), b"master"))


def _wrap(row: DataKey, secret: bytes) -> None:
    mark, master = next(iter(_masters().items()))
    nonce = os.urandom(_NONCE)
    row.wrapped = nonce + _box(master).encrypt(nonce, secret, row.id.bytes)
    row.master = mark


def _unwrap(row: DataKey) -> bytes:
    """Return the secret of a data key; raise WrongMasterKey."""
    master, wrapped = _masters().get(row.master), bytes(row.wrapped)
    if master is None:
        raise WrongMasterKey("", mark=row.master)
    try:
        return _box(master).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], row.id.bytes)
    except (InvalidTag, ValueError):
        raise WrongMasterKey("", mark=row.master) from None


def load() -> list[vault.Key]:
    """Return all keys, the one that seals first. One whose master key is not given is left out, unless
    it is the one that seals: raise WrongMasterKey."""
    found = []
    for row in DataKey.objects.order_by("-created_at", "-id"):
        try:
            found.append(vault.Key(row.id.hex, _unwrap(row)))
        except WrongMasterKey:
            if not found:
                raise
    return found


@transaction.atomic
def make(now: datetime) -> str:
    """Make a data key, which seals from now on; return its id. What was sealed with others is sealed
    anew by and by."""
    row = DataKey(id=new_id(), created_at=now)
    _wrap(row, os.urandom(32))
    row.save(force_insert=True)
    transaction.on_commit(vault.forget)
    return row.id.hex


def ensure(now: datetime) -> None:
    """Make the first data key, if there is none; see that every one opens: raise WrongMasterKey."""
    vault.forget()
    if not DataKey.objects.exists():
        make(now)
    check()


def check() -> None:
    """Raise WrongMasterKey if there is a data key that no given master key opens."""
    for row in DataKey.objects.all():
        _unwrap(row)


@transaction.atomic
def rewrap() -> int:
    """Wrap all data keys with the first master key; return how many were not. Raises WrongMasterKey."""
    mark, count = next(iter(_masters())), 0
    for row in DataKey.objects.select_for_update():
        secret = _unwrap(row)
        if row.master != mark:
            _wrap(row, secret)
            row.save(update_fields=["wrapped", "master"])
            count += 1
    transaction.on_commit(vault.forget)
    return count


def wrapped() -> dict[str, str]:
    """Return every data key as it is wrapped, by id: a text that is of use to the master key alone."""
    return {
        row.id.hex: f"{row.master} {row.created_at.isoformat()} {bytes(row.wrapped).hex()}"
        for row in DataKey.objects.order_by("created_at")
    }


def adopt(found: dict[str, str]) -> int:
    """Take back keys of `wrapped` that are not here, as after the database was put back to an earlier
    state; return how many. Those that no given master key opens are left where they are."""
    known = {each.hex for each in DataKey.objects.values_list("id", flat=True)}
    count = 0
    for name, text in found.items():
        if name in known:
            continue
        try:
            master, made, locked = text.split(" ")
            row = DataKey(id=UUID(hex=name), master=master, wrapped=bytes.fromhex(locked))
            row.created_at = datetime.fromisoformat(made)
            _unwrap(row)
        except (ValueError, WrongMasterKey):
            log.warning("the data key %s, kept beside the files, cannot be used", name)
            continue
        row.save(force_insert=True)
        count += 1
    vault.forget()
    return count


def state() -> list[DataKeyState]:
    """Return what is known of each data key, the one that seals first."""
    first = next(iter(_masters()))
    return [
        DataKeyState(row.id.hex, row.created_at, row.master == first, row.done_at)
        for row in DataKey.objects.order_by("-created_at", "-id")
    ]


def progress(now: datetime) -> dict[str, Any] | None:
    """Return how far what is kept is sealed with the newest key (place -> where to go on from, None
    where a place is through); None when there is nothing to do, or not yet."""
    row = DataKey.objects.order_by("-created_at", "-id").first()
    if row is None or row.done_at or row.created_at > now - SETTLES:
        return None
    return dict(row.progress)


def note(place: str, at: str | None) -> None:
    """Write down how far one place is sealed with the newest key."""
    with transaction.atomic():
        row = DataKey.objects.select_for_update().order_by("-created_at", "-id").first()
        if row is not None:
            row.progress = {**row.progress, place: at}
            row.save(update_fields=["progress"])


def finish(now: datetime) -> None:
    """Write down that all that is kept is sealed with the newest key."""
    row = DataKey.objects.order_by("-created_at", "-id").first()
    if row is not None and not row.done_at:
        row.done_at = now
        row.save(update_fields=["done_at"])
