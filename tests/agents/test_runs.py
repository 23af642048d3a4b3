"""Agents are found, run and logged."""

import pytest

from edu.agents import api
from edu.agents.base import Agent
from edu.agents.data import Cancelled, NoSuchAgent, NoSuchTask, Request, Result
from edu.agents.logic import runs
from edu.agents.models import AgentRun
from edu.common.ids import new_id

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["text", "vision", "speech", "tutor"])
def test_the_team_is_found_in_its_folder(name):
    assert name in dict(api.team())


@pytest.mark.parametrize("member", list(runs.team().values()), ids=lambda each: each.name)
def test_every_agent_says_who_it_is(member):
    assert isinstance(member, Agent)
    assert member.name.isidentifier()
    assert member.about.endswith(".")
    assert member.tasks
    assert all(task.isidentifier() for task in member.tasks)


def test_a_run_leaves_its_line(library):
    turn = str(new_id())
    request = Request("understand", text="What is osmosis?")
    result = api.run(agent="text", request=request, tools=library.tools(), turn=turn)
    assert isinstance(result, Result)
    (line,) = api.runs(turn=turn)
    assert (line.agent, line.task, line.status) == ("text", "understand", "done")
    assert line.summary == result.summary


def test_a_stopped_run_is_logged_as_stopped(library, no_chat):
    library.stopped = True
    request = Request("answer", text="What is osmosis?", language="en")
    with pytest.raises(Cancelled):
        api.run(agent="tutor", request=request, tools=library.tools())
    assert AgentRun.objects.get().status == "cancelled"


def test_a_broken_run_is_logged_with_its_error(library):
    request = Request("say", language="en", detail={"say": "no such sentence"})
    with pytest.raises(KeyError):
        api.run(agent="tutor", request=request, tools=library.tools())
    row = AgentRun.objects.get()
    assert row.status == "failed"
    assert "KeyError" in row.error


def test_strangers_to_the_team_are_refused(library):
    with pytest.raises(NoSuchAgent):
        api.run(agent="nobody", request=Request("x"), tools=library.tools())
    with pytest.raises(NoSuchTask):
        api.run(agent="text", request=Request("fly"), tools=library.tools())
    assert not AgentRun.objects.exists()
