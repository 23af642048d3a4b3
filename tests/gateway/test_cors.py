"""Pages of other origins, cookies over TLS: what is open is named, and nothing more is open."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from edu.common import environment
from tests.gateway import world as worlds

ORIGIN = "https://app.example.org"
ASK = {"Origin": ORIGIN, "Access-Control-Request-Method": "PATCH"}


@pytest.fixture
def opened(settings):
    settings.EDU_CORS_ORIGINS = [ORIGIN]


@pytest.mark.django_db
class TestOrigins:
    def test_without_a_list_nobody_elsewhere_reads_anything(self, client, learner):
        headers = worlds.signed(learner) | ASK
        for answer in (
            client.get("/api/v1/me", headers=headers),
            client.options("/api/v1/me", headers=ASK),
        ):
            assert "Access-Control-Allow-Origin" not in answer
            assert "Origin" not in answer["Vary"].split(", ")

    def test_a_page_that_is_named_reads_the_answer(self, opened, client, learner):
        answer = client.get("/api/v1/me", headers=worlds.signed(learner) | {"Origin": ORIGIN})
        assert answer.status_code == 200
        assert answer["Access-Control-Allow-Origin"] == ORIGIN
        assert "ETag" in answer["Access-Control-Expose-Headers"]
        assert "Origin" in answer["Vary"].split(", ")
        assert "Access-Control-Allow-Credentials" not in answer

    def test_problems_can_be_read_too(self, opened, client):
        answer = client.get("/api/v1/me", headers={"Origin": ORIGIN})
        assert answer.status_code == 401
        assert answer["Access-Control-Allow-Origin"] == ORIGIN

    @pytest.mark.parametrize(
        "origin",
        [
            "https://app.example.org.evil.example",
            "https://app.example.org:8443",
            "http://app.example.org",
            "https://evil.example",
            "null",
            "",
        ],
    )
    def test_others_are_not_told_that_they_may(self, opened, client, learner, origin):
        headers = worlds.signed(learner) | ASK | {"Origin": origin}
        for answer in (
            client.get("/api/v1/me", headers=headers),
            client.options("/api/v1/me", headers=headers),
        ):
            assert "Access-Control-Allow-Origin" not in answer
            assert "Origin" in answer["Vary"].split(", ")  # a cache must not mix them up

    def test_what_is_asked_beforehand_is_answered_alike_everywhere(self, opened, client, course):
        there, nowhere = (
            client.options(f"/api/v1/courses/{each}", headers=ASK)
            for each in (course.id, worlds.NOWHERE)
        )
        for name in ("Access-Control-Allow-Methods", "Access-Control-Allow-Headers", "Vary"):
            assert there[name] == nowhere[name]
        assert (there.status_code, there.content) == (nowhere.status_code, b"") == (204, b"")
        assert "Authorization" in there["Access-Control-Allow-Headers"]
        assert "PATCH" in there["Access-Control-Allow-Methods"]

    def test_pages_are_not_open(self, opened, client):
        assert "Access-Control-Allow-Origin" not in client.get("/about/", headers=ASK)


@pytest.mark.parametrize(
    "wrong", ["*", "app.example.org", "https://app.example.org/", "ftp://a.example"]
)
def test_what_is_no_origin_ends_the_start(monkeypatch, wrong):
    monkeypatch.setenv("EDU_CORS_ORIGINS", wrong)
    with pytest.raises(environment.BadSetting, match="EDU_CORS_ORIGINS"):
        environment.origins("EDU_CORS_ORIGINS")


@pytest.mark.django_db
class TestCounting:
    def test_every_answer_of_the_api_says_what_is_left(self, client, learner):
        headers = worlds.signed(learner)
        for method, path, more in (
            ("GET", "/api/v1/me", headers),
            ("OPTIONS", "/api/v1/me", headers),
            ("GET", "/api/v1/me", {}),
            ("GET", "/api/v1/me", {"Authorization": "Bearer nonsense"}),
            ("GET", "/api/v1/nothing-here", headers),
            ("TRACE", "/api/v1/me", headers),
            ("GET", "/api/v1/schema/", {}),
            ("POST", "/api/v1/auth/token", {}),
        ):
            answer = client.generic(method, path, headers=more)
            assert "RateLimit" in answer, (method, path)
            assert "RateLimit-Policy" in answer

    def test_guessing_tokens_comes_to_an_end(self, client, monkeypatch):
        from edu.gateway import limits

        monkeypatch.setattr(limits, "STRANGERS", limits.Limit("few", 3, 0.01))
        headers = {"Authorization": "Bearer nonsense"}
        told = [client.get("/api/v1/me", headers=headers).status_code for _ in range(5)]
        assert told == [401, 401, 401, 429, 429]

    @pytest.mark.parametrize(
        ("method", "path", "policy"),
        [
            ("GET", "/api/v1/courses/{course}", "reads"),
            ("PATCH", "/api/v1/courses/{course}", "writes"),
            ("POST", "/api/v1/courses/{course}/materials", "models"),
            ("GET", "/api/v1/courses/{course}/materials", "reads"),
            ("POST", "/api/v1/courses/{course}/quizzes", "models"),
            ("GET", "/api/v1/courses/{course}/search", "searches"),
            ("HEAD", "/api/v1/courses/{course}/search", "searches"),
            ("POST", "/api/v1/sessions/{course}/turns", "models"),
            ("POST", "/api/v1/speech", "models"),
            ("POST", "/api/v1/transcriptions", "models"),
        ],
    )
    def test_a_call_counts_as_what_it_costs(self, client, learner, course, method, path, policy):
        place = path.format(course=course.id)
        answer = client.generic(method, place, headers=worlds.signed(learner))
        assert answer["RateLimit-Policy"].startswith(f'"{policy}"')


OVER_TLS = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
told = {}
for name, secure in (("tls", True), ("plain", False)):
    answer = Client().get("/sign-in/", secure=secure, headers={"Host": "edu.example.org"})
    told[name] = {
        "status": answer.status_code,
        "hsts": answer.get("Strict-Transport-Security"),
        "cookies": [each.OutputString() for each in answer.cookies.values()],
    }
print(json.dumps(told | {"session": settings.SESSION_COOKIE_NAME}))
"""


def served_as(address):
    """Return what a site with this address answers, from a process of its own."""
    tables = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{connection.settings_dict['NAME']}"
    done = subprocess.run(
        [sys.executable, "-c", OVER_TLS],
        env={**os.environ, "EDU_PUBLIC_URL": address, "DATABASE_URL": tables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.django_db(transaction=True)
def test_over_tls_cookies_are_of_this_host_alone_and_browsers_stay_on_tls():
    told = served_as("https://edu.example.org")
    assert told["session"] == "__Host-edu_session"
    assert told["tls"]["status"] == 200
    assert told["tls"]["hsts"] == "max-age=31536000"
    cookie = next(each for each in told["tls"]["cookies"] if each.startswith("__Host-edu_csrf="))
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert told["plain"]["hsts"] is None


@pytest.mark.django_db(transaction=True)
def test_over_plain_http_people_can_still_sign_in():
    told = served_as("http://edu.example.org:8000")
    assert told["plain"]["hsts"] is None
    assert not any("Secure" in each or "__Host-" in each for each in told["plain"]["cookies"])
