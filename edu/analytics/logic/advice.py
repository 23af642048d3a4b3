"""What to do next, and why. Rules in a fixed order over the books, so that anyone can check them.

Kinds and their place: a review that is due keeps what was learnt (Cepeda et al. 2006, spacing); a weak
prerequisite under an objective that fails is repaired first (Bloom 1968, mastery learning); what is in
progress is continued; what has too little evidence is practised; something new begins when all that
it builds on is ready. Each score is its kind's base plus a share of how urgent the case is, so kinds may
overtake one another; ties are broken by the objectives' order.
"""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from edu.analytics.data import Advice, Mastery, Review
from edu.analytics.logic import cards, standing
from edu.analytics.logic.belief import READY, SOLID
from edu.analytics.logic.words import number
from edu.courses.data import Objective

FAILING = 0.5
SECONDS_PER_ITEM = 45
WANTED_ANSWERS = 5


def advise(user: UUID, course: UUID, now: datetime) -> list[Advice]:
    """Return the best next things, best first."""
    known = {each.objective: each for each in standing.of_course(user, course, now)}
    objectives = [each for each in standing.shown(course, set(known)) if each.id in known]
    found = [
        *_reviews(cards.reviews(user, course, now), {each.id: each for each in objectives}, now),
        *_objectives(objectives, known),
    ]
    if not found and objectives:
        found = [_warm(min(known.values(), key=lambda each: each.p), objectives)]
    order = {each.id: place for place, each in enumerate(objectives)}
    return sorted(
        found, key=lambda each: (-each.score, order.get(each.objective or "", 0), each.kind)
    )


def minutes(items: int) -> int:
    """Return how many minutes so many items take, at least one."""
    return max(1, round(items * SECONDS_PER_ITEM / 60))


def _reviews(every: list[Review], titles: dict[str, Objective], now: datetime) -> Iterator[Advice]:
    """One piece of advice for all that is due: the item that fades most stands for the rest."""
    due = [each for each in every if each.due_at <= now]
    if not due:
        return
    worst = due[0]
    objective = titles.get(worst.objective)
    chance = number(worst.retrievability)
    if objective and not objective.root:
        why = ngettext(
            "%(count)s question is due; one on %(title)s fades most, recall is down to %(chance)s.",
            "%(count)s questions are due; one on %(title)s fades most, recall is down to %(chance)s.",
            len(due),
        ) % {"count": len(due), "title": objective.title, "chance": chance}
    else:
        why = ngettext(
            "%(count)s question is due; recall is down to %(chance)s.",
            "%(count)s questions are due; the one that fades most is down to a recall of %(chance)s.",
            len(due),
        ) % {"count": len(due), "chance": chance}
    yield Advice(
        kind="review",
        objective=worst.objective,
        item=worst.item,
        why=why,
        score=round(0.8 + 0.15 * min(1.0, len(due) / 20), 4),
        minutes=minutes(len(due)),
        count=len(due),
    )


def _objectives(objectives: list[Objective], known: dict[str, Mastery]) -> Iterator[Advice]:
    repaired: set[str] = set()
    titles = {each.id: each.title for each in objectives}
    for each in objectives:
        mine = known[each.id]
        before = [known[p] for p in each.prerequisites if p in known]
        if mine.attempts == 0:
            yield _new(each, before, titles)
            continue
        if mine.p < FAILING:
            for one in (_repair(each, mine, weak, titles) for weak in before if weak.p < READY):
                if one.objective not in repaired:
                    repaired.add(str(one.objective))
                    yield one
        if not mine.enough and mine.p >= FAILING:
            yield _practise(each, mine)
        elif mine.p < SOLID:
            yield _continue(each, mine)


def _new(each: Objective, before: list[Mastery], titles: dict[str, str]) -> Advice:
    """Something not begun: best when all that it builds on is ready; never hidden, only later."""
    weak = [one for one in before if one.p < READY]
    if not before:
        score, why = 0.5, _("Nothing has to come before it, and you have not begun it: 0 answers.")
    elif weak:
        worst = min(weak, key=lambda one: one.p)
        score = 0.1 + 0.1 * worst.p
        why = _("It builds on %(title)s, which stands at %(p)s; %(ready)s is wanted.") % {
            "title": titles[worst.objective],
            "p": number(worst.p),
            "ready": number(READY),
        }
    else:
        worst = min(before, key=lambda one: one.p)
        score = 0.52 + 0.05 * worst.p
        why = _("%(title)s is solid at %(p)s, and this builds on it.") % {
            "title": titles[worst.objective],
            "p": number(worst.p),
        }
    return Advice("new", each.id, None, why, round(score, 4), minutes=10)


def _repair(each: Objective, mine: Mastery, weak: Mastery, titles: dict[str, str]) -> Advice:
    why = _("%(title)s stands at %(p)s, and this, which it builds on, only at %(weak)s.") % {
        "title": each.title,
        "p": number(mine.p),
        "weak": number(weak.p),
    }
    return Advice(
        "prerequisite", weak.objective, None, why, round(0.75 + 0.1 * (READY - weak.p), 4), 10
    )


def _practise(each: Objective, mine: Mastery) -> Advice:
    missing = max(1, WANTED_ANSWERS - mine.attempts)
    why = ngettext(
        "%(count)s answer so far puts it anywhere from %(low)s to %(high)s: a few more will tell.",
        "%(count)s answers so far put it anywhere from %(low)s to %(high)s: a few more will tell.",
        mine.attempts,
    ) % {"count": mine.attempts, "low": number(mine.low), "high": number(mine.high)}
    score = round(0.55 + 0.1 * min(1.0, mine.high - mine.low), 4)
    return Advice("practise", each.id, None, why, score, minutes(missing), missing)


def _continue(each: Objective, mine: Mastery) -> Advice:
    why = ngettext(
        "It stands at %(p)s after %(count)s answer; %(solid)s is solid.",
        "It stands at %(p)s after %(count)s answers; %(solid)s is solid.",
        mine.attempts,
    ) % {"p": number(mine.p), "count": mine.attempts, "solid": number(SOLID)}
    return Advice("continue", each.id, None, why, round(0.6 + 0.1 * (SOLID - mine.p), 4), 10)


def _warm(lowest: Mastery, objectives: list[Objective]) -> Advice:
    """All is solid and nothing is due: then the least solid is kept warm."""
    title = next(each.title for each in objectives if each.id == lowest.objective)
    why = _("All is solid and nothing is due; %(title)s is the lowest at %(p)s.") % {
        "title": title,
        "p": number(lowest.p),
    }
    return Advice(
        "practise", lowest.objective, None, why, 0.3, minutes(WANTED_ANSWERS), WANTED_ANSWERS
    )
