"""Answers: graded by the kind, kept with all that bears on their weight, told to whoever listens."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext

from edu.assessments.base.kind import Grade, storable, too_deep
from edu.assessments.data import (
    AnsweredAlready,
    Attempt,
    AttemptGraded,
    NoSuchAttempt,
    NotReady,
)
from edu.assessments.logic import lookup, moves
from edu.assessments.logic.registry import all_kinds, sheet_of
from edu.assessments.models import Attempt as AttemptRow
from edu.assessments.models import Quiz, QuizItem
from edu.common.codec import rfc3339
from edu.common.errors import NotFound
from edu.common.ids import parse_id
from edu.events.api import publish

RECENTLY = timedelta(hours=20)  # within it a question met again is remembered, not known
TWICE = timedelta(seconds=3)  # the same answer again within it is a double click
BY_HINTS = (1.0, 0.6, 0.4, 0.3, 0.15, 0.0)  # what an answer counts after so many hints
NOT_FIRST = 0.3
MOST_SECONDS = 3600.0
ANSWERABLE = (Quiz.Status.READY, Quiz.Status.RUNNING)


def answer(
    user: str, quiz: str, item: str, response: Any, seconds: float | None, now: datetime
) -> Attempt:
    """Grade one response. The lock on the question makes two at once one after the other."""
    row = lookup.quiz_row(user, quiz)
    if row.status not in ANSWERABLE:
        raise NotReady
    place = lookup.quiz_item_row(row, item, lock=True)
    kept = storable(response)
    again = _double(place, row, kept, now)
    if again is not None:
        return lookup.attempt(again, moves.key_open(place, row), place.option_order)
    if row.mode == "test" and place.tries:
        raise AnsweredAlready
    made = _write(
        place, row, kept, _grade(place, kept if too_deep(response) else response), seconds, now
    )
    place.tries += 1
    place.status = QuizItem.Status.DONE
    place.shown_at = made.shown_at
    place.save(update_fields=["tries", "status", "shown_at"])
    is_open = moves.key_open(place, row)
    if is_open:
        moves.note_key_seen(place, now)
    if made.status == AttemptRow.Status.GRADED:
        tell(made)
    return lookup.attempt(made, is_open, place.option_order)


def _double(place: QuizItem, row: Quiz, response: Any, now: datetime) -> AttemptRow | None:
    last = (
        AttemptRow.objects.filter(quiz=row, item=place.item)
        .select_related("item", "version")
        .order_by("-id")
        .first()
    )
    if last and last.response == response and now - last.answered_at <= TWICE:
        return last
    return None


def _grade(place: QuizItem, response: Any) -> Grade:
    if response in (None, "", []) or (isinstance(response, str) and not response.strip()):
        return Grade(0.0, gettext("Not known yet: an honest answer."), parsed=False)
    return all_kinds()[place.item.kind].grade(sheet_of(place.version), response)


def _write(
    place: QuizItem, row: Quiz, response: Any, grade: Grade, seconds: float | None, now: datetime
) -> AttemptRow:
    shown = min(place.shown_at or row.finished_at or row.created_at, now)
    seen = place.key_seen_at is not None or _seen_lately(place, row, now)
    before = AttemptRow.objects.filter(
        user=row.user, item=place.item, answered_at__gt=now - RECENTLY
    ).count()
    tries = 1 + max(before, place.tries)
    waits = all_kinds()[place.item.kind].needs_review(sheet_of(place.version))
    feedback = gettext("Your teacher grades this answer.") if waits else grade.feedback
    return AttemptRow.objects.create(
        user=row.user,
        course=row.course,
        objective=place.item.objective,
        quiz=row,
        item=place.item,
        version=place.version,
        response=response,
        status=AttemptRow.Status.NEEDS_REVIEW if waits else AttemptRow.Status.GRADED,
        score=None if waits else grade.score,
        correct=None if waits else grade.score >= 0.999,
        proposed=grade.score,
        feedback=feedback,
        confidence=grade.confidence,
        shown_at=shown,
        answered_at=now,
        seconds=_seconds(seconds, shown, now),
        hint_level=place.hint_level,
        try_number=tries,
        key_seen=seen,
        counts=weight(place.hint_level, tries, seen),
    )


def weight(hint_level: int, try_number: int, key_seen: bool) -> float:
    """Return how much an answer counts as evidence, 0..1."""
    if key_seen:
        return 0.0
    return round(BY_HINTS[min(hint_level, 5)] * (1.0 if try_number == 1 else NOT_FIRST), 4)


def _seen_lately(place: QuizItem, row: Quiz, now: datetime) -> bool:
    """Whether the learner saw this item's key in another quiz not long ago."""
    others = QuizItem.objects.filter(
        item=place.item, quiz__user=row.user, key_seen_at__gt=now - RECENTLY
    )
    return others.exclude(id=place.id).exists()


def _seconds(measured: float | None, shown: datetime, now: datetime) -> float:
    passed = (now - shown).total_seconds()
    if measured is not None and 0 <= measured <= passed + 5:
        passed = measured
    return round(min(MOST_SECONDS, max(0.0, passed)), 3)


def tell(row: AttemptRow) -> None:
    """Publish that an attempt has its grade."""
    kind, sheet = all_kinds()[row.item.kind], sheet_of(row.version)
    publish(
        AttemptGraded(
            attempt=str(row.id),
            user=str(row.user),
            course=str(row.course),
            objective=str(row.objective),
            item=str(row.item_id),
            score=float(row.score or 0.0),
            counts=row.counts,
            hint_level=row.hint_level,
            try_number=row.try_number,
            key_seen=row.key_seen,
            seconds=row.seconds,
            answered_at=rfc3339(row.answered_at),
            kind=kind.name,
            guess=kind.luck(sheet),
            chosen=kind.chosen(sheet, row.response),
        )
    )


def attempt_of(user: str, attempt: str) -> Attempt:
    """Return the attempt to whoever made it, while they are in its course."""
    try:
        wanted = parse_id(attempt)
    except NotFound:
        raise NoSuchAttempt from None
    row = (
        AttemptRow.objects.filter(id=wanted, user=parse_id(user))
        .select_related("item", "version", "quiz")
        .first()
    )
    if row is None or not lookup.still_in(user, row.course):
        raise NoSuchAttempt
    return lookup.attempt(row, _open_for(row))


def attempts(
    user: str, course: str | None, objective: str | None, quiz: str | None, limit: int
) -> list[Attempt]:
    """Return the person's attempts, newest first."""
    rows = AttemptRow.objects.filter(user=parse_id(user))
    if course:
        rows = rows.filter(course=parse_id(course))
    if objective:
        rows = rows.filter(objective=parse_id(objective))
    if quiz:
        rows = rows.filter(quiz_id=parse_id(quiz))
    found = rows.select_related("item", "version", "quiz").order_by("-id")[
        : max(1, min(limit, 500))
    ]
    tests: dict[Any, bool] = {}
    orders = lookup.orders(found)
    made = []
    for row in found:
        if row.quiz is not None and row.quiz.mode == "test":
            is_open = tests.setdefault(row.quiz_id, _open_for(row))
        else:
            is_open = True
        made.append(lookup.attempt(row, is_open, orders.get(row.id, [])))
    return made


def _open_for(row: AttemptRow) -> bool:
    """An attempt is itself a first try, so only a test still keeps its key."""
    if row.quiz is None or row.quiz.mode != "test":
        return True
    return not row.quiz.quiz_items.filter(tries=0).exists()
