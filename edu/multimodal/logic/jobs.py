"""Who works on a job: leases, heartbeats, handing out again, setting aside.

A worker claims a row, which gives it a token for a few seconds. While it works it beats: each beat
makes the token good for some seconds more, and fails when the token is no longer in force, because
somebody cancelled or removed the job. Whatever a worker writes is written under a row lock and only
while its token is in force, so that a worker that was thought dead cannot write a second time.
"""

import contextvars
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from edu.common.errors import EduError, Unavailable
from edu.common.text import gettext_noop as _
from edu.multimodal.data import WAITING
from edu.multimodal.models import Job

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")

LEASE = timedelta(seconds=10)
BEAT = 2.0  # seconds between two heartbeats
GLANCE = 0.4  # seconds between two looks at whether the job is still wanted
PATIENCE = 15  # seconds until a job that nobody began is handed out once more
MOST_TRIES = 3
GAVE_UP = _(
    "Reading this file stopped the worker %(tries)s times, so it was set aside. "
    "Save it in another form and bring it again."
)
BROKEN = _("Something of ours went wrong while this file was read. Try again; tell your admin.")


class Gone(Exception):
    """The job is no longer this worker's: cancelled, removed, or taken for dead."""


class GaveWay(Exception):
    """Somebody waits for the worker: the job goes on later from what is written."""


class Watch:
    """One worker's hold on one job. All waiting is done through `call`, which beats meanwhile."""

    def __init__(self, model: type[Job], job_id: UUID, lease: UUID) -> None:
        self.model = model
        self.id = job_id
        self.lease = lease
        self.stopped = threading.Event()
        self.gives_way: Callable[[], bool] | None = None
        self._beaten = time.monotonic()
        self._told = 0.0

    def _mine(self) -> QuerySet[Any]:
        return self.model._default_manager.filter(
            id=self.id, lease=self.lease, status=Job.Status.RUNNING, removed_at=None
        )

    def _lost(self) -> Gone:
        self.stopped.set()
        return Gone()

    def beat(self, **told: Any) -> None:
        """Stay alive, and write `told` into the row; raise Gone when it is no longer ours."""
        self._beaten = time.monotonic()
        if not self._mine().update(lease_until=timezone.now() + LEASE, **told):
            raise self._lost()

    def look(self) -> None:
        """Raise Gone when the job is no longer ours; beat when it is time to, and then raise GaveWay
        when it gives way."""
        if time.monotonic() - self._beaten > BEAT:
            self.beat()
            if self.gives_way is not None and self.gives_way():
                self.stopped.set()
                raise GaveWay
        elif not self._mine().exists():
            raise self._lost()

    def tell(self, progress: float, stage: str) -> None:
        """Say how far the work is, but not more often than anybody can read."""
        if time.monotonic() - self._told < GLANCE:
            return
        self._told = time.monotonic()
        self.beat(progress=max(0.0, min(1.0, progress)), stage=stage[:200])

    def call(
        self,
        work: Callable[..., Answer],
        /,
        *arguments: Any,
        meanwhile: Callable[[], None] | None = None,
        **named: Any,
    ) -> Answer:
        """Return what `work(...)` returns, or raise what it raises, beating while it runs.

        `work` runs in a thread of its own and must leave the database alone; `meanwhile` is called
        in this one every now and then, to tell of progress. When the job is taken away, Gone is
        raised at once, `stopped` is set, and the thread's result is thrown away.
        """
        box: list[Answer] = []
        failure: list[BaseException] = []

        def run() -> None:
            try:
                box.append(work(*arguments, **named))
            except BaseException as error:
                failure.append(error)

        context = contextvars.copy_context()  # for whom it is done
        thread = threading.Thread(target=context.run, args=(run,), daemon=True)
        thread.start()
        while thread.is_alive():
            thread.join(GLANCE)
            self.look()
            if meanwhile is not None:
                meanwhile()
        if failure:
            raise failure[0]
        return box[0]

    @contextmanager
    def writing(self, *, finished: bool = True) -> Iterator[Any]:
        """Give the locked row to change, and save it, in one transaction; raise Gone if it is not
        ours. While the lock is held nobody takes the worker for dead, however long it writes.
        `finished` says that this is work done for good, which the next worker need not do again."""
        with transaction.atomic():
            row = self._mine().select_for_update().first()
            if row is None:
                raise self._lost()
            yield row
            if finished:
                row.tries = 0
            if row.status == Job.Status.RUNNING:
                row.lease_until = timezone.now() + LEASE
            else:
                row.lease = row.lease_until = None
            row.save()
        self._beaten = time.monotonic()


