"""Who is in a course, and what they may do there."""

import secrets
from datetime import datetime
from uuid import UUID

from edu.courses.data import (
    LEARNER,
    TEACHER,
    BadJoinCode,
    Course,
    LastTeacher,
    MayNotBring,
    Member,
    NoSuchCourse,
    NoSuchMember,
    NotTeacher,
)
from edu.courses.models import Course as CourseRow
from edu.courses.models import Membership

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that looks like something else
CODE_LENGTH = 8


def course_of(row: CourseRow, role: str) -> Course:
    """Return a course as one with `role` sees it."""
    return Course(
        id=str(row.id),
        title=row.title,
        description=row.description,
        role=role,
        join_code=row.join_code if role == TEACHER else None,
        personal=row.personal,
        learner_uploads=row.learner_uploads,
        created_at=row.created_at,
        removed=row.removed_at is not None,
    )


def member_of(row: Membership) -> Member:
    """Return one membership as data."""
    return Member(user=str(row.user), role=row.role, joined_at=row.joined_at)


def seat(user: UUID, course: UUID, need: str = "view", *, removed: bool = False) -> Membership:
    """Return the membership by which `user` may do what they ask for, with its course: "view" (any
    member), "bring" (who may upload) or "teach". `removed` courses are there only for those who
    ask for them. Raises NoSuchCourse for strangers, Denied for members without the right."""
    found = Membership.objects.select_related("course").filter(
        course_id=course, user=user, course__removed_at__isnull=not removed
    )
    row = found.first()
    if row is None:
        raise NoSuchCourse
    if need == "teach" and row.role != TEACHER:
        raise NotTeacher
    if need == "bring" and row.role != TEACHER and not row.course.learner_uploads:
        raise MayNotBring
    if need not in ("view", "teach", "bring"):
        raise ValueError(f"no such need: {need}")
    return row


def lock(course: UUID) -> CourseRow:
    """Lock the course, so that rules over several of its rows hold; raise NoSuchCourse."""
    row = CourseRow.objects.select_for_update().filter(id=course).first()
    if row is None:
        raise NoSuchCourse
    return row


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
    row, made = Membership.objects.get_or_create(
        course=found, user=user, defaults={"role": LEARNER, "joined_at": now}
    )
    if made and found.personal:  # no longer somebody's own
        found.personal = False
        found.save(update_fields=["personal"])
    row.course = found
    return row


def other(course: UUID, user: UUID) -> Membership:
    """Return the membership of `user`, whom a teacher points at; raise NoSuchMember."""
    row = Membership.objects.filter(course_id=course, user=user).first()
    if row is None:
        raise NoSuchMember
    return row


def last_teacher(row: Membership) -> bool:
    """Whether nobody would teach if `row` did not. Call it with the course locked."""
    others = Membership.objects.filter(course=row.course_id, role=TEACHER).exclude(id=row.id)
    return row.role == TEACHER and not others.exists()


def keep_a_teacher(row: Membership) -> None:
    """Raise LastTeacher when nobody teaches once `row` does not. Call it with the course locked."""
    if last_teacher(row):
        raise LastTeacher
