"""Courses: made, changed, removed and brought back."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from edu.common.ids import parse_id
from edu.common.pages import Page
from edu.common.querypages import page_of
from edu.courses.api import rights
from edu.courses.data import (
    Course,
)
from edu.courses.logic import changes, membership
from edu.courses.models import Course as CourseRow
from edu.users import api as users


@transaction.atomic
def create_course(
    *, user: str, title: str, description: str = "", personal: bool = False
) -> Course:
    """Make a course; `user` is its owner, and may learn in it too. Raises Invalid, and
    NotGiven where the site does not let them."""
    users.need(user=user, permission="make_courses")
    seat = changes.make(parse_id(user), title, description, personal, timezone.now())
    return membership.seen_by(seat)


def courses_of(
    *, user: str, cursor: str | None = None, limit: int = 50, removed: bool = False
) -> Page[Course]:
    """Return the courses that `user` is in, newest first; with `removed`, those that were removed
    and that they can still restore."""
    # All about the membership in one filter(): a second one would look for another membership.
    mine: dict[str, Any] = {"memberships__user": parse_id(user)}
    if removed:
        mine["memberships__role__in"] = membership.holding("remove")
    found = CourseRow.objects.filter(removed_at__isnull=not removed, **mine).annotate(
        role=F("memberships__role"), granted=membership.granted_to("memberships__role")
    )
    return page_of(
        found,
        order="-id",
        cursor=cursor,
        limit=limit,
        to_data=lambda row: membership.course_of(row, row.role, row.granted),
    )


def course(*, user: str, course: str, need: str = "view") -> Course:
    """THE access rule: return the course if `user` may do there what they `need`, which is one of
    data.PERMISSIONS. Raises NoSuchCourse for strangers, and for members NotTeacher, MayNotLearn,
    MayNotBring or TalksClosed. What a role allows is read each time."""
    return membership.seen_by(membership.seat(parse_id(user), parse_id(course), need))


def courses_by_id(*, courses: list[str], user: str, need: str = "view") -> dict[str, Course]:
    """Return those of `courses` in which `user` may do what they `need`, by id."""
    found = membership.seats(
        user=parse_id(user),
        course_id__in=[parse_id(each) for each in courses],
        course__removed_at=None,
    )
    seen = {str(row.course_id): membership.seen_by(row) for row in found}
    return {key: each for key, each in seen.items() if need in each.permissions}


@transaction.atomic
def update_course(
    *,
    user: str,
    course: str,
    title: str | None = None,
    description: str | None = None,
    learner_uploads: bool | None = None,
    teachers_see_talks: bool | None = None,
) -> Course:
    """Change what is given. The root objective is named as the course is. `teachers_see_talks` lets
    teachers read what learners say to the tutor, from now on."""
    seat = rights.with_right(user, course, "change_settings")
    changes.describe(seat.course, title, description, learner_uploads)
    if teachers_see_talks is not None:
        changes.open_talks(seat.course, teachers_see_talks, timezone.now())
    return membership.seen_by(seat)


@transaction.atomic
def remove_course(*, user: str, course: str) -> Course:
    """Remove a course for everybody. `restore_course` undoes it within 30 days. The owner is told when
    it was somebody else."""
    seat = rights.with_right(user, course, "remove")
    changes.remove(seat.course, seat.user, timezone.now())
    return membership.seen_by(seat)


@transaction.atomic
def restore_course(*, user: str, course: str) -> Course:
    """Bring a removed course back as it was."""
    membership.lock(parse_id(course))
    seat = membership.seat(parse_id(user), parse_id(course), "remove", removed=True)
    changes.restore(seat.course)
    return membership.seen_by(seat)
