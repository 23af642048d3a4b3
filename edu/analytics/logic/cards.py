"""When an item should come back: FSRS 6 (Ye et al., "A stochastic shortest path algorithm for optimizing
spaced repetition scheduling", KDD 2022; the `fsrs` package with its published default weights).

A card is the fold of the evidence on one item, so replays and late arrivals make no difference. Nothing is
left to chance: the package's random spread of dates is off.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from fsrs import Card, Rating, Scheduler, State

from edu.analytics import data
from edu.analytics.logic import timeline
from edu.analytics.models import Evidence, ReviewCard
from edu.assessments import api as assessments
from edu.courses import api as courses

RETENTION = 0.9
SOON = timedelta(minutes=10)
DAY = 86_400.0
PASSED = 0.5  # a score below this is no recall
SELF_RATED = "recall"  # kind of evidence that is the person's own word

_scheduler = Scheduler(
    desired_retention=RETENTION,
    learning_steps=(SOON,),
    relearning_steps=(SOON,),
    enable_fuzzing=False,
)
_DECAY = -_scheduler.parameters[20]
_FACTOR = 0.9 ** (1.0 / _DECAY) - 1.0


@dataclass(frozen=True)
class Folded:
    """What all passes together make: the card's state, how many passes counted, how often it was
    forgotten after it had been learnt, and the last rating."""

    state: State
    step: int | None
    stability: float
    difficulty: float
    due_at: datetime
    reviewed_at: datetime
    reviews: int
    lapses: int
    rating: Rating


@dataclass(frozen=True)
class Pass:
    """One time that an item was met: `rating` None where it shows nothing (the key had been seen)."""

    at: datetime
    rating: Rating | None


def rating_of(row: Evidence) -> Rating | None:
    """Return how well the item was recalled: what the person said of a right answer, else "again" for
    a wrong one, "hard" for a part, a hint or a second try, "good" for a right unaided one, and None
    for a right one after the key was seen, which is reading and not recall."""
    if row.score < PASSED:
        return Rating.Again
    if row.key_seen:
        return None
    if row.rating:
        return Rating(row.rating)
    full = row.score >= 1.0 - 1e-9 and row.hint_level == 0 and row.try_number <= 1
    return Rating.Good if full else Rating.Hard


def fold(passes: Iterable[Pass]) -> Folded | None:
    """Return the card after all `passes` (in the order of time); None without any. An item that was
    first met with its key shown starts as not recalled."""
    card, count, lapses, last = Card(card_id=1), 0, 0, Rating.Again
    for each in passes:
        if each.rating is None and count:
            continue
        last = each.rating or Rating.Again
        lapses += last == Rating.Again and card.state == State.Review
        card, _log = _scheduler.review_card(card, last, each.at.astimezone(UTC))
        count += 1
    if card.stability is None or card.difficulty is None or card.last_review is None:
        return None
    return Folded(
        state=card.state,
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        due_at=card.due,
        reviewed_at=card.last_review,
        reviews=count,
        lapses=lapses,
        rating=last,
    )


def retrievability(stability: float, reviewed_at: datetime, now: datetime) -> float:
    """Return the chance (0..1) of recall now: FSRS's forgetting curve, with parts of days counted."""
    elapsed = max(0.0, (now - reviewed_at).total_seconds() / DAY)
    return float((1.0 + _FACTOR * elapsed / stability) ** _DECAY)


def _rows(user: UUID, item: UUID) -> list[Evidence]:
    return list(Evidence.objects.filter(user=user, item=item).order_by("answered_at", "attempt"))


def work_out(user: UUID, item: UUID) -> None:
    """Write the card of `user` and `item` anew from the evidence."""
    rows = _rows(user, item)
    folded = fold(Pass(row.answered_at, rating_of(row)) for row in rows)
    if folded is None:
        ReviewCard.objects.filter(user=user, item=item).delete()
        return
    ReviewCard.objects.update_or_create(
        user=user,
        item=item,
        defaults={
            "course": rows[-1].course,
            "objective": rows[-1].objective,
            "state": folded.state.value,
            "step": folded.step,
            "stability": folded.stability,
            "difficulty": folded.difficulty,
            "due_at": folded.due_at,
            "reviewed_at": folded.reviewed_at,
            "reviews": folded.reviews,
            "lapses": folded.lapses,
            "rating": folded.rating.value,
        },
    )


def reviews(user: UUID, course: UUID | None, now: datetime) -> list[data.Review]:
    """Return the cards of `user`: what is due first, what fades most before the rest."""
    return sorted(
        (_review(row, now) for row in _alive(user, course)),
        key=lambda each: (each.due_at > now, each.retrievability, each.due_at, each.item),
    )


def _alive(user: UUID, course: UUID | None) -> list[ReviewCard]:
    """Return the cards of items that may still be asked: a retired one rests until it is restored."""
    rows = list(ReviewCard.objects.filter(user=user, **({"course": course} if course else {})))
    places = list({str(row.course) for row in rows})
    mine = courses.courses_by_id(courses=places, user=str(user), need="learn") if rows else {}
    rows = [row for row in rows if str(row.course) in mine]
    usable = set(assessments.usable(items=[str(row.item) for row in rows])) if rows else set()
    return [row for row in rows if str(row.item) in usable]


