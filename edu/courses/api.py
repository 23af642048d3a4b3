"""Courses, who is in them, and what is to be learnt. `course()` is THE access rule of all of edu.

Ids are strings; `user` is who asks, and every function that takes it checks their right first:
NoSuchCourse for strangers, NotTeacher for learners who ask for what teachers do.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from edu.common import held as holding
from edu.common.errors import Invalid
from edu.common.held import Kind, Personal
from edu.common.ids import parse_id
from edu.common.pages import Page
from edu.common.querypages import page_of
from edu.common.text import gettext_noop as _
from edu.courses.data import (
    ACCEPTED,
    LEARNER,
    TEACHER,
    Course,
    Decision,
    Member,
    Objective,
    ObjectivesChanged,
    Proposal,
)
from edu.courses.logic import changes, held, membership
from edu.courses.logic import objectives as goals
from edu.courses.logic import proposals as offers
from edu.courses.models import Course as CourseRow
from edu.courses.models import Membership
from edu.courses.models import Objective as ObjectiveRow
from edu.events.api import publish

# --- courses ------------------------------------------------------------------------------------


@transaction.atomic
def create_course(
    *, user: str, title: str, description: str = "", personal: bool = False
) -> Course:
    """Make a course; `user` is its teacher, and may learn in it too. Raises Invalid."""
    row = changes.make(parse_id(user), title, description, personal, timezone.now())
    return membership.course_of(row, TEACHER)


def courses_of(
    *, user: str, cursor: str | None = None, limit: int = 50, removed: bool = False
) -> Page[Course]:
    """Return the courses that `user` is in, newest first; with `removed`, those that were removed
    and that they, as a teacher, can still restore."""
    # All about the membership in one filter(): a second one would look for another membership.
    mine = {"memberships__user": parse_id(user)} | (
        {"memberships__role": TEACHER} if removed else {}
    )
    found = CourseRow.objects.filter(removed_at__isnull=not removed, **mine).annotate(
        role=F("memberships__role")
    )
    return page_of(
        found,
        order="-id",
        cursor=cursor,
        limit=limit,
        to_data=lambda row: membership.course_of(row, row.role),
    )


def course(*, user: str, course: str, need: str = "view") -> Course:
    """THE access rule: return the course if `user` may do there what they `need`: "view" (any
    member), "bring" (may bring materials) or "teach". Raises NoSuchCourse, NotTeacher, MayNotBring."""
    seat = membership.seat(parse_id(user), parse_id(course), need)
    return membership.course_of(seat.course, seat.role)


def courses_by_id(*, courses: list[str], user: str) -> dict[str, Course]:
    """Return those of `courses` that `user` is in, by id."""
    found = Membership.objects.select_related("course").filter(
        user=parse_id(user),
        course_id__in=[parse_id(each) for each in courses],
        course__removed_at=None,
    )
    return {str(row.course_id): membership.course_of(row.course, row.role) for row in found}


@transaction.atomic
def update_course(
    *,
    user: str,
    course: str,
    title: str | None = None,
    description: str | None = None,
    learner_uploads: bool | None = None,
) -> Course:
    """Change what is given; teachers only. The root objective is named as the course is."""
    seat = _teach(user, course)
    changes.describe(seat.course, title, description, learner_uploads)
    return membership.course_of(seat.course, seat.role)


@transaction.atomic
def remove_course(*, user: str, course: str) -> Course:
    """Remove a course for everybody; teachers only. `restore_course` undoes it within 30 days."""
    seat = _teach(user, course)
    changes.remove(seat.course, timezone.now())
    return membership.course_of(seat.course, seat.role)


@transaction.atomic
def restore_course(*, user: str, course: str) -> Course:
    """Bring a removed course back as it was; teachers only."""
    membership.lock(parse_id(course))
    seat = membership.seat(parse_id(user), parse_id(course), "teach", removed=True)
    changes.restore(seat.course)
    return membership.course_of(seat.course, seat.role)


def _teach(user: str, course: str) -> Membership:
    """Lock the course for a change by one of its teachers."""
    place = parse_id(course)
    membership.seat(parse_id(user), place, "teach")
    membership.lock(place)
    return membership.seat(parse_id(user), place, "teach")


# --- people -------------------------------------------------------------------------------------


@transaction.atomic
def join(*, user: str, join_code: str) -> Course:
    """Make `user` a learner of the course with this code; one who is in it stays what they are.
    Raises BadJoinCode."""
    seat = membership.join(parse_id(user), join_code, timezone.now())
    return membership.course_of(seat.course, seat.role)


@transaction.atomic
def leave(*, user: str, course: str) -> None:
    """Take `user` out of a course. Raises LastTeacher for its only teacher."""
    place = parse_id(course)
    membership.seat(parse_id(user), place)
    membership.lock(place)
    seat = membership.seat(parse_id(user), place)
    membership.keep_a_teacher(seat)
    seat.delete()


@transaction.atomic
def new_join_code(*, user: str, course: str) -> Course:
    """Replace the join code, so that the old one opens nothing; teachers only."""
    seat = _teach(user, course)
    changes.new_code(seat.course)
    return membership.course_of(seat.course, seat.role)


def members(*, user: str, course: str) -> list[Member]:
    """Return everybody in the course, teachers first; any member may ask."""
    membership.seat(parse_id(user), parse_id(course))
    rows = Membership.objects.filter(course_id=parse_id(course)).order_by(
        "-role", "joined_at", "id"
    )
    return [membership.member_of(row) for row in rows]


def learner_ids(*, course: str) -> list[str]:
    """Return the ids of the learners of a course. No access check: the caller has made it."""
    rows = Membership.objects.filter(course_id=parse_id(course), role=LEARNER).order_by("id")
    return [str(each) for each in rows.values_list("user", flat=True)]


@transaction.atomic
def set_role(*, user: str, course: str, member: str, role: str) -> Member:
    """Make a member a "teacher" or a "learner"; teachers only. Raises NoSuchMember, LastTeacher."""
    _teach(user, course)
    if role not in (TEACHER, LEARNER):
        raise Invalid(fields={"role": _("Use teacher or learner.")})
    row = membership.other(parse_id(course), parse_id(member))
    if role == LEARNER:
        membership.keep_a_teacher(row)
    row.role = role
    row.save(update_fields=["role"])
    return membership.member_of(row)


@transaction.atomic
def remove_member(*, user: str, course: str, member: str) -> None:
    """Take somebody out of a course; teachers only. Raises NoSuchMember, LastTeacher."""
    _teach(user, course)
    row = membership.other(parse_id(course), parse_id(member))
    membership.keep_a_teacher(row)
    row.delete()


def members_page(
    *, user: str, course: str, cursor: str | None = None, limit: int = 50
) -> Page[Member]:
    """Return everybody in the course, in the order in which they came; any member may ask."""
    membership.seat(parse_id(user), parse_id(course))
    rows = Membership.objects.filter(course_id=parse_id(course))
    return page_of(rows, order="id", cursor=cursor, limit=limit, to_data=membership.member_of)


# --- objectives ---------------------------------------------------------------------------------


def objectives(*, course: str, status: str | None = ACCEPTED) -> list[Objective]:
    """Return the objectives of a course in order, the root first; with status None, proposed ones
    too. No access check: the caller has made it."""
    return [goals.data_of(row) for row in goals.rows(parse_id(course), status)]


def objectives_page(
    *,
    course: str,
    status: str | None = ACCEPTED,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[Objective]:
    """Return the same in pages. No access check: the caller has made it."""
    rows = ObjectiveRow.objects.filter(course_id=parse_id(course)).prefetch_related("needed")
    if status is not None:
        rows = rows.filter(status=status)
    return page_of(rows, order="ordinal", cursor=cursor, limit=limit, to_data=goals.data_of)


def root(*, course: str) -> Objective:
    """Return the objective that stands for all of the course. No access check."""
    row = ObjectiveRow.objects.filter(course_id=parse_id(course), root=True).first()
    if row is None:
        raise membership.NoSuchCourse
    return goals.data_of(row)


def objective(*, course: str, objective: str, proposed: bool = True) -> Objective:
    """Return one objective of this course, a proposed one only if asked for; raise NoSuchObjective.
    No access check."""
    row = goals.one(parse_id(course), parse_id(objective))
    if row.status != ACCEPTED and not proposed:
        raise goals.NoSuchObjective
    return goals.data_of(row)


@transaction.atomic
def add_objective(
    *,
    user: str,
    course: str,
    title: str,
    description: str = "",
    prerequisites: Iterable[str] = (),
) -> Objective:
    """Add an objective at the end; teachers only. `prerequisites` are ids of accepted objectives of
    the course. Raises Invalid."""
    place = _teach(user, course).course_id
    row = goals.add(place, parse_id(user), title, description, prerequisites, timezone.now())
    return _changed(place, row.id)


@transaction.atomic
def update_objective(
    *,
    user: str,
    course: str,
    objective: str,
    title: str | None = None,
    description: str | None = None,
    prerequisites: Iterable[str] | None = None,
) -> Objective:
    """Change what is given; teachers only. Raises Invalid, PrerequisiteLoop."""
    place = _teach(user, course).course_id
    row = goals.one(place, parse_id(objective))
    goals.update(row, title, description)
    if prerequisites is not None:
        goals.set_prerequisites(row, prerequisites)
    return _changed(place, row.id)


@transaction.atomic
def remove_objective(*, user: str, course: str, objective: str) -> None:
    """Take an objective out; teachers only. What hung on it goes to the root; what built on it
    builds on its prerequisites. Raises RootStays."""
    place = _teach(user, course).course_id
    row = goals.one(place, parse_id(objective))
    row_id = row.id
    goals.take_out(row)
    publish(ObjectivesChanged(str(place), {str(row_id): root(course=course).id}))


@transaction.atomic
def propose(*, course: str, proposals: list[Proposal]) -> list[Objective]:
    """Offer objectives that were found in the materials; return those that were written down.

    They are accepted at once in a personal course and where one person is alone; elsewhere a teacher
    decides. Titles nearly like one that is there are skipped, and nothing is offered once people have
    made objectives of their own. No access check.
    """
    made = offers.offer(membership.lock(parse_id(course)), proposals, timezone.now())
    if any(row.status == ACCEPTED for row in made):
        publish(ObjectivesChanged(course, {}))
    return [goals.data_of(row) for row in made]


@transaction.atomic
def decide(*, user: str, course: str, decisions: list[Decision]) -> list[Objective]:
    """Accept (perhaps with other words), merge or drop objectives, all in one step; teachers only.
    Return the accepted ones as they are now. Raises Invalid or NotFound, and then nothing changed."""
    place = _teach(user, course).course_id
    moved = offers.decide(place, decisions)
    publish(ObjectivesChanged(str(place), moved))
    return objectives(course=str(place))


def _changed(course: UUID, objective: UUID) -> Objective:
    """Tell those above, and return the objective as it is now."""
    publish(ObjectivesChanged(str(course), {}))
    return goals.data_of(goals.one(course, objective))


# --- for staff, in the admin: no access check but the admin's own permissions ---------------------


@transaction.atomic
def staff_update(*, course: str, title: str, description: str, learner_uploads: bool) -> None:
    """Change the words of a course. Raises Invalid, NoSuchCourse."""
    changes.describe(membership.lock(parse_id(course)), title, description, learner_uploads)


@transaction.atomic
def staff_remove(*, courses: list[str]) -> int:
    """Remove those of `courses` that are there; return how many."""
    rows = [row for row in map(membership.lock, map(parse_id, courses)) if not row.removed_at]
    for row in rows:
        changes.remove(row, timezone.now())
    return len(rows)


@transaction.atomic
def staff_restore(*, courses: list[str]) -> int:
    """Restore those of `courses` that are removed; return how many."""
    rows = [row for row in map(membership.lock, map(parse_id, courses)) if row.removed_at]
    for row in rows:
        changes.restore(row)
    return len(rows)


@transaction.atomic
def staff_new_codes(*, courses: list[str]) -> int:
    """Replace the join codes of `courses`; return how many."""
    for each in courses:
        changes.new_code(membership.lock(parse_id(each)))
    return len(courses)


@transaction.atomic
def staff_take_out(*, pairs: list[list[str]]) -> int:
    """Take people out of courses, given as [course, user]; the last teacher of a course stays.
    Return how many went."""
    count = 0
    for course, user in pairs:
        membership.lock(parse_id(course))
        row = membership.other(parse_id(course), parse_id(user))
        if not membership.last_teacher(row):
            row.delete()
            count += 1
    return count


@transaction.atomic
def staff_accept(*, pairs: list[list[str]]) -> int:
    """Accept proposed objectives, given as [course, objective]; return how many were proposed."""
    count = 0
    for course, objective in pairs:
        place = membership.lock(parse_id(course)).id
        row = goals.one(place, parse_id(objective))
        if row.status != ACCEPTED:
            offers.decide(place, [Decision(str(row.id), "accept")])
            publish(ObjectivesChanged(str(place), {}))
            count += 1
    return count


# --- privacy ------------------------------------------------------------------------------------


def held_of_person(*, user: str) -> list[Kind]:
    """Return what is held of a person."""
    return holding.kinds(held.RULES, {"id": parse_id(user)})


def export_person(*, user: str) -> Personal:
    """Return all that is held of a person."""
    return holding.export(held.RULES, {"id": parse_id(user)})


def erase_person(*, user: str) -> dict[str, int]:
    """Erase a person, and the courses that nobody else is in; return how many rows of each table
    went, or name nobody now."""
    return held.erase(parse_id(user))


def courses_alone(*, user: str) -> list[str]:
    """Return the courses that nobody but this person is in: they go with the person."""
    return [str(each) for each in held.alone(parse_id(user))]