def claim(model: type[Job], job_id: UUID, now: datetime) -> Watch | None:
    """Take a job; None when there is nothing to do on it or somebody else has it.

    A job that was begun three times and never got anything done is set aside here.
    """
    with transaction.atomic():
        row = model._default_manager.select_for_update(skip_locked=True).filter(id=job_id).first()
        if (
            row is None
            or row.over
            or row.removed_at
            or (row.lease_until is not None and row.lease_until > now)
        ):
            return None
        if row.tries >= MOST_TRIES:
            _close(row, Job.Status.FAILED, GAVE_UP % {"tries": row.tries}, now)
            return None
        row.status, row.lease, row.lease_until = Job.Status.RUNNING, uuid4(), now + LEASE
        row.due_at, row.handed_out = now, 0
        row.begun_at, row.wait_until = now, None
        row.tries += 1
        row.save()
        return Watch(model, job_id, row.lease)


def _close(row: Job, status: str, error: str, now: datetime) -> None:
    row.status, row.error, row.stage = status, error[:500], ""
    row.lease = row.lease_until = None
    row.finished_at = now
    row.save()


def _put_back(row: Job, stage: str, seconds: float) -> None:
    row.status, row.stage, row.handed_out = Job.Status.QUEUED, stage[:200], 0
    row.due_at = row.wait_until = timezone.now() + timedelta(seconds=seconds)


def run(model: type[Job], job_id: UUID, work: Callable[[Watch], None], now: datetime) -> bool:
    """Do `work` on a job if it is free, and write down how it ended. True when it was done here."""
    watch = claim(model, job_id, now)
    return watch is not None and do(watch, work)


def do(watch: Watch, work: Callable[[Watch], None]) -> bool:
    """Do `work` on a job that was taken, and write down how it ended. True when it was done here."""
    try:
        try:
            work(watch)
            return True
        except Unavailable as error:
            # A model that does not answer is no fault of the file's: this was no try.
            with watch.writing() as row:
                _put_back(row, WAITING % {"why": error.detail}, error.retry_after)
        except GaveWay:
            with watch.writing(finished=False) as row:
                _put_back(row, "", 0)
                row.tries = max(0, row.tries - 1)  # nor was this
        except EduError as error:
            with watch.writing() as row:
                row.status, row.error, row.stage = Job.Status.FAILED, error.detail[:500], ""
                row.finished_at = timezone.now()
        except (Gone, OperationalError, InterfaceError):
            raise
        except Exception:
            # Ours, not the file's: it is begun again until its tries are used up.
            log.exception("a job broke off")
            with watch.writing(finished=False) as row:
                _put_back(row, "", 2 * row.tries)
                if row.tries >= MOST_TRIES:
                    row.status, row.error = Job.Status.FAILED, BROKEN
                    row.finished_at = timezone.now()
    except Gone:
        pass
    except (OperationalError, InterfaceError):
        log.exception("the database went away; the lease runs out and the job is begun again")
    return False


def cancel(row: Job, now: datetime) -> bool:
    """Stop a job (its row is locked by the caller); False when it is over already. Whoever works on
    it notices at the next look."""
    if row.over:
        return False
    _close(row, Job.Status.CANCELLED, "", now)
    return True


def again(row: Job, now: datetime) -> bool:
    """Queue a job that failed or was cancelled once more (its row is locked by the caller)."""
    if row.status not in (Job.Status.FAILED, Job.Status.CANCELLED):
        return False
    row.status, row.error, row.stage, row.progress = Job.Status.QUEUED, "", "", 0.0
    row.tries = row.handed_out = 0
    row.lease = row.lease_until = row.finished_at = row.wait_until = None
    row.due_at = now + timedelta(seconds=PATIENCE)
    row.save()
    return True


def stuck(model: type[Job], now: datetime, limit: int = 50, **only: Any) -> list[UUID]:
    """Return the jobs to hand out: those whose worker died, and those that wait and whose time has
    come. Each next time comes later, so that a long queue is not filled with repetitions. `only` are
    conditions on columns."""
    rows = model._default_manager.filter(due_at__lte=now, removed_at=None, **only).filter(
        Q(status=Job.Status.QUEUED) | Q(status=Job.Status.RUNNING, lease_until__lt=now)
    )
    with transaction.atomic():
        found = list(rows.select_for_update(skip_locked=True).order_by("id")[:limit])
        for row in found:
            row.due_at = now + timedelta(seconds=min(600, PATIENCE * 2 ** min(row.handed_out, 8)))
            row.handed_out += 1
            row.save(update_fields=["handed_out", "due_at"])
    return [row.id for row in found]
