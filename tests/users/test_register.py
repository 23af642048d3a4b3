"""POST auth/register, and the page for it."""

import json

import pytest

from edu.users import api
from edu.users.models import User
from tests.cast import PASSWORD

URL = "/api/v1/auth/register"
pytestmark = pytest.mark.django_db


def body(**other):
    return {"email": "new@example.org", "password": PASSWORD, "display_name": "Nina", **other}


def test_anybody_can_make_an_account_and_sign_in_at_once(api_of):
    answer = api_of().post(URL, body())
    assert answer.status_code == 201
    made = answer.json()
    assert made == {"id": made["id"], "email": "new@example.org", "display_name": "Nina"}
    tokens = api_of().post("/api/v1/auth/token", {"email": "new@example.org", "password": PASSWORD})
    assert tokens.status_code == 200
    assert set(tokens.json()) == {"access", "refresh"}


def test_addresses_are_the_same_whatever_their_case(api_of):
    assert api_of().post(URL, body(email="New@Example.ORG ")).json()["email"] == "new@example.org"
    again = api_of().post(URL, body(email="NEW@example.org"))
    assert again.status_code == 409
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "no address"),
        ("email", ""),
        ("email", "a" * 300 + "@example.org"),
        ("email", ["a@example.org"]),
        ("password", "short"),
        ("password", "password123"),
        ("password", "liverpool1892"),
        ("password", "LiverPool1892"),
        ("password", "1qaz2wsx3edc4rfv"),
        ("password", "new@example.org"),
        ("password", "x" * 100_000),
        ("display_name", ""),
        ("display_name", " \u200b\u2060 "),
        ("display_name", "N" * 100_000),
        ("display_name", {"name": "Nina"}),
    ],
)
def test_a_bad_field_is_named(api_of, field, value):
    answer = api_of().post(URL, body(**{field: value}))
    assert answer.status_code == 400
    assert field in answer.content.decode()
    assert not User.objects.exists()


def test_all_bad_fields_are_named_at_once():
    from edu.common.errors import Invalid

    with pytest.raises(Invalid) as error:
        api.register(email="x", password="y", display_name="")
    assert set(error.value.fields) == {"email", "password", "display_name"}


@pytest.mark.parametrize("name", ["Ľubomír Müller", "王小明", "مريم", "O'Neil <b>x</b>", "🦊"])
def test_names_of_all_the_world_are_kept(name):
    assert (
        api.register(email="n@example.org", password=PASSWORD, display_name=name).display_name
        == name
    )


def test_a_name_has_no_lines_and_turns_no_text_around():
    made = api.register(
        email="n@example.org", password=PASSWORD, display_name="Ann\r\n\u202egpj.exe\x07  Lee"
    )
    assert made.display_name == "Ann gpj.exe Lee"


@pytest.mark.parametrize("letter", ["\\u0000", "\\ud800"])
@pytest.mark.parametrize("field", ["email", "password", "display_name"])
def test_what_is_no_text_is_refused(api_of, letter, field):
    sent = json.dumps(body(**{field: "LETTER-harbour-41@example.org"})).replace("LETTER", letter)
    answer = api_of().post(URL, sent, content_type="application/json")
    assert answer.status_code == 400
    assert not User.objects.exists()


def test_half_a_body_is_no_500(api_of):
    for bad in ({}, [], "text", None, 5):
        assert api_of().post(URL, bad).status_code == 400


def test_passwords_are_kept_by_argon2(settings):
    settings.PASSWORD_HASHERS = settings.PASSWORD_HASHERS[1:]
    api.register(email="n@example.org", password=PASSWORD, display_name="Nina")
    assert User.objects.get().password.startswith("argon2$argon2id$")


def test_the_page_makes_an_account_and_goes_on(client):
    answer = client.post("/sign-up/?next=/profile/", {**body(), "next": "/profile/"})
    assert answer.status_code == 302
    assert answer.url == "/profile/"
    assert client.get("/profile/").status_code == 200


@pytest.mark.parametrize(
    ("zone", "kept"), [("Europe/Kyiv", "Europe/Kyiv"), ("x", "UTC"), ("", "UTC")]
)
def test_the_browser_may_tell_the_time_zone(client, zone, kept):
    assert client.post("/sign-up/", body(time_zone=zone)).status_code == 302
    found = api.find(email="new@example.org")
    assert found.preferences.time_zone == kept


def test_the_page_says_what_is_wrong_beside_the_field(client, teacher):
    answer = client.post("/sign-up/", body(email=teacher.email))
    assert answer.status_code == 409
    assert b"There is an account with this e-mail address already" in answer.content
    answer = client.post("/sign-up/", body(password="short"))
    assert answer.status_code == 422
    assert b"too short" in answer.content
    assert b"short-harbour" not in answer.content


def test_the_page_does_not_go_elsewhere(client):
    answer = client.post("/sign-up/", {**body(), "next": "https://evil.example/"})
    assert answer.url == "/"


def test_one_who_is_signed_in_needs_no_account(client_of, learner):
    assert client_of(learner).get("/sign-up/").status_code == 302
