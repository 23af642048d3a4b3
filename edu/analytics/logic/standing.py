"""How somebody stands: mastery rows read as of now, and how they got there."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from edu.analytics import data
from edu.analytics.logic import belief as beliefs
from edu.analytics.logic import words
from edu.analytics.models import Mastery, Movement
from edu.courses import api as courses
from edu.courses.data import ACCEPTED, Objective

MOST_POINTS = 200


def belief_of(row: Mastery) -> beliefs.Belief:
    """Return a row as the formula takes it, as of its last evidence."""
    return beliefs.Belief(
        prior=row.prior,
        right=row.right,
        wrong=row.wrong,
        half_life=row.half_life_days,
        at=row.updated_at,
        attempts=row.attempts,
        recent=tuple(row.recent),
    )


def hold(user: UUID, course: UUID, objective: UUID, at: datetime) -> Mastery:
    """Return the row of this learner and objective, made if need be, locked until the transaction
    ends. A new row takes its prior from what is known of the prerequisites now."""
    key = {"user": user, "course": course, "objective": objective}
    if not Mastery.objects.filter(**key).exists():
        start = beliefs.Belief(prior=_prior(user, course, objective, at))
        low, high = beliefs.interval(start)
        row = Mastery(
            **key,
            prior=start.prior,
            half_life_days=start.half_life,
            p=start.p,
            low=low,
            high=high,
            updated_at=at,
        )
        Mastery.objects.bulk_create([row], ignore_conflicts=True)
    return Mastery.objects.select_for_update().get(**key)


def _prior(user: UUID, course: UUID, objective: UUID, now: datetime) -> float:
    wanted = str(objective)
    for each in courses.objectives(course=str(course), status=None):
        if each.id == wanted and each.prerequisites:
            known = rows_now(user, course, now)
            return beliefs.prior_mean(known[p].p for p in each.prerequisites if p in known)
    return beliefs.PRIOR_MEAN


def rows_now(user: UUID, course: UUID, now: datetime) -> dict[str, beliefs.Belief]:
    """Return the beliefs about `user` in `course` as of `now`, by objective id; evidence only."""
    rows = Mastery.objects.filter(user=user, course=course, attempts__gt=0)
    return {str(row.objective): beliefs.faded(belief_of(row), now) for row in rows}


def shown(course: UUID, known: set[str]) -> list[Objective]:
    """Return the objectives of `course` that are worth showing: the accepted ones, and those that have
    evidence (their ids are in `known`) though nobody has accepted them yet. The root is among them
    only when it has evidence or nothing else is there."""
    every = courses.objectives(course=str(course), status=None)
    found = [
        each for each in every if each.id in known or (each.status == ACCEPTED and not each.root)
    ]
    return found or [each for each in every if each.root]


def of_course(user: UUID, course: UUID, now: datetime) -> list[data.Mastery]:
    """Return the standing on every accepted objective of `course`, in their order."""
    rows = {
        str(row.objective): row
        for row in Mastery.objects.filter(user=user, course=course, attempts__gt=0)
    }
    return with_rows(shown(course, set(rows)), rows, now)


def with_rows(
    objectives: Sequence[Objective], rows: dict[str, Mastery], now: datetime
) -> list[data.Mastery]:
    """Return the standing of one learner, whose rows by objective id are `rows`."""
    current = {key: beliefs.faded(belief_of(row), now) for key, row in rows.items()}
    every = [
        current.get(each.id)
        or beliefs.Belief(
            prior=beliefs.prior_mean(current[p].p for p in each.prerequisites if p in current)
        )
        for each in objectives
    ]
    made = []
    for each, belief, (low, high) in zip(objectives, every, beliefs.intervals(every), strict=True):
        row = rows.get(each.id)
        if row is None:
            why = words.say({"text": words.NOTHING, "after": words.number(belief.p)})
        else:
            why = words.standing(row.reason, row.p, belief.p, row.updated_at, now)
        made.append(
            data.Mastery(
                objective=each.id,
                p=belief.p,
                low=low,
                high=high,
                attempts=belief.attempts,
                enough=row is not None and beliefs.enough(low, high),
                why=why,
                updated_at=row.updated_at if row else None,
                peak=row.p if row else belief.p,
            )
        )
    return made


def of_objective(user: UUID, objective: UUID, now: datetime) -> float | None:
    """Return mastery (0..1) now; None without evidence."""
    row = Mastery.objects.filter(user=user, objective=objective, attempts__gt=0).first()
    return beliefs.faded(belief_of(row), now).p if row else None


def movements(user: UUID, course: UUID | None, limit: int) -> list[data.Movement]:
    """Return the last movements, newest first."""
    rows = Movement.objects.filter(user=user, **({"course": course} if course else {}))
    rows = rows.order_by("-at", "-attempt")[: max(1, min(200, limit))]
    return [
        data.Movement(
            user=str(row.user),
            course=str(row.course),
            objective=str(row.objective),
            before=row.before,
            after=row.after,
            low=row.low,
            high=row.high,
            why=words.say(row.reason),
            at=row.at,
        )
        for row in rows
    ]


def history(user: UUID, course: UUID, now: datetime) -> list[data.Series]:
    """Return the movements of each objective as a line that ends now, in the objectives' order."""
    newest = Window(RowNumber(), partition_by="objective", order_by=F("at").desc())
    rows = (
        Movement.objects.filter(user=user, course=course)
        .annotate(rank=newest)
        .filter(rank__lte=MOST_POINTS)
        .order_by("at", "attempt")
    )
    lines: dict[str, list[data.Point]] = {}
    for row in rows:
        line = lines.setdefault(str(row.objective), [])
        line.append(data.Point(at=row.at, p=row.after, low=row.low, high=row.high))
    current = rows_now(user, course, now)
    order = [each.id for each in shown(course, set(current)) if each.id in current]
    ends = beliefs.intervals([current[key] for key in order])
    return [
        data.Series(
            objective=key,
            points=[
                *lines.get(key, []),
                data.Point(at=now, p=current[key].p, low=low, high=high),
            ],
        )
        for key, (low, high) in zip(order, ends, strict=True)
    ]
