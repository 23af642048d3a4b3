"""A graded attempt comes in: it is written down once, and what it says is worked out anew."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from edu.analytics.logic import cards, standing, timeline, words
from edu.analytics.logic.belief import Answer, Belief, fold, interval, intervals
from edu.analytics.models import Evidence, Mastery, Movement
from edu.assessments.data import AttemptGraded
from edu.common.ids import parse_id


def share(value: float) -> float:
    """Return `value` held within 0 and 1."""
    return min(1.0, max(0.0, float(value)))


def _moment(text: str, now: datetime) -> datetime:
    """Return the time that `text` (RFC 3339) spells, never later than `now`."""
    moment = datetime.fromisoformat(text)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(moment.astimezone(UTC), now)


def take(fact: AttemptGraded, event: UUID, now: datetime) -> bool:
    """Enter `fact`; False when it changes nothing because it was entered before."""
    told: dict[str, Any] = {
        "event": event,
        "user": parse_id(fact.user),
        "course": parse_id(fact.course),
        "objective": parse_id(fact.objective),
        "item": parse_id(fact.item),
        "kind": fact.kind[:40],
        "score": share(fact.score),
        "counts": share(fact.counts),
        "guess": share(fact.guess),
        "chosen": [str(each) for each in fact.chosen],
        "hint_level": max(0, fact.hint_level),
        "try_number": max(1, fact.try_number),
        "key_seen": fact.key_seen,
        "seconds": timeline.sensible(fact.seconds),
        "answered_at": _moment(fact.answered_at, now),
    }
    attempt = parse_id(fact.attempt)
    # Whoever holds the row of the mastery works on this learner and objective alone.
    mastery = standing.hold(told["user"], told["course"], told["objective"], told["answered_at"])
    row = Evidence.objects.filter(attempt=attempt).first()
    if row is not None and (row.event == event or _same(row, told)):
        return False
    if row is None:
        row = Evidence.objects.create(attempt=attempt, **told)
        timeline.answered(row)
    else:
        for name, value in told.items():
            setattr(row, name, value)
        row.save()
    work_out(mastery, attempt)
    cards.work_out(row.user, row.item)
    return True


def _same(row: Evidence, told: dict[str, object]) -> bool:
    """Whether nothing that matters for mastery has changed."""
    names = ("score", "counts", "key_seen", "objective", "guess", "hint_level")
    return all(getattr(row, name) == told[name] for name in names)


def work_out(mastery: Mastery, newest: UUID | None = None) -> None:
    """Work `mastery` out from all of its evidence. `newest` is the attempt that has just come; when it
    is the last in time, only its movement is written, else all movements are written anew."""
    rows = list(
        Evidence.objects.filter(
            user=mastery.user, course=mastery.course, objective=mastery.objective
        ).order_by("answered_at", "attempt")
    )
    answers = [answer_of(row) for row in rows]
    steps = fold(mastery.prior, answers)
    if not steps:
        mastery.delete()
        return
    last = steps[-1][1]
    store(mastery, last, words.reason(answers[-1], *steps[-1]))
    alone = newest == rows[-1].attempt
    start = len(rows) - 1 if alone else 0
    _write_movements(rows[start:], answers[start:], steps[start:])


def answer_of(row: Evidence) -> Answer:
    """Return a row of evidence as the formula takes it."""
    return Answer(
        at=row.answered_at,
        score=row.score,
        counts=row.counts,
        guess=row.guess,
        key_seen=row.key_seen,
        hint_level=row.hint_level,
        try_number=row.try_number,
        told=row.kind == cards.SELF_RATED,
    )


def store(mastery: Mastery, belief: Belief, reason: words.Reason) -> None:
    """Write `belief` into its row."""
    mastery.right, mastery.wrong = belief.right, belief.wrong
    mastery.half_life_days, mastery.attempts = belief.half_life, belief.attempts
    mastery.p = belief.p
    mastery.low, mastery.high = interval(belief)
    mastery.recent = list(belief.recent)
    mastery.reason = reason
    mastery.updated_at = belief.at or mastery.updated_at
    mastery.full_clean(validate_unique=False, validate_constraints=False)
    mastery.save()


def _write_movements(
    rows: Sequence[Evidence],
    answers: Sequence[Answer],
    steps: Sequence[tuple[Belief, Belief]],
) -> None:
    bounds = intervals([after for _before, after in steps])
    Movement.objects.bulk_create(
        [
            Movement(
                attempt=row.attempt,
                user=row.user,
                course=row.course,
                objective=row.objective,
                before=before.p,
                after=after.p,
                low=low,
                high=high,
                reason=words.reason(answer, before, after),
                at=row.answered_at,
            )
            for row, answer, (before, after), (low, high) in zip(
                rows, answers, steps, bounds, strict=True
            )
        ],
        update_conflicts=True,
        unique_fields=["attempt"],
        update_fields=["objective", "before", "after", "low", "high", "reason", "at"],
    )
