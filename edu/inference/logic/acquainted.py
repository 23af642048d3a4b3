"""The names of those whom a call may speak of: the person it is for, and who is in their course."""

import contextlib
import time

from edu.common.errors import EduError
from edu.courses import api as courses
from edu.inference.logic.behalf import Behalf
from edu.inference.logic.ledger import line
from edu.users import api as users

FRESH = 60.0  # seconds for which the people of a course are taken to be the same
MOST = 64  # courses that are remembered

_known: dict[Behalf, tuple[float, list[str]]] = {}


def names(who: Behalf) -> list[str]:
    """Return what the people are called whom `who` learns with, `who` first; nobody for the system."""
    if not who.user:
        return []
    kept = _known.get(who)
    if kept and time.monotonic() - kept[0] < FRESH:
        return kept[1]
    with line():
        found = _ask(who)
    while len(_known) >= MOST:
        _known.pop(next(iter(_known)), None)
    _known[who] = (time.monotonic(), found)
    return found


def _ask(who: Behalf) -> list[str]:
    ids = [who.user]
    if who.course:
        with contextlib.suppress(EduError):  # they left it, or it is gone
            ids += [each.user for each in courses.members(user=who.user, course=who.course)]
    people = users.people(users=list(dict.fromkeys(ids)))
    return [people[each].display_name for each in dict.fromkeys(ids) if each in people]


def forget() -> None:
    """Ask again at the next call."""
    _known.clear()
