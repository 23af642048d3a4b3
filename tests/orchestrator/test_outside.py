"""A turn of the tutor with a chat model elsewhere: what it gets to see, and for whom."""

import json

import pytest

from edu.inference.logic import acquainted, state
from edu.inference.models import OutsideCall
from edu.orchestrator import api
from edu.users import api as users
from tests.inference.strangers import Stranger

pytestmark = pytest.mark.django_db(transaction=True)
CHAT = "/v1/chat/completions"
ASKED = "Why do raisins swell when they lie in water, +49 170 5551234?"


@pytest.fixture
def elsewhere(settings):
    """A chat server at another firm, which counts what it is asked."""
    server = Stranger()
    choice = {"message": {"role": "assistant", "content": "yes"}, "finish_reason": "stop"}
    server.answers[CHAT] = (200, {"model": "big", "choices": [choice]})
    server.answers["/v1/models"] = (200, {"data": []})
    at = {"url": server.url, "key": "", "name": "big"}
    settings.EDU_SERVERS = {**settings.EDU_SERVERS, "model": at}
    settings.EDU_INFERENCE_URL = "http://127.0.0.1:9/v1"
    state.forget()
    acquainted.forget()
    yield server
    server.close()
    state.forget()


def turn_of(work, learner, session):
    with work():
        asked = api.ask(user=learner.id, session=session.id, text=ASKED)
    return api.turn(user=learner.id, turn=asked.id)


def sent(server):
    return [json.loads(body) for path, body in server.asked if path == CHAT]


def test_it_gets_the_passages_and_no_number(work, learner, session, elsewhere):
    turn = turn_of(work, learner, session)
    assert turn.status == "ready"
    told = json.dumps(sent(elsewhere), ensure_ascii=False)
    assert "more sugar than the water" in told
    assert "5551234" not in told
    rows = list(OutsideCall.objects.all())
    assert len(rows) == len(sent(elsewhere)) > 0
    assert {str(row.user) for row in rows} == {learner.id}
    assert {str(row.course) for row in rows} == {session.course}


def test_nothing_goes_for_who_refuses(work, learner, session, elsewhere):
    users.decide(user=learner.id, purpose="outside-model", given=False, by=learner.id)
    turn = turn_of(work, learner, session)
    assert turn.status == "ready"
    assert "raisin holds more sugar" in turn.answer
    assert sent(elsewhere) == []
    assert not OutsideCall.objects.exists()
