"""Objectives that edu found in the materials: offered, then accepted, merged or dropped."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from rapidfuzz import fuzz

from edu.common.clean import line, prose
from edu.common.errors import Invalid, NotFound
from edu.common.ids import parse_id
from edu.common.text import gettext_noop as _
from edu.courses.data import ACCEPTED, PROPOSED, Decision, NoSuchObjective, Proposal, RootStays
from edu.courses.logic import objectives
from edu.courses.models import Course, Membership
from edu.courses.models import Objective as Row

MOST_AT_ONCE = 30
MOST_TERMS = 50
ALIKE = 90.0  # of 100: titles this near are the same objective


def solo(course: Course) -> bool:
    """Whether the course is one person's own: then nobody else need be asked."""
    return course.personal or Membership.objects.filter(course=course).count() == 1


def offer(course: Course, proposals: Iterable[Proposal], now: datetime) -> list[Row]:
    """Write down those proposals that are new. Nothing is offered once people have made objectives
    of their own. Call it with the course locked."""
    there = objectives.rows(course.id, status=None)
    if any(row.created_by and not row.root and row.status == ACCEPTED for row in there):
        return []
    titles = [row.title for row in there if not row.root]
    status = ACCEPTED if solo(course) else PROPOSED
    ordinal = objectives.next_ordinal(course.id)
    made: list[Row] = []
    for each in list(proposals)[:MOST_AT_ONCE]:
        title = _title(each.title)
        if not title or len(there) + len(made) >= objectives.MOST or _alike(title, titles):
            continue
        titles.append(title)
        made.append(
            Row.objects.create(
                course=course,
                title=title,
                description=prose(
                    each.description[: objectives.TEXT], field="description", most=objectives.TEXT
                ),
                terms=_terms(each.terms),
                ordinal=ordinal + len(made),
                status=status,
                created_at=now,
            )
        )
    return made


def _title(text: str) -> str:
    return line(text[:600], field="title", most=600, empty=True)[: objectives.TITLE].strip()


def _terms(terms: Iterable[str]) -> list[str]:
    cleaned = (line(each[:100], field="terms", most=100, empty=True) for each in terms)
    return [each for each in dict.fromkeys(cleaned) if each][:MOST_TERMS]


def _alike(title: str, titles: list[str]) -> bool:
    return any(fuzz.ratio(title.casefold(), each.casefold()) >= ALIKE for each in titles)


def decide(course: UUID, decisions: Iterable[Decision]) -> dict[str, str]:
    """Carry out all decisions, or none; return where each objective that is gone went (the id it was
    merged into, or the root's). Call it with the course locked. Raises Invalid or NotFound."""
    rows = {row.id: row for row in objectives.rows(course, status=None)}
    root = next(row for row in rows.values() if row.root)
    todo = _readable(decisions, rows)
    gone = {each: root.id for each, decision in todo.items() if decision.verdict == "drop"}
    merged = {
        each: _target(decision, rows)
        for each, decision in todo.items()
        if decision.verdict == "merge"
    }
    moved = {each: _end(each, gone | merged) for each in gone | merged}
    for each, decision in todo.items():
        if decision.verdict == "accept":
            _accept(rows[each], decision)
    for each, target in moved.items():
        if each in merged and not rows[target].root:
            _absorb(rows[target], rows[each])
        objectives.take_out(objectives.one(course, each))
    return {str(each): str(target) for each, target in moved.items()}


def _readable(decisions: Iterable[Decision], rows: dict[UUID, Row]) -> dict[UUID, Decision]:
    todo: dict[UUID, Decision] = {}
    for decision in decisions:
        key = parse_id(decision.objective)
        if key not in rows:
            raise NoSuchObjective
        if decision.verdict not in ("accept", "merge", "drop"):
            raise Invalid(fields={"verdict": _("Use accept, merge or drop.")})
        if key in todo:
            raise Invalid(fields={"objective": _("Decide about each objective once.")})
        if rows[key].root and decision.verdict != "accept":
            raise RootStays
        todo[key] = decision
    return todo


def _target(decision: Decision, rows: dict[UUID, Row]) -> UUID:
    """Return what to merge into: an objective of this course other than itself."""
    wrong = Invalid(fields={"into": _("Choose another objective of this course to merge into.")})
    try:
        target = parse_id(decision.into)
    except NotFound:
        raise wrong from None
    if target not in rows or target == parse_id(decision.objective):
        raise wrong
    return target


def _end(start: UUID, into: dict[UUID, UUID]) -> UUID:
    """Follow merges to what stays; raise Invalid when they go in a circle."""
    place, seen = start, set()
    while place in into:
        if place in seen:
            raise Invalid(fields={"into": _("These objectives would be merged in a circle.")})
        seen.add(place)
        place = into[place]
    return place


def _accept(row: Row, decision: Decision) -> None:
    row.status = ACCEPTED
    row.save(update_fields=["status"])
    objectives.update(row, decision.title.strip() or None, decision.description)


def _absorb(target: Row, row: Row) -> None:
    """Let `target` stand for what `row` stood for."""
    target.terms = list(dict.fromkeys([*target.terms, *row.terms, row.title]))[:MOST_TERMS]
    target.description = target.description or row.description
    target.status = ACCEPTED
    target.save(update_fields=["terms", "description", "status"])
    objectives.redirect(row, target)
