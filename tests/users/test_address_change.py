"""Another e-mail address for an account, and what happened with it as one reads it."""

import re

import pytest

from edu.common.errors import Invalid
from edu.users import api
from edu.users.data import BadCredentials, DeadLink, TooManyFailures
from edu.users.models import AddressChange, Mail
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "levko@example.net"
ME = "/api/v1/me/email"


def letters():
    return {(each.to, each.subject): each.body for each in Mail.objects.all()}


def key_of(body):
    return re.search(r"/profile/email/([^/]+)/", body).group(1)


def ask(person, email=NEW, **more):
    Mail.objects.all().delete()
    api.ask_address(user=person.id, email=email, proved=True, **more)
    sent = letters()
    return next((key_of(body) for (to, _s), body in sent.items() if "/profile/email/" in body), "")


def test_the_address_changes_by_the_link_alone_and_the_old_one_is_told(learner):
    key = ask(learner, "Levko@Example.NET")
    assert {to for to, _subject in letters()} == {NEW, learner.email}
    assert api.address_of_change(key=key) == NEW
    assert api.person(user=learner.id).email == learner.email
    tokens = api.issue_tokens(email=learner.email, password=PASSWORD)
    Mail.objects.all().delete()
    assert api.change_address(key=key).email == NEW
    assert [to for to, _subject in letters()] == [learner.email]
    assert api.confirmed(user=learner.id)
    assert api.sign_in(email=NEW, password=PASSWORD).id == learner.id
    with pytest.raises(BadCredentials):
        api.sign_in(email=learner.email, password=PASSWORD)
    assert api.user_of_access(access=tokens.access) == learner.id  # sign-ins stay
    with pytest.raises(DeadLink):
        api.change_address(key=key)
    told = [each.action for each in api.history(user=learner.id).items]
    assert {"email", "email-asked"} <= set(told)
    assert NEW not in str([each.detail for each in api.history(user=learner.id).items])


def test_that_an_address_is_taken_is_told_only_to_its_reader(learner, teacher):
    key = ask(learner, teacher.email)
    assert key == ""
    assert {to for to, _subject in letters()} == {teacher.email, learner.email}
    assert "stays yours" in next(
        body for (to, _s), body in letters().items() if to == teacher.email
    )
    assert api.address_waiting(user=learner.id) == teacher.email  # as for any other


def test_a_link_dies_when_it_is_replaced_taken_back_old_or_the_address_taken(learner):
    first, second = ask(learner), ask(learner, "other@example.net")
    for key in (first, "no-such-key"):
        with pytest.raises(DeadLink):
            api.change_address(key=key)
    api.cancel_address(user=learner.id)
    third = ask(learner)
    AddressChange.objects.update(created_at="2020-01-01T00:00:00Z")
    for key in (second, third):
        with pytest.raises(DeadLink):
            api.address_of_change(key=key)
    fourth_is_taken = ask(learner)
    api.register(email=NEW, password=PASSWORD, display_name="Nina")
    with pytest.raises(DeadLink):
        api.change_address(key=fourth_is_taken)
    assert api.person(user=learner.id).email == learner.email


def test_programs_show_the_password(api_of, learner):
    program = api_of(learner)
    assert program.post(ME, {"email": NEW, "password": "wrong"}).status_code == 400
    assert program.post(ME, {"email": "no address", "password": PASSWORD}).status_code == 400
    assert program.post(ME, {"email": learner.email, "password": PASSWORD}).status_code == 400
    assert not Mail.objects.exists()
    assert program.post(ME, {"email": NEW, "password": PASSWORD}).status_code == 202
    assert api.address_waiting(user=learner.id) == NEW
    assert program.delete(ME).status_code == 204
    assert api.address_waiting(user=learner.id) == ""


def test_passwords_are_not_guessed_here(learner):
    for _ in range(10):
        with pytest.raises(Invalid):
            api.ask_address(user=learner.id, email=NEW, password="wrong", address="192.0.2.1")
    with pytest.raises(TooManyFailures):
        api.ask_address(user=learner.id, email=NEW, password=PASSWORD, address="192.0.2.1")


def test_one_address_gets_few_letters(learner):
    for _ in range(7):
        ask(learner)
    assert not Mail.objects.exists()


def test_the_pages_lead_from_the_profile_to_the_new_address(client_of, client, learner):
    browser = client_of(learner)
    asked = browser.get("/profile/email/")
    if asked.status_code == 302:  # signed in without a password, as a test does
        assert asked.url.startswith("/sign-in/again/")
        assert browser.post(asked.url, {"password": PASSWORD}).status_code == 302
    assert browser.get("/profile/email/").status_code == 200
    assert browser.post("/profile/email/", {"email": "x"}).status_code == 422
    page = browser.post("/profile/email/", {"email": NEW}, follow=True).content.decode()
    assert f"{NEW} waits" in page
    key = next(key_of(body) for (to, _s), body in letters().items() if to == NEW)
    assert NEW in client.get(f"/profile/email/{key}/").content.decode()
    assert client.post(f"/profile/email/{key}/").url == "/sign-in/"
    assert client.get(f"/profile/email/{key}/").status_code == 410
    assert browser.get("/profile/").status_code == 200  # still signed in
    ask(learner, "third@example.net")
    browser.post("/profile/email/cancel/")
    assert api.address_waiting(user=learner.id) == ""


def test_a_link_that_another_person_opens_does_not_speak_of_their_account(
    client_of, learner, teacher
):
    key = ask(learner)
    done = client_of(teacher).post(f"/profile/email/{key}/")
    assert done.status_code == 200
    page = done.content.decode()
    assert "another account, whose address stays as it is" in page
    assert "Your account has" not in page
    assert learner.display_name not in page
    assert NEW not in page
    assert api.person(user=learner.id).email == NEW
    assert api.person(user=teacher.id).email == teacher.email


def test_history_is_the_same_by_page_and_by_call(api_of, client_of, learner):
    api.audit(action="password", by=learner.id, about=learner.id)
    api.audit(
        action="blocked", by="", about=learner.id, detail={"name": "x", "address": "192.0.2.9"}
    )
    told = api_of(learner).get("/api/v1/me/history?limit=2").json()
    assert "blocked" in [each["action"] for each in told["results"]]
    assert told["next"]
    page = client_of(learner).get("/profile/history/").content.decode()
    for each in told["results"]:
        assert each["told"] in page
        assert each["more"] in page
