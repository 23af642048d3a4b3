"""Codes that somebody signed in could try one after the other. Wrong ones are counted, right ones are not: a
class that comes at once from one address is not held up."""

from django.utils import timezone

from edu.common.ids import parse_id
from edu.users.logic import failures

FROM_ONE = 600  # wrong ones from one network address in ten minutes; a school may be behind it


def may_guess(*, kind: str, user: str, address: str = "") -> None:
    """Raise TooManyGuesses where `user` gave ten wrong codes of this `kind` in ten minutes, or all at the
    network `address` ("": not known) together gave FROM_ONE."""
    now = timezone.now()
    failures.check_guesses(f"{kind}:{parse_id(user)}", "", failures.MOST, now)
    if address:
        failures.check_guesses(kind, address, FROM_ONE, now)


def guessed_wrong(*, kind: str, user: str, address: str = "") -> None:
    """Count a wrong code of this `kind`."""
    now = timezone.now()
    failures.note(f"{kind}:{parse_id(user)}", "", now)
    if address:
        failures.note(kind, address, now)
