"""Who may make an account: open, by domain, by invitation, closed; on the site and in the API alike."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from edu.common import environment as env
from edu.users import api
from edu.users.models import Invitation, Mail, User
from tests.cast import PASSWORD

URL = "/api/v1/auth/register"
pytestmark = pytest.mark.django_db


def body(**other):
    return {"email": "new@example.org", "password": PASSWORD, "display_name": "Nina", **other}


@pytest.fixture
def boss():
    return api.make_admin(email="boss@site.example", password=PASSWORD, display_name="Boss")


def key_of(invitation):
    return api.invitation_link(invitation=invitation).partition("invitation=")[2]


@pytest.fixture
def invited(settings):
    settings.EDU_REGISTRATION = ("invitation", [])


def test_a_closed_site_takes_nobody_and_says_so(settings, client, api_of, boss):
    settings.EDU_REGISTRATION = ("closed", [])
    key = key_of(api.invite(by=boss.id))
    for sent in (body(), body(invitation=key)):
        answer = api_of().post(URL, sent)
        assert answer.status_code == 403
        assert "no new accounts" in answer.json()["detail"]
        page = client.post("/sign-up/", sent)
        assert page.status_code == 403
        assert b"no new accounts" in page.content
    assert client.get("/sign-up/").status_code == 403
    assert b"No account yet?" not in client.get("/sign-in/").content
    assert User.objects.count() == 1


def test_domains_let_in_their_own_and_no_others(settings, client, api_of):
    settings.EDU_REGISTRATION = ("domains", ["example.org", "school.org"])
    assert b"example.org, school.org" in client.get("/sign-up/").content
    assert api_of().post(URL, body(email="A@School.ORG")).status_code == 201
    for email in (
        "a@evil.example",
        "a@sub.school.org",
        "a@notschool.org",
        "school.org@evil.example",
    ):
        told = api_of().post(URL, body(email=email))
        assert told.status_code == 400
        assert told.json()["errors"][0]["field"] == "email"
    page = client.post("/sign-up/", body(email="a@evil.example"))
    assert page.status_code == 422
    assert User.objects.count() == 1


def test_an_invitation_lets_somebody_of_another_domain_in(settings, api_of, boss):
    settings.EDU_REGISTRATION = ("domains", ["school.org"])
    key = key_of(api.invite(by=boss.id))
    assert api_of().post(URL, body(invitation=key)).status_code == 201
    assert api_of().post(URL, body(email="two@example.org", invitation=key)).status_code == 400


def test_without_an_invitation_one_is_told_to_get_one(invited, client, api_of):
    answer = api_of().post(URL, body())
    assert answer.status_code == 403
    assert "invitation" in answer.json()["detail"]
    for sent in ("", "x", "\x00", "0" * 32 + ":abc", "a" * 5000):
        assert api_of().post(URL, body(invitation=sent)).status_code in (400, 403)
    page = client.get("/sign-up/")
    assert page.status_code == 403
    assert b"need an invitation" in page.content
    assert not User.objects.exists()


def test_an_invitation_is_good_once_for_whoever_has_the_link(invited, client, boss):
    place = api.invitation_link(invitation=api.invite(by=boss.id, note="For the new teacher"))
    path = "/" + place.split("/", 3)[3]
    page = client.get(path)
    key = re.search(r'name="invitation" value="([^"]+)"', page.content.decode())[1]
    bad = client.post("/sign-up/", body(invitation=key, password="short"))
    assert bad.status_code == 422  # which does not use it up
    assert client.post("/sign-up/", body(invitation=key)).url == "/"
    row = Invitation.objects.get()
    assert row.used_by == User.objects.get(email="new@example.org").id
    client.logout()
    assert client.get(path).status_code == 403
    assert client.post("/sign-up/", body(invitation=key, email="b@b.org")).status_code == 403


def test_one_for_an_address_is_mailed_and_is_for_that_address(invited, work, client, api_of, boss):
    with work():
        api.invite(by=boss.id, email="New@Example.org")
    letter = Mail.objects.get(to="new@example.org")
    key = re.search(r"invitation=(\S+)", letter.body)[1]
    assert b'value="new@example.org"' in client.get(f"/sign-up/?invitation={key}").content
    other = api_of().post(URL, body(email="other@example.org", invitation=key))
    assert other.status_code == 400
    assert api_of().post(URL, body(email="NEW@example.org", invitation=key)).status_code == 201


def test_an_old_invitation_is_none(invited, api_of, boss):
    key = key_of(api.invite(by=boss.id))
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert api_of().post(URL, body(invitation=key)).status_code == 403


def test_an_invitation_that_was_taken_back_is_none(invited, api_of, boss):
    key = key_of(api.invite(by=boss.id))
    Invitation.objects.all().delete()
    assert api_of().post(URL, body(invitation=key)).status_code == 403


def test_admins_make_invitations_and_see_their_links(invited, work, client_of, client, boss):
    browser = client_of(boss)
    with work():
        made = browser.post("/admin/users/invitation/add/", {"email": "", "note": "For Olha"})
    assert made.status_code == 302
    row = Invitation.objects.get()
    assert (str(row.made_by), row.note) == (boss.id, "For Olha")
    page = browser.get(f"/admin/users/invitation/{row.pk}/change/").content.decode()
    path = re.search(r"/sign-up/\?invitation=[\w:-]+", page)[0]
    assert client.get(path).status_code == 200
    assert browser.get("/admin/users/invitation/").status_code == 200
    assert browser.post(f"/admin/users/invitation/{row.pk}/delete/", {"post": "yes"}).url
    assert not Invitation.objects.exists()


def test_people_that_the_command_makes_are_not_held_up(settings, boss):
    settings.EDU_REGISTRATION = ("closed", [])
    api.make_admin(email="second@site.example", password=PASSWORD, display_name="Second")
    api.sign_in(email="second@site.example", password=PASSWORD)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", ("open", [])),
        ("invitation", ("invitation", [])),
        ("domains: Example.org , @school.org", ("domains", ["example.org", "school.org"])),
    ],
)
def test_the_setting_is_read(monkeypatch, text, meant):
    monkeypatch.setenv("EDU_REGISTRATION", text)
    assert env.registration("EDU_REGISTRATION") == meant


@pytest.mark.parametrize("text", ["opne", "domains", "domains:", "closed:example.org"])
def test_a_bad_setting_says_what_to_write(monkeypatch, text):
    monkeypatch.setenv("EDU_REGISTRATION", text)
    with pytest.raises(env.BadSetting, match=r"domains:example\.org"):
        env.registration("EDU_REGISTRATION")
