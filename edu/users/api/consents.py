"""Consents: what may be done with what is a person's, and who decided so."""

from django.db import transaction
from django.utils import timezone

from edu.common.ids import parse_id
from edu.common.pages import Page
from edu.common.querypages import page_of
from edu.users.data import Consent, ConsentRecord
from edu.users.logic import accounts, consents
from edu.users.models import Consent as ConsentRow


def allows(*, user: str, purpose: str) -> bool:
    """Whether something may be done with what is this person's: `purpose` is a name of data.PURPOSES
    (else NotFound). Who is of age allows it until they say no; for a minor somebody has to have said
    yes. False where there is no such person. One query, for every request anew."""
    return consents.allows(parse_id(user), purpose, timezone.now())


def without(*, purpose: str) -> list[str]:
    """Return the ids of all people for whom `allows` says no: for work that goes over everybody."""
    return [str(each) for each in consents.without(purpose, timezone.now())]


def is_minor(*, user: str) -> bool:
    """Whether a person is below the age of consent, so that somebody else consents for them."""
    return consents.minor(parse_id(user), timezone.now())


def consents_of(*, user: str, by: str, for_school: bool = False) -> list[Consent]:
    """Return how each purpose stands for `user`, and which of them `by` may decide (`for_school`: as in
    `decide`). Whether `by` may see it at all is the caller's to know. Raises NoSuchPerson."""
    row = accounts.get(parse_id(user))
    return consents.of(row.id, parse_id(by), for_school, timezone.now())


def consent_history(
    *, user: str, cursor: str | None = None, limit: int = 50
) -> Page[ConsentRecord]:
    """Return all that was ever decided for a person, the newest first."""
    rows = ConsentRow.objects.filter(user_id=parse_id(user))
    page = page_of(rows, order="-id", cursor=cursor, limit=limit, to_data=lambda row: row)
    return Page(consents.records(page.items), page.next, page.previous)


@transaction.atomic
def decide(*, user: str, purpose: str, given: bool, by: str, for_school: bool = False) -> None:
    """Give or refuse a consent for `user`, which `by` does: the person, a guardian of a minor, or for the
    school an administrator, and whoever the caller has found to have the right in the minor's course
    (`for_school`). Raises NoSuchPerson, NotFound for a purpose that is none, NotYoursToDecide,
    also where the school would go over what the person or a guardian refused."""
    row = accounts.get(parse_id(user))
    consents.decide(row.id, purpose, given, parse_id(by), for_school, timezone.now())
