"""What people did, what it says about what they know, and what they had best do next.

Facts that come in (`take_attempt`, `move`, `forget_course`) are idempotent. Everything that goes out
is as of now: evidence fades while nobody looks.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone

from edu.analytics.data import (
    Activity,
    Advice,
    Day,
    Forecast,
    Insights,
    Mastery,
    Movement,
    NextDate,
    Recalled,
    Review,
    Series,
)
from edu.analytics.logic import (
    advice,
    cards,
    course_insights,
    evidence,
    held,
    keeping,
    selfrated,
    standing,
    timeline,
)
from edu.assessments.data import AttemptGraded
from edu.common import held as holding
from edu.common.held import Kind, Personal
from edu.common.ids import parse_id
from edu.courses import api as courses


@transaction.atomic
def record(
    *,
    user: str,
    course: str,
    verb: str,
    thing: str = "",
    seconds: float = 0.0,
    detail: dict[str, Any] | None = None,
    event: str | None = None,
) -> None:
    """Write down that `user` did `verb` ("asked", "read", "hinted") to `thing` (an id) in `course`
    for `seconds`. The same `event` (a UUID) is written once, however often it is told."""
    timeline.record(
        user=parse_id(user),
        course=parse_id(course),
        verb=verb,
        thing=thing,
        seconds=seconds,
        detail=detail or {},
        event=parse_id(event) if event else None,
        now=timezone.now(),
    )


@transaction.atomic
def take_attempt(*, fact: AttemptGraded, event: str) -> None:
    """Enter a graded attempt: mastery, its movement and the item's review date follow. A replay of
    `event` changes nothing; another event for the same attempt with another grade replaces it."""
    evidence.take(fact, parse_id(event), timezone.now())


@transaction.atomic
def move(*, course: str, moved: dict[str, str]) -> None:
    """Give the evidence of each objective that is gone to the one that takes it over."""
    keeping.move(parse_id(course), moved, timezone.now())


@transaction.atomic
def forget_course(*, course: str) -> None:
    """Delete all that is held about `course`."""
    keeping.forget_course(parse_id(course))


def mastery(*, user: str, course: str) -> list[Mastery]:
    """Return how `user` stands on every accepted objective of `course`, in their order; those without
    evidence too. A proposed objective is among them once it has evidence, and so is the course's
    root, which also stands alone where there is no other. No access check: the caller has made it."""
    return standing.of_course(parse_id(user), parse_id(course), timezone.now())


def mastery_of(*, user: str, objective: str) -> float | None:
    """Return the mastery (0..1) of `user` on `objective` now; None where there is no evidence."""
    return standing.of_objective(parse_id(user), parse_id(objective), timezone.now())


def movements(*, user: str, course: str | None = None, limit: int = 10) -> list[Movement]:
    """Return the last `limit` (1 to 200) movements of `user`, newest first."""
    return standing.movements(parse_id(user), parse_id(course) if course else None, limit)


def history(*, user: str, course: str) -> list[Series]:
    """Return how mastery of each objective of `course` went, up to now; objectives without evidence
    are left out. At most the last 200 points of each."""
    return standing.history(parse_id(user), parse_id(course), timezone.now())


def reviews(*, user: str, course: str | None = None) -> list[Review]:
    """Return the items that `user` has answered and that may still be asked, with when each is due,
    the most urgent first."""
    return cards.reviews(parse_id(user), parse_id(course) if course else None, timezone.now())


def due_people(*, limit: int = 10_000) -> dict[str, int]:
    """Return who has reviews due now, and how many; those most in arrears first. For reminders."""
    return cards.due_people(timezone.now(), limit)


def rate(*, user: str, item: str, rating: str) -> Review:
    """Let `user` say how hard the last recall of `item` was: "hard", "good" or "easy". It moves the
    item's next date and nothing else. Raises NoSuchReview, and CannotRate when the last answer was
    not right or `rating` is "again" or unknown."""
    with transaction.atomic():
        return cards.rate(parse_id(user), parse_id(item), rating, timezone.now())


def next_dates(*, user: str, item: str) -> list[NextDate]:
    """Return when `item` would come back if `user` recalled it now: a date for each rating. Raises
    NoSuchReview."""
    return cards.next_dates(parse_id(user), parse_id(item), timezone.now())


@transaction.atomic
def recall(*, user: str, item: str, rating: str) -> Review:
    """Enter what `user` says of their own recall of a question that is due: "again", "hard", "good" or
    "easy". It moves the next date, and mastery a quarter as far as a graded answer. Raises NoSuchReview,
    NotDue, Invalid (rating)."""
    return selfrated.recall(parse_id(user), parse_id(item), rating, timezone.now())


def recalled(*, user: str, hours: int = 24, limit: int = 8) -> list[Recalled]:
    """Return the items that `user` answered right within the last `hours`, newest first, each with the
    dates at which it would come back for each rating."""
    return cards.recalled(parse_id(user), hours, limit, timezone.now())


def forecast(*, user: str, course: str | None = None, days: int = 14) -> list[Forecast]:
    """Return how many reviews fall due on each of the next `days` days, today (with all that is
    overdue) first, in the person's own time zone."""
    return cards.forecast(
        parse_id(user), parse_id(course) if course else None, days, timezone.now()
    )


def advise(*, user: str, course: str) -> list[Advice]:
    """Return the best next things for `user` in `course`, best first, each with its reason; the same
    books give the same order. Empty only when the course has no objective at all."""
    return advice.advise(parse_id(user), parse_id(course), timezone.now())


def days(*, user: str, days: int = 7, course: str | None = None) -> list[Day]:
    """Return the minutes and answers of each of the last `days` days, oldest first, today last, in
    the person's own time zone; days without work are there with zeros."""
    return timeline.days(parse_id(user), parse_id(course) if course else None, days, timezone.now())


def activity(*, user: str, course: str | None = None, days: int = 30) -> list[Activity]:
    """Return what the time of the last `days` days went into, the most first."""
    return timeline.activity(
        parse_id(user), parse_id(course) if course else None, days, timezone.now()
    )


def insights(*, user: str, course: str) -> Insights:
    """Return what `user` may see of `course`. Raises NoSuchCourse for strangers and Denied for those
    whose role does not show them others, as learners."""
    courses.course(user=user, course=course, need="see_insights")
    return course_insights.of(user, parse_id(course), timezone.now())


def insights_state(*, course: str) -> str:
    """Return a word that is another as soon as anything is that analytics itself brings to the insights of
    a course. No access check: nothing can be read from it."""
    return course_insights.state(parse_id(course))


# --- privacy ------------------------------------------------------------------------------------


def held_of_person(*, user: str) -> list[Kind]:
    """Return what is held of a person."""
    return holding.kinds(held.RULES, {"id": parse_id(user)})


def export_person(*, user: str) -> Personal:
    """Return all that is held of a person."""
    return holding.export(held.RULES, {"id": parse_id(user)})


def erase_person(*, user: str) -> dict[str, int]:
    """Erase a person; return how many rows of each table went, or name nobody now."""
    return holding.erase(held.RULES, {"id": parse_id(user)})
