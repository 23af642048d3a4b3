"""Facts are written down, then delivered at least once, each to every handler that subscribed."""

import dataclasses
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from edu.common.ids import new_id
from edu.events.data import Fact
from edu.events.models import Delivery

log = logging.getLogger(__name__)
Handler = Callable[..., None]
MOST_TRIES = 12

_handlers: dict[str, dict[str, Handler]] = {}
_facts: dict[str, type[Fact]] = {}


def _name(thing: Any) -> str:
    return f"{thing.__module__}.{thing.__qualname__}"


def register(fact: type[Fact], handler: Handler) -> None:
    """Remember that `handler(fact, event=id)` wants every fact of this class."""
    _facts[_name(fact)] = fact
    _handlers.setdefault(_name(fact), {})[_name(handler)] = handler


def write(fact: Fact, now: datetime) -> list[UUID]:
    """Write one row per handler; return the rows' ids."""
    event, name = new_id(), _name(type(fact))
    rows = [
        Delivery(
            event=event, fact=name, payload=dataclasses.asdict(fact), handler=handler, due_at=now
        )
        for handler in _handlers.get(name, {})
    ]
    Delivery.objects.bulk_create(rows)
    return [row.id for row in rows]


def deliver(delivery_id: UUID, now: datetime) -> bool:
    """Run the handler of one row and mark it done in the same transaction. False when there was
    nothing to do: done before, given up, or in another worker's hands (the row lock is the lease)."""
    try:
        with transaction.atomic():
            row = (
                Delivery.objects.select_for_update(skip_locked=True)
                .filter(id=delivery_id, done_at=None, failed_at=None)
                .first()
            )
            if row is None:
                return False
            fact = _facts[row.fact](**row.payload)
            _handlers[row.fact][row.handler](fact, event=str(row.event))
            row.done_at = now
            row.save(update_fields=["done_at"])
        return True
    except Exception as error:
        log.exception("a handler failed")
        _put_back(delivery_id, now, error)
        return False


def _put_back(delivery_id: UUID, now: datetime, error: Exception) -> None:
    """Try again later, ever later; after the last try leave it for the admin to see."""
    row = Delivery.objects.get(id=delivery_id)
    row.tries += 1
    row.error = f"{type(error).__name__}: {error}"[:2000]
    row.due_at = now + timedelta(seconds=min(600, 2**row.tries))
    row.failed_at = now if row.tries >= MOST_TRIES else None
    row.save(update_fields=["tries", "error", "due_at", "failed_at"])


def due(now: datetime, limit: int = 200) -> list[UUID]:
    """Return the ids of rows whose time has come, oldest first."""
    rows = Delivery.objects.filter(done_at=None, failed_at=None, due_at__lte=now)
    return list(rows.order_by("due_at").values_list("id", flat=True)[:limit])


def forget(now: datetime, days: int = 14) -> int:
    """Delete rows that were done more than `days` ago; return how many."""
    return Delivery.objects.filter(done_at__lt=now - timedelta(days=days)).delete()[0]
