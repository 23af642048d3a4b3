"""A course as its teachers see it: learners by objectives, items, patterns, alerts. A fixed number of
queries, whatever the size of the course."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, Max, Q, Sum
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from edu.analytics.data import Cell, Insights, ItemRow, LearnerRow, ObjectiveRow
from edu.analytics.logic import alerts, figures, patterns, standing
from edu.analytics.logic import belief as beliefs
from edu.analytics.models import Evidence, Interaction, Mastery
from edu.assessments import api as assessments
from edu.common.ids import parse_id
from edu.courses import api as courses
from edu.courses.data import LEARNER, OBSERVER, Member, Objective
from edu.users import api as users

SMALL = 5
MONTH = timedelta(days=30)


def of(user: str, course: UUID, now: datetime) -> Insights:
    """Return the insights of `course` for `user`, who may see them."""
    members = _learners(courses.members(user=user, course=str(course)))
    ids = [parse_id(each) for each in members]
    names = {key: each.display_name for key, each in users.people(users=list(members)).items()}
    rows = _mastery(course, ids)
    objectives = standing.shown(course, {key for mine in rows.values() for key in mine})
    tries = figures.first_tries(course, ids)
    questions = assessments.questions(items=sorted({str(each.item) for each in tries}))
    titles = {each.id: each.title for each in objectives}
    learners = _rows(course, ids, names, objectives, rows, tries, now)
    small = len(learners) < SMALL
    return Insights(
        course=str(course),
        at=now,
        learners=learners,
        objectives=_objectives(objectives, learners),
        items=[
            ItemRow(
                item=each.item,
                stem=questions[each.item].stem if each.item in questions else "",
                kind=each.kind,
                objective=each.objective,
                n=each.n,
                difficulty=each.difficulty,
                low=each.low,
                high=each.high,
                discrimination=each.discrimination,
                note=each.note,
            )
            for each in figures.of_items(tries)
        ],
        patterns=[
            *patterns.distractors(tries, questions),
            *patterns.asked(course, ids, titles, now),
            *patterns.hinted(course, ids, questions),
        ],
        alerts=alerts.find(learners, members, titles, alerts.peaks(course, ids, now), now),
        small=small,
        notes=_notes(len(learners), small),
    )


def state(course: UUID) -> str:
    """Return a digest of what is counted here of `course`: three aggregates, no rows."""
    seen = [
        Evidence.objects.filter(course=course).aggregate(
            Count("id"), Sum("score"), Sum("counts"), told=Max(Cast("event", CharField()))
        ),
        Mastery.objects.filter(course=course).aggregate(
            Count("id"), Max("updated_at"), Sum("attempts")
        ),
        Interaction.objects.filter(course=course).aggregate(Count("id"), Max("at"), Sum("seconds")),
    ]
    return sha256(repr([list(each.values()) for each in seen]).encode()).hexdigest()


def _learners(members: Sequence[Member]) -> dict[str, Member]:
    """Return the learners by id; where nobody has that role (a course of one's own), all who
    do not only look on."""
    learners = {each.user: each for each in members if each.role == LEARNER}
    return learners or {each.user: each for each in members if each.role != OBSERVER}


def _notes(count: int, small: bool) -> list[str]:
    if not count:
        return [_("Nobody learns here yet.")]
    if small:
        return [
            _(
                "With fewer than %(few)s learners every share is about single people. "
                "Read the figures as what happened, not as what is typical."
            )
            % {"few": SMALL}
        ]
    return []


def _mastery(course: UUID, ids: Sequence[UUID]) -> dict[str, dict[str, Mastery]]:
    found: dict[str, dict[str, Mastery]] = defaultdict(dict)
    rows = Mastery.objects.filter(course=course, user__in=ids, attempts__gt=0).defer("reason")
    for row in rows:
        found[str(row.user)][str(row.objective)] = row
    return found


def _rows(
    course: UUID,
    ids: Sequence[UUID],
    names: dict[str, str],
    objectives: Sequence[Objective],
    rows: dict[str, dict[str, Mastery]],
    tries: Sequence[figures.FirstTry],
    now: datetime,
) -> list[LearnerRow]:
    seen: dict[UUID, dict[str, Any]] = {
        row["user"]: dict(row)
        for row in Interaction.objects.filter(course=course, user__in=ids)
        .values("user")
        .annotate(last=Max("at"), total=Sum("seconds", filter=Q(at__gte=now - MONTH)))
    }
    answers: dict[UUID, list[float]] = defaultdict(list)
    for each in tries:
        answers[each.user].append(each.score)
    cells = _cells([str(each) for each in ids], objectives, rows, now)
    found = [
        LearnerRow(
            user=str(each),
            name=names.get(str(each), ""),
            cells=cells[str(each)],
            answers=len(answers[each]),
            right=sum(score >= 1.0 - 1e-9 for score in answers[each]),
            minutes=(seen[each]["total"] or 0.0) / 60 if each in seen else 0.0,
            last_at=seen[each]["last"] if each in seen else None,
        )
        for each in ids
    ]
    return sorted(found, key=lambda each: (each.name.casefold(), each.user))


def _cells(
    ids: Sequence[str],
    objectives: Sequence[Objective],
    rows: dict[str, dict[str, Mastery]],
    now: datetime,
) -> dict[str, list[Cell]]:
    """Return each learner's cells; all intervals are worked out in one go."""
    places = [
        (user, each.id, beliefs.faded(standing.belief_of(rows[user][each.id]), now))
        for user in ids
        for each in objectives
        if user in rows and each.id in rows[user]
    ]
    bounds = beliefs.intervals([belief for _user, _objective, belief in places])
    made = {
        (user, objective): Cell(
            objective=objective,
            p=belief.p,
            low=low,
            high=high,
            attempts=belief.attempts,
            enough=beliefs.enough(low, high),
        )
        for (user, objective, belief), (low, high) in zip(places, bounds, strict=True)
    }
    blank = beliefs.Belief()
    low, high = beliefs.interval(blank)
    return {
        user: [
            made.get((user, each.id)) or Cell(each.id, blank.p, low, high, 0, False)
            for each in objectives
        ]
        for user in ids
    }


def _objectives(
    objectives: Sequence[Objective], learners: Sequence[LearnerRow]
) -> list[ObjectiveRow]:
    found = []
    for place, each in enumerate(objectives):
        sure = [row.cells[place].p for row in learners if row.cells[place].enough]
        found.append(
            ObjectiveRow(
                objective=each.id,
                title=each.title,
                learners=len(sure),
                mean=sum(sure) / len(sure) if sure else None,
            )
        )
    return found
