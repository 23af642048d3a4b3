"""How a turn ends: well, badly, or because somebody stopped it; each once, with its last message."""

from datetime import datetime
from functools import partial

from django.db import transaction

from edu.common.codec import plain
from edu.events import api as events
from edu.orchestrator.data import TurnFinished
from edu.orchestrator.logic import keeping, live, rows
from edu.orchestrator.models import OPEN, Session, Step, Turn


def finish(turn: Turn, now: datetime) -> None:
    """The turn went well. Call it inside a transaction, with the row as it is to be kept."""
    _close(turn, "ready", now)
    live.tell(turn, live.FINISHED, _whole(turn))
    events.publish(
        TurnFinished(
            turn=str(turn.id),
            session=str(turn.session_id),
            user=str(turn.user),
            course=str(turn.course),
            objective=str(turn.objective) if turn.objective else None,
            seconds=max(0.0, (now - (turn.started_at or now)).total_seconds()),
            abstained=turn.abstained,
        )
    )


def fail(turn: Turn, detail: str, now: datetime) -> None:
    """The turn could not be done; `detail` is one plain sentence for its learner."""
    turn.error = detail[:300]
    turn.answer = live.said(turn.id)[0].strip()
    Step.objects.filter(turn=turn, status="running").update(status="failed")
    _close(turn, "failed", now)
    live.tell(turn, live.FAILED, {"detail": turn.error, "result": _whole(turn)})


def cancel(turn: Turn, now: datetime) -> None:
    """Its learner stopped the turn: what was shown stays, nothing more comes."""
    turn.answer = live.said(turn.id)[0].strip()
    Step.objects.filter(turn=turn, status="running").update(status="cancelled")
    _close(turn, "cancelled", now)
    live.tell(turn, live.FINISHED, _whole(turn))


def _close(turn: Turn, status: str, now: datetime) -> None:
    if turn.status not in OPEN:
        raise ValueError(f"turn {turn.id} is over")
    turn.status, turn.finished_at, turn.owner, turn.lease_until = status, now, None, None
    turn.progress = 1.0 if status == "ready" else turn.progress
    fields = ["status", "finished_at", "owner", "lease_until", "progress", "error", "answer"]
    turn.save(update_fields=fields)
    Session.objects.filter(id=turn.session_id).update(updated_at=now)
    if turn.audio_key:
        let_go = partial(keeping.let_go_of_voice, turn.id)
        transaction.on_commit(let_go, robust=True)  # what fails here is swept later


def _whole(turn: Turn) -> dict[str, object]:
    whole: dict[str, object] = plain(rows.turn(rows.full().get(id=turn.id)))
    return whole
