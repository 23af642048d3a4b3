"""Who is in a course, and what they may do there."""

import secrets
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, OuterRef, QuerySet, Subquery, Value, When

from edu.courses.data import (
    DEFAULTS,
    LEARNER,
    OBSERVER,
    OWNER,
    PERMISSIONS,
    ROLES,
    TEACHER,
    BadJoinCode,
    Course,
    MayNotBring,
    MayNotLearn,
    MayNotRemove,
    Member,
    NoSuchCourse,
    NoSuchMember,
    NotOwner,
    NotTeacher,
    OwnerStays,
    TalksClosed,
    TooMuchToGive,
)
from edu.courses.models import Course as CourseRow
from edu.courses.models import Membership, Role

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that looks like something else
CODE_LENGTH = 8
RANK = Case(*(When(role=role, then=Value(n)) for n, role in enumerate(ROLES)))


# --- what a role may do -------------------------------------------------------------------------


def granted_to(role: str) -> Subquery:
    """Return the permissions in the row of the role that the column `role` names, as a subquery: rights
    are read together with the membership, so they hold from the moment that they were changed."""
    return Subquery(Role.objects.filter(name=OuterRef(role)).values("permissions")[:1])


def rights(role: str, granted: list[str] | None) -> frozenset[str]:
    """Return what `role` allows: what its row says, or, where there is none, the default."""
    return frozenset(DEFAULTS[role] if granted is None else granted) & PERMISSIONS.keys()


def rights_of_roles() -> dict[str, frozenset[str]]:
    """Return what each role allows now."""
    stored = dict(Role.objects.values_list("name", "permissions"))
    return {role: rights(role, stored.get(role)) for role in ROLES}


def holding(permission: str) -> list[str]:
    """Return the roles that allow `permission`."""
    return [role for role, given in rights_of_roles().items() if permission in given]


def permissions(course: CourseRow, role: str, granted: list[str] | None) -> list[str]:
    """Return what `role` allows in this course, as it is set up."""
    given = set(rights(role, granted))
    if course.learner_uploads and "learn" in given:
        given.add("bring")
    if course.talks_open_since is None:
        given.discard("see_conversations")
    return [each for each in PERMISSIONS if each in given]


# --- as data ------------------------------------------------------------------------------------


def course_of(row: CourseRow, role: str, granted: list[str] | None) -> Course:
    """Return a course as one with `role` sees it."""
    may = permissions(row, role, granted)
    return Course(
        id=str(row.id),
        title=row.title,
        description=row.description,
        role=shown(role),
        join_code=row.join_code if "manage_people" in may else None,
        personal=row.personal,
        learner_uploads=row.learner_uploads,
        created_at=row.created_at,
        removed=row.removed_at is not None,
        owner=role == OWNER,
        permissions=may,
        talks_open_since=row.talks_open_since,
    )


def seen_by(seat: Membership) -> Course:
    """Return the course of a membership that `seats` found, as its person sees it."""
    return course_of(seat.course, seat.role, _granted(seat))


def shown(role: str) -> str:
    """Return how a role is told: the owner is one of the teachers."""
    return TEACHER if role == OWNER else role


def member_of(row: Membership) -> Member:
    """Return one membership as data."""
    return Member(str(row.user), shown(row.role), row.joined_at, owner=row.role == OWNER)


# --- finding ------------------------------------------------------------------------------------


def share(user: UUID, other: UUID) -> bool:
    """Whether both are in one course that is not removed."""
    mine = Membership.objects.filter(user=user, course__removed_at=None).values("course")
    return Membership.objects.filter(user=other, course__in=mine).exists()


def seats(**which: Any) -> QuerySet[Membership]:
    """Return memberships with their courses and what their roles allow."""
    found = Membership.objects.filter(**which).select_related("course")
    return found.annotate(granted=granted_to("role"))


def _granted(seat: Membership) -> list[str] | None:
    stored: list[str] | None = getattr(seat, "granted", None)
    return stored


