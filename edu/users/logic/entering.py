"""Who one is: by the password, and by the code of the second step. Wrong ones are counted."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.conf import settings
from django.contrib.auth.hashers import make_password

from edu.common.errors import Invalid
from edu.common.text import gettext_noop as _
from edu.users.data import BadCredentials, CodeNeeded, NotLetIn, WrongCode
from edu.users.logic import accounts, addresses, factors, failures, pupils
from edu.users.models import User

PUPIL_UNKNOWN = _(
    "These do not belong together. Check all three, or ask your teacher for a new password."
)


def by_password(email: str, password: str, address: str, now: datetime) -> User:
    """Return whose e-mail address and password these are; raise BadCredentials or TooManyFailures. An
    account that does not exist, is blocked, or has an address that is not confirmed where it has to be,
    takes the work that another one takes, and counts as a wrong password."""
    name = email.strip().lower()[:300]
    wrong = NotLetIn() if settings.EDU_REQUIRE_VERIFIED_EMAIL else BadCredentials()
    return _right(name, lambda: accounts.by_email(name), password, address, wrong, now)


def by_class(class_code: str, username: str, password: str, address: str, now: datetime) -> User:
    """Return whose user name in a class, and password, these are; raise as `by_password` does."""
    name = f"class:{pupils.bare_code(class_code)}/{pupils.bare_name(username)}"
    found = partial(pupils.by_name, class_code, username)
    return _right(name, found, password, address, BadCredentials(PUPIL_UNKNOWN), now)


def _right(
    name: str,
    find: Callable[[], User | None],
    password: str,
    address: str,
    wrong: BadCredentials,
    now: datetime,
) -> User:
    failures.check(name, address, now)
    user = find()
    let_in = addresses.lets_in(user)
    usable = password[: accounts.LONGEST_PASSWORD].encode(errors="replace").decode()
    if user is None or not user.is_active:
        make_password(usable)  # takes the time that a check takes
        right = False
    else:
        right = user.check_password(usable) and usable == password and let_in
    if user is None or not right:
        failures.note(name, address, now)
        raise wrong
    failures.check(name, address, now)  # of many that were tried at once, one may be right
    failures.clear(name, address)
    return user


def second_step(user: User, otp: str, now: datetime) -> None:
    """Check the code of a person's second step, if they have one, and use it up; raise CodeNeeded,
    WrongCode or TooManyFailures. Wrong ones are counted for the account, wherever they come from: whoever
    gets here knows its password."""
    if not factors.needed(user):
        return
    if not otp.strip():
        raise CodeNeeded
    name = f"otp:{user.id}"
    failures.begin(name, now)
    if not factors.right(user, otp):
        raise WrongCode
    failures.clear(name, "")


def prove(user: User, password: str, code: str, now: datetime) -> None:
    """Make sure that it is this person who is there, by their password or the code of their second
    step. Raises Invalid, for the field that is missing or wrong, and TooManyFailures."""
    if not password and not code.strip():
        raise Invalid(fields={"password": _("Give your password, or a code of your second step.")})
    name = f"prove:{user.id}"
    failures.begin(name, now)
    by_code = not password
    right = factors.right(user, code) if by_code else user.check_password(password)
    if not right:
        told = _("This code is not right.") if by_code else _("This is not your password.")
        raise Invalid(fields={"code" if by_code else "password": told})
    failures.clear(name, "")
