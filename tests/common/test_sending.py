"""Private files go out whole, in one range, or not at all when they are known."""

import pytest
from django.test import RequestFactory

from edu.common.sending import SANDBOX, send

CONTENT = bytes(range(200))


def answer(method="get", **more):
    """What is sent when `headers` ask for it."""
    headers = more.pop("headers", {})
    request = getattr(RequestFactory(), method)("/", headers=headers)
    return send(request, lambda start, end: CONTENT[start:end], 200, "audio/wav", "tag", **more)


def body(response):
    """All bytes of an answer."""
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize(
    ("headers", "status", "start", "end"),
    [
        ({}, 200, 0, 200),
        ({"Range": "bytes=0-9"}, 206, 0, 10),
        ({"Range": "bytes=190-"}, 206, 190, 200),
        ({"Range": "bytes=-5"}, 206, 195, 200),
        ({"Range": "bytes=-500"}, 206, 0, 200),
        ({"Range": "bytes=150-999"}, 206, 150, 200),
        ({"Range": "bytes=5-9", "If-Range": '"tag"'}, 206, 5, 10),
        ({"Range": "bytes=5-9", "If-Range": '"older"'}, 200, 0, 200),
        ({"Range": "bytes=5-9", "If-Range": 'W/"tag"'}, 200, 0, 200),
        ({"Range": "bytes=0-1,4-5"}, 200, 0, 200),
        ({"Range": "bytes=9-5"}, 200, 0, 200),
        ({"Range": "bytes=-"}, 200, 0, 200),
        ({"Range": "pages=1-2"}, 200, 0, 200),
        ({"If-None-Match": '"other"'}, 200, 0, 200),
    ],
)
def test_what_is_asked_for_is_sent(headers, status, start, end):
    found = answer(headers=headers)
    assert (found.status_code, body(found)) == (status, CONTENT[start:end])
    assert found["Content-Length"] == str(end - start)
    told = f"bytes {start}-{end - 1}/200" if status == 206 else None
    assert found.get("Content-Range") == told


@pytest.mark.parametrize("known", ['"tag"', 'W/"tag"', '"a", "tag"'])
def test_what_is_known_is_not_sent_again(known):
    assert answer(headers={"If-None-Match": known}).status_code == 304


@pytest.mark.parametrize("asked", ["bytes=200-", "bytes=900-901", "bytes=-0"])
def test_what_lies_beyond_the_end_is_not_there(asked):
    found = answer(headers={"Range": asked})
    assert (found.status_code, found["Content-Range"]) == (416, "bytes */200")


def test_a_head_tells_and_sends_nothing():
    found = answer("head", headers={"Range": "bytes=0-9"})
    assert (found.status_code, found["Content-Length"], body(found)) == (200, "200", b"")


def test_one_answer_brings_no_more_than_it_may():
    found = answer(headers={"Range": "bytes=10-"}, most=20)
    assert (found["Content-Range"], body(found)) == ("bytes 10-29/200", CONTENT[10:30])


def test_it_can_do_nothing_wherever_it_is_shown():
    shown, saved = answer(), answer(name='ev"il\\ä.html')
    for each in (shown, saved, answer(headers={"If-None-Match": '"tag"'})):
        assert each["X-Content-Type-Options"] == "nosniff"
        assert each["Content-Security-Policy"] == SANDBOX
        assert each["Cache-Control"].startswith("private")
    assert shown["Content-Disposition"] == "inline"
    assert saved["Content-Disposition"] == (
        "attachment; filename=\"ev_il__.html\"; filename*=UTF-8''ev%22il%5C%C3%A4.html"
    )
