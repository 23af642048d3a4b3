"""Who may work on a turn: one worker at a time, for as long as it shows signs of life.

A turn runs when it is the first of its session that is not over. The worker that claims it writes a
name of its own (`owner`) and a time (`lease_until`) into the row and moves the time on while it lives.
When it is killed the time runs out, the sweeper puts the turn back, and another one goes on from the
notebook. Whoever lost the turn finds its writes refused and stops.
"""

import threading
import time
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from edu.agents.data import Cancelled
from edu.common.sealedfields import all_sealed_for
from edu.common.text import gettext_noop as _
from edu.orchestrator.logic import ends, live
from edu.orchestrator.models import OPEN, Turn

LEASE = timedelta(seconds=9)
BEAT_SECONDS = 3.0
MOST_TRIES = 3
QUEUED_TOO_LONG = timedelta(seconds=8)
ASK_AGAIN = timedelta(seconds=30)
GAVE_UP = _("This did not work after three tries. Ask again, perhaps in other words.")

Clock = Callable[[], datetime]


class Lost(Cancelled):
    """The turn was stopped, or another worker has taken it over: leave it alone."""


def claim(turn_id: UUID, now: datetime) -> "Hold | None":
    """Take a queued turn whose time has come; None when it is over, held, or not yet its turn."""
    try:
        with transaction.atomic():
            row = Turn.objects.select_for_update().filter(id=turn_id, status="queued").first()
            if row is None:
                return None
            head = first_open(row.session_id)
            if head is None or head.id != turn_id:
                return None
            row.status, row.owner = "running", uuid.uuid4()
            row.lease_until = now + LEASE
            row.started_at = row.started_at or now
            row.tries += 1
            row.save(update_fields=["status", "owner", "lease_until", "started_at", "tries"])
    except IntegrityError:  # another turn of this session runs
        return None
    return Hold(row)


def first_open(session_id: UUID) -> Turn | None:
    """Return the turn of a session that runs or is to run next."""
    rows = Turn.objects.filter(session_id=session_id, status__in=OPEN)
    return rows.order_by("ordinal").first()


def sweep(now: datetime) -> list[UUID]:
    """Put turns back whose worker died, end those that failed too often, and return the ids of all
    that wait for a worker."""
    waiting = []
    dead = Turn.objects.filter(status="running", lease_until__lt=now).values_list("id", flat=True)
    for turn_id in list(dead):
        with transaction.atomic():
            rows = Turn.objects.select_for_update(skip_locked=True)
            row = rows.filter(id=turn_id, status="running", lease_until__lt=now).first()
            if row is None:
                continue
            row.owner, row.lease_until, row.status = None, now + ASK_AGAIN, "queued"
            row.save(update_fields=["owner", "lease_until", "status"])
            if row.tries >= MOST_TRIES:
                ends.fail(row, GAVE_UP, now)
                following = first_open(row.session_id)
                waiting += [following.id] if following else []
            else:
                waiting.append(row.id)
    forgotten = Turn.objects.filter(status="queued").filter(
        Q(lease_until=None, created_at__lt=now - QUEUED_TOO_LONG) | Q(lease_until__lt=now)
    )
    for row in forgotten.order_by("session_id", "ordinal").distinct("session_id")[:500]:
        head = first_open(row.session_id)
        if head is not None and head.id == row.id and row.id not in waiting:
            # Told to the broker once more, and not again for a while: it may only be busy.
            Turn.objects.filter(id=row.id, status="queued").update(lease_until=now + ASK_AGAIN)
            waiting.append(row.id)
    return waiting


class Hold:
    """A worker's grip on one turn. All writes go through it and raise `Lost` when the grip is gone."""

    def __init__(self, row: Turn) -> None:
        self.row = row
        self.owner = row.owner
        self._looked = time.monotonic()
        self._gone = False

    def save(self, **changes: Any) -> None:
        """Write fields of the turn."""
        mine = Turn.objects.filter(id=self.row.id, owner=self.owner, status="running")
        if not mine.update(**all_sealed_for(Turn, self.row.id, changes)):
            self._gone = True
            raise Lost
        for name, value in changes.items():
            setattr(self.row, name, value)

    def tell(self, kind: str, payload: dict[str, Any], **changes: Any) -> int:
        """Write fields and one message in one transaction; return the message's number."""
        with transaction.atomic():
            self.save(**changes, owner=self.owner)
            return live.tell(self.row, kind, payload)

    def gone(self) -> bool:
        """Whether the turn was stopped or taken over. Looks at the row a few times a second."""
        if not self._gone and time.monotonic() - self._looked > 0.3:
            self._looked = time.monotonic()
            mine = Turn.objects.filter(id=self.row.id, owner=self.owner, status="running")
            self._gone = not mine.exists()
        return self._gone

    def alive(self, clock: Clock) -> "Heartbeat":
        """Return a context that moves the lease on while it is open."""
        return Heartbeat(self, clock)


class Heartbeat:
    """Moves the lease of a turn on, from a thread, so that a long call to a model does not lose it."""

    def __init__(self, hold: Hold, clock: Clock) -> None:
        self._hold, self._clock = hold, clock
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True, name="turn-heartbeat")

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        self._thread.join(timeout=5)

    def _beat(self) -> None:
        try:
            while not self._stop.wait(BEAT_SECONDS):
                mine = Turn.objects.filter(id=self._hold.row.id, owner=self._hold.owner)
                mine.update(lease_until=self._clock() + LEASE)
        finally:
            connection.close()
