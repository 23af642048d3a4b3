"""Draws items from the bank for one learner: never seen first, then long unseen, objectives in turn."""

import random
from collections import defaultdict
from hashlib import sha256
from uuid import UUID

from django.db.models import CharField, Count, Exists, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast

from edu.assessments.models import Attempt, Item, Quiz
from edu.common.ids import parse_id

MOST = 3000  # candidates looked at; a bank may hold more


def from_bank(quiz: Quiz, named: list[str]) -> list[UUID]:
    """Return the ids of up to `quiz.size` live items, in the order in which they are put. `named` items
    of the course come first whether they are the bank's or were made for an earlier quiz."""
    live = Item.objects.filter(course=quiz.course, status=Item.Status.LIVE).exclude(latest=None)
    if quiz.kinds:
        live = live.filter(kind__in=quiz.kinds)
    chosen = _named(live, named)[: quiz.size]
    if named or len(chosen) >= quiz.size:
        return chosen
    if quiz.objectives:
        live = live.filter(objective__in=[parse_id(each) for each in quiz.objectives])
    return _in_turn(quiz, live.filter(quiz=None))


def bank_state(course: UUID) -> str:
    """Return a digest of the questions of `course`: how many of each status, and their latest change."""
    rows = Item.objects.filter(course=course).values("status").order_by("status")
    seen = rows.annotate(
        n=Count("id"), version=Max(Cast("latest", CharField())), at=Max("updated_at")
    )
    return sha256(repr([list(each.values()) for each in seen]).encode()).hexdigest()


def count(course: str, objectives: list[str]) -> int:
    """Return how many live items the bank has for these objectives, or in all."""
    live = Item.objects.filter(course=parse_id(course), status=Item.Status.LIVE, quiz=None)
    if objectives:
        live = live.filter(objective__in=[parse_id(each) for each in objectives])
    return live.exclude(latest=None).count()


def usable(items: list[str]) -> list[str]:
    """Return those of `items` that are live, in their order."""
    live = Item.objects.filter(status=Item.Status.LIVE).exclude(latest=None)
    return [str(each) for each in _named(live, items)]


def _named(live: QuerySet[Item], named: list[str]) -> list[UUID]:
    wanted = [parse_id(each) for each in named]
    there = set(live.filter(id__in=wanted).values_list("id", flat=True))
    return [each for each in dict.fromkeys(wanted) if each in there]


def _in_turn(quiz: Quiz, live: QuerySet[Item]) -> list[UUID]:
    """Take one item of each objective in turn, so that no objective crowds out the others."""
    mine = Attempt.objects.filter(user=quiz.user, item=OuterRef("id")).order_by("-answered_at")
    fresh = list(live.filter(~Exists(mine)).order_by("id").values_list("id", "objective")[:MOST])
    old: list[tuple[UUID, UUID]] = []
    if len(fresh) < quiz.size:
        seen = live.annotate(last=Subquery(mine.values("answered_at")[:1])).exclude(last=None)
        old = list(seen.order_by("last", "id").values_list("id", "objective")[:MOST])
    dice = random.Random(quiz.seed)  # noqa: S311  (an order that can be repeated, no secret)
    dice.shuffle(fresh)
    chosen: list[UUID] = []
    for pool in (fresh, old):
        by_objective: dict[UUID, list[UUID]] = defaultdict(list)
        for item, objective in pool:
            by_objective[objective].append(item)
        while by_objective and len(chosen) < quiz.size:
            for objective in list(by_objective):
                chosen.append(by_objective[objective].pop(0))
                if not by_objective[objective]:
                    del by_objective[objective]
                if len(chosen) >= quiz.size:
                    break
    return chosen
