"""Courses, who is in them, and what is to be learnt. `course()` is THE access rule of all of edu.

Ids are strings; `user` is who asks, and every function that takes it checks their right first:
NoSuchCourse for strangers, Denied for members whose role does not allow it.
"""

from collections.abc import Iterable
from typing import Any
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
    OWNER,
    ROLES,
    Budget,
    Course,
    Decision,
    Member,
    NoSuchMember,
    Objective,
    ObjectivesChanged,
    Proposal,
)
from edu.courses.logic import budgets, changes, held, membership, pupils, roles
from edu.courses.logic import objectives as goals
from edu.courses.logic import proposals as offers
from edu.courses.models import Course as CourseRow
from edu.courses.models import Membership
from edu.courses.models import Objective as ObjectiveRow
from edu.events.api import publish
from edu.users import api as users
from edu.users.data import Pupil

# --- courses ------------------------------------------------------------------------------------


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
    seat = _with(user, course, "change_settings")
    changes.describe(seat.course, title, description, learner_uploads)
    if teachers_see_talks is not None:
        changes.open_talks(seat.course, teachers_see_talks, timezone.now())
    return membership.seen_by(seat)


@transaction.atomic
def remove_course(*, user: str, course: str) -> Course:
    """Remove a course for everybody. `restore_course` undoes it within 30 days."""
    seat = _with(user, course, "remove")
    changes.remove(seat.course, timezone.now())
    return membership.seen_by(seat)


@transaction.atomic
def restore_course(*, user: str, course: str) -> Course:
    """Bring a removed course back as it was."""
    membership.lock(parse_id(course))
    seat = membership.seat(parse_id(user), parse_id(course), "remove", removed=True)
    changes.restore(seat.course)
    return membership.seen_by(seat)


def _with(user: str, course: str, need: str) -> Membership:
    """Lock the course for a change that `user` may make."""
    place = parse_id(course)
    membership.seat(parse_id(user), place, need)
    membership.lock(place)
    return membership.seat(parse_id(user), place, need)


# --- people -------------------------------------------------------------------------------------


def acquainted(*, user: str, other: str) -> None:
    """THE access rule of what people show to those they learn with: raise NoSuchMember unless `other` is
    `user`, or both are in one course."""
    if parse_id(user) != parse_id(other) and not membership.share(parse_id(user), parse_id(other)):
        raise NoSuchMember


@transaction.atomic
def join(*, user: str, join_code: str) -> Course:
    """Make `user` a learner of the course with this code; one who is in it stays what they are.
    Raises BadJoinCode."""
    return membership.seen_by(membership.join(parse_id(user), join_code, timezone.now()))


@transaction.atomic
def leave(*, user: str, course: str) -> None:
    """Take `user` out of a course. Raises OwnerStays for its owner."""
    seat = _with(user, course, "view")
    membership.keep_owner(seat)
    seat.delete()
    transaction.on_commit(lambda: users.forget_course(course=course, user=user))


def new_join_code(*, user: str, course: str) -> Course:
    """Replace the join code, so that nobody joins by the old one. Pupils sign in with either."""
    with transaction.atomic():
        seat = _with(user, course, "manage_people")
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
        mine = _with(user, course, "manage_people")
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
        mine = _with(user, course, "manage_people")
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
    """Add an objective at the end. `prerequisites` are ids of accepted objectives of
    the course. Raises Invalid."""
    place = _with(user, course, "teach").course_id
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
    """Change what is given. Raises Invalid, PrerequisiteLoop."""
    place = _with(user, course, "teach").course_id
    row = goals.one(place, parse_id(objective))
    goals.update(row, title, description)
    if prerequisites is not None:
        goals.set_prerequisites(row, prerequisites)
    return _changed(place, row.id)


@transaction.atomic
def remove_objective(*, user: str, course: str, objective: str) -> None:
    """Take an objective out. What hung on it goes to the root; what built on it
    builds on its prerequisites. Raises RootStays."""
    place = _with(user, course, "teach").course_id
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
    """Accept (perhaps with other words), merge or drop objectives, all in one step.
    Return the accepted ones as they are now. Raises Invalid or NotFound, and then nothing changed."""
    place = _with(user, course, "teach").course_id
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
def staff_remove(*, courses: list[str], back: bool = False) -> int:
    """Remove those of `courses` that are there, or bring `back` those that are not; return how many."""
    rows = [membership.lock(parse_id(each)) for each in courses]
    rows = [row for row in rows if (row.removed_at is not None) == back]
    for row in rows:
        changes.restore(row) if back else changes.remove(row, timezone.now())
    return len(rows)


@transaction.atomic
def staff_new_codes(*, courses: list[str]) -> int:
    """Replace the join codes of `courses`; return how many."""
    for each in courses:
        changes.new_code(membership.lock(parse_id(each)))
    return len(courses)


@transaction.atomic
def staff_take_out(*, pairs: list[list[str]]) -> int:
    """Take people out of courses, given as [course, user]; the owner of a course stays.
    Return how many went."""
    count = 0
    for course, user in pairs:
        membership.lock(parse_id(course))
        row = membership.other(parse_id(course), parse_id(user))
        if row.role != OWNER:
            row.delete()
            count += 1
    return count


def staff_crown(*, by: str, course: str, user: str) -> None:
    """Make a member the owner of their course; who was it is a teacher then. It is written down."""
    with transaction.atomic():
        title = membership.lock(parse_id(course)).title
        row = membership.other(parse_id(course), parse_id(user))
        was = row.role
        membership.crown(row)
    told = {"name": title, "course": course, "role": OWNER, "was": was}
    users.audit(action="course-role", by=by, about=user, detail=told)


def set_aside() -> int:
    """Return how many courses have nobody who could run them, since their owner was erased; 100 for
    more."""
    found = CourseRow.objects.exclude(set_aside_at=None).filter(removed_at=None)
    return found[:100].count()


@transaction.atomic
def staff_set_role(*, role: str, permissions: list[str]) -> dict[str, list[str]]:
    """Let a role allow exactly `permissions` from now on; return what was "given" and "taken". Raises
    Invalid (field "permissions") for what would lock people out."""
    return roles.change(role, permissions)


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
    """Erase a person, and the courses that nobody else is in; what they owned goes to who has taught
    there longest. Return how many rows of each table went, or name nobody now."""
    done, heirs = held.erase(parse_id(user), timezone.now())
    for told in heirs:
        users.audit(action="course-role", about=told.pop("user"), detail=told)
    return done


def courses_alone(*, user: str) -> list[str]:
    """Return the courses that nobody but this person is in: they go with the person."""
    return [str(each) for each in held.alone(parse_id(user))]
