"""Responses that wait for a teacher, and the points that she gives."""

import math
from datetime import datetime
from uuid import UUID

from edu.assessments.data import Attempt, NoSuchAttempt, Waiting
from edu.assessments.logic import lookup
from edu.assessments.logic.attempts import tell
from edu.assessments.logic.registry import all_kinds, sheet_of
from edu.assessments.models import Attempt as AttemptRow
from edu.common.errors import Conflict, Invalid, NotFound
from edu.common.ids import parse_id
from edu.common.text import gettext_noop as _


def waiting(course: str, limit: int) -> list[Waiting]:
    """Return what waits, oldest first."""
    rows = AttemptRow.objects.filter(
        course=parse_id(course), status=AttemptRow.Status.NEEDS_REVIEW
    ).select_related("item", "version")
    return [_waiting(row) for row in rows.order_by("id")[: max(1, min(limit, 200))]]


def _waiting(row: AttemptRow) -> Waiting:
    sheet = sheet_of(row.version)
    kind = all_kinds()[row.item.kind]
    grade = kind.grade(sheet, row.response)
    return Waiting(
        attempt=str(row.id),
        course=str(row.course),
        item=str(row.item_id),
        stem=row.version.stem,
        key_text=kind.key_text(sheet),
        response_text=grade.read or str(row.response or ""),
        proposed=row.proposed,
        confidence=row.confidence,
        why=grade.feedback,
        answered_at=row.answered_at,
    )


def _id(attempt: str) -> UUID:
    try:
        return parse_id(attempt)
    except NotFound:
        raise NoSuchAttempt from None


def course_of(attempt: str) -> str:
    """Return the course of an attempt; raise NoSuchAttempt."""
    found = AttemptRow.objects.filter(id=_id(attempt)).values_list("course", flat=True).first()
    if found is None:
        raise NoSuchAttempt
    return str(found)


def row(attempt: str) -> AttemptRow:
    """Return and lock an attempt that may be graded by a person; raise NoSuchAttempt."""
    wanted = _id(attempt)
    found = (
        AttemptRow.objects.select_for_update(of=("self",))
        .select_related("item", "version", "quiz")
        .filter(id=wanted)
        .first()
    )
    if found is None:
        raise NoSuchAttempt
    return found


def accept(user: str, found: AttemptRow, score: float, now: datetime) -> Attempt:
    """Write down a teacher's points."""
    if isinstance(score, bool) or not math.isfinite(score) or not 0 <= score <= 1:
        raise Invalid(fields={"score": _("Points lie between 0 and 1.")})
    if found.status != AttemptRow.Status.NEEDS_REVIEW:
        raise Conflict(_("This answer has its grade already."))
    found.status = AttemptRow.Status.GRADED
    found.score, found.correct = score, score >= 0.999
    found.reviewed_by, found.reviewed_at = parse_id(user), now
    found.save()
    tell(found)
    return lookup.attempt(found, True)