def seat(user: UUID, course: UUID, need: str = "view", *, removed: bool = False) -> Membership:
    """Return the membership by which `user` may do what they `need` (of PERMISSIONS), with its course.
    `removed` courses are there only for those who ask for them. Raises NoSuchCourse for strangers,
    Denied for members without the right."""
    if need not in PERMISSIONS:
        raise ValueError(f"no such need: {need}")
    row = seats(course_id=course, user=user, course__removed_at__isnull=not removed).first()
    if row is None:
        raise NoSuchCourse
    if need not in permissions(row.course, row.role, _granted(row)):
        _refuse(row, need)
    return row


def _refuse(row: Membership, need: str) -> None:
    """Say why it may not be."""
    if need == "bring" and row.role != OBSERVER:
        raise MayNotBring
    if need == "learn":
        raise MayNotLearn
    if need == "remove" and row.role == TEACHER:
        raise MayNotRemove
    if need == "see_conversations" and need in rights(row.role, _granted(row)):
        raise TalksClosed
    raise NotTeacher


def lock(course: UUID) -> CourseRow:
    """Lock the course, so that rules over several of its rows hold; raise NoSuchCourse."""
    row = CourseRow.objects.select_for_update().filter(id=course).first()
    if row is None:
        raise NoSuchCourse
    return row


def other(course: UUID, user: UUID) -> Membership:
    """Return the membership of `user`, whom somebody points at; raise NoSuchMember."""
    row = Membership.objects.filter(course_id=course, user=user).first()
    if row is None:
        raise NoSuchMember
    return row


# --- coming, going, changing: call these with the course locked -----------------------------------


def code() -> str:
    """Return a new join code: 8 letters and digits, one of 850 thousand million."""
    while True:
        made = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        if not CourseRow.objects.filter(join_code=made).exists():
            return made


def join(user: UUID, join_code: str, now: datetime) -> Membership:
    """Make `user` a learner of the course with this code, written in any case and spacing; one who
    is in it already stays what they are. Raises BadJoinCode."""
    bare = "".join(c for c in join_code[:100].upper() if c.isalnum())
    found = CourseRow.objects.select_for_update().filter(join_code=bare, removed_at=None).first()
    if found is None or not bare.isascii():
        raise BadJoinCode
    _row, made = Membership.objects.get_or_create(
        course=found, user=user, defaults={"role": LEARNER, "joined_at": now}
    )
    if made and found.personal:  # no longer somebody's own
        found.personal = False
        found.save(update_fields=["personal"])
    row = seats(course=found, user=user).get()
    row.course = found
    return row


def keep_owner(row: Membership) -> None:
    """Raise OwnerStays when it is the owner who is to go, or to be something else."""
    if row.role == OWNER:
        raise OwnerStays


def may_point_at(mine: Membership, role: str) -> None:
    """Raise TooMuchToGive unless `role` (that somebody has, or is to get) allows no more than one's own
    does. The owner may give every role."""
    if mine.role == OWNER:
        return
    all_of_them = rights_of_roles()
    if not all_of_them[role] <= all_of_them[mine.role]:
        raise TooMuchToGive


def set_role(mine: Membership, row: Membership, role: str) -> str:
    """Give the person of `row` another role, as the person of `mine` asks; return what they were. To
    make somebody the owner is to hand the course over. Raises Denied, OwnerStays."""
    was = row.role
    if role == OWNER:
        if mine.role != OWNER:
            raise NotOwner
        crown(row)
        return was
    keep_owner(row)
    may_point_at(mine, was)
    may_point_at(mine, role)
    row.role = role
    row.save(update_fields=["role"])
    return was


def crown(row: Membership) -> None:
    """Make the person of `row` the owner; who was it until now is a teacher."""
    owner = Membership.objects.filter(course=row.course_id, role=OWNER).exclude(id=row.id)
    owner.update(role=TEACHER)
    row.role = OWNER
    row.save(update_fields=["role"])
    CourseRow.objects.filter(id=row.course_id).exclude(set_aside_at=None).update(set_aside_at=None)
