"""Consents: who may decide what for whom, what was decided, and what is in force."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery

from edu.common.errors import NotFound
from edu.common.purposes import GUARDIAN, PURPOSES, SCHOOL, SELF, Purpose
from edu.common.text import gettext_noop as _
from edu.events.api import publish
from edu.users.data import (
    Consent,
    ConsentOverruled,
    ConsentRecord,
    ConsentRefused,
    NotYoursToDecide,
)
from edu.users.logic import addresses, audit
from edu.users.models import Consent as ConsentRow
from edu.users.models import Guardian, Minor, User

REFUSED = _("This was refused by the person or by a guardian: the school cannot consent to it.")


def _below_age(now: datetime) -> Q:
    return Q(until=None) | Q(until__gt=now.year)


def minor(user: UUID, now: datetime) -> bool:
    """Whether somebody else consents for this person."""
    return Minor.objects.filter(_below_age(now), user_id=user).exists()


def known(purpose: str) -> Purpose:
    """Return the purpose of this name; raise NotFound."""
    if purpose not in PURPOSES:
        raise NotFound
    return PURPOSES[purpose]


def in_force(purpose: Purpose, below_age: bool, given: bool | None, version: int | None) -> bool:
    """Whether a purpose is allowed where it was last decided so (`given` None: never). For a minor a yes
    holds only for the words to which it was said."""
    if given is None:
        return purpose.assumed and not below_age
    return given and not (below_age and (version or 0) < purpose.version)


def allows(user: UUID, purpose: str, now: datetime) -> bool:
    """Whether this may be done with what is this person's; False for nobody. One query."""
    wanted = known(purpose)
    last = ConsentRow.objects.filter(user_id=OuterRef("id"), purpose=purpose).order_by("-at", "-id")
    below = Minor.objects.filter(_below_age(now), user_id=OuterRef("id"))
    found = (
        User.objects.filter(id=user)
        .values_list(
            Exists(below), Subquery(last.values("given")[:1]), Subquery(last.values("version")[:1])
        )
        .first()
    )
    return found is not None and in_force(wanted, *found)


def without(purpose: str, now: datetime) -> list[UUID]:
    """Return all people for whom this may not be done."""
    wanted = known(purpose)
    last = ConsentRow.objects.filter(user_id=OuterRef("id"), purpose=purpose).order_by("-at", "-id")
    rows = User.objects.annotate(
        below=Exists(Minor.objects.filter(_below_age(now), user_id=OuterRef("id"))),
        given=Subquery(last.values("given")[:1]),
        version=Subquery(last.values("version")[:1]),
    )
    nobody_said_yes = Q(below=True) & (Q(given=None) | Q(version__lt=wanted.version))
    never = Q(given=None) if not wanted.assumed else Q(pk__in=[])
    rows = rows.filter(Q(given=False) | nobody_said_yes | never)
    return list(rows.order_by("id").values_list("id", flat=True))


def _last(user: UUID) -> dict[str, ConsentRow]:
    rows = ConsentRow.objects.filter(user_id=user).order_by("purpose", "-at", "-id")
    return {row.purpose: row for row in rows.distinct("purpose")}


def records(rows: list[ConsentRow]) -> list[ConsentRecord]:
    """Return rows as data, with the names of those who decided."""
    people = {row.decided_by for row in rows}
    names = dict(User.objects.filter(id__in=people).values_list("id", "display_name"))
    return [
        ConsentRecord(
            purpose=row.purpose,
            version=row.version,
            given=row.given,
            at=row.at,
            by=str(row.decided_by),
            by_name=names.get(row.decided_by, ""),
            capacity=row.capacity,
        )
        for row in rows
    ]


def of(user: UUID, asker: UUID, for_school: bool, now: datetime) -> list[Consent]:
    """Return how each purpose stands for a person, as one who asks may decide it."""
    below, last = minor(user, now), _last(user)
    told = dict(zip(last, records(list(last.values())), strict=True))
    found = []
    for each in PURPOSES.values():
        if each.name == "show-talks" and not below:
            continue  # who is of age has no guardian
        row = told.get(each.name)
        given, version = (row.given, row.version) if row else (None, None)
        give = may(user, asker, each, below, True, for_school, now)
        found.append(
            Consent(
                purpose=each.name,
                title=each.title,
                words=each.words,
                version=each.version,
                allowed=in_force(each, below, given, version),
                may_give=(give == SCHOOL and not _refused(row)) or give in (SELF, GUARDIAN),
                may_refuse=bool(may(user, asker, each, below, False, for_school, now)),
                outdated=row is not None and row.given and row.version < each.version,
                last=row,
            )
        )
    return found


