"""The WebSocket of a session, with real channels on a real Valkey."""

import asyncio
import json

import pytest
from asgiref.sync import sync_to_async
from channels.auth import AuthMiddlewareStack
from channels.routing import URLRouter
from django.test import Client

from edu.celery import app
from edu.inference import api as inference
from edu.orchestrator import api
from edu.orchestrator.web.urls import websocket
from edu.users import api as users
from tests.cast import PASSWORD
from tests.orchestrator.lines import Line

pytestmark = pytest.mark.django_db(transaction=True)
WAIT = 20


@pytest.fixture
def worker():
    """A worker that does every task at once."""
    before = app.conf.task_always_eager
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = before


@pytest.fixture
def place(worker, learner, course, material):
    return api.start_session(user=learner.id, course=course.id)


@pytest.fixture
def tokens(learner):
    return users.issue_tokens(email=learner.email, password=PASSWORD)


def connect(session, headers=()):
    application = AuthMiddlewareStack(URLRouter(websocket))
    return Line(application, f"/ws/sessions/{session}/", headers)


async def entered(session, tokens):
    line = connect(session)
    assert await line.connect()
    await line.send_json_to({"type": "auth", "access": tokens.access})
    assert (await line.receive_json_from(WAIT))["type"] == "ready"
    return line


async def until(line, *kinds):
    """Return all messages up to one of `kinds`; sound comes as bytes."""
    heard = []
    while True:
        frame = await line.receive_output(WAIT)
        if frame["type"] == "websocket.close":
            heard.append({"type": "closed", "code": frame.get("code")})
            return heard
        if frame.get("bytes") is not None:
            heard.append(frame["bytes"])
            continue
        heard.append(json.loads(frame["text"]))
        if heard[-1]["type"] in kinds:
            return heard


async def test_a_question_streams_its_answer(place, tokens, no_chat):
    line = await entered(place.id, tokens)
    await line.send_json_to({"type": "turn", "text": "What is osmosis?"})
    heard = await until(line, "turn.finished", "turn.failed")
    told = [each for each in heard if each["type"] != "turn.queued"]
    assert sorted(each["seq"] for each in told) == list(range(1, len(told) + 1))
    assert {"turn.started", "step", "citation", "token"} <= {each["type"] for each in told}
    last = heard[-1]
    assert last["status"] == "ready"
    words = "".join(e["text"] for e in sorted(told, key=lambda e: e["seq"]) if e["type"] == "token")
    assert words == last["answer"]
    citation = next(each for each in told if each["type"] == "citation")
    assert citation["quote"].startswith("Osmosis is")
    await line.disconnect()


async def test_the_sites_cookie_is_enough(place, learner, client_of):
    client: Client = await sync_to_async(client_of)(learner)
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    line = connect(place.id, [(b"cookie", cookie.encode())])
    assert await line.connect()
    assert (await line.receive_json_from(WAIT))["type"] == "ready"
    await line.disconnect()


async def test_a_bad_token_closes_the_line(place):
    line = connect(place.id)
    await line.connect()
    await line.send_json_to({"type": "auth", "access": "not-a-token"})
    assert (await until(line))[-1] == {"type": "closed", "code": 4401}


async def test_without_a_token_nothing_is_told(place):
    line = connect(place.id)
    await line.connect()
    await line.send_json_to({"type": "turn", "text": "What is osmosis?"})
    assert (await until(line))[-1] == {"type": "closed", "code": 4401}


async def test_the_session_of_somebody_else_is_not_there(place, stranger):
    tokens = await sync_to_async(users.issue_tokens)(email=stranger.email, password=PASSWORD)
    line = connect(place.id)
    await line.connect()
    await line.send_json_to({"type": "auth", "access": tokens.access})
    assert (await until(line))[-1] == {"type": "closed", "code": 4404}


async def test_what_was_missed_is_sent_again(place, tokens, no_chat):
    first = await entered(place.id, tokens)
    await first.send_json_to({"type": "turn", "text": "What is osmosis?"})
    heard = await until(first, "turn.finished")
    await first.disconnect()
    again = await entered(place.id, tokens)
    turn = heard[-1]["turn"]
    await again.send_json_to({"type": "resume", "turn": turn, "seq": 2})
    replayed = await until(again, "turn.finished")
    assert [each["seq"] for each in replayed] == list(range(3, replayed[-1]["seq"] + 1))
    await again.disconnect()


@pytest.mark.parametrize("kind", ["wav", "pcm16"])
async def test_sound_comes_in_pieces_and_the_answer_as_sound(place, tokens, kind, no_chat):
    sound = (await sync_to_async(inference.speak)(text="What is osmosis?")).wav
    line = await entered(place.id, tokens)
    await line.send_json_to({"type": "audio.start", "format": kind, "rate": 8000})
    body = sound if kind == "wav" else sound[44:]
    for start in range(0, len(body), 4000):
        await line.send_bytes(body[start : start + 4000])
    await line.send_json_to({"type": "audio.end"})
    heard = await until(line, "turn.finished", "turn.failed", "error")
    said = next(each for each in heard if isinstance(each, dict) and each["type"] == "heard")
    assert said["final"] is True
    if kind == "wav":
        assert said["text"] == "What is osmosis?"
        about = heard.index(next(e for e in heard if isinstance(e, dict) and e["type"] == "audio"))
        assert isinstance(heard[about + 1], bytes)
        assert heard[about + 1][:4] == b"RIFF"
    await line.disconnect()


