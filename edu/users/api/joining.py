"""Who may make an account, and making it."""

import secrets

from django.db import transaction
from django.utils import timezone

from edu.common.ids import parse_id
from edu.users import tasks
from edu.users.data import EmailTaken, Person, Registration
from edu.users.logic import accounts, addresses, asking, joining
from edu.users.logic import audit as trail


@transaction.atomic
def register(
    *, email: str, password: str, display_name: str, time_zone: str = "", invitation: str = ""
) -> Person:
    """Make an account, and send a letter by which its address is confirmed. Raises Invalid (with
    fields), SignUpClosed, InvitationNeeded or EmailTaken. Where addresses have to be confirmed, a taken
    one is not told: the answer is as for a new account, and its owner gets a letter. `invitation` is the
    key of a link; a `time_zone` that is none does not matter."""
    user, letter = joining.join(email, password, display_name, invitation, timezone.now())
    if not user._state.adding:
        joining.begin_days(user, time_zone)
    if asking.allowed(letter, email, ""):
        tasks.write_letter.delay_on_commit(letter, user.email)
    return accounts.person_of(user)


@transaction.atomic
def register_from_outside(*, email: str, display_name: str, confirmed: bool, where: str) -> Person:
    """Make an account for somebody who signed in elsewhere, at `where`, which says whether it has
    `confirmed` the address. The password is one that nobody knows. Raises as `register` does; EmailTaken
    always, since one account is never taken for another because of an address."""
    if accounts.by_email(email) is not None:
        raise EmailTaken
    person = register(email=email, password=secrets.token_urlsafe(32), display_name=display_name)
    row = accounts.get(parse_id(person.id))
    if confirmed:
        addresses.confirm(row)
    trail.write("outside-joined", row.id, row.id, {"name": where}, timezone.now())
    return person


def registration(*, invitation: str = "") -> Registration:
    """Return whether whoever has this key of an invitation ("": none) may make an account."""
    return joining.terms(invitation, timezone.now())


@transaction.atomic
def invite(*, by: str, email: str = "", note: str = "") -> str:
    """Invite somebody to make an account and return the id of the invitation: whoever has its link, or
    only the owner of `email`, who gets it by mail. Raises Invalid (field "email")."""
    made, letter = joining.invite(parse_id(by), email, note, timezone.now())
    if letter:
        tasks.send_mail.delay_on_commit(str(letter))
    return str(made)


def invitation_link(*, invitation: str) -> str:
    """Return the link of an invitation (by its id)."""
    return joining.link(parse_id(invitation))
