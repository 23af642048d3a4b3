"""The stream of a person's notices over a real server: whole, resumable, and theirs alone."""

import json
from contextlib import contextmanager

import httpx
import pytest
from django.utils import timezone

from edu.orchestrator.logic import notices
from edu.orchestrator.models import Notification
from edu.users import api as users
from tests.cast import PASSWORD
from tests.served import served

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site():
    with served() as address:
        yield address


def give(person, thing, title="Cells"):
    notices.add(
        [person.id], "material_read", thing, timezone.now(), url="/materials/1/", title=title
    )
    return str(Notification.objects.get(user=person.id, thing=thing).id)


def bearer(person):
    tokens = users.issue_tokens(email=person.email, password=PASSWORD)
    return {"Authorization": f"Bearer {tokens.access}"}, tokens


@contextmanager
def listening(site, headers):
    """Yield the answer, and what comes of it event by event: (name, id, data)."""
    with httpx.stream("GET", f"{site}/api/v1/me/events", headers=headers, timeout=20) as answer:
        yield answer, events(answer)


def events(answer):
    found = {}
    for line in answer.iter_lines():
        name, _, value = line.partition(": ")
        if line == "" and "data" in found:
            yield found["event"], found.get("id"), json.loads(found["data"])
            found = {}
        elif name:
            found[name] = value


def test_what_happens_is_told_as_it_happens(site, learner, stranger):
    give(learner, "before")
    headers, _tokens = bearer(learner)
    with listening(site, headers | {"Accept": "text/event-stream"}) as (answer, told):
        assert answer.headers["Content-Type"] == "text/event-stream"
        assert "no-store" in answer.headers["Cache-Control"]
        assert next(told) == ("ready", None, {"unread": 1})
        give(stranger, "theirs", title="Not yours")
        mine = give(learner, "now", title="Osmosis")
        name, at, notice = next(told)
        assert (name, at, notice["id"]) == ("notification", mine, mine)
        assert "Osmosis" in notice["text"]
        listed = httpx.get(f"{site}/api/v1/me/notifications?limit=1", headers=headers).json()
        same = notice.keys() - {"created_at"}  # which is told to the millisecond here
        assert {name: listed["results"][0][name] for name in same} == {
            name: notice[name] for name in same
        }


def test_it_is_taken_up_where_it_was_lost(site, learner, stranger):
    headers, _tokens = bearer(learner)
    give(stranger, "theirs")
    first, second, third = (give(learner, each) for each in "abc")
    with listening(site, headers | {"Last-Event-ID": first}) as (_answer, told):
        assert next(told)[0] == "ready"
        assert [next(told)[1], next(told)[1]] == [second, third]


def test_an_id_that_is_none_begins_anew(site, learner):
    headers, _tokens = bearer(learner)
    give(learner, "a")
    with listening(site, headers | {"Last-Event-ID": "nonsense"}) as (_answer, told):
        assert next(told)[0] == "ready"
        now = give(learner, "b")
        assert next(told)[1] == now


def test_it_ends_when_the_person_signs_out(site, learner):
    headers, tokens = bearer(learner)
    with listening(site, headers) as (_answer, told):
        assert next(told)[0] == "ready"
        users.revoke(refresh=tokens.refresh)
        assert list(told) == []


def test_it_ends_when_a_browser_signs_out(site, learner, client_of):
    browser = client_of(learner)
    cookie = "; ".join(f"{name}={each.value}" for name, each in browser.cookies.items())
    with listening(site, {"Cookie": cookie}) as (_answer, told):
        assert next(told)[0] == "ready"
        now = give(learner, "now")
        assert next(told)[1] == now
        browser.post("/sign-out/")
        assert list(told) == []


def test_nobody_hears_nothing(site):
    answer = httpx.get(f"{site}/api/v1/me/events")
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_its_head_ends(site, learner):
    answer = httpx.head(f"{site}/api/v1/me/events", headers=bearer(learner)[0])
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/event-stream"
