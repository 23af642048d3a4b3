"""What people did and when: events come in once, days and activities go out."""

import math
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncDate

from edu.analytics import data
from edu.analytics.models import Evidence, Interaction
from edu.users import api as users

ANSWERED = "answered"
LONGEST = 1800.0  # seconds; more than that on one thing was a tab left open


def sensible(seconds: float) -> float:
    """Return `seconds` held within 0 and half an hour; what is no number is 0."""
    return min(LONGEST, max(0.0, seconds)) if math.isfinite(seconds) else 0.0


def record(
    *,
    user: UUID,
    course: UUID,
    verb: str,
    thing: str,
    seconds: float,
    detail: dict[str, Any],
    event: UUID | None,
    now: datetime,
) -> None:
    """Add one row, or none when `event` was told before."""
    row = Interaction(
        event=event,
        user=user,
        course=course,
        verb=verb[:40],
        thing=thing[:80],
        seconds=sensible(seconds),
        detail=detail,
        at=now,
    )
    Interaction.objects.bulk_create([row], ignore_conflicts=event is not None)


def answered(row: Evidence) -> None:
    """Note a graded attempt in the timeline; its own id keeps it from being noted twice."""
    record(
        user=row.user,
        course=row.course,
        verb=ANSWERED,
        thing=str(row.item),
        seconds=row.seconds,
        detail={"objective": str(row.objective), "score": row.score},
        event=row.attempt,
        now=row.answered_at,
    )


def zone(user: UUID) -> ZoneInfo:
    """Return the time zone in which `user` counts days; UTC when theirs is not known any more."""
    try:
        return ZoneInfo(users.preferences(user=str(user)).time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def calendar(user: UUID, length: int, now: datetime) -> tuple[ZoneInfo, list[date], datetime]:
    """Return the person's zone, their last `length` days (oldest first, today last) and the moment at
    which the first of them begins."""
    home = zone(user)
    today = now.astimezone(home).date()
    dates = [today - timedelta(days=back) for back in reversed(range(length))]
    start = datetime(dates[0].year, dates[0].month, dates[0].day, tzinfo=home)
    return home, dates, start


def days(user: UUID, course: UUID | None, length: int, now: datetime) -> list[data.Day]:
    """Return the last `length` days, oldest first, with what was done on each."""
    home, dates, start = calendar(user, max(1, min(400, length)), now)
    rows = (
        _mine(user, course, start)
        .annotate(on=TruncDate("at", tzinfo=home))
        .values("on")
        .annotate(total=Sum("seconds"), answers=Count("id", filter=Q(verb=ANSWERED)))
    )
    found = {row["on"]: row for row in rows}
    return [
        data.Day(
            on=day.isoformat(),
            minutes=found[day]["total"] / 60 if day in found else 0.0,
            answers=found[day]["answers"] if day in found else 0,
        )
        for day in dates
    ]


def activity(user: UUID, course: UUID | None, length: int, now: datetime) -> list[data.Activity]:
    """Return what the time went into, the most first."""
    rows = (
        _mine(user, course, now - timedelta(days=length))
        .values("verb")
        .annotate(total=Sum("seconds"), events=Count("id"))
        .order_by("-total", "-events", "verb")
    )
    return [
        data.Activity(verb=row["verb"], events=row["events"], minutes=row["total"] / 60)
        for row in rows
    ]


def _mine(user: UUID, course: UUID | None, start: datetime) -> Any:
    rows = Interaction.objects.filter(user=user, at__gte=start)
    return rows.filter(course=course) if course else rows
