"""What the API reads and writes, whatever the app."""

import gzip
import json
import logging

import pytest
from rest_framework.test import APIClient

from edu.gateway.requests import LogFilter
from edu.users import api as users

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.gateway.urls")]


def send(body, kind="application/json"):
    return APIClient().post("/api/v1/test/echo", body, content_type=kind)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"{'a': 1}",
        b"NaN",
        b'{"a": Infinity}',
        b'{"a": 1e999}',
        b'{"a": "\\u0000"}',
        b'{"\\u0000": 1}',
        b'{"a": "\\ud800"}',
        b'{"a": "\xff"}',
        b'{"a": "\x00"}',
        "{}".encode("utf-16"),
        b"[" * 100 + b"]" * 100,
        b"[" * 100_000,
        b'{"a":' * 40 + b"1" + b"}" * 40,
        b"1" * 5000,
    ],
    ids=range(15),
)
def test_it_refuses_what_is_not_strict_json(body):
    response = send(body)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


def test_it_reads_what_is():
    body = {"a": [1, 2.5, None, True, "ünï \U0001f9ea \u05d0"], "b": {"c": {}}}
    assert send(json.dumps(body)).json() == {"read": body}
    assert send(b"\xef\xbb\xbf" + b'{"a": 1}').json() == {"read": {"a": 1}}


def packed(body, coding="gzip", kind="application/json"):
    return APIClient().post(
        "/api/v1/test/echo", body, content_type=kind, headers={"Content-Encoding": coding}
    )


def test_a_body_may_come_as_gzip():
    answer = packed(gzip.compress(b'{"a": "\xc3\xa9"}'))
    assert (answer.status_code, answer.json()) == (200, {"read": {"a": "é"}})
    assert packed(b'{"a": 1}', "identity").json() == {"read": {"a": 1}}


@pytest.mark.parametrize(
    ("body", "coding", "kind", "status"),
    [
        (b'{"a": 1}', "gzip", "application/json", 400),
        (gzip.compress(b'{"a": 1}')[:-4], "gzip", "application/json", 400),
        (gzip.compress(b'{"a": 1}') * 2, "gzip", "application/json", 400),
        (gzip.compress(b"1" * 100_000_000, 1), "gzip", "application/json", 413),
        (gzip.compress(b'{"a": 1}'), "br", "application/json", 415),
        (gzip.compress(b'{"a": 1}'), "gzip, gzip", "application/json", 415),
        (gzip.compress(b"a=1"), "gzip", "application/x-www-form-urlencoded", 415),
    ],
    ids=range(7),
)
def test_what_unpacks_to_too_much_or_to_nothing_is_refused(body, coding, kind, status):
    answer = packed(body, coding, kind)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert ("Accept-Encoding" in answer) is (status == 415)


def test_of_a_name_given_twice_the_last_counts():
    assert send(b'{"a": 1, "a": 2}').json() == {"read": {"a": 2}}


def test_more_than_a_megabyte_of_json_is_too_much():
    response = send(json.dumps({"a": "x" * 1_100_000}))
    assert response.status_code == 413
    assert response.json()["status"] == 413
    assert send(json.dumps({"a": "x" * 4_000_000})).status_code == 413
    assert send(json.dumps({"a": "x" * 900_000})).status_code == 200


def test_cursors_become_addresses_of_the_same_list():
    told = APIClient().get("/api/v1/test/lists?limit=3&cursor=old").json()
    assert told["next"] == "http://testserver/api/v1/test/lists?limit=3&cursor=YWI"
    assert told["previous"] is None


@pytest.mark.parametrize("limit", ["-1", "0", "abc", "", "1.5", "+3", "\u0663", "5&limit=x"])
def test_a_limit_that_is_none_is_a_bad_field(learner, api_of, limit):
    answer = api_of(learner).get(f"/api/v1/test/lists?limit={limit}")
    assert answer.status_code == 400
    assert [each["field"] for each in answer.json()["errors"]] == ["limit"]


@pytest.mark.parametrize("limit", ["1", "200", "9999999999"])
def test_a_limit_is_brought_down_to_what_a_page_holds(learner, api_of, limit):
    assert api_of(learner).get(f"/api/v1/test/lists?limit={limit}").status_code == 200


def test_times_end_in_z_whatever_zone_they_are_in():
    told = APIClient().get("/api/v1/test/lists").json()
    assert told["results"] == [{"name": "one", "at": "2026-03-01T10:00:00.000Z"}]


def test_times_end_in_z_whatever_zone_the_person_is_in(learner, client_of):
    users.update_me(user=learner.id, preferences={"time_zone": "Asia/Tokyo"})
    told = client_of(learner).get("/api/v1/test/times").json()
    assert told["at"].startswith("2026-03-01T12:00:00")
    assert told["at"].endswith("Z")


def test_answers_of_the_api_are_for_their_reader_alone(learner, api_of):
    response = api_of(learner).get("/api/v1/test/sees")
    assert "private" in response["Cache-Control"]
    assert "Authorization" in response["Vary"]


def test_every_answer_carries_a_request_id(client):
    for place in ("/", "/api/v1/test/lists", "/nowhere/", "/healthz", "/static/gateway/base.css"):
        assert len(client.get(place)["X-Request-ID"]) >= 8


def test_a_sane_request_id_is_kept_and_another_is_not(client):
    for given, kept in (
        ("0af7651916cd43dd8448eb211c80319c", True),
        ("short", False),
        ("with space and\nline", False),
        ("x" * 500, False),
        ('"><script>', False),
    ):
        answer = client.get("/healthz", headers={"X-Request-ID": given})["X-Request-ID"]
        assert (answer == given) is kept


def test_the_request_id_is_in_the_log():
    record = logging.makeLogRecord({})
    assert LogFilter().filter(record)
    assert record.request_id == "-"


def test_djangos_own_lines_come_late_and_name_the_request_too(client):
    answer = client.get("/nothing-here/")
    record = logging.makeLogRecord({"request": answer.wsgi_request})
    LogFilter().filter(record)
    assert record.request_id == answer["X-Request-ID"]


def test_a_slash_at_the_end_of_a_call_is_forgiven(client):
    assert (
        client.get("/api/v1/test/lists/")
        .json()["next"]
        .startswith("http://testserver/api/v1/test/lists?cursor=")
    )
    assert (
        client.post("/api/v1/test/echo//", {}, content_type="application/json").status_code == 200
    )
    assert client.get("/api/v1/docs/").status_code == 200
    assert client.get("/api/v1/nothing/").status_code == 404
