"""What stands before every WebSocket."""

import pytest
from channels.auth import AuthMiddlewareStack
from channels.routing import URLRouter
from django.conf import settings

from edu.gateway.sockets import Known, Once
from edu.gateway.urls import brought
from tests.orchestrator.lines import Line

ROUTES = brought("websocket")


def line(path, headers=(), **more):
    made = Line(Known(ROUTES, AuthMiddlewareStack(URLRouter(ROUTES))), path, headers)
    made.scope.update(more)
    return made


@pytest.mark.parametrize("path", ["/ws/nope/", "/ws/", "/", "/ws/me", "/ws/sessions//", "/ws/\0/"])
async def test_where_there_is_no_socket_there_is_a_404_and_no_traceback(path):
    asked = line(path, extensions={"websocket.http.response": {}})
    await asked.send_input({"type": "websocket.connect"})
    assert (await asked.receive_output())["status"] == 404
    assert b"/ws/me/" in (await asked.receive_output())["body"]
    await asked.wait()
    asked = line(path)
    assert await asked.connect() is False
    await asked.wait()


@pytest.mark.django_db(transaction=True)
async def test_a_cookie_that_no_store_takes_is_none():
    cookie = f'{settings.SESSION_COOKIE_NAME}="\\000abc"'.encode()
    asked = line("/ws/me/", [(b"cookie", cookie)])
    assert await asked.connect()
    await asked.send_text('{"type": "auth", "access": "\\u0000"}')
    assert (await asked.receive_output())["code"] == 4401


@pytest.mark.parametrize("end", ["websocket.close", "websocket.disconnect"])
async def test_nothing_is_said_on_a_line_that_is_closed(end):
    said, left = [], [{"type": "websocket.disconnect"}]

    async def hasty(scope, receive, send):
        if end == "websocket.disconnect":
            await receive()
        for _frame in range(3):
            await send({"type": "websocket.close", "code": 4401})
        await send({"type": "websocket.send", "text": "{}"})

    async def receive():
        return left.pop()

    async def send(message):
        said.append(message)

    await Once(hasty)({}, receive, send)
    assert len(said) == (1 if end == "websocket.close" else 0)
