"""Counts wrong passwords, for each account and address that they come from, and wrong codes."""

import hashlib
import ipaddress
from datetime import datetime

from django.core.cache import cache

from edu.users.data import TooManyFailures, TooManyGuesses

MOST = 10
WINDOW = 600  # seconds in which MOST failures are too many; counted from the first one


def _names(email: str, address: str) -> tuple[str, str]:
    try:
        host = ipaddress.ip_address(address)
        mapped = getattr(host, "ipv4_mapped", None)
        if mapped:
            address = str(mapped)
        elif host.version == 6:  # whoever has one of these has all of its /64
            address = str(ipaddress.ip_network(f"{host}/64", strict=False))
    except ValueError:
        pass  # no network address, but a name for where it came from: counted as it is
    both = hashlib.sha256(f"{email}\n{address}".encode(errors="replace")).hexdigest()
    return f"failures:{both}", f"failures-until:{both}"


def check(email: str, address: str, now: datetime) -> None:
    """Raise TooManyFailures while there have been too many, whether or not the account exists."""
    count, until = _names(email, address)
    found = cache.get_many([count, until])
    if found.get(count, 0) >= MOST:
        raise _too_many(found.get(until), now)


def check_guesses(name: str, address: str, most: int, now: datetime) -> None:
    """Raise TooManyGuesses while `most` wrong codes were noted."""
    count, until = _names(name, address)
    found = cache.get_many([count, until])
    if found.get(count, 0) >= most:
        raise TooManyGuesses(retry_after=_left(found.get(until), now))


def begin(name: str, now: datetime) -> None:
    """Count a try before it is judged, so that of many at once no more than MOST are; raise
    TooManyFailures for the others. `clear` takes it back when it was right. For what few digits guess:
    who signs in by a password is counted after it, since many may do so at once."""
    if note(name, "", now) > MOST:
        raise _too_many(cache.get(_names(name, "")[1]), now)


def note(email: str, address: str, now: datetime) -> int:
    """Count one failure; return how many there are now."""
    count, until = _names(email, address)
    if cache.add(count, 1, WINDOW):
        cache.set(until, now.timestamp() + WINDOW, WINDOW)
        return 1
    try:
        return int(cache.incr(count))
    except ValueError:  # it ran out between the two calls: this is the first one of a new window
        cache.set(count, 1, WINDOW)
        return 1


def _left(until: float | None, now: datetime) -> int:
    left = (until or now.timestamp() + WINDOW) - now.timestamp()
    return max(1, min(WINDOW, round(left)))


def _too_many(until: float | None, now: datetime) -> TooManyFailures:
    return TooManyFailures(retry_after=_left(until, now))


def clear(email: str, address: str) -> None:
    """Forget the failures: the right password came."""
    cache.delete_many(_names(email, address))
