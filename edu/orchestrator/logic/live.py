"""What is said about a turn: stored with a number of its own, then told to the pages that listen."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from edu.events import api as events
from edu.orchestrator.models import Turn, TurnMessage

STARTED = "turn.started"
STEP = "step"
HEARD = "heard"
SEEN = "seen"
TOKEN = "token"  # noqa: S105  (a piece of an answer)
CITATION = "citation"
RETRACT = "retract"
AUDIO = "audio"
FINISHED = "turn.finished"
FAILED = "turn.failed"


def group(session_id: UUID | str) -> str:
    """Return the name of the group that the pages of one session listen in."""
    return f"session-{session_id}"


def as_message(row: TurnMessage) -> dict[str, Any]:
    """Return a stored message as it goes to a page."""
    return {**row.payload, "type": row.type, "turn": str(row.turn_id), "seq": row.seq}


def tell(turn: Turn, kind: str, payload: dict[str, Any]) -> int:
    """Store one message of `turn` under the next number and send it when the transaction is through;
    return the number. Call it inside a transaction that holds the turn."""
    Turn.objects.filter(id=turn.id).update(seq=F("seq") + 1)
    seq = Turn.objects.values_list("seq", flat=True).get(id=turn.id)
    row = TurnMessage.objects.create(turn=turn, seq=seq, type=kind, payload=payload)
    message = as_message(row)
    # Stored messages can be asked for again, so a channel layer that is away loses nothing.
    transaction.on_commit(lambda: events.tell(group(turn.session_id), message), robust=True)
    return seq


def after(turn_id: UUID, seq: int, limit: int = 2000) -> list[dict[str, Any]]:
    """Return the messages of a turn that came after number `seq`, in order."""
    rows = TurnMessage.objects.filter(turn_id=turn_id, seq__gt=seq).order_by("seq")[:limit]
    return [as_message(row) for row in rows]


def said(turn_id: UUID) -> tuple[str, int | None]:
    """Return the words that the page shows of an unfinished turn, and the number of the first."""
    words, first = "", None
    rows = TurnMessage.objects.filter(turn_id=turn_id, type__in=(TOKEN, RETRACT)).order_by("seq")
    for row in rows:
        if row.type == RETRACT:
            words, first = "", None
        else:
            words += row.payload.get("text", "")
            first = first or row.seq
    return words, first
