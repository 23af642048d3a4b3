"""Codes by e-mail, authenticator apps, recovery codes and passkeys."""

import html
import json
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.models import Permission
from django.test import Client

from edu.common import vault
from edu.events import api as events
from edu.events.models import DataKey
from edu.users import api
from edu.users.logic import accounts, addresses
from edu.users.models import Mail
from tests.cast import PASSWORD
from tests.users.authenticator import Device

pytestmark = pytest.mark.django_db


def browser():
    """A browser at a place where passkeys work."""
    return Client(SERVER_NAME="localhost")


def sign_in(client, person, onward=""):
    form = {"email": person.email, "password": PASSWORD, "next": onward}
    return client.post("/sign-in/", form)


@pytest.fixture
def confirmed(learner):
    """A learner whose address is confirmed."""
    addresses.confirm(accounts.by_email(learner.email))
    return learner


def again(client, place):
    """Open `place`, which asks for the password again first."""
    asked = client.get(place)
    assert asked.status_code == 302
    assert asked.url.startswith("/sign-in/again/")
    return client.post(asked.url, {"password": PASSWORD}, follow=True)


def now_code(secret, ahead=0):
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + ahead))


@pytest.fixture
def app(confirmed, work):
    """The secret in the learner's authenticator app, which they set up on the pages."""
    client = browser()
    sign_in(client, confirmed)
    page = again(client, "/profile/security/app/")
    secret = re.search(r'<code class="wrap">(\w+)</code>', page.content.decode())[1]
    assert client.post("/profile/security/app/", {"code": "000000"}).status_code == 200
    assert not Authenticator.objects.exists()
    with work():
        done = client.post("/profile/security/app/", {"code": now_code(secret)})
    assert done.url == "/profile/security/codes/"
    return secret


def codes():
    row = Authenticator.objects.get(type="recovery_codes")
    return row.wrap().get_unused_codes()


def test_a_code_by_mail_lets_its_reader_in_and_confirms_the_address(work, client, learner):
    with work():
        asked = client.post("/sign-in/code/?next=/courses/", {"email": learner.email.upper()})
    assert asked.url.startswith("/sign-in/code/enter/")
    code = re.search(r"\n\n(\S+)\n\n", Mail.objects.get().body)[1]
    wrong = client.post(asked.url, {"code": "WRONG-CODE"})
    assert b"This code is not right." in wrong.content
    assert client.post(asked.url, {"code": code}).url == "/courses/"
    assert client.get("/profile/").status_code == 200
    assert api.confirmed(user=learner.id)


