"""Limits: generous to a school behind one address, firm with a program that runs away."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from rest_framework.test import APIClient

from edu.gateway import limits, throttles
from edu.gateway.limits import Limit, take

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.gateway.urls")]


def test_a_burst_passes_and_then_the_rate_counts():
    limit = Limit("burst", 10, 50)
    passed = [not take(limit, "me").retry_after for _ in range(14)]
    assert all(passed[:10])
    assert not all(passed)
    time.sleep(0.25)
    assert not take(limit, "me").retry_after


def test_one_does_not_use_up_what_is_anothers():
    limit = Limit("others", 1, 0.01)
    assert not take(limit, "me").retry_after
    assert 95 < take(limit, "me").retry_after <= 100
    assert not take(limit, "you").retry_after


def test_it_counts_right_when_many_come_at_once():
    limit = Limit("crowd", 40, 0.001)
    with ThreadPoolExecutor(8) as crowd:
        states = list(crowd.map(lambda _: take(limit, "all"), range(100)))
    assert sum(not state.retry_after for state in states) == 40


def test_the_headers_say_what_is_left():
    state = take(Limit("told", 10, 2), "me")
    assert state.headers == {
        "RateLimit-Policy": '"told";q=10;w=5',
        "RateLimit": '"told";r=9;t=1',
        "RateLimit-Limit": "10",
        "RateLimit-Remaining": "9",
        "RateLimit-Reset": "1",
    }


def test_a_network_of_ipv6_is_one_place():
    assert limits.address("2001:db8:1:2::5") == limits.address("2001:db8:1:2:ffff::")
    assert limits.address("2001:db8:1:3::5") != limits.address("2001:db8:1:2::5")
    assert limits.address("::ffff:10.1.2.3") == limits.address("10.1.2.3") == "10.1.2.3"
    assert limits.address("nonsense") == "unknown"


def test_without_redis_everything_passes(settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django_redis.cache.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    assert not take(Limit("gone", 1, 0.001), "me").retry_after


def test_answers_of_the_api_carry_the_headers(learner, api_of):
    response = api_of(learner).get("/api/v1/test/sees")
    assert response["RateLimit-Policy"].startswith('"reads"')
    assert int(response["RateLimit-Remaining"]) > 0
    assert "RateLimit" in APIClient().get("/api/v1/test/lists")


def test_too_much_is_a_problem_that_says_when(learner, api_of, monkeypatch):
    monkeypatch.setattr(throttles.limits, "READS", Limit("few", 2, 0.01))
    program = api_of(learner)
    answers = [program.get("/api/v1/test/sees") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Content-Type"] == "application/problem+json"
    assert 1 <= int(answers[2]["Retry-After"]) <= 100
    assert answers[2]["RateLimit-Remaining"] == "0"


def test_floor_sixty_sign_ups_a_minute_from_one_address():
    answers = [
        APIClient().post(
            "/api/v1/auth/register",
            {
                "email": f"pupil-{number}@example.org",
                "password": "violet-harbour-41",
                "display_name": f"Pupil {number}",
            },
            format="json",
        )
        for number in range(60)
    ]
    assert {answer.status_code for answer in answers} == {201}


def test_floor_three_hundred_sign_ins_a_minute_from_one_address(learner):
    body = {"email": learner.email, "password": "violet-harbour-41-lantern"}
    answers = [APIClient().post("/api/v1/auth/token", body, format="json") for _ in range(300)]
    assert {answer.status_code for answer in answers} == {200}


def test_floor_twenty_reads_a_second_of_one_person(learner, api_of):
    program = api_of(learner)
    answers = [program.get("/api/v1/test/sees") for _ in range(400)]
    assert {answer.status_code for answer in answers} == {200}
    assert limits.READS.rate >= 20


def test_floor_a_hundred_uploads_in_a_burst(learner, api_of):
    program = api_of(learner)
    answers = [program.post("/api/v1/test/makes", {}, format="json") for _ in range(100)]
    assert {answer.status_code for answer in answers} == {201}


def test_the_sign_in_page_is_limited_like_the_call(client, monkeypatch):
    from edu.gateway.middleware import PlainErrors

    monkeypatch.setitem(PlainErrors.FORMS, "/sign-in/", Limit("form", 1, 0.01))
    body = {"username": "a@example.org", "password": "x"}
    client.post("/sign-in/", body)
    response = client.post("/sign-in/", body)
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert b"<h1>" in response.content
    assert client.get("/sign-in/").status_code == 200
