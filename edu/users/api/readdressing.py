"""Another e-mail address for an account. All sign-ins stay as they are: the address is no secret, and the
password is what it was; links in letters to the old address die."""

from django.db import transaction
from django.utils import timezone

from edu.common.errors import Invalid
from edu.common.ids import parse_id
from edu.common.text import gettext_noop as _
from edu.users import tasks
from edu.users.data import Person
from edu.users.logic import accounts, asking, failures, readdressing
from edu.users.logic import audit as trail


def ask_address(
    *, user: str, email: str, password: str | None = None, proved: bool = False, address: str = ""
) -> None:
    """Send a letter to a new e-mail address of `user`, by whose link it becomes theirs, and a notice to
    the present one. The person has to show that it is them: by their `password`, or (`proved`) just now
    in the browser. Whether the address is somebody's is not told. `address` is the network address that
    asks. Raises Invalid ("email", "password"), TooManyFailures and AskedTooOften."""
    now, row = timezone.now(), accounts.get(parse_id(user))
    if not proved:
        _prove(row.email or user, row.check_password(password or ""), address)
    if not asking.allowed("address", accounts.address(email), address):
        return
    with transaction.atomic():
        for letter in readdressing.ask(accounts.get(row.id, lock=True), email, now):
            tasks.send_mail.delay_on_commit(str(letter))
        trail.write("email-asked", row.id, row.id, {}, now)


def _prove(who: str, right: bool, address: str) -> None:
    now = timezone.now()
    failures.check(who, address, now)
    if not right:
        failures.note(who, address, now)
        raise Invalid(fields={"password": _("This is not your password.")})


def address_waiting(*, user: str) -> str:
    """Return the e-mail address that waits for its letter to be opened, "" for none."""
    return readdressing.waiting(accounts.get(parse_id(user)), timezone.now())


def cancel_address(*, user: str) -> None:
    """Do not change the e-mail address after all: the link in the letter dies."""
    readdressing.cancel(accounts.get(parse_id(user)))


def address_of_change(*, key: str) -> str:
    """Return which e-mail address the link with this `key` gives to an account; raise DeadLink."""
    return readdressing.by_key(key, timezone.now()).email


@transaction.atomic
def change_address(*, key: str) -> Person:
    """Give an account its new e-mail address, by the link of the letter; raise DeadLink."""
    now = timezone.now()
    row, written = readdressing.fulfil(readdressing.by_key(key, now, lock=True), now)
    for letter in written:
        tasks.send_mail.delay_on_commit(str(letter))
    trail.write("email", row.id, row.id, {}, now)
    return accounts.person_of(row)
