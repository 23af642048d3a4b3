"""Runs one turn from beginning to end, in a worker: step by step, each kept before the next begins."""

import logging
import time
from uuid import UUID

from django.db import transaction

from edu.agents.data import Cancelled
from edu.common.errors import EduError
from edu.common.text import gettext_noop as _
from edu.inference import api as inference
from edu.orchestrator.logic import acts, ends, keeping, lease, live, plan
from edu.orchestrator.logic.acts import Skip, Work
from edu.orchestrator.logic.lease import Clock, Hold, Lost
from edu.orchestrator.logic.plan import Planned
from edu.orchestrator.logic.tools import SHARE, Desk
from edu.orchestrator.models import Step, Turn

log = logging.getLogger(__name__)

BROKE = _("Something broke while your question was worked on. It has been noted; ask again.")
# What is missing when an optional step fails, in the words of the page.
MISSING = {
    "speech.hear": _("The recording could not be heard: %(why)s"),
    "vision.see": _("The photo could not be read: %(why)s"),
    "assessor.check": _("No check question this time: %(why)s"),
    "speech.speak": _("The answer could not be read aloud: %(why)s"),
}
_ACTS = {
    "speech.hear": acts.hear,
    "vision.see": acts.see,
    "text.understand": acts.understand,
    "tutor.say": acts.say,
    "assessor.grade": acts.grade,
    "assessor.hint": acts.hint,
    "assessor.check": acts.check,
    "speech.speak": acts.speak,
}


class Failed(Exception):
    """A step that the turn cannot do without has failed; the message is for the learner."""


def run(turn_id: UUID, clock: Clock) -> UUID | None:
    """Do a turn whose time has come; return the id of the one that may run after it, if any.

    Does nothing for a turn that is over, held by another worker, or not yet the first of its session.
    """
    hold = lease.claim(turn_id, clock())
    if hold is None:
        return None
    try:
        with hold.alive(clock):
            with inference.on_behalf(user=str(hold.row.user), course=str(hold.row.course)):
                _work(hold, clock)
            _finish(hold, clock)
    except Lost:
        return None  # stopped, or in other hands: whoever did that sees to what comes next
    except Cancelled:
        return None
    except Failed as failure:
        _fail(hold, str(failure), clock)
    except Exception:
        log.exception("turn %s broke", turn_id)
        _fail(hold, BROKE, clock)
    following = lease.first_open(hold.row.session_id)
    return following.id if following and following.status == "queued" else None


def _work(hold: Hold, clock: Clock) -> None:
    row = hold.row
    steps = _Steps(hold, clock)
    work = Work(hold, Desk(hold, steps.note), dict(row.notebook))
    steps.work = work
    if row.tries == 1:
        hold.tell(live.STARTED, {"session": str(row.session_id), "text": row.text})
    opening = plan.opening(bool(row.text or row.wants), bool(row.audio_type), bool(row.image_key))
    for planned in opening:
        steps.do(planned)
        if planned.key == "speech.hear":
            keeping.let_go_of_voice(row.id)
    understood = work.understood
    after = plan.answering(understood["intent"], row.session.mode)
    if understood.get("say"):
        after = [Planned("tutor", "say")]
    after.append(plan.SPEAK)
    if not after[0].key.endswith(".check"):
        _take_back(work, after[0])
    for number, planned in enumerate(after):
        steps.do(planned)
        hold.save(progress=round((number + 1 + len(opening)) / (len(opening) + len(after)), 2))


def _take_back(work: Work, planned: Planned) -> None:
    """Words that a worker showed before it died are shown anew by the step that is done again."""
    if planned.key in work.notes:
        return
    shown, first = live.said(work.turn.id)
    if shown:
        work.hold.tell(live.RETRACT, {"from_seq": first})


def _finish(hold: Hold, clock: Clock) -> None:
    with transaction.atomic():
        mine = Turn.objects.select_for_update().select_related("session")
        row = mine.filter(id=hold.row.id, owner=hold.owner, status="running").first()
        if row is None:
            raise Lost
        ends.finish(row, clock())


def _fail(hold: Hold, detail: str, clock: Clock) -> None:
    with transaction.atomic():
        mine = Turn.objects.select_for_update().select_related("session")
        row = mine.filter(id=hold.row.id, owner=hold.owner, status="running").first()
        if row is not None:
            ends.fail(row, detail, clock())


class _Steps:
    """Does planned steps: writes each down, tells the page, keeps what it found in the notebook."""

    work: Work

    def __init__(self, hold: Hold, clock: Clock) -> None:
        self._hold, self._clock = hold, clock
        self._row: Step | None = None

    def note(self, summary: str) -> None:
        """Tell the page what the step under way is doing."""
        if self._row is not None:
            self._row.summary = summary[:SHARE]
            self._tell(self._row)

    def do(self, planned: Planned) -> None:
        """Do one step, unless the notebook says that it is done."""
        if planned.key in self.work.notes:
            return
        if self._hold.gone():
            raise Lost
        self._row = row = self._begin(planned)
        began = time.monotonic()
        status, missing = "done", ""
        note: acts.Note = {}
        try:
            summary, note = self._act(planned)
        except Cancelled:
            raise
        except Skip as reason:
            status, summary = "skipped", str(reason)
        except EduError as error:
            status, summary, missing = "failed", error.detail, error.detail
        except Exception:
            log.exception("step %s of turn %s failed", planned.key, self._hold.row.id)
            status, summary, missing = "failed", BROKE, BROKE
        row.status, row.summary = status, summary[:SHARE]
        row.ms = int((time.monotonic() - began) * 1000)
        self._keep(planned, note, missing if planned.optional else "")
        self._row = None
        if missing and not planned.optional:
            raise Failed(missing)

    def _act(self, planned: Planned) -> tuple[str, acts.Note]:
        act = _ACTS.get(planned.key) or acts.answer(planned.task)
        return act(self.work)

    def _begin(self, planned: Planned) -> Step:
        fresh = {"status": "running", "summary": "", "ms": 0, "started_at": self._clock()}
        row, _made = Step.objects.update_or_create(
            turn=self._hold.row, agent=planned.agent, task=planned.task, defaults=fresh
        )
        self._tell(row)
        return row

    def _keep(self, planned: Planned, note: acts.Note, missing: str) -> None:
        """Write the step and what it found in one transaction with the message about it."""
        row = self._row
        assert row is not None  # noqa: S101  (there is a step under way)
        self.work.notes[planned.key] = note
        changes: dict[str, object] = {"notebook": {**self._hold.row.notebook, planned.key: note}}
        if missing:
            why = MISSING.get(planned.key, "%(why)s") % {"why": missing}
            changes["degraded"] = [*self._hold.row.degraded, why]
        with transaction.atomic():
            row.save(update_fields=["status", "summary", "ms"])
            self._hold.tell(live.STEP, _step(row), **changes)

    def _tell(self, row: Step) -> None:
        self._hold.tell(live.STEP, _step(row))


def _step(row: Step) -> dict[str, object]:
    return {
        "agent": row.agent,
        "task": row.task,
        "status": row.status,
        "ms": row.ms,
        "summary": row.summary,
    }
