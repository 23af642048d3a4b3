"""Letters that confirm an address, set a new password, or carry a code."""

from django.db import transaction
from django.utils import timezone

from edu.common.errors import Invalid
from edu.common.text import gettext_noop as _
from edu.users import tasks
from edu.users.data import Person
from edu.users.logic import accounts, addresses, asking, families, mail, resets
from edu.users.logic import audit as trail


def post_letter(*, to: str, subject: str, body: str) -> None:
    """Send plain text to one e-mail address: by the mail server, or without one to the mailbox."""
    letter = mail.write(to, subject, body, timezone.now())
    tasks.send_mail.delay_on_commit(str(letter))


def ask_letter(*, kind: str, email: str, address: str = "") -> None:
    """Send the letter "confirm" or "reset" to whoever has this e-mail address. Whether anybody has is
    not told: a worker looks. `address` is the network address that asks. Raises AskedTooOften."""
    if kind not in ("confirm", "reset"):
        raise Invalid(fields={"kind": _("There is no such letter.")})
    if asking.allowed(kind, email, address):
        tasks.write_letter.delay_on_commit(kind, email.strip().lower()[:300])


def address_of_link(*, key: str) -> str:
    """Return which e-mail address the link with this `key` confirms; raise DeadLink."""
    return addresses.by_key(key).email or ""


@transaction.atomic
def confirm_address(*, key: str) -> Person:
    """Confirm the e-mail address of the link with this `key`; raise DeadLink."""
    user = addresses.by_key(key)
    addresses.confirm(user)
    return accounts.person_of(user)


def person_of_reset(*, key: str) -> Person:
    """Return whose password the link with this `key` changes; raise DeadLink."""
    return accounts.person_of(resets.by_key(key))


@transaction.atomic
def reset_password(*, key: str, new: str) -> Person:
    """Change a password by the link of a letter; all sign-ins end, and the address is confirmed, since
    the link was read there. Raises DeadLink, or Invalid for field "new"."""
    row = resets.by_key(key, lock=True)
    row.set_password(accounts.judge(new, row, "new"))
    row.save(update_fields=["password"])
    families.end_all(row.id, timezone.now(), "password")
    addresses.confirm(row)
    trail.write("password", row.id, row.id, {"set_by": "a link by mail"}, timezone.now())
    return accounts.person_of(row)


def post_code(*, email: str, code: str) -> None:
    """Send a `code` to sign in with to whoever has this e-mail address; a worker finds out who."""
    tasks.write_letter.delay_on_commit("code", email.strip().lower()[:300], code)


def for_code(*, email: str) -> str:
    """Return the id of whom a code to sign in may be sent to, "" for nobody."""
    user = accounts.by_email(email)
    if user is None or not user.is_active:
        return ""
    addresses.row(user)  # which the right code confirms
    return str(user.id)
