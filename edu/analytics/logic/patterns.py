"""What shows across learners: wrong answers that many choose, questions that many ask, hints that many need.

A wrong answer or a question is named only when at least two people share it, so that nobody is shown
around by a figure that is meant to be about the course.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q

from edu.analytics.data import Pattern
from edu.analytics.logic.figures import FirstTry
from edu.analytics.models import Evidence, Interaction
from edu.assessments.data import Question

SHARED_BY = 2
MOST = 10
ASKED = "asked"
LOOK_BACK = timedelta(days=90)
MOST_QUESTIONS = 5000


def distractors(
    tries: Sequence[FirstTry], questions: Mapping[str, Question], share_from: int = SHARED_BY
) -> list[Pattern]:
    """Return the wrong options that most learners chose, those with the greatest share first."""
    chosen: dict[str, Counter[str]] = defaultdict(Counter)
    right: dict[str, set[str]] = defaultdict(set)
    n: Counter[str] = Counter()
    for each in tries:
        key = str(each.item)
        n[key] += 1
        if each.score >= 1.0 - 1e-9:
            right[key] |= set(each.chosen)
        else:
            chosen[key].update(each.chosen)
    found = []
    for key, counts in chosen.items():
        question = questions.get(key)
        texts = {option.id: option.text for option in question.options} if question else {}
        for option, count in counts.items():
            if question and option in texts and option not in right[key] and count >= share_from:
                share = count / n[key]
                found.append(
                    Pattern("distractor", key, question.stem, texts[option], count, n[key], share)
                )
    found.sort(key=lambda each: (-each.share, -each.count, each.title, each.label))
    return found[:MOST]


def hinted(course: UUID, users: Sequence[UUID], questions: Mapping[str, Question]) -> list[Pattern]:
    """Return the items at which most answers needed a hint."""
    rows = (
        Evidence.objects.filter(course=course, user__in=users)
        .values("item")
        .annotate(
            n=Count("user", distinct=True),
            helped=Count("user", distinct=True, filter=Q(hint_level__gt=0)),
        )
        .filter(helped__gte=SHARED_BY)
        .order_by("-helped", "item")[:MOST]
    )
    return [
        Pattern(
            kind="hinted",
            thing=str(row["item"]),
            title=questions[str(row["item"])].stem,
            label="",
            count=row["helped"],
            n=row["n"],
            share=row["helped"] / row["n"],
        )
        for row in rows
        if str(row["item"]) in questions
    ]


def asked(
    course: UUID, users: Sequence[UUID], titles: Mapping[str, str], now: datetime
) -> list[Pattern]:
    """Return the questions that most people asked the tutor in the last 90 days. Questions are one
    when they are the same words but for case, spaces and end marks; where a turn notes its objective
    and the words differ, the objective counts."""
    rows = (
        Interaction.objects.filter(
            course=course, user__in=users, verb=ASKED, at__gte=now - LOOK_BACK
        )
        .order_by("-at")
        .values_list("user", "detail")[:MOST_QUESTIONS]
    )
    askers: dict[tuple[str, str], set[UUID]] = defaultdict(set)
    words: dict[tuple[str, str], str] = {}
    everybody: set[UUID] = set()
    for user, detail in rows:
        everybody.add(user)
        question = str(detail.get("question", "")).strip()
        objective = str(detail.get("objective") or "")
        if question:
            key = ("question", " ".join(question.casefold().strip(" ?!.").split()))
            words.setdefault(key, question[:200])
            askers[key].add(user)
        if objective in titles:
            askers[("objective", objective)].add(user)
    found = [
        Pattern(
            kind="asked",
            thing=key if kind == "objective" else "",
            title=titles.get(key, "") if kind == "objective" else "",
            label=words.get((kind, key), ""),
            count=len(who),
            n=len(everybody),
            share=len(who) / len(everybody),
        )
        for (kind, key), who in askers.items()
        if len(who) >= SHARED_BY
    ]
    found.sort(key=lambda each: (-each.count, each.label, each.title))
    return found[:MOST]
