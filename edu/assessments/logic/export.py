"""All that the books hold about one person."""

from typing import Any

from edu.assessments.models import Attempt, Item, Quiz
from edu.common.codec import plain
from edu.common.ids import parse_id


def person(user: str) -> dict[str, Any]:
    """Return quizzes, attempts and the items that the person wrote."""
    who = parse_id(user)
    quizzes = Quiz.objects.filter(user=who).order_by("id")
    attempts = Attempt.objects.filter(user=who).select_related("version").order_by("id")
    items = Item.objects.filter(created_by=who).exclude(latest=None).select_related("latest")
    made: dict[str, Any] = {
        "quizzes": [
            {
                "id": str(each.id),
                "course": str(each.course),
                "mode": each.mode,
                "source": each.source,
                "status": each.status,
                "size": each.size,
                "created_at": each.created_at,
            }
            for each in quizzes
        ],
        "attempts": [
            {
                "id": str(each.id),
                "course": str(each.course),
                "objective": str(each.objective),
                "quiz": str(each.quiz_id) if each.quiz_id else None,
                "question": each.version.stem,
                "response": each.response,
                "score": each.score,
                "feedback": each.feedback,
                "hint_level": each.hint_level,
                "try_number": each.try_number,
                "key_seen": each.key_seen,
                "counts": each.counts,
                "shown_at": each.shown_at,
                "answered_at": each.answered_at,
                "seconds": each.seconds,
            }
            for each in attempts
        ],
        "items": [
            {
                "id": str(each.id),
                "kind": each.kind,
                "stem": each.latest.stem,
                "key": each.latest.key,
            }
            for each in items.order_by("id")
            if each.latest
        ],
    }
    exported: dict[str, Any] = plain(made)
    return exported
