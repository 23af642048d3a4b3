"""Personal access tokens: what they may do, who makes them, when they end."""

from datetime import timedelta

import pytest
from django.utils import timezone

from edu.common.errors import Conflict, Invalid, NotFound
from edu.users import api
from edu.users.data import SCOPES, BadToken, ScopeMissing
from edu.users.logic import personal
from edu.users.models import AuditRecord, PersonalToken
from tests.cast import Program

pytestmark = pytest.mark.django_db
URL = "/api/v1/me/tokens"


def token(person, *scopes, days=30, maker=""):
    return api.make_token(user=person.id, name="A script", scopes=scopes, days=days, maker=maker)


def program(made):
    calls = Program()
    calls.credentials(HTTP_AUTHORIZATION=f"Bearer {made.token}")
    return calls


def test_it_does_what_it_was_made_for_and_nothing_else(learner, course):
    calls = program(token(learner, "courses:read"))
    assert calls.get("/api/v1/courses").status_code == 200
    assert calls.head("/api/v1/courses").status_code == 200
    assert calls.get(f"/api/v1/courses/{course.id}").status_code == 200
    for answer, lacking in (
        (calls.post("/api/v1/courses", {"title": "Mine"}), "courses:write"),
        (calls.get("/api/v1/me"), "profile"),
        (calls.get(URL), "tokens"),
        (calls.get(f"/api/v1/courses/{course.id}/materials"), "materials:read"),
        (calls.head("/api/v1/me"), "profile"),
    ):
        assert answer.status_code == 403
        said = answer["WWW-Authenticate"]
        assert 'error="insufficient_scope"' in said
        assert f'scope="{lacking}"' in said
        if answer.content:
            assert lacking in answer.json()["detail"]
            assert answer["Content-Type"] == "application/problem+json"


def test_scopes_do_not_lift_anybody_above_their_rights(learner, stranger, course):
    everything = program(token(learner, *SCOPES))
    assert everything.get(f"/api/v1/courses/{course.id}/insights").status_code == 403
    assert "insufficient_scope" not in str(
        everything.get(f"/api/v1/courses/{course.id}/insights").headers
    )
    assert program(token(stranger, *SCOPES)).get(f"/api/v1/courses/{course.id}").status_code == 404


def test_a_wrong_method_is_told_as_such(learner):
    assert program(token(learner, "profile")).delete("/api/v1/me/mastery").status_code == 405


def test_sign_ins_carry_all(api_of, client_of, learner):
    assert api_of(learner).get("/api/v1/me").status_code == 200
    assert client_of(learner).get("/api/v1/me").status_code == 200


def test_only_a_hash_is_kept_and_its_use_is_noted(learner):
    made = token(learner, "profile")
    assert made.token.startswith("edu_pat_")
    row = PersonalToken.objects.get()
    assert made.token not in str(vars(row))
    assert row.used_at is None
    assert program(made).get("/api/v1/me").json()["id"] == learner.id
    row.refresh_from_db()
    first = row.used_at
    assert first is not None
    program(made).get("/api/v1/me")
    row.refresh_from_db()
    assert row.used_at == first, "written at most once a minute"


def test_it_expires_and_dies_with_a_block(learner):
    made = token(learner, "profile")
    with pytest.raises(BadToken):
        personal.access(made.token, timezone.now() + timedelta(days=31))
    api.set_active(users=[learner.id], active=False)
    assert program(made).get("/api/v1/me").status_code == 401
    api.set_active(users=[learner.id], active=True)
    assert program(made).get("/api/v1/me").status_code == 401, "for good"


