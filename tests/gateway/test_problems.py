"""Every error of the API is a problem; every error of a page is a page in words."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.db import OperationalError
from django.http import Http404
from django.test import Client
from redis.exceptions import ConnectionError as RedisDown
from rest_framework import exceptions as rest
from rest_framework.test import APIClient

from edu.agents.data import Cancelled
from edu.assessments.data import KeyClosed, NoSuchItem, NotReady
from edu.common.errors import Conflict, Denied, Invalid, NotFound, Unavailable
from edu.courses.data import NoSuchCourse, OwnerStays
from edu.gateway import problems
from edu.inference.data import ModelUnavailable
from edu.multimodal.data import NotWorking, TooLarge, Unreadable, UnsupportedType
from edu.orchestrator.data import EmptyTurn, MessageTooLong, NoSuchTurn
from edu.users.data import BadCredentials, BadToken, EmailTaken, TooManyFailures
from tests.gateway import urls

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.gateway.urls")]

CASES = [
    (NotFound(), 404),
    (NoSuchCourse(), 404),
    (NoSuchItem(), 404),
    (NoSuchTurn(), 404),
    (Denied(), 403),
    (KeyClosed(), 403),
    (Conflict(), 409),
    (EmailTaken(), 409),
    (OwnerStays(), 409),
    (NotReady(), 409),
    (NotWorking(), 409),
    (Cancelled(), 409),
    (Invalid(fields={"title": "Too long."}), 400),
    (EmptyTurn(), 400),
    (MessageTooLong(found=200_000, limit=20_000), 413),
    (TooLarge(limit=512), 413),
    (UnsupportedType(found="application/zip", known="PDF, HTML"), 415),
    (Unreadable(), 422),
    (Unavailable(retry_after=7), 503),
    (ModelUnavailable(kind="chat"), 503),
    (BadCredentials(), 401),
    (BadToken(), 401),
    (TooManyFailures(), 429),
    (Http404("secret words"), 404),
    (PermissionDenied(), 403),
    (ValidationError({"title": ["Too long."]}), 400),
    (RequestDataTooBig(), 413),
    (OperationalError("the database at 10.0.0.7 is gone"), 503),
    (RedisDown("at 10.0.0.7"), 503),
    (rest.NotAuthenticated(), 401),
    (rest.PermissionDenied(), 403),
    (rest.ParseError("no"), 400),
    (rest.Throttled(wait=3), 429),
    (rest.UnsupportedMediaType("text/x"), 415),
    (rest.ValidationError({"a": ["b"]}), 400),
    (RuntimeError("secret words"), 500),
    (KeyError("secret words"), 500),
]
NAMES = [f"{type(error).__module__.split('.')[0]}-{type(error).__name__}" for error, _ in CASES]


def is_problem(response, status):
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    told = response.json()
    assert told.keys() >= {"type", "title", "status", "detail", "instance", "request_id"}
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]
    assert told["request_id"] == response["X-Request-ID"]
    assert "secret" not in response.content.decode()
    assert "10.0.0.7" not in response.content.decode()
    return told


@pytest.mark.parametrize(("error", "status"), CASES, ids=NAMES)
def test_an_error_of_a_view_is_a_problem(error, status):
    urls.raised["now"] = error
    told = is_problem(APIClient(raise_request_exception=False).get("/api/v1/test/breaks"), status)
    assert told["instance"] == "/api/v1/test/breaks"


@pytest.mark.parametrize(("error", "status"), CASES, ids=NAMES)
def test_an_error_of_a_page_is_a_page_in_words(client, error, status):
    urls.raised["now"] = error
    client.raise_request_exception = False
    response = client.get("/test/page/")
    assert response.status_code == status
    words = response.content.decode()
    assert "<h1>" in words
    assert 'lang="en"' in words
    assert "secret" not in words
    assert "10.0.0.7" not in words
    assert "Traceback" not in words


@pytest.mark.parametrize(("error", "status"), CASES, ids=NAMES)
def test_an_error_of_a_part_of_a_page_is_one_line(client, error, status):
    urls.raised["now"] = error
    client.raise_request_exception = False
    response = client.get("/test/page/", headers={"HX-Request": "true"})
    assert response.status_code == status
    assert response["HX-Retarget"] == "#notices"
    assert b"<html" not in response.content
    assert b'role="alert"' in response.content


@pytest.mark.parametrize("layer", [1, 7, -1], ids=["outside", "amid", "inside"])
@pytest.mark.parametrize(
    ("error", "status"),
    [
        (problems.AWAY[0]("at 10.0.0.7"), 503),
        (problems.AWAY[3]("at 10.0.0.7"), 503),
        (RuntimeError("secret words"), 500),
    ],
)
def test_an_error_of_a_middleware_is_told_as_that_of_a_view(settings, layer, error, status):
    before, after = settings.MIDDLEWARE[:layer], settings.MIDDLEWARE[layer:]
    settings.MIDDLEWARE = [*before, "tests.gateway.urls.BrokenMiddleware", *after]
    urls.raised["now"] = error
    client = Client(raise_request_exception=False)
    told = client.get("/api/v1/test/breaks")
    is_problem(told, status)
    page = client.get("/test/page/")
    line = client.get("/test/page/", headers={"HX-Request": "true"})
    for each in (told, page, line):
        assert each.status_code == status
        assert (each.get("Retry-After") == "5") is (status == 503)
        assert "10.0.0.7" not in each.content.decode()
    assert b"<h1>" in page.content


def test_a_problem_says_when_to_come_back(client):
    for error, seconds in ((Unavailable(retry_after=7), "7"), (rest.Throttled(wait=2.2), "3")):
        urls.raised["now"] = error
        assert client.get("/api/v1/test/breaks")["Retry-After"] == seconds
    urls.raised["now"] = TooManyFailures()
    assert int(client.get("/api/v1/test/breaks")["Retry-After"]) > 0


def test_a_problem_names_the_bad_fields(client):
    body = {"email": "no", "key": {"value": "x"}}
    told = client.post("/api/v1/test/typed", body, content_type="application/json").json()
    assert {each["field"] for each in told["errors"]} == {"email", "key.value"}
    assert all(each["detail"] for each in told["errors"])


def test_fields_of_an_api_error_are_named_too(client):
    urls.raised["now"] = Invalid(fields={"preferences.speed": "Between 0.5 and 2."})
    told = client.get("/api/v1/test/breaks").json()
    assert told["errors"] == [{"field": "preferences.speed", "detail": "Between 0.5 and 2."}]


def test_parameters_are_in_the_sentence(client):
    urls.raised["now"] = TooLarge(limit=512)
    assert "512 MB" in client.get("/api/v1/test/breaks").json()["detail"]


def test_what_no_view_answers_is_a_problem_too(client):
    is_problem(client.get("/api/v1/nothing-here"), 404)
    is_problem(client.get("/api/"), 404)
    is_problem(client.post("/api/v2/courses"), 404)


def test_a_method_that_is_not_taken_is_a_problem_that_names_those_that_are(client):
    response = client.delete("/api/v1/test/echo")
    is_problem(response, 405)
    assert "POST" in response["Allow"]


def test_a_media_type_that_is_not_to_be_had_is_a_problem(client):
    response = client.get("/api/v1/test/lists", headers={"Accept": "image/png"})
    is_problem(response, 406)


def test_a_media_type_that_is_not_read_is_a_problem(client):
    is_problem(client.post("/api/v1/test/echo", b"<a/>", content_type="application/xml"), 415)


def test_no_token_is_a_401_that_says_how(client):
    response = client.get("/api/v1/test/sees")
    is_problem(response, 401)
    assert response["WWW-Authenticate"].startswith("Bearer")


def test_a_dead_token_is_a_401(client):
    response = client.get("/api/v1/test/sees", headers={"Authorization": "Bearer nonsense"})
    is_problem(response, 401)


def test_a_session_without_a_csrf_token_is_refused_with_a_problem(learner):
    program = APIClient(enforce_csrf_checks=True)
    program.force_login(get_user_model().objects.get(id=learner.id))
    is_problem(program.post("/api/v1/test/echo", {}, format="json"), 403)


def test_a_page_without_a_csrf_token_is_refused_in_words(learner, client_of):
    response = Client(enforce_csrf_checks=True).post("/sign-in/", {})
    assert response.status_code == 403
    assert b"reload the page" in response.content


def test_an_unknown_host_is_refused(client, settings):
    settings.ALLOWED_HOSTS = ["edu.example.org"]
    is_problem(client.get("/api/v1/test/lists", headers={"Host": "evil.example"}), 400)
    assert client.get("/about/", headers={"Host": "evil.example"}).status_code == 400


def test_a_nul_in_an_address_is_refused(client):
    is_problem(client.get("/api/v1/test/lists?cursor=%00"), 400)
    assert client.get("/about/?q=%00").status_code == 400
    assert client.get("/ab%00out/").status_code == 400


def test_every_type_of_problem_has_a_page(client):
    for status in problems.TITLES:
        assert client.get(f"/problems/{problems.slug(status)}/").status_code == 200
    assert client.get("/problems/nonsense/").status_code == 404


def test_a_stranger_is_sent_to_sign_in_and_back(client):
    response = client.get("/test/private/")
    assert response.status_code == 302
    assert response["Location"] == "/sign-in/?next=/test/private/"


def test_a_part_of_a_page_sends_the_whole_page_to_sign_in(client):
    asked = {"HX-Request": "true", "HX-Current-URL": "http://testserver/courses/?a=1"}
    response = client.get("/test/private/", headers=asked)
    assert response.status_code == 401
    assert response["HX-Redirect"] == "/sign-in/?next=/courses/"
