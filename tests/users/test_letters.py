"""Letters that confirm an address or change a password, and what they let people do."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from edu.users import api
from edu.users.data import NotLetIn
from edu.users.logic import addresses, asking
from edu.users.models import Mail, User
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "amber-glacier-57-whistle"


@pytest.fixture
def strict(settings):
    """A site that lets in only those who have confirmed their address."""
    settings.EDU_REQUIRE_VERIFIED_EMAIL = True


def body(**other):
    return {"email": "new@example.org", "password": PASSWORD, "display_name": "Nina", **other}


def link(email="new@example.org"):
    """The path of the link in the newest letter to `email`."""
    letter = Mail.objects.filter(to=email).latest("created_at")
    return re.search(r"http://[^/\s]+(/\S+)", letter.body.split("Hello", 1)[1].split("\n\n", 2)[2])[
        1
    ]


def test_signing_up_sends_a_letter_and_does_not_wait_for_it(work, client):
    with work():
        answer = client.post("/sign-up/", body())
    assert answer.url == "/"
    assert b"not confirmed" in client.get("/profile/").content
    place = link()
    assert b"new@example.org" in client.get(place).content
    assert not api.confirmed(user=str(User.objects.get().id))  # opening it is not enough
    assert client.post(place).url == "/profile/"
    assert b"not confirmed" not in client.get("/profile/").content
    assert client.get(place).status_code == 410


@pytest.mark.parametrize("key", ["x", "MQ:1:abc", "a" * 3000])
def test_other_keys_confirm_nothing(client, key):
    assert client.get(f"/sign-up/confirm/{key}/").status_code == 410
    assert client.post(f"/sign-up/confirm/{key}/").status_code == 410


def test_a_letter_to_an_address_that_was_changed_since_confirms_nothing(work, client):
    with work():
        client.post("/sign-up/", body())
    place = link()
    User.objects.update(email="other@example.org")
    assert client.post(place).status_code == 410


def test_a_strict_site_holds_back_until_the_link_was_opened(strict, work, client, api_of):
    with work():
        assert client.post("/sign-up/", body()).url == "/sign-in/sent/"
    form = {"email": "new@example.org", "password": PASSWORD}
    page = client.post("/sign-in/", form)
    assert page.status_code == 401
    assert b"or the address is not confirmed yet" in page.content
    assert b"/sign-up/confirm/" in page.content
    told = api_of().post("/api/v1/auth/token", form)
    assert told.status_code == 401
    assert told["Content-Type"].startswith("application/problem+json")
    assert "look for our letter" in told.json()["detail"]
    assert client.get("/profile/").status_code == 302
    client.post(link())
    assert api_of().post("/api/v1/auth/token", form).status_code == 200
    assert client.post("/sign-in/", form).url == "/"


def test_no_answer_tells_whether_an_address_was_free(strict, work, client, api_of, learner):
    """Whoever signs up with a password of their own, and tries it, sees the same for all addresses."""
    User.objects.filter(id=learner.id).update(password="!")
    seen = []
    for email in ("new@example.org", learner.email, "nobody@example.org"):
        form = {"email": email, "password": PASSWORD}
        if email != "nobody@example.org":
            assert api_of().post("/api/v1/auth/register", body(email=email)).status_code == 201
        tries = []
        with CaptureQueriesContext(connection) as asked:
            told = api_of().post("/api/v1/auth/token", form)
        tries.append((told.status_code, told.json()["detail"], len(asked)))
        page = client.post("/sign-in/", form)
        tries.append((page.status_code, b"not confirmed yet" in page.content))
        tries += [api_of().post("/api/v1/auth/token", form).status_code for _each in range(9)]
        seen.append(tries)
    assert seen[0] == seen[1] == seen[2]
    assert [seen[0][0][0], seen[0][-1]] == [401, 429]


def test_the_letter_is_sent_again_to_those_who_wait_for_it(strict, work, client, api_of):
    with work():
        client.post("/sign-up/", body())
    Mail.objects.all().delete()
    with work():
        assert client.post("/sign-up/confirm/", {"email": "New@example.org"}).status_code == 302
    assert Mail.objects.count() == 1
    with work():
        answer = api_of().post("/api/v1/auth/confirmation", {"email": "new@example.org"})
    assert answer.status_code == 202
    client.post(link())
    Mail.objects.all().delete()
    with work():
        again = api_of().post("/api/v1/auth/confirmation", {"email": "new@example.org"})
        nobody = api_of().post("/api/v1/auth/confirmation", {"email": "nobody@example.org"})
    assert again.status_code == nobody.status_code == 202
    assert again.content == nobody.content
    assert not Mail.objects.exists()  # confirmed already, and not there at all


def test_a_strict_site_does_not_tell_that_an_address_is_taken(strict, work, api_of, learner):
    addresses.confirm(User.objects.get(id=learner.id))
    with work():
        new = api_of().post("/api/v1/auth/register", body())
    Mail.objects.all().delete()
    with work():
        taken = api_of().post("/api/v1/auth/register", body(email=learner.email.upper()))
    assert (new.status_code, taken.status_code) == (201, 201)
    assert set(new.json()) == set(taken.json())
    assert taken.json()["email"] == learner.email
    assert taken.json()["display_name"] == "Nina"
    assert taken.json()["id"] != learner.id
    letter = Mail.objects.get()
    assert letter.to == learner.email
    assert "already" in letter.subject
    assert User.objects.get(email=learner.email).display_name == "Levko"


def test_the_page_of_a_strict_site_does_not_tell_it_either(strict, work, client, learner):
    with work():
        new = client.post("/sign-up/", body())
        taken = client.post("/sign-up/", body(email=learner.email))
    assert (new.status_code, new.url) == (taken.status_code, taken.url) == (302, "/sign-in/sent/")


def test_by_default_a_taken_address_is_told(api_of, learner):
    assert api_of().post("/api/v1/auth/register", body(email=learner.email)).status_code == 409


def test_admins_that_the_command_makes_are_let_in(strict):
    api.make_admin(email="boss@example.org", password=PASSWORD, display_name="Boss")
    api.sign_in(email="boss@example.org", password=PASSWORD)


def test_accounts_from_before_are_asked_to_confirm(strict, work, client, learner):
    from allauth.account.models import EmailAddress

    EmailAddress.objects.all().delete()  # as they were made before there were such rows
    with pytest.raises(NotLetIn):
        api.sign_in(email=learner.email, password=PASSWORD)
    with work():
        client.post("/sign-up/confirm/", {"email": learner.email})
    client.post(link(learner.email), {"new": PASSWORD, "again": PASSWORD})
    api.sign_in(email=learner.email, password=PASSWORD)


def test_a_forgotten_password_is_replaced_once(work, client, client_of, api_of, learner):
    there, program = client_of(learner), api_of(learner)
    assert b"/sign-in/forgotten/" in client.get("/sign-in/").content
    with work():
        answer = client.post("/sign-in/forgotten/", {"email": learner.email.upper()})
    assert answer.url == "/sign-in/sent/"
    place = link(learner.email)
    assert learner.email.encode() in client.get(place).content
    weak = client.post(place, {"new": "password123", "again": "password123"})
    assert weak.status_code == 422
    assert client.post(place, {"new": NEW, "again": NEW + "x"}).status_code == 422
    assert client.post(place, {"new": NEW, "again": NEW}).url == "/sign-in/"
    api.sign_in(email=learner.email, password=NEW)
    assert there.get("/profile/").status_code == 302
    assert program.get("/api/v1/me").status_code == 401
    assert api.confirmed(user=learner.id)  # who opened the link reads the mail there
    assert client.get(place).status_code == 410
    assert client.post(place, {"new": PASSWORD, "again": PASSWORD}).status_code == 410


def test_a_link_for_a_new_password_dies_after_an_hour(work, client, learner, settings):
    with work():
        client.post("/sign-in/forgotten/", {"email": learner.email})
    place = link(learner.email)
    assert client.get(place).status_code == 200
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert client.get(place).status_code == 410
    assert client.post(place, {"new": NEW, "again": NEW}).status_code == 410
    api.sign_in(email=learner.email, password=PASSWORD)


def test_a_key_changes_no_other_account(work, client, learner, teacher):
    with work():
        client.post("/sign-in/forgotten/", {"email": learner.email})
    key = link(learner.email)
    mine, theirs = learner.id.replace("-", ""), teacher.id.replace("-", "")
    assert mine in key
    assert client.get(key.replace(mine, theirs)).status_code == 410


def test_nobody_is_told_whether_an_account_exists(work, client, learner):
    with work():
        known = client.post("/sign-in/forgotten/", {"email": learner.email})
        unknown = client.post("/sign-in/forgotten/", {"email": "nobody@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [each.to for each in Mail.objects.all()] == [learner.email]


def test_a_blocked_account_gets_no_letter(work, client, learner):
    api.set_active(users=[learner.id], active=False)
    with work():
        client.post("/sign-in/forgotten/", {"email": learner.email})
    assert not Mail.objects.exists()


def test_one_address_gets_few_letters_and_the_asker_is_not_told(work, client, learner):
    for _each in range(asking.MOST_LETTERS + 3):
        with work():
            answer = client.post("/sign-in/forgotten/", {"email": learner.email})
        assert answer.status_code == 302
    assert Mail.objects.count() == asking.MOST_LETTERS


def test_one_network_address_cannot_ask_for_all(client):
    for each in range(asking.MOST_FROM_ONE):
        client.post("/sign-in/forgotten/", {"email": f"p{each}@example.org"})
    answer = client.post("/sign-in/forgotten/", {"email": "one.more@example.org"})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


def test_letters_lead_to_the_address_of_the_site_whatever_host_was_asked(work, client, learner):
    with work():
        client.post(
            "/sign-in/forgotten/", {"email": learner.email}, headers={"host": "evil.example"}
        )
    text = Mail.objects.get().body
    assert "evil.example" not in text


def test_names_stay_as_they_are_in_letters(work, client):
    with work():
        client.post("/sign-up/", body(display_name="O'Neil & <Sons>"))
    assert "O'Neil & <Sons>" in Mail.objects.get().body
