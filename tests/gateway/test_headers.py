"""The strict policy is on every answer, and no page breaks it."""

import re

import pytest
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

pytestmark = pytest.mark.django_db

INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son\w+=|javascript:|hx-on", re.IGNORECASE
)
PLAIN = re.compile(r"[\w./-]*\Z")


def paths(patterns, before="/"):
    for each in patterns:
        place = before + str(each.pattern).removeprefix("^").removesuffix("$")
        if isinstance(each, URLResolver):
            if not place.startswith("/admin"):
                yield from paths(each.url_patterns, place)
        elif isinstance(each, URLPattern) and PLAIN.match(place):
            yield place


PATHS = sorted(
    {*paths(get_resolver().url_patterns), "/admin/", "/nothing-here/", "/static/gateway/base.css"}
)


def policy(response):
    parts = response["Content-Security-Policy"].split("; ")
    return {part.split(" ")[0]: part.split(" ")[1:] for part in parts}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("who", ["stranger", "learner"])
def test_every_answer_has_the_headers(path, who, client_of, request):
    person = request.getfixturevalue("learner") if who == "learner" else None
    response = client_of(person).get(path)
    assert response.status_code < 500 or path == "/readyz"
    rules = policy(response)
    assert "'unsafe-inline'" not in response["Content-Security-Policy"]
    assert "'unsafe-eval'" not in response["Content-Security-Policy"]
    assert rules["default-src"] in (["'self'"], ["'none'"])
    assert rules.get("frame-ancestors", ["'self'"]) in (["'self'"], ["'none'"])
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "microphone=(self)" in response["Permissions-Policy"]
    if response["Content-Type"].startswith("text/html") and not path.startswith("/admin"):
        assert not INLINE.findall(response.content.decode())


def test_the_policy_names_this_hosts_sockets(client):
    rules = policy(client.get("/about/", headers={"Host": "school.example:8000"}))
    assert rules["connect-src"] == [
        "'self'",
        "ws://school.example:8000",
        "wss://school.example:8000",
    ]
    assert rules["object-src"] == ["'none'"]
    assert rules["base-uri"] == ["'none'"]


@pytest.mark.parametrize("host", ["a;script-src *", "a b", "é.example"])
def test_a_host_cannot_write_into_the_policy(client, host):
    response = client.get("/healthz", headers={"Host": host})
    assert policy(response)["script-src"] == ["'self'"]
    assert "*" not in response["Content-Security-Policy"]


def test_static_files_of_another_host_are_allowed(client, settings):
    settings.STATIC_URL = "https://cdn.example/edu/"
    rules = policy(client.get("/healthz"))
    theirs = {name for name, places in rules.items() if "https://cdn.example/edu/" in places}
    assert theirs == {"script-src", "style-src", "img-src", "font-src"}
    assert rules["script-src"] == ["'self'", "https://cdn.example/edu/"]


def test_pages_are_for_their_reader_alone(client):
    assert "private" in client.get("/about/")["Cache-Control"]


def test_the_administration_has_no_sign_in_of_its_own(client, learner, client_of):
    assert (
        client.get("/admin/login/?next=/admin/users/")["Location"] == "/sign-in/?next=/admin/users/"
    )
    assert client_of(learner).get("/admin/", follow=True).status_code == 403
