"""What a course may spend: questions to models and files, by the minute and by the day.

One row for each course and kind holds the limits of its own and what was spent, and is locked while it is
counted on: right across processes, and nothing that a flushed cache could forget. The minute is a bucket
that leaks evenly, as the limits of persons are (edu/gateway/limits.py).
"""

from datetime import UTC, datetime, time, timedelta
from math import ceil
from uuid import UUID

from django.conf import settings

from edu.courses.data import BUDGETS, Budget, BudgetSpent
from edu.courses.models import Spending

MINUTE = 60.0


def spend(course: UUID, kind: str, units: int, now: datetime) -> None:
    """Count `units` on the budget; raise BudgetSpent, and count nothing, when it does not have them."""
    Spending.objects.get_or_create(course_id=course, kind=kind)
    row = Spending.objects.select_for_update().get(course=course, kind=kind)
    day, burst = _limits(row)
    now = now.astimezone(UTC)
    used = row.used if row.day == now.date() else 0
    if day and used + units > day:
        midnight = datetime.combine(now.date() + timedelta(days=1), time(), UTC)
        raise BudgetSpent(kind, day, 86400, ceil((midnight - now).total_seconds()))
    if burst:
        full_at = max(row.full_at or now, now)
        full_at += timedelta(seconds=min(units, burst) * MINUTE / burst)
        wait = (full_at - now).total_seconds() - MINUTE
        if wait > 0.001:
            raise BudgetSpent(kind, burst, int(MINUTE), ceil(wait))
        row.full_at = full_at
    row.day, row.used = now.date(), used + units
    row.save(update_fields=["day", "used", "full_at"])


def of(course: UUID, now: datetime) -> list[Budget]:
    """Return the budgets of a course, with what was used of each today (UTC)."""
    rows = {row.kind: row for row in Spending.objects.filter(course=course)}
    found = []
    for kind in BUDGETS:
        row = rows.get(kind) or Spending(kind=kind)
        day, burst = _limits(row)
        used = row.used if row.day == now.astimezone(UTC).date() else 0
        found.append(Budget(kind, used, day, burst))
    return found


def _limits(row: Spending) -> tuple[int, int]:
    """The limits of a day and of a minute: the course's own, else the site's; 0 is none."""
    day, burst = settings.EDU_COURSE_BUDGETS.get(row.kind, (0, 0))
    return (
        day if row.most_a_day is None else row.most_a_day,
        burst if row.most_a_minute is None else row.most_a_minute,
    )
