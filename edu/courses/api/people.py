"""Who is in a course, and as what."""

from django.db import transaction
from django.utils import timezone

from edu.common.errors import Invalid
from edu.common.ids import parse_id
from edu.common.pages import Page
from edu.common.querypages import page_of
from edu.common.text import gettext_noop as _
from edu.courses.api import rights
from edu.courses.data import (
    LEARNER,
    ROLES,
    BadJoinCode,
    Budget,
    Course,
    Member,
    NoSuchMember,
)
from edu.courses.logic import budgets, changes, membership, pupils
from edu.courses.models import Membership
from edu.users import api as users
from edu.users.data import Pupil


def acquainted(*, user: str, other: str) -> None:
    """THE access rule of what people show to those they learn with: raise NoSuchMember unless `other` is
    `user`, or both are in one course."""
    if parse_id(user) != parse_id(other) and not membership.share(parse_id(user), parse_id(other)):
        raise NoSuchMember


@transaction.atomic
def join(*, user: str, join_code: str, address: str = "") -> Course:
    """Make `user` a learner of the course with this code; one who is in it stays what they are. Wrong
    codes are counted, for the person and for the network `address` that they come from. Raises
    BadJoinCode, TooManyGuesses."""
    users.may_guess(kind="join", user=user, address=address)
    try:
        row = membership.join(parse_id(user), join_code, timezone.now())
    except BadJoinCode:
        users.guessed_wrong(kind="join", user=user, address=address)
        raise
    return membership.seen_by(row)


@transaction.atomic
def leave(*, user: str, course: str) -> None:
    """Take `user` out of a course. Raises OwnerStays for its owner."""
    seat = rights.with_right(user, course, "view")
    membership.keep_owner(seat)
    seat.delete()
    transaction.on_commit(lambda: users.forget_course(course=course, user=user))


def new_join_code(*, user: str, course: str) -> Course:
    """Replace the join code, so that nobody joins by the old one. Pupils sign in with either."""
    with transaction.atomic():
        seat = rights.with_right(user, course, "manage_people")
        changes.new_code(seat.course)
    users.tell_class_code(course=course, code=seat.course.join_code)
    return membership.seen_by(seat)


def add_pupils(*, user: str, course: str, names: list[str], purposes: list[str]) -> list[Pupil]:
    """Make accounts without an e-mail address, one for each of `names`, as learners of a course; return
    them with their first passwords, which are told this once. The school, for which `user` acts,
    consents to their having an account and to `purposes` (of users.data.PURPOSES). Raises Denied for
    who does not manage people here, Invalid (field "names")."""
    seen = membership.seen_by(membership.seat(parse_id(user), parse_id(course), "manage_people"))
    made = users.make_pupils(
        by=user, course=seen.id, code=seen.join_code or "", names=names, purposes=purposes
    )
    with transaction.atomic():
        learners = [parse_id(each.user) for each in made]
        pupils.seat_all(parse_id(course), learners, timezone.now())
    return made


def pupils_of(*, user: str, course: str) -> list[Pupil]:
    """Return the pupils whose accounts were made for a course; for who manages people there."""
    membership.seat(parse_id(user), parse_id(course), "manage_people")
    return users.pupils_of(course=course)


def new_pupil_password(*, user: str, course: str, pupil: str, password: str = "") -> Pupil:
    """Give a pupil of a course another password ("": one is made) and return it, this once. Raises
    NotFound for anybody else, Invalid (field "password")."""
    membership.seat(parse_id(user), parse_id(course), "manage_people")
    return users.new_pupil_password(by=user, course=course, user=pupil, password=password)


def pupil_of_age(*, user: str, course: str, pupil: str) -> bool:
    """Note that a pupil of a course is of age, and return whether they were not before; for who manages
    people there. Raises NotFound for anybody else."""
    membership.seat(parse_id(user), parse_id(course), "manage_people")
    return users.pupil_of_age(by=user, course=course, user=pupil)


def members(*, user: str, course: str) -> list[Member]:
    """Return everybody in the course, the owner and the teachers first; any member may ask."""
    membership.seat(parse_id(user), parse_id(course))
    rows = Membership.objects.filter(course_id=parse_id(course))
    return [membership.member_of(row) for row in rows.order_by(membership.RANK, "joined_at", "id")]


def member(*, course: str, user: str) -> Member:
    """Return one person of a course; raise NoSuchMember. No access check: the caller has made it."""
    return membership.member_of(membership.other(parse_id(course), parse_id(user)))


def learner_ids(*, course: str) -> list[str]:
    """Return the ids of the learners of a course. No access check: the caller has made it."""
    rows = Membership.objects.filter(course_id=parse_id(course), role=LEARNER).order_by("id")
    return [str(each) for each in rows.values_list("user", flat=True)]


def who_may(*, course: str, need: str) -> list[str]:
    """Return the ids of those whose role in a course allows `need`. No access check."""
    able = membership.holding(need)
    rows = Membership.objects.filter(course_id=parse_id(course), role__in=able).order_by("id")
    return [str(each) for each in rows.values_list("user", flat=True)]


def set_role(*, user: str, course: str, member: str, role: str) -> Member:
    """Give a member another role (of data.ROLES); nobody gives more than they have. By the role "owner"
    the owner hands the course over, and is a teacher then. It is written down in the audit trail.
    Raises NoSuchMember, Denied, OwnerStays."""
    with transaction.atomic():
        mine = rights.with_right(user, course, "manage_people")
        if role not in ROLES:
            raise Invalid(fields={"role": _("Use teacher, assistant, learner or observer.")})
        row = membership.other(parse_id(course), parse_id(member))
        was = membership.set_role(mine, row, role)
    if was != role:
        told = {"name": mine.course.title, "course": course, "role": role, "was": was}
        users.audit(action="course-role", by=user, about=member, detail=told)
    return membership.member_of(row)


def remove_member(*, user: str, course: str, member: str) -> None:
    """Take somebody out of a course; it is written down. Raises NoSuchMember, Denied, OwnerStays."""
    with transaction.atomic():
        mine = rights.with_right(user, course, "manage_people")
        row = membership.other(parse_id(course), parse_id(member))
        membership.keep_owner(row)
        membership.may_point_at(mine, row.role)
        row.delete()
    told = {"name": mine.course.title, "course": course, "role": "", "was": row.role}
    users.audit(action="course-role", by=user, about=member, detail=told)
    users.forget_course(course=course, user=member)


def members_page(
    *, user: str, course: str, cursor: str | None = None, limit: int = 50
) -> Page[Member]:
    """Return everybody in the course, in the order in which they came; any member may ask."""
    membership.seat(parse_id(user), parse_id(course))
    rows = Membership.objects.filter(course_id=parse_id(course))
    return page_of(rows, order="id", cursor=cursor, limit=limit, to_data=membership.member_of)


@transaction.atomic
def spend(*, course: str, kind: str, units: int = 1) -> None:
    """Count what the course is about to use of `kind` (data.BUDGETS), outside the caller's transaction;
    raise BudgetSpent. No access check: the caller has made it."""
    budgets.spend(parse_id(course), kind, units, timezone.now())


def budgets_of(*, course: str) -> list[Budget]:
    """Return what the course may use and has used today. No access check."""
    return budgets.of(parse_id(course), timezone.now())
