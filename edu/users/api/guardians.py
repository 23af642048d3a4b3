"""Minors: wishes for an account that wait for consent, and the guardians who stand for them."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from edu.common.ids import parse_id
from edu.common.purposes import GUARDIAN, SCHOOL
from edu.users import tasks
from edu.users.data import ConsentRequest, NoSuchPerson, NotYoursToDecide, Person
from edu.users.logic import accounts, asking, consents, joining, minors
from edu.users.logic import audit as trail
from edu.users.models import ConsentRequest as Wish


def below_age(*, birth_year: int | None = None) -> bool:
    """Whether somebody else has to consent to an account of one born in this year. False where the site
    does not ask (EDU_CONSENT_AGE=0); where it does, Invalid (field "birth_year") without a year."""
    return minors.below(birth_year, timezone.now())


@transaction.atomic
def ask_consent(
    *,
    email: str,
    password: str,
    display_name: str,
    birth_year: int,
    guardian_email: str = "",
    class_code: str = "",
    invitation: str = "",
    address: str = "",
) -> ConsentRequest:
    """Keep the wish for an account of one who is below age, for a week, and ask the guardian by letter
    or leave it to the teachers of a class. Nothing else is kept. Raises as `register` does, and
    AskedTooOften for the network `address`."""
    wanted = asking.allowed("guardian", guardian_email or class_code, address)
    row, letter = minors.ask(
        email,
        password,
        display_name,
        birth_year,
        guardian_email,
        class_code,
        invitation,
        timezone.now(),
    )
    if letter and wanted:
        tasks.send_mail.delay_on_commit(str(letter))
    return minors.told(row)


def request_of_link(*, key: str) -> ConsentRequest:
    """Return the wish that a guardian's link is about; raise DeadLink."""
    return minors.told(minors.by_key(key, timezone.now()))


@transaction.atomic
def answer_as_guardian(*, key: str, by: str, given: bool, purposes: list[str]) -> str:
    """Answer a wish by the link of the letter: the account is made, `by` is its guardian and consents to
    `purposes`, and its id is returned; or the wish is deleted, and that is "". The account is nobody's
    for good until its address is confirmed. Where taken addresses are not told, it is "" for such a one
    too: nothing is made, and its owner gets a letter. Else that raises EmailTaken. Raises DeadLink, and
    NotYoursToDecide for a minor."""
    now = timezone.now()
    row = minors.by_key(key, now, lock=True)
    if not given:
        row.delete()
        return ""
    return _accept(row, accounts.get(parse_id(by)).id, GUARDIAN, purposes)


def _accept(row: Wish, by: UUID, capacity: str, purposes: list[str]) -> str:
    email = row.email
    user = minors.accept(row, by, capacity, purposes, timezone.now())
    kind = "confirm" if user else joining.letter_of_taken(email)
    if user or asking.allowed(kind, email, ""):
        tasks.write_letter.delay_on_commit(kind, email)
    return str(user.id) if user else ""


def requests_of_class(*, code: str) -> list[ConsentRequest]:
    """Return the wishes that name the class with this code. Who may see them the caller has asked."""
    return minors.of_class(code, timezone.now())


@transaction.atomic
def answer_as_school(
    *, request: str, by: str, given: bool, purposes: list[str], code: str | None = None
) -> str:
    """Answer a wish for the school, as `answer_as_guardian` does: one that names the class with this
    `code`, in which the caller has found that `by` may; any (None) for an administrator alone. Raises
    NotFound, NotYoursToDecide, EmailTaken."""
    now = timezone.now()
    person = accounts.get(parse_id(by))
    if code is None and not person.is_staff:
        raise NotYoursToDecide
    row = minors.by_id(request, code, now)
    if not given:
        row.delete()
        return ""
    return _accept(row, person.id, SCHOOL, purposes)


def may_see(*, guardian: str, child: str) -> bool:
    """THE access rule of guardians: whether one stands for the other, who is below age."""
    return consents.stands_for(parse_id(guardian), parse_id(child), timezone.now())


@transaction.atomic
def look_at_child(*, guardian: str, child: str) -> Person:
    """Return a child to its guardian, and write down that they looked; raise NoSuchPerson for all
    others."""
    if not may_see(guardian=guardian, child=child):
        raise NoSuchPerson
    row = accounts.get(parse_id(child))
    trail.write("guardian-looked", parse_id(guardian), row.id, {}, timezone.now())
    return accounts.person_of(row)


def children_of(*, guardian: str) -> list[Person]:
    """Return those for whom somebody stands."""
    rows = minors.children(parse_id(guardian), timezone.now())
    return [accounts.person_of(row) for row in rows]


@transaction.atomic
def link_guardian(*, guardian: str, child: str, by: str) -> None:
    """Let somebody of age stand for a minor, which an administrator (`by`) does; it is written down.
    Raises NoSuchPerson, NotYoursToDecide."""
    now, stands = timezone.now(), accounts.get(parse_id(guardian)).id
    whom = accounts.get(parse_id(child)).id
    if stands == whom or consents.minor(stands, now) or not consents.minor(whom, now):
        raise NotYoursToDecide
    minors.link(stands, whom, parse_id(by), now)


@transaction.atomic
def unlink_guardian(*, guardian: str, child: str, by: str) -> None:
    """End that somebody stands for a child; it is written down."""
    minors.unlink(parse_id(guardian), parse_id(child), parse_id(by), timezone.now())
