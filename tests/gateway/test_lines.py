"""Heads of requests that do not end, on a wire that is none."""

import asyncio
import json

import pytest
import uvicorn
from uvicorn.server import ServerState

from edu.gateway.lines import MOST_HEAD, BoundedHead

HEAD = b"POST / HTTP/1.1\r\nHost: edu\r\nContent-Length: %d\r\n"
LAST = b"GET / HTTP/1.1\r\nHost: edu\r\nConnection: close\r\n\r\n"


class Wire(asyncio.Transport):
    """Keeps what is written."""

    def __init__(self):
        super().__init__({"peername": ("10.0.0.1", 1), "sockname": ("10.0.0.2", 2)})
        self.written, self.closed = b"", False

    def write(self, data):
        self.written += data

    def close(self):
        self.closed = True

    def is_closing(self):
        return self.closed

    def pause_reading(self):
        pass

    def resume_reading(self):
        pass


async def application(scope, receive, send):
    size, more = 0, True
    while more:
        message = await receive()
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    body = str(size).encode()
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def sent(pieces):
    """Return what is answered to these pieces, as they come in."""
    config = uvicorn.Config(application, lifespan="off", log_config=None)
    config.load()
    line, wire = BoundedHead(config=config, server_state=ServerState(), app_state={}), Wire()
    line.connection_made(wire)
    for piece in pieces:
        if not wire.closed:
            line.data_received(piece)
        await asyncio.sleep(0)
    for _ in range(20):
        await asyncio.sleep(0)
    line.connection_lost(None)
    return wire.written


@pytest.mark.parametrize(
    "start", [b"GET /" + b"a" * 100, HEAD % 5 + b"X-Long: "], ids=["address", "header"]
)
def test_a_head_without_an_end_is_given_up(start):
    pieces = [start, *[b"a" * 20_000] * (MOST_HEAD // 20_000 + 1)]
    answer = asyncio.run(sent(pieces))
    assert answer.startswith(b"HTTP/1.1 431 ")
    assert answer.count(b"HTTP/1.1") == 1


def test_what_follows_a_head_is_not_counted_as_one():
    body = [b"b" * 50_000] * 4
    answer = asyncio.run(sent([HEAD % 200_000 + b"\r\n", *body, LAST]))
    assert answer.count(b"HTTP/1.1 200 ") == 2
    assert b"200000" in answer


def test_many_heads_after_each_other_are_not_counted_as_one():
    one = b"GET / HTTP/1.1\r\nHost: edu\r\nX: " + b"a" * 20_000 + b"\r\n\r\n"
    answer = asyncio.run(sent([one] * 5))
    assert answer.count(b"HTTP/1.1 200 ") == 5


@pytest.mark.parametrize(
    ("start", "status", "kind"),
    [
        (b"FOO /api/v1/me?x=1 HTTP/1.1\r\n", 405, b"application/problem+json"),
        (b"brew /api/v1/me HTTP/1.1\r\n", 405, b"application/problem+json"),
        (b"FOO /about/ HTTP/1.1\r\n", 405, b"text/plain"),
        (b"GET /api/v1/me HTTX/1.1\r\n", 400, b"text/plain"),
        (b"\x16\x03\x01\x02\x00\x01\r\n", 400, b"text/plain"),
    ],
)
def test_a_method_that_nobody_knows_is_not_taken(start, status, kind):
    answer = asyncio.run(sent([start + b"Host: edu\r\n\r\n"]))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert kind in head
    assert (b"Allow: GET, HEAD" in head) is (status == 405)
    if b"problem" in kind:
        told = json.loads(body)
        assert (told["status"], told["instance"]) == (405, "/api/v1/me")
        assert f"Content-Length: {len(body)}".encode() in head
