"""What happens to the items of a quiz before and after an answer: shown, key seen, put aside."""

from datetime import datetime
from typing import Any

from edu.assessments.data import KeyClosed, NotSetAside, Question, Quiz
from edu.assessments.logic import lookup
from edu.assessments.logic.leak import OPEN_FOR, WORKED_ON
from edu.assessments.logic.registry import all_kinds, sheet_of
from edu.assessments.models import Quiz as QuizRow
from edu.assessments.models import QuizItem
from edu.common.ids import parse_id

LAST_RUNG = 5


def key_open(place: QuizItem, quiz: QuizRow) -> bool:
    """THE rule of the key: after the first try, or after the last hint; in a test after all is done."""
    if quiz.mode == "test":
        return not quiz.quiz_items.filter(tries=0).exists()
    return place.tries > 0 or place.hint_level >= LAST_RUNG


def note_key_seen(place: QuizItem, now: datetime) -> None:
    """Write down, once, that the learner was shown the key."""
    if place.key_seen_at is None:
        place.key_seen_at = now
        place.save(update_fields=["key_seen_at"])


def show(user: str, quiz: str, item: str, now: datetime) -> Question:
    """Return one question, noting its first showing, and that a question left alone is taken up."""
    row = lookup.quiz_row(user, quiz)
    place = lookup.quiz_item_row(row, item, lock=True)
    if _shown_anew(place, now) and row.status != QuizRow.Status.CANCELLED:
        place.shown_at = now
        place.save(update_fields=["shown_at"])
    return lookup.question(place, row.mode)


def show_all(user: str, quiz: str, now: datetime) -> Quiz:
    """Return the quiz; all its questions are shown by that."""
    row = lookup.quiz_row(user, quiz)
    if row.status != QuizRow.Status.CANCELLED:
        row.quiz_items.filter(shown_at=None).update(shown_at=now)
        left = row.quiz_items.filter(status=QuizItem.Status.OPEN, tries=0)
        left.filter(shown_at__lt=now - WORKED_ON).update(shown_at=now)
    return lookup.quiz(row)


def _shown_anew(place: QuizItem, now: datetime) -> bool:
    """Whether this showing begins the work on an item: the first, or one after it was left alone."""
    if place.shown_at is None:
        return True
    left = place.status == QuizItem.Status.OPEN and place.tries == 0
    return left and place.shown_at < now - WORKED_ON


def show_key(user: str, quiz: str, item: str, now: datetime) -> dict[str, Any]:
    """Return the key if the rule allows it."""
    row = lookup.quiz_row(user, quiz)
    place = lookup.quiz_item_row(row, item, lock=True)
    if not key_open(place, row):
        raise KeyClosed
    note_key_seen(place, now)
    kind, sheet = all_kinds()[place.item.kind], sheet_of(place.version)
    return {
        "key": kind.key_shown(sheet, place.option_order),
        "text": kind.key_text(sheet),
        "explanation": place.version.explanation,
    }


def open_question(user: str, course: str, now: datetime) -> Question | None:
    """Return the question shown last and not answered."""
    place = (
        QuizItem.objects.filter(
            quiz__user=parse_id(user),
            quiz__course=parse_id(course),
            quiz__status__in=(QuizRow.Status.READY, QuizRow.Status.RUNNING),
            status=QuizItem.Status.OPEN,
            shown_at__gte=now - OPEN_FOR,
        )
        .select_related("item", "version", "quiz")
        .order_by("-shown_at", "ordinal")
        .first()
    )
    return lookup.question(place, place.quiz.mode) if place else None


def set_aside(user: str, course: str) -> int:
    """Put check questions aside."""
    return QuizItem.objects.filter(
        quiz__user=parse_id(user),
        quiz__course=parse_id(course),
        quiz__mode="check",
        status=QuizItem.Status.OPEN,
    ).update(status=QuizItem.Status.ASIDE)


def set_quiz_aside(user: str, quiz: str, now: datetime) -> Quiz:
    """End the work on a quiz: what is open in it is guarded no more, and so counts nothing if it is
    answered after all. Raise NotSetAside for a test, and where nothing is open."""
    row = lookup.quiz_row(user, quiz, lock=True)
    left = row.quiz_items.filter(status=QuizItem.Status.OPEN, tries=0)
    if row.mode == "test" or row.status != QuizRow.Status.READY or not left.exists():
        raise NotSetAside
    left.filter(key_seen_at=None).update(key_seen_at=now)
    left.update(status=QuizItem.Status.ASIDE)
    return lookup.quiz(row)
