"""publish() a fact, subscribe() to facts, tell() a browser; and the keys that lock what is kept."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from edu.common import held as holding
from edu.common.held import Kind, Personal
from edu.common.ids import parse_id
from edu.events import base, tasks
from edu.events.data import DataKeyState, Fact
from edu.events.logic import datakeys, held, outbox


def publish(fact: Fact) -> None:
    """Write `fact` down for each of its handlers. Call it inside the transaction that made it true."""
    with transaction.atomic():
        for delivery_id in outbox.write(fact, timezone.now()):
            tasks.deliver.delay_on_commit(str(delivery_id))


def subscribe(fact: type[Fact]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Decorate `handler(fact, *, event)` in a handlers.py; `event` (str) is the same on every retry,
    so that the handler can be idempotent."""

    def keep(handler: Callable[..., None]) -> Callable[..., None]:
        outbox.register(fact, handler)
        return handler

    return keep


def tell(group: str, message: dict[str, Any]) -> None:
    """Send `message` to the browsers that listen to `group` now; nobody listening is no error."""
    base.send(group, message)


def deliver_due() -> int:
    """Deliver all facts whose time has come, in this process; return how many were delivered."""
    now = timezone.now()
    return sum(outbox.deliver(delivery_id, now) for delivery_id in outbox.due(now))


# --- keys -----------------------------------------------------------------------------------------


def data_keys() -> list[DataKeyState]:
    """Return what is known of each data key, the one that seals first."""
    return datakeys.state()


def make_data_key() -> str:
    """Let a new data key seal from now on; return its id. What others sealed stays readable, and is
    sealed anew by workers."""
    return datakeys.make(timezone.now())


def ensure_data_key() -> None:
    """Make the first data key if there is none. Raises WrongMasterKey."""
    datakeys.ensure(timezone.now())


def check_data_keys() -> None:
    """Raise WrongMasterKey, which names the setting, if a data key does not open."""
    datakeys.check()


def rewrap_data_keys() -> int:
    """Wrap all data keys with EDU_MASTER_KEY; return how many were wrapped by another. Raises
    WrongMasterKey."""
    return datakeys.rewrap()


def wrapped_data_keys() -> dict[str, str]:
    """Return every data key as it is wrapped, by id, to be kept beside the database."""
    return datakeys.wrapped()


@transaction.atomic
def adopt_data_keys(keys: dict[str, str]) -> int:
    """Take back wrapped keys that the database does not know (any more); return how many."""
    return datakeys.adopt(keys)


def sealing_progress() -> dict[str, str | None] | None:
    """Return how far each place is sealed with the newest key; None when there is nothing to do yet."""
    return datakeys.progress(timezone.now())


def note_sealing(*, place: str, at: str | None) -> None:
    """Write down where to go on from in one place; None when it is through."""
    datakeys.note(place, at)


def finish_sealing() -> None:
    """Write down that everything is sealed with the newest key."""
    datakeys.finish(timezone.now())


# --- privacy --------------------------------------------------------------------------------------


def held_of_person(*, user: str) -> list[Kind]:
    """Return what is held of a person."""
    return holding.kinds(held.RULES, {"id": parse_id(user)})


def export_person(*, user: str) -> Personal:
    """Return all that is held of a person."""
    return holding.export(held.RULES, {"id": parse_id(user)})


def erase_person(*, user: str) -> dict[str, int]:
    """Drop the messages that tell of a person; return how many rows went, by table."""
    return holding.erase(held.RULES, {"id": parse_id(user)})
