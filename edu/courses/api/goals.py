"""The objectives of a course."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from edu.common.ids import parse_id
from edu.common.pages import Page
from edu.common.querypages import page_of
from edu.courses.api import rights
from edu.courses.data import (
    ACCEPTED,
    Decision,
    Objective,
    ObjectivesChanged,
    Proposal,
)
from edu.courses.logic import membership
from edu.courses.logic import objectives as aims
from edu.courses.logic import proposals as offers
from edu.courses.models import Objective as ObjectiveRow
from edu.events.api import publish


def objectives(*, course: str, status: str | None = ACCEPTED) -> list[Objective]:
    """Return the objectives of a course in order, the root first; with status None, proposed ones
    too. No access check: the caller has made it."""
    return [aims.data_of(row) for row in aims.rows(parse_id(course), status)]


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
    return page_of(rows, order="ordinal", cursor=cursor, limit=limit, to_data=aims.data_of)


def root(*, course: str) -> Objective:
    """Return the objective that stands for all of the course. No access check."""
    row = ObjectiveRow.objects.filter(course_id=parse_id(course), root=True).first()
    if row is None:
        raise membership.NoSuchCourse
    return aims.data_of(row)


def objective(*, course: str, objective: str, proposed: bool = True) -> Objective:
    """Return one objective of this course, a proposed one only if asked for; raise NoSuchObjective.
    No access check."""
    row = aims.one(parse_id(course), parse_id(objective))
    if row.status != ACCEPTED and not proposed:
        raise aims.NoSuchObjective
    return aims.data_of(row)


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
    place = rights.with_right(user, course, "teach").course_id
    row = aims.add(place, parse_id(user), title, description, prerequisites, timezone.now())
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
    place = rights.with_right(user, course, "teach").course_id
    row = aims.one(place, parse_id(objective))
    aims.update(row, title, description)
    if prerequisites is not None:
        aims.set_prerequisites(row, prerequisites)
    return _changed(place, row.id)


@transaction.atomic
def remove_objective(*, user: str, course: str, objective: str) -> None:
    """Take an objective out. What hung on it goes to the root; what built on it
    builds on its prerequisites. Raises RootStays."""
    place = rights.with_right(user, course, "teach").course_id
    row = aims.one(place, parse_id(objective))
    row_id = row.id
    aims.take_out(row)
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
    return [aims.data_of(row) for row in made]


@transaction.atomic
def decide(*, user: str, course: str, decisions: list[Decision]) -> list[Objective]:
    """Accept (perhaps with other words), merge or drop objectives, all in one step.
    Return the accepted ones as they are now. Raises Invalid or NotFound, and then nothing changed."""
    place = rights.with_right(user, course, "teach").course_id
    moved = offers.decide(place, decisions)
    publish(ObjectivesChanged(str(place), moved))
    return objectives(course=str(place))


def _changed(course: UUID, objective: UUID) -> Objective:
    """Tell those above, and return the objective as it is now."""
    publish(ObjectivesChanged(str(course), {}))
    return aims.data_of(aims.one(course, objective))
