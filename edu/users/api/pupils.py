"""Accounts without an e-mail address, which a teacher makes for a class. A class is a course: whether
somebody may do this in it, the caller has asked."""

from django.utils import timezone

from edu.common.ids import parse_id
from edu.users.data import Pupil
from edu.users.logic import pupils


def make_pupils(
    *, by: str, course: str, code: str, names: list[str], purposes: list[str]
) -> list[Pupil]:
    """Make an account for each of `names` in the class `course`, whose join code is `code`, and return
    them with their first passwords, told this once. They are minors; the school, for which `by` acts,
    consents to their having an account and to `purposes`. Raises Invalid (field "names")."""
    now = timezone.now()
    return pupils.make(parse_id(by), parse_id(course), code, names, purposes, now)


def pupils_of(*, course: str) -> list[Pupil]:
    """Return the pupils that were made for a class."""
    return pupils.of(parse_id(course))


def new_pupil_password(*, by: str, course: str, user: str, password: str = "") -> Pupil:
    """Give a pupil of this class another password ("": one is made) and return it; all sign-ins end.
    Raises NotFound for who is none, Invalid (field "password")."""
    now = timezone.now()
    return pupils.new_password(parse_id(by), parse_id(course), parse_id(user), password, now)


def pupil_of_age(*, by: str, course: str, user: str) -> bool:
    """Note for the school, for which `by` acts, that a pupil of this class is of age; return whether they
    were not before. It is written down. Raises NotFound for who is none."""
    return pupils.of_age(parse_id(by), parse_id(course), parse_id(user), timezone.now())


def tell_class_code(*, course: str, code: str) -> None:
    """Note that a class has another join code; pupils may sign in with any that it ever had."""
    pupils.tell_code(parse_id(course), code)
