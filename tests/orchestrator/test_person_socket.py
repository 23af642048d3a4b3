"""The WebSocket of a person: every page that is open hears of a notice."""

import pytest
from asgiref.sync import sync_to_async
from channels.auth import AuthMiddlewareStack
from channels.routing import URLRouter
from django.utils import timezone

from edu.orchestrator.logic import notices
from edu.orchestrator.web.urls import websocket
from edu.users import api as users
from tests.cast import PASSWORD
from tests.orchestrator.lines import Line

pytestmark = pytest.mark.django_db(transaction=True)
WAIT = 20


def connect(headers=()):
    return Line(AuthMiddlewareStack(URLRouter(websocket)), "/ws/me/", headers)


def access(person):
    return users.issue_tokens(email=person.email, password=PASSWORD).access


def give(person, thing):
    notices.add(
        [person.id], "material_read", thing, timezone.now(), url="/materials/1/", title="Cells"
    )


async def entered(person):
    line = connect()
    assert await line.connect()
    await line.send_json_to({"type": "auth", "access": await sync_to_async(access)(person)})
    return line, await line.receive_json_from(WAIT)


async def test_a_page_hears_of_its_persons_notices_and_no_others(learner, stranger):
    await sync_to_async(give)(learner, "0")
    mine, ready = await entered(learner)
    theirs, _ready = await entered(stranger)
    assert ready == {"type": "ready", "unread": 1}
    await sync_to_async(give)(learner, "1")
    message = await mine.receive_json_from(WAIT)
    assert (message["type"], message["unread"]) == ("notification", 2)
    assert message["text"] == "“Cells” is read. You can ask about it now."
    assert message["notification"]["url"] == "/materials/1/"
    assert await theirs.receive_nothing()
    await mine.disconnect()
    await theirs.disconnect()


@pytest.mark.parametrize("said", [{"type": "auth", "access": "x"}, {"type": "ping"}, ["x"]])
async def test_nobody_listens_without_saying_who_they_are(said):
    line = connect()
    assert await line.connect()
    await line.send_json_to(said)
    frame = await line.receive_output(WAIT)
    assert (frame["type"], frame["code"]) == ("websocket.close", 4401)


async def test_it_answers_a_ping_and_ignores_all_else(learner):
    line, _ready = await entered(learner)
    await line.send_json_to("no object")
    await line.send_json_to({"type": "turn", "text": "hello"})
    await line.send_json_to({"type": "ping"})
    assert await line.receive_json_from(WAIT) == {"type": "pong"}
    await line.disconnect()


@pytest.mark.parametrize(("scope", "code"), [("profile", 4403), ("learning:read", None)])
async def test_a_token_needs_the_scope(learner, scope, code):
    made = await sync_to_async(users.make_token)(
        user=learner.id, name="A script", scopes=[scope], days=1
    )
    line = connect()
    assert await line.connect()
    await line.send_json_to({"type": "auth", "access": made.token})
    frame = await line.receive_output(WAIT)
    if code:
        assert frame == {"type": "websocket.close", "code": code}
    else:
        assert "ready" in frame["text"]
        await line.disconnect()


@pytest.mark.parametrize(("kind", "code"), [("Bearer", None), ("bearer", None), ("wrong", 4401)])
async def test_a_token_may_come_with_the_handshake(learner, kind, code):
    token = await sync_to_async(access)(learner)
    said = "Bearer x" if code else f"{kind} {token}"
    line = connect([(b"authorization", said.encode())])
    assert await line.connect()
    frame = await line.receive_output(WAIT)
    if code:
        assert frame == {"type": "websocket.close", "code": code}
    else:
        assert "ready" in frame["text"]
        await line.disconnect()
