"""Whose turn it is: people take turns with their files, however many each of them brought.

A task is only a call to work. Who comes next is read from the rows: of the people who wait, the one of
whose files the fewest are being worked on, and of equals the one whose last turn is longest ago.

What nobody waits for (a large import) comes when nothing else is there, and stops in the middle when
somebody's file finds all workers busy: it goes on from there later.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Max, Min, Q, QuerySet

from edu.multimodal.logic import jobs
from edu.multimodal.logic.jobs import Watch
from edu.multimodal.models import Job

_LOCK = 7_300_201  # of the database: two workers never choose at the same time
_SOON = timedelta(seconds=3)  # a free worker has taken a job by then
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Line:
    """One kind of job: its table, the column of whose it is, how many may be at work at once (0: as
    many as there are workers), and the column that says that nobody waits for it, if there is one."""

    model: type[Job]
    owner: str
    most: int = 0
    late: str = ""


def take(line: Line, now: datetime) -> Watch | None:
    """Take the job whose turn it is; None when nothing waits, or enough are being worked on."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        busy = _held(line, now)
        if line.most and sum(busy.values()) >= line.most:
            return None
        for late in (False, True) if line.late else (None,):
            waiting = _waiting(line, now, late)
            for person in _people(line, waiting, busy):
                rows = waiting.filter(**{line.owner: person}).order_by("created_at", "id")
                for job in rows.values_list("id", flat=True)[:20]:
                    # None: it was one that is set aside, after too many tries.
                    watch = jobs.claim(line.model, job, now)
                    if watch is not None:
                        return watch
    return None


def late_waiting(line: Line, now: datetime) -> list[UUID]:
    """Return some of the jobs that nobody waits for, where none of them is being worked on: whoever ends
    one of them calls for the next, and somebody has to begin."""
    if _at_work(line, now).filter(**{line.late: True}).exists():
        return []
    rows = _waiting(line, now, late=True).order_by("created_at", "id")
    return list(rows.values_list("id", flat=True)[: settings.EDU_BULK_JOBS])


def gives_way(line: Line, job: UUID, now: datetime) -> bool:
    """Tell whether a job that nobody waits for is to stop for now: another has found no free worker, and
    this is the last of its sort that was begun."""
    due = Q(handed_out__gt=0) | Q(due_at__lt=now + timedelta(seconds=jobs.PATIENCE) - _SOON)
    if not _waiting(line, now, late=False).filter(due).exists():
        return False
    rows = _at_work(line, now).filter(**{line.late: True}).order_by("-begun_at", "-id")
    return rows.values_list("id", flat=True).first() == job


def _waiting(line: Line, now: datetime, late: bool | None = None) -> QuerySet[Any]:
    """Return the jobs that a worker may take: not begun, or begun by one that died."""
    rows = line.model._default_manager.filter(removed_at=None)
    if late is not None:
        rows = rows.filter(**{line.late: late})
    free = Q(status=Job.Status.QUEUED) & (Q(wait_until=None) | Q(wait_until__lte=now))
    return rows.filter(free | Q(status=Job.Status.RUNNING, lease_until__lt=now))


def _at_work(line: Line, now: datetime) -> QuerySet[Any]:
    return line.model._default_manager.filter(status=Job.Status.RUNNING, lease_until__gte=now)


def _held(line: Line, now: datetime) -> dict[UUID, int]:
    rows = _at_work(line, now)
    return dict(rows.values_list(line.owner).annotate(count=Count("id")).order_by())


def _people(line: Line, waiting: QuerySet[Any], busy: dict[UUID, int]) -> list[UUID]:
    """Return those who wait, whose turn it is first."""
    first = dict(waiting.values_list(line.owner).annotate(at=Min("created_at")).order_by())
    rows = line.model._default_manager.filter(**{f"{line.owner}__in": list(first)})
    last = dict(rows.values_list(line.owner).annotate(at=Max("begun_at")).order_by())
    return sorted(
        first, key=lambda one: (busy.get(one, 0), last.get(one) or _NEVER, first[one], one)
    )