def test_an_address_without_an_account_gets_no_code_and_the_same_answer(work, client, learner):
    with work():
        known = client.post("/sign-in/code/", {"email": learner.email})
        unknown = Client().post("/sign-in/code/", {"email": "nobody@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [each.to for each in Mail.objects.all()] == [learner.email]


def test_a_code_is_good_in_the_browser_that_asked_and_not_for_ever(work, client, learner, settings):
    with work():
        client.post("/sign-in/code/", {"email": learner.email})
    code = re.search(r"\n\n(\S+)\n\n", Mail.objects.get().body)[1]
    assert Client().post("/sign-in/code/enter/", {"code": code}).url == "/sign-in/code/"
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1
    assert client.post("/sign-in/code/enter/", {"code": code}).status_code == 302
    assert client.get("/profile/").status_code == 302


def test_five_wrong_codes_are_enough(work, client, learner):
    with work():
        client.post("/sign-in/code/", {"email": learner.email})
    code = re.search(r"\n\n(\S+)\n\n", Mail.objects.get().body)[1]
    for _each in range(5):
        client.post("/sign-in/code/enter/", {"code": "WRONG-CODE"})
    client.post("/sign-in/code/enter/", {"code": code})
    assert client.get("/profile/").status_code == 302


def test_an_address_that_an_account_no_longer_has_opens_nothing(work, client, confirmed):
    user = accounts.by_email(confirmed.email)
    user.email = "moved@example.org"
    user.save()
    with work():
        client.post("/sign-in/code/", {"email": confirmed.email})
    assert not Mail.objects.exists()


def test_a_blocked_person_gets_no_code(work, client, learner):
    api.set_active(users=[learner.id], active=False)
    with work():
        client.post("/sign-in/code/", {"email": learner.email})
    assert not Mail.objects.exists()


def test_what_changes_how_one_signs_in_asks_for_the_password_again(confirmed):
    client = browser()
    sign_in(client, confirmed)
    for place in ("app/", "passkeys/", "codes/new/"):
        answer = client.get(f"/profile/security/{place}")
        assert answer.url.startswith("/sign-in/again/")
        wrong = client.post(answer.url, {"password": "no"})
        assert b"This is not your password." in wrong.content


def test_an_address_has_to_be_confirmed_before_an_app_is_set_up(learner):
    client = browser()
    sign_in(client, learner)
    assert client.get("/profile/security/app/").url == "/profile/security/"
    page = client.get("/profile/security/")
    assert b"Confirm your e-mail address first." in page.content
    assert b"/profile/security/app/" not in page.content


def test_with_an_app_the_password_alone_opens_nothing(app, confirmed):
    client = browser()
    assert sign_in(client, confirmed, "/courses/").url == "/sign-in/second/"
    assert client.get("/profile/").status_code == 302
    wrong = client.post("/sign-in/second/", {"code": "000000"})
    assert b"This code is not right." in wrong.content
    assert client.post("/sign-in/second/", {"code": now_code(app)}).url == "/courses/"
    assert client.get("/profile/").status_code == 200


def test_a_code_of_the_app_is_good_once(app, confirmed):
    first, second = browser(), browser()
    for each in (first, second):
        sign_in(each, confirmed)
    code = now_code(app)
    assert first.post("/sign-in/second/", {"code": code}).status_code == 302
    assert second.post("/sign-in/second/", {"code": code}).status_code == 200


def test_a_code_by_mail_does_not_go_round_the_app(app, work, confirmed):
    client = browser()
    with work():
        client.post("/sign-in/code/", {"email": confirmed.email})
    code = re.search(r"\n\n(\S+)\n\n", Mail.objects.get().body)[1]
    assert client.post("/sign-in/code/enter/", {"code": code}).url == "/sign-in/second/"
    assert client.get("/profile/").status_code == 302


def test_ten_wrong_codes_of_an_app_are_too_many(app, confirmed):
    client = browser()
    sign_in(client, confirmed)
    for _each in range(10):
        client.post("/sign-in/second/", {"code": "000000"})
    answer = client.post("/sign-in/second/", {"code": now_code(app)})
    assert answer.status_code == 200
    assert b"Too many wrong ones" in answer.content


def test_a_recovery_code_lets_in_once(app, confirmed):
    (code, *rest), client = codes(), browser()
    assert len(rest) == 9
    sign_in(client, confirmed)
    assert client.post("/sign-in/second/", {"code": code}).url == "/"
    again_here = browser()
    sign_in(again_here, confirmed)
    assert again_here.post("/sign-in/second/", {"code": code}).status_code == 200
    assert b"9 codes are left" in client.get("/profile/security/").content


def test_new_recovery_codes_replace_the_old_ones(app, confirmed):
    old, client = codes(), browser()
    sign_in(client, confirmed)
    client.post("/sign-in/second/", {"code": old[0]})
    again(client, "/profile/security/codes/new/")
    assert client.post("/profile/security/codes/new/").url == "/profile/security/codes/"
    shown = client.get("/profile/security/codes/").content.decode()
    assert all(each in shown for each in codes())
    assert not set(old) & set(codes())


def test_secrets_are_not_readable_in_the_database(app, confirmed):
    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert app not in kept
    assert not any(each in kept for each in codes())


@pytest.fixture
def other_keys():
    """Return what takes the data keys away and makes another; later tests know nothing of it."""

    def change():
        DataKey.objects.all().delete()
        events.ensure_data_key()

    yield change
    vault.forget()


def test_another_key_of_the_site_lets_nobody_in_by_an_app(app, confirmed, other_keys):
    known = codes()
    other_keys()
    client = browser()
    sign_in(client, confirmed)
    for code in (now_code(app), known[0], codes()[0]):
        assert client.post("/sign-in/second/", {"code": code}).status_code == 200


def test_an_app_is_removed_again(app, confirmed):
    client = browser()
    sign_in(client, confirmed)
    client.post("/sign-in/second/", {"code": codes()[0]})
    again(client, "/profile/security/app/remove/")
    assert client.post("/profile/security/app/remove/").url == "/profile/security/"
    assert not Authenticator.objects.exists()
    assert sign_in(browser(), confirmed).url == "/"


def options(page, kind):
    text = re.search(r'id="passkey-options" type="application/json">(.*?)</script>', page, re.S)[1]
    return json.loads(html.unescape(text))[kind]


@pytest.fixture
def device(confirmed):
    """A device on which the learner made a passkey."""
    client, device = browser(), Device()
    sign_in(client, confirmed)
    page = again(client, "/profile/security/passkeys/").content.decode()
    made = device.make(options(page, "creation_options"))
    form = {"name": "My telephone", "passwordless": "on", "credential": json.dumps(made)}
    assert client.post("/profile/security/passkeys/", form).url == "/profile/security/codes/"
    assert b"My telephone" in client.get("/profile/security/").content
    return device


def asked_for(client):
    told = client.get("/sign-in/passkey/", headers={"accept": "application/json"})
    return told.json()["request_options"]


def test_a_passkey_signs_in_without_a_password(device, confirmed):
    client = browser()
    answer = device.use(asked_for(client))
    signed = client.post("/sign-in/passkey/?next=/courses/", {"credential": json.dumps(answer)})
    assert signed.url == "/courses/"
    assert client.get("/profile/").context["user"].email == confirmed.email
    # The same answer a second time is no answer to the next question.
    other = browser()
    asked_for(other)
    other.post("/sign-in/passkey/", {"credential": json.dumps(answer)})
    assert other.get("/profile/").status_code == 302


def test_a_passkey_is_the_second_step_after_a_password_too(device, confirmed):
    client = browser()
    assert sign_in(client, confirmed).url == "/sign-in/second/"
    page = client.get("/sign-in/second/").content.decode()
    answer = device.use(options(page, "request_options"))
    assert client.post("/sign-in/second/", {"credential": json.dumps(answer)}).url == "/"


@pytest.mark.parametrize("origin", ["http://evil.example", "https://localhost.evil.example"])
def test_a_passkey_that_another_site_asked_for_does_not_count(device, confirmed, origin):
    client = browser()
    told = asked_for(client)
    device.origin = origin
    client.post("/sign-in/passkey/", {"credential": json.dumps(device.use(told))})
    assert client.get("/profile/").status_code == 302


@pytest.mark.parametrize("sent", ["", "{}", "[]", "null", '{"id": "x"}', '"x"', "{", "\\u0000"])
def test_hostile_answers_are_only_wrong(device, sent):
    client = browser()
    asked_for(client)
    answer = client.post("/sign-in/passkey/", {"credential": sent})
    assert answer.status_code < 500
    assert client.get("/profile/").status_code == 302


@pytest.mark.parametrize("sent", ["{}", "[]", '{"id": "x", "response": {}}', '{"rawId": 1}'])
def test_hostile_new_passkeys_are_only_wrong(confirmed, sent):
    client = browser()
    sign_in(client, confirmed)
    again(client, "/profile/security/passkeys/")
    assert client.post("/profile/security/passkeys/", {"credential": sent}).status_code < 500
    assert not Authenticator.objects.exists()


def test_nobody_removes_the_passkey_of_another(device, confirmed, teacher):
    number = Authenticator.objects.get(type="webauthn").pk
    other = browser()
    sign_in(other, teacher)
    place = f"/profile/security/passkeys/{number}/remove/"
    assert again(other, place).status_code == 404
    assert other.post(place).status_code == 404
    mine = browser()
    sign_in(mine, confirmed)
    mine.post("/sign-in/second/", {"code": codes()[0]})
    again(mine, place)
    assert mine.post(place).url == "/profile/security/"
    assert not Authenticator.objects.exists()


def test_a_blocked_person_is_not_let_in_by_a_passkey(device, confirmed):
    api.set_active(users=[confirmed.id], active=False)
    client = browser()
    answer = device.use(asked_for(client))
    client.post("/sign-in/passkey/", {"credential": json.dumps(answer)})
    assert client.get("/profile/").status_code == 302


def test_a_strict_site_holds_an_unconfirmed_passkey_back(device, confirmed, settings):
    from allauth.account.models import EmailAddress

    settings.EDU_REQUIRE_VERIFIED_EMAIL = True
    EmailAddress.objects.update(verified=False)
    client = browser()
    answer = device.use(asked_for(client))
    sent = client.post("/sign-in/passkey/", {"credential": json.dumps(answer)})
    assert sent.url == "/sign-up/confirm/"
    assert client.get("/profile/").status_code == 302


def tokens(api_of, person, **more):
    return api_of().post(
        "/api/v1/auth/token", {"email": person.email, "password": PASSWORD, **more}
    )


def test_a_program_has_to_send_the_code_too(app, api_of, confirmed):
    missing = tokens(api_of, confirmed)
    assert missing.status_code == 401
    assert "otp" in missing.json()["detail"]
    wrong = tokens(api_of, confirmed, otp="000000")
    assert wrong.status_code == 401
    assert "not right" in wrong.json()["detail"]
    code = now_code(app)
    good = tokens(api_of, confirmed, otp=code)
    assert set(good.json()) == {"access", "refresh"}
    assert tokens(api_of, confirmed, otp=code).status_code == 401  # once
    assert tokens(api_of, confirmed, otp=codes()[0]).status_code == 200
    assert len(codes()) == 9


def test_a_wrong_password_is_told_before_the_second_step(app, api_of, confirmed):
    form = {"email": confirmed.email, "password": "no", "otp": now_code(app)}
    told = api_of().post("/api/v1/auth/token", form)
    assert told.status_code == 401
    assert "otp" not in told.json()["detail"]


def test_a_program_cannot_try_all_codes(app, api_of, confirmed):
    for _each in range(10):
        assert tokens(api_of, confirmed, otp="000000").status_code == 401
    refused = tokens(api_of, confirmed, otp=now_code(app))
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0


def test_without_a_second_step_a_code_does_not_matter(api_of, learner):
    assert tokens(api_of, learner, otp="").status_code == 200
    assert tokens(api_of, learner, otp="123456").status_code == 200


@pytest.mark.parametrize("otp", [["1"], {"a": 1}, "x" * 5000, "１２３４５６"])
def test_hostile_codes_are_only_wrong(app, api_of, confirmed, otp):
    assert tokens(api_of, confirmed, otp=otp).status_code in (400, 401)


def test_an_admin_lets_in_somebody_who_lost_the_telephone(app, confirmed, client_of, learner):
    boss = api.make_admin(email="boss@example.org", password=PASSWORD, display_name="Boss")
    sent = {"action": "remove_second_steps", "_selected_action": [confirmed.id]}
    page = client_of(boss).post("/admin/users/user/", sent, follow=True)
    assert b"Removed." in page.content
    assert sign_in(browser(), confirmed).url == "/"
    actions = [each.action for each in api.history(user=confirmed.id).items]
    assert {"second-step", "second-step-removed"} <= set(actions)


def test_other_staff_remove_nobodys_second_step(app, confirmed, client_of, teacher):
    user = accounts.by_email(teacher.email)
    user.is_staff = True
    user.save()
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="users"))
    sent = {"action": "remove_second_steps", "_selected_action": [confirmed.id]}
    client_of(teacher).post("/admin/users/user/", sent, follow=True)
    assert sign_in(browser(), confirmed).url == "/sign-in/second/"
