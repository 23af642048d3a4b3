"""Before Django: sockets of other origins, bodies that are too large or too slow."""

import asyncio

import pytest
from django.db import OperationalError

from edu.gateway.bodies import BodyLimit
from edu.gateway.sockets import SameOrigin
from edu.users import api as users
from tests.cast import PASSWORD


@pytest.mark.parametrize(
    ("host", "origin", "may"),
    [
        ("school.example:8000", "http://school.example:8000", True),
        ("school.example", "https://school.example", True),
        ("school.example:8000", "", True),
        ("school.example:8000", "http://school.example:9000", False),
        ("school.example", "https://evil.example", False),
        ("school.example", "null", False),
        ("school.example", "file://", False),
    ],
)
def test_only_pages_of_this_site_open_a_socket(host, origin, may):
    assert SameOrigin.may_open(host, origin) is may


def test_the_public_address_may_open_a_socket_behind_a_proxy(settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://learn.example"]
    assert SameOrigin.may_open("10.0.0.3:8000", "https://learn.example")


def test_an_unknown_host_opens_no_socket(settings):
    settings.ALLOWED_HOSTS = ["school.example"]
    assert not SameOrigin.may_open("evil.example", "http://evil.example")
    assert SameOrigin.may_open("school.example:8000", "http://school.example:8000")


def ask(path, declared, pieces, **named):
    """Send `pieces`, with the headers `named`, to an application that reads all and answers 200; return
    status, body, came."""
    sent, came = [], []

    async def application(scope, receive, send):
        more = True
        while more:
            message = await receive()
            came.append(len(message["body"]))
            more = message.get("more_body", False)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ok"})

    queue = list(pieces)

    async def receive():
        return {"type": "http.request", "body": queue.pop(0), "more_body": bool(queue)}

    async def send(message):
        sent.append(message)

    headers = [(b"content-length", str(declared).encode())] if declared is not None else []
    headers += [(name.encode(), value.encode()) for name, value in named.items()]
    scope = {"type": "http", "path": path, "headers": headers}
    asyncio.run(BodyLimit(application)(scope, receive, send))
    return sent[0]["status"], sent[1]["body"], sum(came)


def test_a_small_body_passes(settings):
    settings.EDU_MAX_UPLOAD_MB = 1
    assert ask("/api/v1/x", 5, [b"hello"]) == (200, b"ok", 5)
    assert ask("/x", None, [b"a" * 900_000, b"b" * 900_000]) == (200, b"ok", 1_800_000)


def test_a_body_that_says_it_is_too_large_is_not_read_on(settings):
    settings.EDU_MAX_UPLOAD_MB = 1
    status, body, came = ask("/api/v1/x", 3_000_000, [b"a" * 1_000_000] * 3)
    assert (status, came) == (413, 0)
    assert b'"status": 413' in body


def test_a_body_that_does_not_say_so_is_cut_off(settings):
    settings.EDU_MAX_UPLOAD_MB = 1
    status, body, came = ask("/x", None, [b"a" * 1_000_000] * 4)
    assert status == 413
    assert came <= 2_000_000
    assert b"1 MB" in body


def test_a_body_that_is_more_than_it_said_is_cut_off(settings):
    settings.EDU_MAX_UPLOAD_MB = 1
    assert ask("/x", 10, [b"a" * 1_000_000] * 4)[0] == 413


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("declared", [9_000_000, None])
def test_much_is_read_only_of_those_who_are_signed_in(declared, learner, client_of):
    pieces = [b"a" * 3_000_000] * 3
    for wrong in ({}, {"authorization": "Bearer no"}, {"cookie": "x=y"}, {"cookie": "\x00=("}):
        status, body, came = ask("/api/v1/me", declared, pieces, **wrong)
        assert status == 401
        assert b"/problems/unauthorized/" in body
        assert came <= 4_000_000
    access = users.issue_tokens(email=learner.email, password=PASSWORD).access
    cookies = "; ".join(f"{each.key}={each.value}" for each in client_of(learner).cookies.values())
    for right in ({"authorization": f"Bearer {access}"}, {"cookie": cookies}):
        assert ask("/api/v1/me", declared, pieces, **right) == (200, b"ok", 9_000_000)


def test_a_store_that_is_away_on_the_way_is_said_so(settings):
    def away(*, access):
        raise OperationalError("no connection after 10 s")

    real, users.access_of = users.access_of, away
    try:
        for path in ("/api/v1/me", "/x/"):
            status, body, came = ask(
                path, 9_000_000, [b"a" * 3_000_000] * 3, authorization="Bearer x"
            )
            assert (status, came) == (503, 0)
            assert b"connection" not in body
    finally:
        users.access_of = real


def trickle(pieces, ahead, chunk):
    """Send `pieces` times `chunk` bytes, each `ahead` seconds after the last; return the status."""
    sent = []

    async def application(scope, receive, send):
        while (await receive()).get("more_body"):
            pass
        await asyncio.sleep(ahead)  # after the body nothing is timed
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ok"})

    left = pieces

    async def receive():
        nonlocal left
        await asyncio.sleep(ahead)
        left -= 1
        return {"type": "http.request", "body": b"a" * chunk, "more_body": left > 0}

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "path": "/api/v1/x", "headers": []}
    asyncio.run(BodyLimit(application)(scope, receive, send))
    return sent[0]["status"], sent[1]["body"]


def test_what_comes_too_slowly_is_cut_off(settings):
    settings.EDU_BODY_GRACE, settings.EDU_BODY_RATE = 0.05, 10_000
    status, body = trickle(pieces=1000, ahead=0.01, chunk=1)
    assert status == 408
    assert b"/problems/request-timeout/" in body
    assert trickle(pieces=12, ahead=0.01, chunk=1000) == (200, b"ok")
