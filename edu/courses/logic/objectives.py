"""Objectives and their order. Rules over several rows run with the course locked."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from edu.common.clean import line, prose
from edu.common.errors import Invalid, NotFound
from edu.common.ids import parse_id
from edu.common.text import gettext_noop as _
from edu.courses.data import ACCEPTED, NoSuchObjective, Objective, PrerequisiteLoop, RootStays
from edu.courses.models import Objective as Row
from edu.courses.models import Prerequisite

TITLE, TEXT = 200, 5000  # characters
MOST = 500  # objectives of one course


def data_of(row: Row) -> Objective:
    """Return one objective as data; its prerequisites are best prefetched."""
    return Objective(
        id=str(row.id),
        course=str(row.course_id),
        title=row.title,
        description=row.description,
        prerequisites=[str(each.needs_id) for each in row.needed.all()],
        ordinal=row.ordinal,
        root=row.root,
        status=row.status,
        terms=list(row.terms),
    )


def rows(course: UUID, status: str | None = ACCEPTED) -> list[Row]:
    """Return the objectives of a course in order, the root first."""
    found = Row.objects.filter(course_id=course).prefetch_related("needed")
    if status is not None:
        found = found.filter(status=status)
    return list(found.order_by("-root", "ordinal", "id"))


def one(course: UUID, objective: UUID) -> Row:
    """Return one objective of this course; raise NoSuchObjective."""
    found = Row.objects.filter(course_id=course, id=objective).prefetch_related("needed").first()
    if found is None:
        raise NoSuchObjective
    return found


def next_ordinal(course: UUID) -> int:
    """Return the place after the last one."""
    last = Row.objects.filter(course_id=course).aggregate(last=Max("ordinal"))["last"]
    return 0 if last is None else last + 1


def make_root(course: UUID, title: str, user: UUID, now: datetime) -> Row:
    """Make the objective that stands for all of a new course."""
    return Row.objects.create(
        course_id=course, title=title, root=True, created_by=user, created_at=now
    )


def add(
    course: UUID,
    user: UUID,
    title: str,
    description: str,
    prerequisites: Iterable[str],
    now: datetime,
) -> Row:
    """Add an accepted objective at the end. Raises Invalid."""
    if Row.objects.filter(course_id=course).count() >= MOST:
        raise Invalid(_("A course has at most %(most)s objectives."), most=MOST)
    row = Row.objects.create(
        course_id=course,
        title=line(title, field="title", most=TITLE),
        description=prose(description, field="description", most=TEXT),
        ordinal=next_ordinal(course),
        created_by=user,
        created_at=now,
    )
    set_prerequisites(row, prerequisites)
    return row


def update(row: Row, title: str | None, description: str | None) -> None:
    """Change the words of an objective. Raises Invalid."""
    if title is not None:
        row.title = line(title, field="title", most=TITLE)
    if description is not None:
        row.description = prose(description, field="description", most=TEXT)
    row.save(update_fields=["title", "description"])


def set_prerequisites(row: Row, prerequisites: Iterable[str]) -> None:
    """Let `row` build on exactly these objectives of its course. Raises Invalid for one that is not
    there, PrerequisiteLoop for a circle."""
    wanted = _known(row, prerequisites)
    if row.root and wanted:
        raise RootStays(_("The whole course comes before nothing. Choose one of its objectives."))
    if row.id in wanted or _reach(row.course_id, wanted, row.id) & {row.id}:
        raise PrerequisiteLoop(fields={"prerequisites": PrerequisiteLoop.detail})
    Prerequisite.objects.filter(objective=row).exclude(needs_id__in=wanted).delete()
    there = set(Prerequisite.objects.filter(objective=row).values_list("needs_id", flat=True))
    Prerequisite.objects.bulk_create(
        Prerequisite(objective=row, needs_id=each) for each in wanted if each not in there
    )


def _known(row: Row, prerequisites: Iterable[str]) -> list[UUID]:
    wrong = Invalid(fields={"prerequisites": _("Use ids of objectives of this course.")})
    if isinstance(prerequisites, str):
        raise wrong
    try:
        wanted = list(dict.fromkeys(parse_id(each) for each in prerequisites))
    except NotFound:
        raise wrong from None
    found = Row.objects.filter(course=row.course_id, id__in=wanted, status=ACCEPTED, root=False)
    if len(wanted) > MOST or found.count() < len(wanted):
        raise wrong
    return wanted


def _reach(course: UUID, start: list[UUID], leaving: UUID) -> set[UUID]:
    """Return all that `start` builds on, directly or not, were `leaving` to have no arrows yet."""
    arrows: dict[UUID, list[UUID]] = {}
    pairs = Prerequisite.objects.filter(objective__course=course).exclude(objective=leaving)
    for objective, needs in pairs.values_list("objective_id", "needs_id"):
        arrows.setdefault(objective, []).append(needs)
    seen, todo = set(start), list(start)
    while todo:
        for each in arrows.get(todo.pop(), []):
            if each not in seen:
                seen.add(each)
                todo.append(each)
    return seen


def redirect(row: Row, target: Row) -> None:
    """Give the arrows of `row`, which is to be merged into `target`, to `target`; those that would
    close a circle are left out."""
    low = Prerequisite.objects.filter(objective=row).values_list("needs_id", flat=True)
    for needs in set(low) - {target.id}:
        if target.id not in _reach(row.course_id, [needs], row.id):
            Prerequisite.objects.get_or_create(objective=target, needs_id=needs)
    if target.root:
        return
    above = Prerequisite.objects.filter(needs=row).values_list("objective_id", flat=True)
    for top in set(above) - {target.id}:
        if top not in _reach(row.course_id, [target.id], row.id):
            Prerequisite.objects.get_or_create(objective_id=top, needs=target)


def take_out(row: Row) -> None:
    """Delete an objective; what built on it builds on what it had built on."""
    if row.root:
        raise RootStays
    needs = [each.needs_id for each in row.needed.all()]
    above = list(Prerequisite.objects.filter(needs=row).values_list("objective_id", flat=True))
    links = [Prerequisite(objective_id=top, needs_id=low) for top in above for low in needs]
    Prerequisite.objects.bulk_create(links, ignore_conflicts=True)
    row.delete()
