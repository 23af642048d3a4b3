"""What this app holds of people."""

from uuid import UUID

from edu.agents.models import AgentRun
from edu.common import held
from edu.common.held import ERASE, Held, Kind, Personal, Rules
from edu.common.text import gettext_noop as _

# A row names no person but a turn: whose turns they are the caller knows.
RULES: Rules = {
    AgentRun: Held(
        _("What agents did for you"),
        _("So that it can be seen how an answer came about."),
        {"turn": ERASE},
    ),
}


def kinds(turns: list[UUID]) -> list[Kind]:
    """Return what is held of the person whose turns these are."""
    count = AgentRun.objects.filter(turn__in=turns).count()
    rule = RULES[AgentRun]
    return [Kind(held.name(AgentRun), rule.kind, rule.why, count, ERASE)] if count else []


def export(turns: list[UUID]) -> Personal:
    """Return the run log of these turns."""
    rows = AgentRun.objects.filter(turn__in=turns).order_by("pk")
    told = [
        {
            each.name: held.value(each.value_from_object(row))
            for each in AgentRun._meta.concrete_fields
        }
        for row in rows.iterator(chunk_size=500)
    ]
    return Personal({held.name(AgentRun): told} if told else {})


def erase(turns: list[UUID]) -> dict[str, int]:
    """Delete the run log of these turns; return how many rows went."""
    count = AgentRun.objects.filter(turn__in=turns).delete()[0]
    return {held.name(AgentRun): count} if count else {}
