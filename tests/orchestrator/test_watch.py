"""Sockets close by themselves when whoever listens may not any more."""

import asyncio

import pytest
from asgiref.sync import sync_to_async
from channels.auth import AuthMiddlewareStack
from channels.routing import URLRouter
from django.conf import settings
from django.test import Client

from edu.courses import api as courses
from edu.orchestrator import api
from edu.orchestrator.web.consumers import SessionConsumer
from edu.orchestrator.web.person import PersonConsumer
from edu.orchestrator.web.urls import websocket
from edu.users import api as users
from tests.cast import PASSWORD
from tests.orchestrator.lines import Line

pytestmark = pytest.mark.django_db(transaction=True)
WAIT = 20


def browser_of(person):
    """A browser that signed in on the page, as people do."""
    client = Client()
    client.post("/sign-in/", {"email": person.email, "password": PASSWORD})
    return client


async def opened(place, client=None, access=""):
    """A line that is ready: with the cookie of a browser, or with a token."""
    headers = []
    if client is not None:
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        headers = [(b"cookie", f"{settings.SESSION_COOKIE_NAME}={cookie}".encode())]
    line = Line(AuthMiddlewareStack(URLRouter(websocket)), place, headers)
    assert await line.connect()
    if access:
        await line.send_json_to({"type": "auth", "access": access})
    assert (await line.receive_json_from(WAIT))["type"] == "ready"
    return line


async def end_of(line):
    """The code with which a line is closed."""
    frame = await line.receive_output(WAIT)
    assert frame["type"] == "websocket.close"
    return frame["code"]


@pytest.fixture
def place(learner, course):
    session = api.start_session(user=learner.id, course=course.id)
    return f"/ws/sessions/{session.id}/"


@pytest.mark.parametrize("which", ["session", "person"])
async def test_signing_out_there_ends_the_sockets_there_and_no_others(learner, place, which):
    where = place if which == "session" else "/ws/me/"
    here, there = [await sync_to_async(browser_of)(learner) for _each in range(2)]
    mine, theirs = await opened(where, here), await opened(where, there)
    key = here.session.session_key
    await sync_to_async(users.end_other_devices)(user=learner.id, session=key)
    assert await end_of(theirs) == 4401
    await mine.send_json_to({"type": "ping"})
    assert (await mine.receive_json_from(WAIT))["type"] == "pong"
    await mine.disconnect()


async def test_a_blocked_person_is_out(learner, place):
    line = await opened(place, await sync_to_async(browser_of)(learner))
    await sync_to_async(users.set_active)(users=[learner.id], active=False)
    assert await end_of(line) == 4401


async def test_a_token_that_ended_ends_its_socket(learner, place):
    tokens = await sync_to_async(users.issue_tokens)(email=learner.email, password=PASSWORD)
    line = await opened(place, access=tokens.access)
    await sync_to_async(users.revoke)(refresh=tokens.refresh)
    assert await end_of(line) == 4401


async def test_who_was_taken_out_of_the_course_is_out(teacher, learner, course, place):
    line = await opened(place, await sync_to_async(browser_of)(learner))
    await sync_to_async(courses.remove_member)(user=teacher.id, course=course.id, member=learner.id)
    assert await end_of(line) == 4404


@pytest.mark.parametrize("kind", [SessionConsumer, PersonConsumer])
@pytest.mark.parametrize("error", [OSError, RuntimeError])
def test_a_socket_that_went_before_its_time_was_up_is_let_go(monkeypatch, kind, error):
    closed = []

    async def close(self, code=None):
        closed.append(code)
        raise error

    monkeypatch.setattr(kind, "close", close)
    monkeypatch.setattr(f"{kind.__module__}.AUTH_SECONDS", 0.0)
    asyncio.run(kind()._expire())
    assert closed == [4408]