def test_it_is_made_and_ended_by_rest(api_of, learner, stranger):
    mine = api_of(learner)
    made = mine.post(URL, {"name": "List", "scopes": ["profile"], "days": 7})
    assert made.status_code == 201
    told = made.json()
    assert "token" not in mine.get(URL).json()["results"][0]
    calls = Program()
    calls.credentials(HTTP_AUTHORIZATION=f"Bearer {told['token']}")
    assert calls.get("/api/v1/me").status_code == 200
    assert api_of(stranger).delete(f"{URL}/{told['id']}").status_code == 404
    assert api_of(stranger).get(URL).json()["results"] == []
    assert mine.delete(f"{URL}/{told['id']}").status_code == 204
    assert mine.delete(f"{URL}/{told['id']}").status_code == 404
    assert calls.get("/api/v1/me").status_code == 401
    actions = [each.action for each in api.history(user=learner.id).items]
    assert actions.count("token-made") == actions.count("token-ended") == 1
    assert told["token"] not in str(list(AuditRecord.objects.values()))


def test_a_token_makes_none_that_may_do_more_or_lives_longer(learner):
    made = token(learner, "tokens", "profile", days=10)
    calls = program(made)
    more = calls.post(URL, {"name": "More", "scopes": ["profile", "courses:read"], "days": 5})
    assert more.status_code == 403
    assert 'scope="courses:read"' in more["WWW-Authenticate"]
    child = calls.post(URL, {"name": "Less", "scopes": ["profile"], "days": 300}).json()
    kept = PersonalToken.objects.get(id=child["id"])
    assert kept.expires_at == made.about.expires_at
    api.end_token(user=learner.id, token=made.about.id)
    with pytest.raises(BadToken):
        api.access_of(access=child["token"])


def test_what_is_wrong_is_named(learner, api_of):
    with pytest.raises(Invalid) as wrong:
        api.make_token(user=learner.id, name=" ", scopes=["everything"], days=0)
    assert set(wrong.value.fields) == {"name", "scopes", "days"}
    for body in ({}, {"name": "x", "scopes": []}, {"name": "x", "scopes": "profile", "days": 9999}):
        assert api_of(learner).post(URL, body).status_code == 400
    with pytest.raises(NotFound):
        api.end_token(user=learner.id, token="no id")
    for _each in range(personal.MOST):
        token(learner, "profile")
    with pytest.raises(Conflict):
        token(learner, "profile")


def test_an_answer_is_replayed_to_the_same_token_only(learner):
    """A key that was used with a token that may is no way in for one that may not."""
    once = {"HTTP_IDEMPOTENCY_KEY": "the-same-key"}
    may, may_not = program(token(learner, "courses:write")), program(token(learner, "profile"))
    assert may.post("/api/v1/courses", {"title": "Mine"}, **once).status_code == 201
    assert may.post("/api/v1/courses", {"title": "Mine"}, **once)["Idempotent-Replayed"] == "true"
    assert may_not.post("/api/v1/courses", {"title": "Mine"}, **once).status_code == 403


def test_sockets_ask_for_theirs(learner):
    made = token(learner, "learning:read")
    assert api.user_of_access(access=made.token, scope="learning:read") == learner.id
    with pytest.raises(ScopeMissing):
        api.user_of_access(access=made.token, scope="learning:write")


def test_the_page_shows_it_once(client_of, learner, stranger):
    browser = client_of(learner)
    page = browser.post(
        "/profile/tokens/", {"name": "<b>List", "scopes": ["profile"], "days": "30"}
    ).content.decode()
    made = PersonalToken.objects.get()
    assert "edu_pat_" in page
    assert "<b>List" not in page
    again = browser.get("/profile/tokens/").content.decode()
    assert "edu_pat_" not in again
    assert "List" in again
    assert browser.post("/profile/tokens/", {"name": ""}).status_code == 422
    assert client_of(stranger).post(f"/profile/tokens/{made.id}/end/").status_code == 404
    assert browser.post(f"/profile/tokens/{made.id}/end/").status_code == 302
    assert "List" not in browser.get("/profile/tokens/").content.decode().split("<form")[0]
    assert client_of().get("/profile/tokens/").status_code == 302


def test_dead_ones_are_forgotten(learner):
    token(learner, "profile", days=1)
    assert personal.forget(timezone.now() + timedelta(days=90)) == 0
    assert personal.forget(timezone.now() + timedelta(days=92)) == 1
