"""For staff, in the admin: no access check but the admin's own permissions."""

from django.db import transaction
from django.utils import timezone

from edu.common.ids import parse_id
from edu.courses.data import (
    ACCEPTED,
    OWNER,
    Decision,
    ObjectivesChanged,
)
from edu.courses.logic import changes, membership, roles
from edu.courses.logic import objectives as aims
from edu.courses.logic import proposals as offers
from edu.courses.models import Course as CourseRow
from edu.events.api import publish
from edu.users import api as users


@transaction.atomic
def staff_update(*, course: str, title: str, description: str, learner_uploads: bool) -> None:
    """Change the words of a course. Raises Invalid, NoSuchCourse."""
    changes.describe(membership.lock(parse_id(course)), title, description, learner_uploads)


@transaction.atomic
def staff_remove(*, courses: list[str], by: str, back: bool = False) -> int:
    """Remove those of `courses` that are there, or bring `back` those that are not, which `by` does;
    return how many. The owners are told of a removal."""
    rows = [membership.lock(parse_id(each)) for each in courses]
    rows = [row for row in rows if (row.removed_at is not None) == back]
    for row in rows:
        if back:
            changes.restore(row)
        else:
            changes.remove(row, parse_id(by), timezone.now())
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
        row = aims.one(place, parse_id(objective))
        if row.status != ACCEPTED:
            offers.decide(place, [Decision(str(row.id), "accept")])
            publish(ObjectivesChanged(str(place), {}))
            count += 1
    return count
