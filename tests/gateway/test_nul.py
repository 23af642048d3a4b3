"""PostgreSQL has no text with a NUL in it: whichever way one comes, it is a mistake of the sender's."""

import base64
import json

import pytest
from django.conf import settings
from django.db import DataError, connection
from django.test import Client

from edu.gateway import problems

pytestmark = pytest.mark.django_db(transaction=True)
BASIC = {"Authorization": "Basic " + base64.b64encode(b"%00:x").decode()}
COOKIE = {"Cookie": f'{settings.SESSION_COOKIE_NAME}="\\000abc"'}
TEXT = "application/x-www-form-urlencoded"
OAUTH = [
    ("/oauth/token/", "grant_type=client_credentials&client_id=%00", {}),
    ("/oauth/token/", "grant_type=authorization_code&client_id=%00&code=x", {}),
    ("/oauth/token/", "grant_type=authorization_code&code=%00", BASIC),
    ("/oauth/token/", "grant_type=refresh_token&refresh_token=%00", BASIC),
    ("/oauth/token/", "grant_type=%00", {}),
    ("/oauth/revoke/", "token=x&client_id=%00", {}),
    ("/oauth/introspect/", "token=%00&client_id=%00&client_secret=%00", {}),
    ("/oauth/introspect/", "token=x", BASIC),
]


@pytest.mark.parametrize(("path", "body", "headers"), OAUTH)
def test_programs_are_told_as_oauth_has_it(client, path, body, headers):
    answer = client.post(path, body, content_type=TEXT, headers=headers)
    assert answer.status_code in (400, 401)
    assert answer.headers["Content-Type"].startswith("application/json")
    assert "error" in json.loads(answer.content)


FORMS = [
    ("/sign-in/", {"email": "\0@example.org", "password": "\0"}),
    ("/courses/join/", {"join_code": "AB\0CD"}),
    ("/courses/new/", {"title": "a\0b", "description": "\0"}),
    ("/profile/", {"display_name": "\0", "language": "\0"}),
    ("/notifications/\0/", {}),
]


@pytest.mark.parametrize(("path", "form"), FORMS)
def test_forms_and_cookies_never_end_in_an_error_of_ours(client_of, learner, path, form):
    assert client_of(learner).post(path, form).status_code < 500
    browser = Client(headers=COOKIE)
    assert browser.post(path, form).status_code < 500
    assert browser.get(path).status_code < 500


@pytest.mark.parametrize("query", ["SELECT %s", "SELECT %s::jsonb"])
def test_what_gets_as_far_as_the_database_is_a_400(query):
    value = '"\\u0000"' if "jsonb" in query else "\0"
    with pytest.raises(DataError) as found, connection.cursor() as cursor:
        cursor.execute(query, [value])
    assert problems.of(found.value).status == 400
    with pytest.raises(DataError) as other, connection.cursor() as cursor:
        cursor.execute("SELECT 1/0")
    assert problems.of(other.value).status == 500