@pytest.mark.parametrize(
    "message",
    [
        {"type": "fly"},
        {"type": "turn", "text": ""},
        {"type": "turn", "text": 7},
        {"type": "turn", "text": "x" * 100_000},
        {"type": "turn", "text": "x" * 300_000},
        {"type": "cancel"},
        {"type": "cancel", "turn": "nothing"},
        {"type": "resume", "turn": "0197a3d0-77aa-7b52-8a51-5f0f6f2b9f11"},
        {"type": "audio.start", "format": "mp3"},
        {"type": "audio.start", "format": "pcm16", "rate": 3},
        {"type": "audio.end"},
        ["no", "object"],
        {"type": ["turn"]},
    ],
)
async def test_bad_messages_are_answered_in_words_and_the_line_stays(place, tokens, message):
    line = await entered(place.id, tokens)
    await line.send_json_to(message)
    told = await line.receive_json_from(WAIT)
    assert told["type"] == "error"
    assert told["detail"].endswith(".")
    await line.send_json_to({"type": "ping"})
    assert (await line.receive_json_from(WAIT))["type"] == "pong"
    await line.disconnect()


async def test_sound_without_a_start_is_refused(place, tokens):
    line = await entered(place.id, tokens)
    await line.send_bytes(b"\0" * 100)
    assert (await line.receive_json_from(WAIT))["type"] == "error"
    await line.disconnect()


async def test_text_that_is_no_json_is_refused(place, tokens):
    line = await entered(place.id, tokens)
    await line.send_text("{not json")
    assert (await line.receive_json_from(WAIT))["type"] == "error"
    await line.disconnect()


async def test_a_turn_is_stopped_by_a_message(place, tokens, learner):
    app.conf.task_always_eager = False  # nobody works, so that the turn waits
    line = await entered(place.id, tokens)
    await line.send_json_to({"type": "turn", "text": "What is osmosis?"})
    queued = await line.receive_json_from(WAIT)
    await line.send_json_to({"type": "cancel", "turn": queued["turn"]})
    last = (await until(line, "turn.finished"))[-1]
    assert last["status"] == "cancelled"
    await line.disconnect()


async def test_two_pages_of_one_session_both_listen(place, tokens, no_chat):
    one, two = await entered(place.id, tokens), await entered(place.id, tokens)
    await one.send_json_to({"type": "turn", "text": "hello"})
    ends = await asyncio.gather(until(one, "turn.finished"), until(two, "turn.finished"))
    assert ends[0][-1]["answer"] == ends[1][-1]["answer"]
    await one.disconnect()
    await two.disconnect()


async def test_words_appear_while_somebody_speaks_and_nothing_of_it_is_kept(
    place, tokens, settings
):
    line = await entered(place.id, tokens)
    start = {"type": "audio.start", "format": "pcm16", "rate": 8000, "partials": True}
    await line.send_json_to(start)
    assert await line.receive_json_from(WAIT) == {"type": "audio.listening", "partials": True}
    noise = bytes([0, 20]) * 4400
    for words in (b"say: What is ", b"say: osmosis? "):
        await line.send_bytes(words + noise * 4)
        told = await line.receive_json_from(WAIT)
    assert (told["type"], told["text"], told["language"]) == (
        "audio.partial",
        "What is osmosis?",
        "en",
    )
    await line.send_json_to({"type": "audio.drop"})
    await line.send_json_to({"type": "audio.end"})  # there is no sound any more
    assert (await line.receive_json_from(WAIT))["type"] == "error"
    # Sound that would leave this site is not sent there again and again, and webm is not listened to.
    settings.EDU_SERVERS = {
        **settings.EDU_SERVERS,
        "hear": {"url": "https://else.example/v1", "key": "", "name": ""},
    }
    for changed in ({}, {"format": "webm"}):
        await line.send_json_to({**start, **changed})
        told = await line.receive_json_from(WAIT)
        assert told == {"type": "audio.listening", "partials": False}
        settings.EDU_SERVERS = {
            **settings.EDU_SERVERS,
            "hear": {"url": "echo", "key": "", "name": ""},
        }
    await line.disconnect()


@pytest.mark.parametrize(("word", "kind"), [("", "websocket.send"), ("x", "websocket.close")])
async def test_a_token_may_come_with_the_handshake(place, tokens, word, kind):
    line = connect(place.id, [(b"authorization", f"Bearer {tokens.access}{word}".encode())])
    assert await line.connect()
    assert (await line.receive_output(WAIT))["type"] == kind
    await line.disconnect()