def _still_in(user: UUID, course: UUID) -> bool:
    """Whoever has left a course has left its reviews, until they come back."""
    return bool(courses.courses_by_id(courses=[str(course)], user=str(user), need="learn"))


def due_people(now: datetime, limit: int) -> dict[str, int]:
    """Return how many reviews each person has due, of items that may still be asked."""
    rows = list(ReviewCard.objects.filter(due_at__lte=now).values_list("user", "item"))
    usable = set(assessments.usable(items=[str(item) for item in {item for _user, item in rows}]))
    counts = Counter(str(user) for user, item in rows if str(item) in usable)
    return dict(counts.most_common(limit))


def _review(row: ReviewCard, now: datetime) -> data.Review:
    return data.Review(
        item=str(row.item),
        objective=str(row.objective),
        due_at=row.due_at,
        retrievability=retrievability(row.stability, row.reviewed_at, now),
        course=str(row.course),
        reviews=row.reviews,
        answered_at=row.reviewed_at,
    )


def rate(user: UUID, item: UUID, rating: str, now: datetime) -> data.Review:
    """Let the person say how hard the last recall was; the card follows."""
    last = _last(user, item)
    if rating not in data.RATINGS[1:] or not _may_choose(last):
        raise data.CannotRate
    last.rating = data.RATINGS.index(rating) + 1
    last.save(update_fields=["rating"])
    work_out(user, item)
    return _review(ReviewCard.objects.get(user=user, item=item), now)


def recalled(user: UUID, hours: int, limit: int, now: datetime) -> list[data.Recalled]:
    """Return what was answered right of late, with the dates that each rating would give."""
    rows = Evidence.objects.filter(user=user, answered_at__gte=now - timedelta(hours=hours))
    items: dict[UUID, Evidence] = {}
    for row in rows.order_by("-answered_at", "-attempt")[:200]:
        items.setdefault(row.item, row)
    graded = (row for row in items.values() if row.kind != SELF_RATED)
    newest = [row for row in graded if _may_choose(row)][: max(1, min(50, limit))]
    passes: dict[UUID, list[Pass]] = {row.item: [] for row in newest}
    every = Evidence.objects.filter(user=user, item__in=list(passes))
    for row in every.order_by("answered_at", "attempt"):
        passes[row.item].append(Pass(row.answered_at, rating_of(row)))
    return [
        data.Recalled(
            item=str(row.item),
            objective=str(row.objective),
            course=str(row.course),
            answered_at=row.answered_at,
            dates=_dates(passes[row.item]),
        )
        for row in newest
    ]


def next_dates(user: UUID, item: UUID, now: datetime) -> list[data.NextDate]:
    """Return when the item would come back for each rating that it may be given now."""
    passes = [Pass(row.answered_at, rating_of(row)) for row in _rows(user, item)]
    if not passes:
        raise data.NoSuchReview
    one(user, item, now)  # the access rule
    found = []
    for rating in Rating:
        folded = fold([*passes, Pass(now, rating)])
        if folded:
            found.append(data.NextDate(data.RATINGS[rating - 1], folded.due_at))
    return found


def one(user: UUID, item: UUID, now: datetime) -> data.Review:
    """THE access rule of reviews: return one card as of now; raise NoSuchReview."""
    row = ReviewCard.objects.filter(user=user, item=item).first()
    if row is None or not _still_in(user, row.course):
        raise data.NoSuchReview
    return _review(row, now)


def _dates(passes: list[Pass]) -> list[data.NextDate]:
    """Return when the item would come back for each rating that the last pass may be given."""
    *before, last = passes
    found = []
    for rating in (Rating.Hard, Rating.Good, Rating.Easy):
        folded = fold([*before, Pass(last.at, rating)])
        if folded:
            name = data.RATINGS[rating - 1]
            found.append(data.NextDate(name, folded.due_at, rating == last.rating))
    return found


def _last(user: UUID, item: UUID) -> Evidence:
    rows = Evidence.objects.filter(user=user, item=item)
    row = rows.order_by("-answered_at", "-attempt").first()
    if row is None or not _still_in(user, row.course):
        raise data.NoSuchReview
    return row


def _may_choose(row: Evidence) -> bool:
    """Only of an answer that was recalled can one say how hard it was."""
    return row.score >= PASSED and not row.key_seen


def forecast(user: UUID, course: UUID | None, length: int, now: datetime) -> list[data.Forecast]:
    """Return how many reviews fall due on each of the next days, all that is overdue today."""
    home = timeline.zone(user)
    today = now.astimezone(home).date()
    due = (row.due_at.astimezone(home).date() for row in _alive(user, course))
    counts = Counter(max(today, each) for each in due)
    dates = [today + timedelta(days=ahead) for ahead in range(max(1, min(90, length)))]
    return [data.Forecast(on=each.isoformat(), reviews=counts[each]) for each in dates]
