"""POST auth/token and the sign-in page; wrong passwords are counted and tell nothing."""

import statistics
import time

import jwt
import pytest

from edu.users import api
from edu.users.data import BadCredentials, TooManyFailures
from edu.users.models import User
from tests.cast import PASSWORD

URL = "/api/v1/auth/token"
pytestmark = pytest.mark.django_db


def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(api_of, learner):
    wrong = api_of().post(URL, {"email": learner.email, "password": "wrong"})
    unknown = api_of().post(URL, {"email": "nobody@example.org", "password": "wrong"})
    assert wrong.status_code == unknown.status_code == 401
    same = [
        {k: v for k, v in each.json().items() if k != "request_id"} for each in (wrong, unknown)
    ]
    assert same[0] == same[1]
    assert wrong["WWW-Authenticate"].startswith("Bearer")


def test_an_unknown_address_takes_the_time_of_a_known_one(settings, learner):
    settings.PASSWORD_HASHERS = settings.PASSWORD_HASHERS[1:]
    api.set_password(email=learner.email, new=PASSWORD)

    def took(email):
        start = time.process_time()
        with pytest.raises(BadCredentials):
            api.sign_in(email=email, password="wrong", address=str(start))
        return time.process_time() - start

    known = statistics.median(took(learner.email) for _ in range(3))
    unknown = statistics.median(took("nobody@example.org") for _ in range(3))
    assert 0.5 < known / unknown < 2


def test_ten_failures_are_too_many_for_that_account_from_that_address(api_of, learner, teacher):
    program = api_of()
    for _ in range(10):
        assert program.post(URL, {"email": learner.email, "password": "no"}).status_code == 401
    refused = program.post(URL, {"email": learner.email, "password": PASSWORD})
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 600
    # Others behind the same address, and this one from elsewhere, are let in.
    assert program.post(URL, {"email": teacher.email, "password": PASSWORD}).status_code == 200
    api.sign_in(email=learner.email, password=PASSWORD, address="192.0.2.7")


def test_an_account_that_does_not_exist_is_counted_too():
    for _ in range(10):
        with pytest.raises(BadCredentials):
            api.sign_in(email="nobody@example.org", password="x", address="192.0.2.7")
    with pytest.raises(TooManyFailures):
        api.sign_in(email="Nobody@example.org", password="x", address="192.0.2.7")


def test_the_right_password_forgets_the_failures(learner):
    for _ in range(3):
        for _ in range(9):
            with pytest.raises(BadCredentials):
                api.sign_in(email=learner.email, password="x")
        api.sign_in(email=learner.email, password=PASSWORD)


def test_a_class_can_sign_in_from_one_address(learner):
    for _ in range(300):
        api.sign_in(email=learner.email, password=PASSWORD, address="192.0.2.7")


def test_a_blocked_account_is_refused_everywhere(api_of, client_of, learner):
    program, browser = api_of(learner), client_of(learner)
    refresh = api.issue_tokens(email=learner.email, password=PASSWORD).refresh
    assert api.set_active(users=[learner.id], active=False) == 1
    assert program.get("/api/v1/me").status_code == 401
    assert browser.get("/profile/").status_code == 302
    assert api_of().post("/api/v1/auth/token/refresh", {"refresh": refresh}).status_code == 401
    assert api_of().post(URL, {"email": learner.email, "password": PASSWORD}).status_code == 401


@pytest.mark.parametrize("password", ["", "x" * 100_000, ["x"], None])
def test_hostile_passwords_are_only_wrong(api_of, learner, password):
    answer = api_of().post(URL, {"email": learner.email, "password": password})
    assert answer.status_code in (400, 401)


def test_a_long_password_with_the_right_beginning_is_wrong(learner):
    api.set_password(email=learner.email, new=PASSWORD + "x" * (1000 - len(PASSWORD)))
    with pytest.raises(BadCredentials):
        api.sign_in(email=learner.email, password=PASSWORD + "x" * 1000)


def test_the_page_signs_in_and_goes_on(client, learner):
    form = {"email": learner.email.upper(), "password": PASSWORD, "next": "/profile/password/"}
    assert client.get("/sign-in/?next=/profile/password/").status_code == 200
    answer = client.post("/sign-in/", form)
    assert answer.url == "/profile/password/"
    assert client.get(answer.url).status_code == 200


@pytest.mark.parametrize("place", ["//evil.example", "https://evil.example", "javascript:alert(1)"])
def test_the_page_goes_nowhere_else(client, learner, place):
    form = {"email": learner.email, "password": PASSWORD, "next": place}
    assert client.post("/sign-in/", form).url == "/"


def test_the_page_says_that_they_do_not_match_and_when_to_come_back(client, learner):
    form = {"email": learner.email, "password": "no"}
    for _ in range(10):
        answer = client.post("/sign-in/", form)
        assert answer.status_code == 401
    assert b"do not match" in answer.content
    answer = client.post("/sign-in/", form)
    assert answer.status_code == 429
    assert answer["Retry-After"]


def test_the_admin_counts_failures_too(client):
    api.make_admin(email="root@example.org", password=PASSWORD, display_name="Root")
    form = {"username": "root@example.org", "password": "no", "next": "/admin/"}
    for _ in range(10):
        client.post("/admin/login/", form)
    client.post("/admin/login/", {**form, "password": PASSWORD})
    assert client.get("/admin/").status_code == 302


def test_signing_out_needs_a_post_and_ends_the_session(client_of, learner):
    browser = client_of(learner)
    assert browser.get("/sign-out/").status_code == 405
    assert browser.post("/sign-out/").status_code == 302
    assert browser.get("/profile/").url == "/sign-in/?next=/profile/"


def test_anybody_can_verify_a_token_by_the_public_keys(api_of, client, learner):
    access = api.issue_tokens(email=learner.email, password=PASSWORD).access
    keys = jwt.PyJWKSet.from_dict(client.get("/.well-known/jwks.json").json())
    kid = jwt.get_unverified_header(access)["kid"]
    claims = jwt.decode(access, keys[kid].key, algorithms=["EdDSA"], audience="edu-api")
    assert claims["sub"] == learner.id
    assert User.objects.get(id=claims["sub"]).email == learner.email