def stands_for(guardian: UUID, child: UUID, now: datetime) -> bool:
    """Whether `guardian` is one of `child`, who is still below age. Where addresses have to be confirmed,
    nobody stands for an account before its own is: until then it may be anybody's address."""
    rows = Guardian.objects.filter(guardian_id=guardian, guardian__is_active=True, child_id=child)
    linked = rows.select_related("child").first()
    return linked is not None and minor(child, now) and addresses.lets_in(linked.child)


def capacity(
    user: UUID, by: UUID, purpose: Purpose, below_age: bool, given: bool, now: datetime
) -> str:
    """Return in which capacity `by` may give this, or refuse it, for `user`; "" for none. A minor may
    refuse, and not give. Whether somebody else than an administrator is the school is not asked here."""
    if by == user:
        may = purpose.name != "account" and (not below_age or not given or SELF in purpose.minors)
        return SELF if may else ""
    if not below_age:
        return ""
    if GUARDIAN in purpose.minors and stands_for(by, user, now):
        return GUARDIAN
    admin = User.objects.filter(id=by, is_active=True, is_staff=True).exists()
    return SCHOOL if SCHOOL in purpose.minors and admin else ""


def may(
    user: UUID,
    by: UUID,
    purpose: Purpose,
    below_age: bool,
    given: bool,
    for_school: bool,
    now: datetime,
) -> str:
    """Return the same as `capacity` for one who, if `for_school`, has the right in the person's class."""
    if purpose.name == "account" and not given:
        return ""  # that is withdrawn by having the account erased
    if for_school and below_age and SCHOOL in purpose.minors:
        return SCHOOL
    return capacity(user, by, purpose, below_age, given, now)


def _refused(last: "ConsentRow | ConsentRecord | None") -> bool:
    """Whether the person or a guardian said no last, which the school does not go over."""
    return last is not None and not last.given and last.capacity != SCHOOL


def _own_no(user: UUID, purpose: str) -> bool:
    """Whether what the person said last themselves was a no."""
    rows = ConsentRow.objects.filter(user_id=user, purpose=purpose, decided_by=user)
    own = rows.order_by("-at", "-id").first()
    return own is not None and not own.given


def decide(
    user: UUID, purpose: str, given: bool, by: UUID, for_school: bool, now: datetime
) -> ConsentRow:
    """Write down that `by` gives or refuses a consent for `user`; a child over whose own no a guardian
    goes is told. Raises NotYoursToDecide, also where the school would go over a refusal of the person
    or a guardian."""
    wanted = known(purpose)
    User.objects.select_for_update().get(id=user)  # so that the last decision is the last
    below = minor(user, now)
    how = may(user, by, wanted, below, given, for_school, now)
    if not how:
        raise NotYoursToDecide
    last = _last(user).get(purpose)
    if given and how == SCHOOL and _refused(last):
        raise NotYoursToDecide(REFUSED)
    refused = last is not None and not last.given
    if given and how == GUARDIAN and refused and _own_no(user, purpose):
        publish(ConsentOverruled(str(user), purpose))
    return write(user, wanted, given, by, how, now)


def write(
    user: UUID, purpose: Purpose, given: bool, by: UUID, how: str, now: datetime
) -> ConsentRow:
    """Add the record of a decision, which is somebody's to take in the capacity `how`."""
    row = ConsentRow.objects.create(
        user_id=user,
        purpose=purpose.name,
        version=purpose.version,
        given=given,
        at=now,
        decided_by=by,
        capacity=how,
    )
    told = {"name": purpose.name, "as": how, "version": purpose.version}
    audit.write("consent" if given else "consent-refused", by, user, told, now)
    if not given:
        publish(ConsentRefused(str(user), purpose.name))
    return row
