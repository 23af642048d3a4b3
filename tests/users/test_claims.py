"""Whose an account is whose address nobody confirmed: a letter shows whose the address is, not who chose
the password."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from edu.users import api
from edu.users.data import BadCredentials, BadToken
from edu.users.logic import addresses, minors
from edu.users.models import AddressChange, Guardian, Mail, Minor, User
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
EMAIL, OWN = "owner@example.org", "amber-glacier-57-whistle"


@pytest.fixture
def strict(settings):
    settings.EDU_REQUIRE_VERIFIED_EMAIL = True


def sign_up(browser, password, name):
    return browser.post(
        "/sign-up/", {"email": EMAIL, "password": password, "display_name": name}
    ).url


def path(kind="confirm"):
    """The path of the link in the newest letter."""
    body = Mail.objects.filter(to=EMAIL).latest("created_at").body
    return re.search(r"http://[^/\s]+(/\S*" + kind + r"\S*/)\n", body)[1]


def lets_in(password):
    try:
        return bool(api.sign_in(email=EMAIL, password=password))
    except BadCredentials:
        return False


def typed(password):
    return {"new": password, "again": password}


def test_who_signs_up_first_keeps_nobody_out(strict, work):
    squatter, owner = Client(), Client()
    with work():
        first = sign_up(squatter, PASSWORD, "Squatter")
    Mail.objects.all().delete()
    with work():
        assert sign_up(owner, OWN, "Owner") == first
    assert "Confirm" in Mail.objects.get().subject
    place = path()
    assert "password" in owner.get(place).content.decode().partition("<main")[2]
    for sent in ({}, {"new": OWN, "again": "other"}, typed("short")):
        assert owner.post(place, sent).status_code == 422
    assert not addresses.confirmed(User.objects.get())
    assert owner.post(place, typed(OWN)).url == "/sign-in/"
    assert [lets_in(PASSWORD), lets_in(OWN)] == [False, True]
    assert owner.post("/sign-in/", {"email": EMAIL, "password": OWN}).url == "/"
    assert owner.get(place).status_code == 410


def test_in_the_browser_of_the_sign_up_a_button_is_enough(strict, work):
    here, there = Client(), Client()
    with work():
        sign_up(here, PASSWORD, "Nina")
    assert b'name="new"' in there.get(path()).content
    page = here.get(path()).content
    assert b'name="new"' not in page
    assert here.post(path()).url == "/sign-in/"
    assert lets_in(PASSWORD)


def test_a_button_is_not_enough_once_there_is_another_password(strict, work):
    here = Client()
    with work():
        sign_up(here, PASSWORD, "Nina")
    api.set_password(email=EMAIL, new=OWN)
    assert here.post(path()).status_code == 422
    assert not lets_in(OWN)


def test_the_password_of_the_sign_up_changes_nothing_else(work):
    with work():
        sign_up(Client(), PASSWORD, "Nina")
    tokens = api.issue_tokens(email=EMAIL, password=PASSWORD)
    assert Client().post(path(), typed(PASSWORD)).url == "/sign-in/"
    assert api.user_of_access(access=tokens.access)
    assert api.confirmed(user=str(User.objects.get().id))


@pytest.mark.parametrize("kind", ["confirm", "new-password"])
@pytest.mark.parametrize("keep", [False, True])
def test_with_another_password_all_that_hung_on_it_ends(work, teacher, kind, keep):
    squatter = Client()
    with work():
        sign_up(squatter, PASSWORD, "Squatter")
    user = User.objects.get(email=EMAIL)
    whose = str(user.id)
    Minor.objects.create(user=user)
    minors.link(teacher.id, user.id, teacher.id, timezone.now())
    tokens = api.issue_tokens(email=EMAIL, password=PASSWORD)
    own = api.make_token(user=whose, name="Back door", scopes=["profile"], days=9).token
    with work():
        api.ask_address(user=whose, email="evil@example.net", proved=True)
        api.ask_letter(kind="reset" if kind == "new-password" else "confirm", email=EMAIL)
    sent = {**typed(OWN), **({"keep_guardians": "on"} if keep else {})}
    assert b"Tamara is my parent or guardian" in Client().get(path(kind)).content
    assert Client().post(path(kind), sent).url == "/sign-in/"
    for access in (tokens.access, own):
        with pytest.raises(BadToken):
            api.access_of(access=access)
    assert squatter.get("/profile/").status_code == 302
    assert not AddressChange.objects.exists()
    assert Guardian.objects.exists() is keep
    assert [lets_in(PASSWORD), lets_in(OWN)] == [False, True]
    assert api.confirmed(user=whose)


def test_a_strict_site_sends_no_code_to_an_address_that_waits(strict, work):
    browser = Client()
    with work():
        sign_up(browser, PASSWORD, "Squatter")
    Mail.objects.all().delete()
    with work():
        waits = browser.post("/sign-in/code/", {"email": EMAIL})
        nobody = Client().post("/sign-in/code/", {"email": "nobody@example.org"})
    assert (waits.status_code, waits.url) == (nobody.status_code, nobody.url)
    assert "Confirm" in Mail.objects.get().subject
