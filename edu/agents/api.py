"""Run one agent on one request; see who is in the team and what was run.

An agent never knows who answers its toolbox, and keeps nothing: all that lasts is the run log.
"""

from django.utils import timezone

from edu.agents.data import Request, Result, Run, Toolbox
from edu.agents.logic import held
from edu.agents.logic import runs as log
from edu.agents.models import AgentRun
from edu.common.held import Kind, Personal
from edu.common.ids import parse_id


def run(*, agent: str, request: Request, tools: Toolbox, turn: str = "") -> Result:
    """Have the agent named `agent` do `request` with `tools`; `turn` is what it is for, if anything.

    Takes as long as the agent does and holds no transaction. Raises NoSuchAgent, NoSuchTask,
    Cancelled, and what the models raise that the agent cannot do without.
    """
    return log.run(agent, request, tools, parse_id(turn) if turn else None, timezone.now)


def team() -> list[tuple[str, str]]:
    """Return (name, what it does) of every agent, by name."""
    return [(name, member.about) for name, member in sorted(log.team().items())]


def runs(*, turn: str) -> list[Run]:
    """Return the run log of one turn, oldest first. No access check: the caller has made it."""
    rows = AgentRun.objects.filter(turn=parse_id(turn)).order_by("created_at", "id")
    return [
        Run(
            id=str(row.id),
            agent=row.agent,
            task=row.task,
            status=row.status,
            ms=row.ms,
            summary=row.summary,
        )
        for row in rows
    ]


def held_of_person(*, turns: list[str]) -> list[Kind]:
    """Return what is held of the person whose turns these are."""
    return held.kinds([parse_id(each) for each in turns])


def export_person(*, turns: list[str]) -> Personal:
    """Return all that is held of the person whose turns these are."""
    return held.export([parse_id(each) for each in turns])


def erase_person(*, turns: list[str]) -> dict[str, int]:
    """Erase the person whose turns these are; return how many rows of each table went."""
    return held.erase([parse_id(each) for each in turns])
