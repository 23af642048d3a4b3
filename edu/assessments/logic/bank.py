"""The bank: putting items in, changing them by versions, taking them out."""

import secrets
from typing import Any
from uuid import UUID

from edu.assessments.base.kind import Ready, bad, clean
from edu.assessments.data import Item, ItemDraft
from edu.assessments.logic import lookup
from edu.assessments.logic.registry import all_kinds, kind_of
from edu.assessments.models import Attempt, ItemVersion, Quiz
from edu.assessments.models import Item as ItemRow
from edu.common.codec import plain
from edu.common.errors import NotFound
from edu.common.ids import parse_id
from edu.common.language import detect
from edu.common.text import gettext_noop as _
from edu.courses import api as courses

MOST_EXPLANATION = 4000


def kind_names() -> list[str]:
    """Return the names of all kinds."""
    return sorted(all_kinds())


def checked(draft: ItemDraft) -> Ready:
    """Return a draft's parts as they are kept; raise BadItem with all that is wrong."""
    kind = kind_of(draft.kind)
    if kind is None:
        raise bad(kind=_("There is no such kind of question. Use choice, number, short or cloze."))
    if len(draft.explanation) > MOST_EXPLANATION:
        raise bad(explanation=_("The explanation is too long. Use at most 4000 characters."))
    return kind.ready(draft.stem, draft.options, draft.key)


def objective_of(course: str, objective: str | None) -> UUID:
    """Return the id of an objective of this course, the root without one; raise BadItem."""
    if not objective:
        return parse_id(courses.root(course=course).id)
    try:
        return parse_id(courses.objective(course=course, objective=objective).id)
    except NotFound:
        raise bad(objective=_("This course has no such objective.")) from None


def add(user: str, course: str, draft: ItemDraft) -> Item:
    """Put a teacher's item in, live."""
    ready = checked(draft)
    objective = objective_of(course, draft.objective)
    row = store(course, draft, ready, objective, created_by=parse_id(user))
    return lookup.item(row)


def store(
    course: str,
    draft: ItemDraft,
    ready: Ready,
    objective: UUID,
    *,
    created_by: UUID | None = None,
    source: str = "bank",
    quiz: UUID | None = None,
    status: str = "live",
    refused_because: list[Any] | None = None,
) -> ItemRow:
    """Write an item and its first version."""
    row = ItemRow.objects.create(
        course=parse_id(course),
        objective=objective,
        kind=draft.kind,
        source=source,
        status=status,
        quiz=quiz,
        created_by=created_by,
        refused_because=refused_because or [],
    )
    _version(row, 1, ready, draft.explanation, created_by, draft)
    return row


def _version(
    row: ItemRow,
    number: int,
    ready: Ready,
    explanation: str,
    created_by: UUID | None,
    draft: ItemDraft | None = None,
) -> None:
    language = draft.language if draft else ""
    row.latest = ItemVersion.objects.create(
        item=row,
        number=number,
        stem=ready.stem,
        options=[{"id": f"o{secrets.token_hex(5)}", "text": text} for text in ready.options],
        key=ready.key,
        explanation=clean(explanation),
        citations=plain(draft.citations) if draft else [],
        passage_text=draft.passage_text[:20_000] if draft else "",
        language=(language or detect(ready.stem))[:8],
        created_by=created_by,
    )
    row.save(update_fields=["latest", "objective", "updated_at"])


def change(
    user: str,
    row: ItemRow,
    stem: str | None,
    key: dict[str, Any] | None,
    options: list[str] | None,
    objective: str | None,
    explanation: str | None,
) -> Item:
    """Make the next version. Without a change nothing is made."""
    old = row.latest
    assert old is not None  # noqa: S101  (item_row leaves out the others)
    draft = ItemDraft(
        kind=row.kind,
        stem=old.stem if stem is None else stem,
        key=old.key if key is None else key,
        options=[each["text"] for each in old.options] if options is None else options,
        explanation=old.explanation if explanation is None else explanation,
    )
    ready = checked(draft)
    if objective is not None:
        row.objective = objective_of(str(row.course), objective)
        row.save(update_fields=["objective", "updated_at"])
    said = (old.stem, [each["text"] for each in old.options], old.key, old.explanation)
    if said != (ready.stem, ready.options, ready.key, clean(draft.explanation)):
        _version(row, old.number + 1, ready, draft.explanation, parse_id(user))
    return lookup.item(row)


def set_status(row: ItemRow, status: str) -> Item:
    """Retire an item or bring it back; a refused one stays refused."""
    if row.status != ItemRow.Status.REFUSED:
        row.status = status
        row.save(update_fields=["status", "updated_at"])
    return lookup.item(row)


def adopt(row: ItemRow) -> Item:
    """Make a generated item the bank's."""
    if row.status == ItemRow.Status.LIVE:
        row.quiz = None
        row.save(update_fields=["quiz", "updated_at"])
    return lookup.item(row)


def switch_many(items: list[str], before: str, after: str) -> int:
    """Change the status of those items that have `before`; return how many."""
    rows = ItemRow.objects.filter(id__in=[parse_id(each) for each in items], status=before)
    return rows.update(status=after)


def move(course: str, moved: dict[str, str]) -> None:
    """Let other objectives take over what the gone ones had."""
    place = parse_id(course)
    for gone, taker in moved.items():
        ItemRow.objects.filter(course=place, objective=parse_id(gone)).update(
            objective=parse_id(taker)
        )
        Attempt.objects.filter(course=place, objective=parse_id(gone)).update(
            objective=parse_id(taker)
        )
    for quiz in Quiz.objects.filter(course=place).exclude(
        status__in=("ready", "failed", "cancelled")
    ):
        quiz.objectives = list(dict.fromkeys(moved.get(each, each) for each in quiz.objectives))
        quiz.save(update_fields=["objectives"])


def forget_course(course: str) -> None:
    """Delete quizzes, attempts, items and versions of a course, in an order that keeps the rules."""
    place = parse_id(course)
    Attempt.objects.filter(course=place).delete()
    Quiz.objects.filter(course=place).delete()
    ItemRow.objects.filter(course=place).update(latest=None)
    ItemRow.objects.filter(course=place).delete()
