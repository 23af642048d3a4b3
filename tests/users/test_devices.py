"""Where one is signed in, and signing out there."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from edu.users import api
from edu.users.data import BadToken
from edu.users.logic import devices
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
)


def signed_in(person, agent=FIREFOX, address="192.0.2.7"):
    client = Client(HTTP_USER_AGENT=agent, REMOTE_ADDR=address)
    client.post("/sign-in/", {"email": person.email, "password": PASSWORD})
    return client


def test_the_page_names_each_place_and_ends_one(learner):
    here, there = signed_in(learner), signed_in(learner, PHONE, "198.51.100.9")
    page = here.get("/profile/security/")
    names = {each.name: each for each in page.context["told"].devices}
    assert set(names) == {"Firefox, Windows", "Safari, iPhone"}
    assert names["Firefox, Windows"].current
    assert b"198.51.100.9" in page.content
    phone = names["Safari, iPhone"]
    assert here.post(f"/profile/security/{phone.id}/end/").status_code == 302
    assert there.get("/profile/").status_code == 302
    assert here.get("/profile/").status_code == 200


def test_everywhere_else_is_ended_at_once(learner):
    here, *others = [signed_in(learner) for _each in range(3)]
    assert here.post("/profile/security/end-others/").status_code == 302
    assert [each.get("/profile/").status_code for each in others] == [302, 302]
    assert here.get("/profile/").status_code == 200


def test_apps_and_scripts_are_listed_and_end_with_the_rest(learner, teacher, api_of):
    def works(made):
        program = api_of()
        program.credentials(HTTP_AUTHORIZATION=f"Bearer {made.access}")
        return program.get("/api/v1/me").status_code == 200

    here = signed_in(learner)
    one, two = (api.issue_tokens(email=learner.email, password=PASSWORD) for _each in range(2))
    theirs = api.issue_tokens(email=teacher.email, password=PASSWORD)
    two = api.refresh_tokens(refresh=two.refresh)
    page = here.get("/profile/security/")
    second, first = (each for each in page.context["told"].devices if each.program)
    assert page.content.count(b"An app or script</strong>") == 2
    assert second.renewed_at and first.renewed_at is None
    foreign = next(each for each in api.security(user=teacher.id).devices if each.program)
    assert here.post(f"/profile/security/{foreign.id}/end/").status_code == 404
    assert here.post(f"/profile/security/{first.id}/end/").status_code == 302
    assert here.post(f"/profile/security/{first.id}/end/").status_code == 404
    assert [works(one), works(two), works(theirs)] == [False, True, True]
    assert here.post("/profile/security/end-others/").status_code == 302
    assert [works(two), works(theirs)] == [False, True]
    with pytest.raises(BadToken):
        api.refresh_tokens(refresh=two.refresh)
    assert here.get("/profile/security/").context["told"].elsewhere is False


@pytest.mark.parametrize("name", ["0", "x", "9" * 40, "-1", "0197a3c0-6b1e-7d42-9c06-2f9b1f0c7a55"])
def test_other_names_end_nothing(learner, name):
    assert signed_in(learner).post(f"/profile/security/{name}/end/").status_code == 404


def test_nobody_ends_the_session_of_another(learner, teacher):
    mine, theirs = signed_in(learner), signed_in(teacher)
    row = UserSession.objects.get(user_id=teacher.id)
    assert mine.post(f"/profile/security/{row.pk}/end/").status_code == 404
    assert theirs.get("/profile/").status_code == 200


def test_a_changed_password_leaves_this_place_in_the_list(learner):
    here, there = signed_in(learner), signed_in(learner)
    new = "amber-glacier-57-whistle"
    here.post("/profile/password/", {"old": PASSWORD, "new": new, "again": new})
    told = here.get("/profile/security/").context["told"].devices
    assert [each.current for each in told] == [True]
    assert there.get("/profile/").status_code == 302


def test_rows_of_sessions_that_ended_are_forgotten(learner):
    signed_in(learner).post("/sign-out/")
    signed_in(learner)
    UserSession.objects.update(created_at=timezone.now() - timedelta(days=2))
    devices.forget(timezone.now())
    assert UserSession.objects.count() == 1


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("", ""),
        ("curl/8.5.0", "curl/8.5.0"),
        (FIREFOX.replace("Firefox", "Edg"), "Edge, Windows"),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/126.0 Safari/537.36", "Chrome, ChromeOS"),
        ("<script>" * 50, "script"),
    ],
)
def test_agents_are_told_in_words(agent, name):
    assert devices.named(agent).startswith(name)
    assert len(devices.named(agent)) <= 60
