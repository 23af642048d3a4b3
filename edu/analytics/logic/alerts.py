"""Who may need help, and the evidence for it. Rules, not guesses: each alert names its numbers."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from edu.analytics.data import Alert, Cell, LearnerRow
from edu.analytics.logic.words import number
from edu.analytics.models import Movement
from edu.courses.data import Member

INACTIVE_DAYS = 7
LOOK_BACK = timedelta(days=30)
FALL = 0.2
STUCK_ANSWERS = 5
STUCK_BELOW = 0.5


def peaks(course: UUID, users: Sequence[UUID], now: datetime) -> dict[tuple[str, str], float]:
    """Return the highest mastery of the last 30 days by (user, objective)."""
    rows = (
        Movement.objects.filter(course=course, user__in=users, at__gte=now - LOOK_BACK)
        .values("user", "objective")
        .annotate(peak=Max("after"))
    )
    return {(str(row["user"]), str(row["objective"])): row["peak"] for row in rows}


def find(
    rows: Sequence[LearnerRow],
    members: Mapping[str, Member],
    titles: Mapping[str, str],
    highest: Mapping[tuple[str, str], float],
    now: datetime,
) -> list[Alert]:
    """Return the alerts about these learners, the most pressing first."""
    found: list[Alert] = []
    for row in rows:
        found += _inactive(row, members[row.user], now)
        for cell in row.cells:
            if cell.attempts:
                # Who is stuck on an objective has fallen on it as well: one alert says it.
                found += [*_stuck(row, cell, titles)] or _falling(row, cell, titles, highest)
    return sorted(found, key=lambda each: (-each.score, each.name, each.user, each.objective or ""))


def _inactive(row: LearnerRow, member: Member, now: datetime) -> Iterator[Alert]:
    since = row.last_at or member.joined_at
    away = (now - since).days
    if away < INACTIVE_DAYS:
        return
    text = (
        ngettext(
            "Has done nothing here for %(days)s day.",
            "Has done nothing here for %(days)s days.",
            away,
        )
        if row.last_at
        else ngettext(
            "Joined %(days)s day ago and has not begun.",
            "Joined %(days)s days ago and has not begun.",
            away,
        )
    )
    score = round(min(0.9, 0.3 + away / 100), 4)
    yield Alert("inactive", row.user, row.name, None, text % {"days": away}, score)


def _stuck(row: LearnerRow, cell: Cell, titles: Mapping[str, str]) -> Iterator[Alert]:
    """Many answers, and still more likely wrong than right."""
    if cell.attempts >= STUCK_ANSWERS and cell.p < STUCK_BELOW:
        why = _("%(title)s stands at %(p)s (%(low)s to %(high)s) after %(count)s answers.") % {
            "title": titles[cell.objective],
            "p": number(cell.p),
            "low": number(cell.low),
            "high": number(cell.high),
            "count": cell.attempts,
        }
        score = round(0.7 + 0.3 * (STUCK_BELOW - cell.p), 4)
        yield Alert("stuck", row.user, row.name, cell.objective, why, score)


def _falling(
    row: LearnerRow,
    cell: Cell,
    titles: Mapping[str, str],
    highest: Mapping[tuple[str, str], float],
) -> Iterator[Alert]:
    peak = highest.get((row.user, cell.objective), cell.p)
    if peak - cell.p >= FALL:
        why = _("%(title)s fell from %(before)s to %(after)s within 30 days.") % {
            "title": titles[cell.objective],
            "before": number(peak),
            "after": number(cell.p),
        }
        score = round(0.5 + 0.4 * (peak - cell.p), 4)
        yield Alert("falling", row.user, row.name, cell.objective, why, score)
