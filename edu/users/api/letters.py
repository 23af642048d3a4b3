"""Letters that confirm an address, set a new password, or carry a code."""

from django.db import transaction
from django.utils import timezone

from edu.common.errors import Invalid
from edu.common.ids import parse_id
from edu.common.text import gettext_noop as _
from edu.users import tasks
from edu.users.data import Person
from edu.users.logic import accounts, addresses, asking, claims, families, mail, resets
from edu.users.logic import audit as trail
from edu.users.models import User


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


def password_mark(*, user: str) -> str:
    """Return what a browser may keep to be known again as one in which this account's password was
    chosen; it holds until there is another password. "" where there is no such person."""
    row = User.objects.filter(id=parse_id(user)).first()
    return claims.mark(row) if row else ""


def knows_link(*, key: str, user: str = "", mark: str = "") -> bool:
    """Whether the link with this `key` confirms the address of `user`, who is signed in, or of the account
    that this `mark` is of; raise DeadLink."""
    row = addresses.by_key(key)
    return str(row.id) == user or claims.chosen(row, mark)


def guardians_of_link(*, key: str) -> list[str]:
    """Return the names of those who would stand for the owner of a link's address; raise DeadLink."""
    return claims.guardians(addresses.by_key(key))


@transaction.atomic
def confirm_address(
    *, key: str, known: bool = False, password: str = "", keep_guardians: bool = False
) -> Person:
    """Confirm the e-mail address of the link with this `key`. A link shows whose the address is, and not who
    chose the password. So where it is not `known` (by `knows_link`) that it was the same person, they
    give theirs: another one than the account has replaces that, all sign-ins end, and those who stand
    for a child do so no more unless `keep_guardians`. Raises DeadLink, Invalid for field "new"."""
    user = accounts.get(addresses.by_key(key).id, lock=True)
    if known or (password and user.check_password(password)):
        addresses.confirm(user)
    else:
        claims.take(user, password, keep_guardians, timezone.now())
    return accounts.person_of(user)


def person_of_reset(*, key: str) -> Person:
    """Return whose password the link with this `key` changes; raise DeadLink."""
    return accounts.person_of(resets.by_key(key))


def guardians_of_reset(*, key: str) -> list[str]:
    """Return the names of those who stand for the owner of a reset link's address, if it was never
    confirmed; raise DeadLink."""
    return claims.guardians(resets.by_key(key))


@transaction.atomic
def reset_password(*, key: str, new: str, keep_guardians: bool = False) -> Person:
    """Change a password by the link of a letter; all sign-ins end, and the address is confirmed, since
    the link was read there. If it was not before, all goes as in `confirm_address`. Raises DeadLink, or
    Invalid for field "new"."""
    row = resets.by_key(key, lock=True)
    if not addresses.confirmed(row):
        claims.take(row, new, keep_guardians, timezone.now())
        return accounts.person_of(row)
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
    """Return the id of whom a code to sign in may be sent to, "" for nobody. An address that has to be
    confirmed first is confirmed by its link, since a code would not ask for the password."""
    user = accounts.by_email(email)
    if user is None or not user.is_active or not addresses.lets_in(user):
        return ""
    addresses.row(user)  # which the right code confirms
    return str(user.id)
