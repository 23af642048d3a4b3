"""Writes down each call that leaves for a server elsewhere: before it leaves, so that none is missing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db import DatabaseError, connection
from django.utils import timezone

from edu.common.ids import parse_id
from edu.inference.data import ModelUnavailable
from edu.inference.data import OutsideCall as Call
from edu.inference.logic import behalf
from edu.inference.models import OutsideCall


class Entry:
    """The row of one call. Whoever makes the call says when it was answered, or stopped."""

    def __init__(self, door: Any, kind: str, carried: str, about: int) -> None:
        who = behalf.current()
        self._door, self._sent, self._received = door, door.sent, door.received
        self.outcome = OutsideCall.Outcome.FAILED
        self.row = OutsideCall(
            at=timezone.now(),
            user=parse_id(who.user) if who.user else None,
            course=parse_id(who.course) if who.course else None,
            kind=kind,
            host=(urlsplit(door.url).netloc.rpartition("@")[2] or door.url)[:200],
            model=door.model[:200],
            carried=carried,
            bytes_out=about,
        )

    def answered(self) -> None:
        """Say that the answer came, whole."""
        self.outcome = OutsideCall.Outcome.ANSWERED

    def stopped(self) -> None:
        """Say that nobody waited for the rest of the answer."""
        self.outcome = OutsideCall.Outcome.STOPPED

    def close(self) -> None:
        """Write how it ended. What went over the wire is known now."""
        OutsideCall.objects.filter(id=self.row.id).update(
            bytes_out=self._door.sent - self._sent,
            bytes_in=self._door.received - self._received,
            outcome=self.outcome,
        )


@contextmanager
def written(
    door: Any, kind: str, about: int, redacted: dict[str, int], carried: str = "text"
) -> Iterator[Entry]:
    """Have a call by `door` of `about` so many bytes written down; raise ModelUnavailable, and let
    nothing leave, where that cannot be done."""
    entry = Entry(door, kind, carried, about)
    entry.row.redacted = {name: count for name, count in sorted(redacted.items()) if count}
    try:
        with line():
            entry.row.save(force_insert=True)
    except DatabaseError as error:
        raise ModelUnavailable(kind=kind) from error
    try:
        yield entry
    finally:
        with line():
            entry.close()


@contextmanager
def line() -> Iterator[None]:
    """Give back the line to the database that is opened meanwhile: models are also asked in threads that
    end unseen."""
    had = connection.connection is not None
    try:
        yield
    finally:
        if not had and not connection.in_atomic_block:
            connection.close()


def call_data(row: OutsideCall) -> Call:
    """Return a row as others see it."""
    return Call(
        id=str(row.id),
        at=row.at,
        user=_text(row.user),
        course=_text(row.course),
        kind=row.kind,
        host=row.host,
        model=row.model,
        carried=row.carried,
        bytes_out=row.bytes_out,
        bytes_in=row.bytes_in,
        redacted=row.redacted,
        outcome=row.outcome,
    )


def _text(found: UUID | None) -> str:
    return str(found) if found else ""
