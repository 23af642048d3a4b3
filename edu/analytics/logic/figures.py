"""How items work, from first unaided tries: the classical figures of test theory.

Difficulty is the share that got an item right (Lord and Novick 1968; high is easy), with a 90 %
interval from Jeffreys' prior, Beta(right + 1/2, wrong + 1/2). Discrimination is the point-biserial
correlation between an item's score and the learner's mean over all other items ("corrected
item-total", Henrysson 1963), so that an item does not explain itself. Both are given with n; below FEW
they say so.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

import numpy as np
from django.utils.translation import gettext as _
from scipy.special import betaincinv

from edu.analytics.models import Evidence

FEW = 10
LEAST_FOR_DISCRIMINATION = 3
LOW_DISCRIMINATION = 0.1


@dataclass(frozen=True)
class FirstTry:
    """A learner's first unaided answer to an item."""

    user: UUID
    item: UUID
    objective: UUID
    kind: str
    score: float
    chosen: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Figures:
    """Of one item; see the top of this file."""

    item: str
    objective: str
    kind: str
    n: int
    difficulty: float
    low: float
    high: float
    discrimination: float | None
    note: str


def first_tries(course: UUID, users: Sequence[UUID]) -> list[FirstTry]:
    """Return the first unaided try of each of `users` at each item; one query."""
    rows = (
        Evidence.objects.filter(
            course=course, user__in=users, key_seen=False, counts__gte=1.0 - 1e-9
        )
        .order_by("user", "item", "answered_at", "attempt")
        .distinct("user", "item")
        .values_list("user", "item", "objective", "kind", "score", "chosen")
    )
    return [FirstTry(*row) for row in rows]


def of_items(tries: Sequence[FirstTry]) -> list[Figures]:
    """Return the figures of every item that was tried, the hardest first."""
    by_item: dict[UUID, list[FirstTry]] = defaultdict(list)
    total: dict[UUID, float] = defaultdict(float)
    count: dict[UUID, int] = defaultdict(int)
    for each in tries:
        by_item[each.item].append(each)
        total[each.user] += each.score
        count[each.user] += 1
    found = []
    for item, mine in by_item.items():
        pairs = [
            (each.score, (total[each.user] - each.score) / (count[each.user] - 1))
            for each in mine
            if count[each.user] > 1
        ]
        found.append(_figures(item, mine, correlation(pairs)))
    return sorted(found, key=lambda each: (each.difficulty, -each.n, each.item))


def _figures(item: UUID, mine: list[FirstTry], discrimination: float | None) -> Figures:
    n, right = len(mine), sum(each.score for each in mine)
    low, high = share_interval(right, n)
    if n < FEW:
        note = _("rests on few answers")
    elif discrimination is not None and discrimination < 0.0:
        note = _("those who know more get it wrong: check the key and the wording")
    elif discrimination is not None and discrimination < LOW_DISCRIMINATION:
        note = _("tells little about who knows")
    else:
        note = ""
    return Figures(
        item=str(item),
        objective=str(mine[-1].objective),
        kind=mine[-1].kind,
        n=n,
        difficulty=right / n,
        low=low,
        high=high,
        discrimination=discrimination,
        note=note,
    )


def share_interval(right: float, n: float) -> tuple[float, float]:
    """Return the 90 % interval of a share by Jeffreys' prior; it always holds right / n."""
    low = float(betaincinv(right + 0.5, n - right + 0.5, 0.05))
    high = float(betaincinv(right + 0.5, n - right + 0.5, 0.95))
    return min(low, right / n), max(high, right / n)


def correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Return Pearson's r (point-biserial where the first is 0 or 1); None where it has no meaning:
    fewer than three pairs, or no variation on one side."""
    if len(pairs) < LEAST_FOR_DISCRIMINATION:
        return None
    one, other = np.array(pairs, dtype=float).T
    if np.ptp(one) < 1e-9 or np.ptp(other) < 1e-9:
        return None
    r = float(np.corrcoef(one, other)[0, 1])
    return r if math.isfinite(r) else None
