"""Counts how often something is asked for that sends letters: for one e-mail address, and from one
network address."""

import hashlib

from django.core.cache import cache

from edu.users.data import AskedTooOften

WINDOW = 3600  # seconds
MOST_LETTERS = 5  # of one kind to one e-mail address in WINDOW
MOST_FROM_ONE = 60  # from one network address in WINDOW; a school may be behind it


def _within(what: str, who: str, most: int) -> bool:
    name = "asks:" + hashlib.sha256(f"{what}\n{who}".encode(errors="replace")).hexdigest()
    if cache.add(name, 1, WINDOW):
        return True
    try:
        return cache.incr(name) <= most
    except ValueError:  # it ran out between the two calls
        return cache.add(name, 1, WINDOW)


def allowed(kind: str, email: str, address: str) -> bool:
    """Count one wish for a letter of this `kind`; False when that e-mail address had enough of them,
    which the one who asks is not told. Raises AskedTooOften for the network address."""
    if address and not _within(kind, address, MOST_FROM_ONE):
        raise AskedTooOften(retry_after=WINDOW)
    return _within(kind, email.strip().lower()[:300], MOST_LETTERS)
