"""Whose turn it is: people take turns with their files, however many each of them brought.

A task is only a call to work. Who comes next is read from the rows: of the people who wait, the one of
whose files the fewest are being worked on, and of equals the one whose last turn is longest ago.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count, Max, Min, Q, QuerySet

from edu.multimodal.logic import jobs
from edu.multimodal.logic.jobs import Watch
from edu.multimodal.models import Job

_LOCK = 7_300_201  # of the database: two workers never choose at the same time
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Line:
    """One kind of job: its table, the column of whose it is, and how many may be at work at once
    (0: as many as there are workers)."""

    model: type[Job]
    owner: str
    most: int = 0


def take(line: Line, now: datetime) -> Watch | None:
    """Take the job whose turn it is; None when nothing waits, or enough are being worked on."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        busy = _held(line, now)
        if line.most and sum(busy.values()) >= line.most:
            return None
        for person in _people(line, busy, now):
            rows = _waiting(line, now).filter(**{line.owner: person}).order_by("created_at", "id")
            for job in rows.values_list("id", flat=True)[:20]:
                # None: it was one that is set aside, after too many tries.
                watch = jobs.claim(line.model, job, now)
                if watch is not None:
                    return watch
    return None


def _waiting(line: Line, now: datetime) -> QuerySet[Any]:
    """Return the jobs that a worker may take: not begun, or begun by one that died."""
    rows = line.model._default_manager.filter(removed_at=None)
    free = Q(status=Job.Status.QUEUED) & (Q(wait_until=None) | Q(wait_until__lte=now))
    return rows.filter(free | Q(status=Job.Status.RUNNING, lease_until__lt=now))


def _held(line: Line, now: datetime) -> dict[UUID, int]:
    rows = line.model._default_manager.filter(status=Job.Status.RUNNING, lease_until__gte=now)
    return dict(rows.values_list(line.owner).annotate(count=Count("id")).order_by())


def _people(line: Line, busy: dict[UUID, int], now: datetime) -> list[UUID]:
    """Return those who wait, whose turn it is first."""
    first = dict(
        _waiting(line, now).values_list(line.owner).annotate(at=Min("created_at")).order_by()
    )
    rows = line.model._default_manager.filter(**{f"{line.owner}__in": list(first)})
    last = dict(rows.values_list(line.owner).annotate(at=Max("begun_at")).order_by())
    return sorted(
        first, key=lambda one: (busy.get(one, 0), last.get(one) or _NEVER, first[one], one)
    )
