"""Who is in the team, and the running of one of them: timed, logged, its errors named."""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from functools import cache
from uuid import UUID

from edu.agents.base import Agent
from edu.agents.data import Cancelled, NoSuchAgent, NoSuchTask, Request, Result, Toolbox
from edu.agents.models import AgentRun
from edu.common.codec import plain
from edu.common.errors import EduError
from edu.common.registry import kinds

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


@cache
def team() -> dict[str, Agent]:
    """Return the agents by name: one of each class found in team/."""
    return {kind.name: kind() for kind in kinds("edu.agents.team", Agent)}  # type: ignore[type-abstract]


def run(agent: str, request: Request, tools: Toolbox, turn: UUID | None, clock: Clock) -> Result:
    """Have `agent` do `request`; write the line of the run log before and after. Errors go on to the
    caller, each with its line."""
    member = team().get(agent)
    if member is None:
        raise NoSuchAgent
    if request.task not in member.tasks:
        raise NoSuchTask(task=request.task)
    row = AgentRun.objects.create(agent=agent, task=request.task, turn=turn, created_at=clock())
    began = time.monotonic()
    try:
        result = member.run(request, tools)
    except Cancelled:
        _end(row, AgentRun.Status.CANCELLED, began, "stopped")
        raise
    except EduError as error:
        _end(row, AgentRun.Status.FAILED, began, error.detail, type(error).__name__)
        raise
    except Exception as error:
        log.exception("agent %s failed at %s", agent, request.task)
        _end(row, AgentRun.Status.FAILED, began, "failed", f"{type(error).__name__}: {error}")
        raise
    row.checks = plain(result.checks)
    _end(row, AgentRun.Status.DONE, began, result.summary)
    return result


def _end(row: AgentRun, status: str, began: float, summary: str, error: str = "") -> None:
    row.status, row.summary, row.error = status, summary[:400], error[:2000]
    row.ms = int((time.monotonic() - began) * 1000)
    row.save(update_fields=["status", "ms", "summary", "error", "checks"])
