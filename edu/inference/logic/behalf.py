"""For whom models are asked: set where work begins, and inherited by whatever that work calls."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from edu.common.held import NOBODY
from edu.users import api as users

PURPOSE = "outside-model"


@dataclass(frozen=True)
class Behalf:
    """A person and a course, by id; "" where there is none."""

    user: str = ""
    course: str = ""


SYSTEM = Behalf()
_current: ContextVar[Behalf] = ContextVar("on_behalf", default=SYSTEM)


@contextmanager
def on(user: str, course: str) -> Iterator[None]:
    """Have what is asked meanwhile be asked for `user`; for the system where the person is gone and what
    they brought stays. Threads of one's own do not inherit it: start them with a copy of the context."""
    token = _current.set(Behalf("" if user == str(NOBODY) else user, course))
    try:
        yield
    finally:
        _current.reset(token)


def current() -> Behalf:
    """Return for whom the present work is done."""
    return _current.get()


def allows() -> bool:
    """Whether the person for whom the work is done lets it leave this site. The system's own work may:
    it is not done with what is a person's."""
    who = current().user
    return not who or users.allows(user=who, purpose=PURPOSE)


def consented() -> bool:
    """Whether the person, or whoever stands in for them, has said yes to it in so many words."""
    who = current().user
    if not who or not allows():
        return False
    found = [each for each in users.consents_of(user=who, by=who) if each.purpose == PURPOSE]
    return any(each.last is not None and each.last.given for each in found)
