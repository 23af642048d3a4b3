"""Accounts in the Django admin."""

import re

import pytest
from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import Permission
from oauth2_provider.models import Application

from edu.users import api
from edu.users.data import BadToken
from edu.users.models import User
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
LIST = "/admin/users/user/"


@pytest.fixture
def admin():
    return api.make_admin(email="root@example.org", password=PASSWORD, display_name="Root")


@pytest.fixture
def helper():
    """Staff, with the right to change accounts and no other."""
    person = api.register(email="helper@example.org", password=PASSWORD, display_name="Helper")
    row = User.objects.get(id=person.id)
    row.is_staff = True
    row.save()
    row.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "change_user"]))
    return person


def test_learners_and_strangers_do_not_get_in(client_of, learner):
    assert client_of(learner).get(LIST).status_code == 302
    assert client_of().get(LIST).status_code == 302


def test_it_finds_and_filters(client_of, admin, learner, teacher):
    page = client_of(admin).get(LIST, {"q": "levko"}).content.decode()
    assert learner.email in page
    assert teacher.email not in page
    page = client_of(admin).get(LIST, {"is_staff__exact": "1"}).content.decode()
    assert learner.email not in page


def test_a_long_list_takes_few_queries(client_of, admin, django_assert_max_num_queries):
    User.objects.bulk_create(
        User(email=f"p{n}@example.org", display_name=f"P {n}") for n in range(2000)
    )
    browser = client_of(admin)
    with django_assert_max_num_queries(15):
        assert browser.get(LIST).status_code == 200
    with django_assert_max_num_queries(15):
        assert browser.get("/admin/users/tokenfamily/").status_code == 200


def test_accounts_are_blocked_and_opened_in_bulk(client_of, api_of, admin, learner, stranger):
    program = api_of(learner)
    chosen = {"_selected_action": [learner.id, stranger.id, admin.id]}
    client_of(admin).post(LIST, {"action": "block_accounts", **chosen})
    assert program.get("/api/v1/me").status_code == 401
    assert User.objects.get(id=admin.id).is_active  # not oneself
    assert User.objects.filter(is_active=False).count() == 2
    client_of(admin).post(LIST, {"action": "open_accounts", **chosen})
    assert not User.objects.filter(is_active=False).exists()


def test_staff_cannot_make_themselves_or_others_more(client_of, admin, helper, learner):
    browser = client_of(helper)
    for person in (helper, learner):
        browser.post(
            f"{LIST}{person.id}/change/",
            {
                "email": person.email,
                "display_name": "Changed",
                "is_active": "on",
                "is_staff": "on",
                "is_superuser": "on",
            },
        )
    assert User.objects.get(id=learner.id).display_name == "Changed"
    assert not User.objects.get(id=helper.id).is_superuser
    assert not User.objects.get(id=learner.id).is_staff
    browser.post(f"{LIST}{admin.id}/change/", {"email": "x@example.org", "display_name": "X"})
    assert User.objects.get(id=admin.id).email == admin.email
    form = {"password1": "another-lantern-7", "password2": "another-lantern-7"}
    assert browser.post(f"{LIST}{admin.id}/password/", form).status_code == 403
    browser.post(LIST, {"action": "block_accounts", "_selected_action": [admin.id]})
    assert User.objects.get(id=admin.id).is_active


def test_an_account_is_made_and_its_password_changed(client_of, admin):
    browser = client_of(admin)
    assert browser.get(f"{LIST}add/").status_code == 200
    form = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
    browser.post(f"{LIST}add/", {"email": "New@Example.org", "display_name": "New", **form})
    made = api.find(email="new@example.org")
    refresh = api.issue_tokens(email=made.email, password=PASSWORD).refresh
    new = {"password1": "another-lantern-7", "password2": "another-lantern-7"}
    assert browser.get(f"{LIST}{made.id}/change/").status_code == 200
    browser.post(f"{LIST}{made.id}/password/", {**new, "usable_password": "true"})
    assert api.sign_in(email=made.email, password="another-lantern-7")
    with pytest.raises(BadToken):
        api.refresh_tokens(refresh=refresh)


def test_accounts_are_not_deleted(client_of, admin, learner):
    assert client_of(admin).post(f"{LIST}{learner.id}/delete/", {"post": "yes"}).status_code == 403


def test_token_families_are_only_to_be_looked_at(client_of, admin, learner):
    api.issue_tokens(email=learner.email, password=PASSWORD)
    browser = client_of(admin)
    assert learner.email in browser.get("/admin/users/tokenfamily/").content.decode()
    assert browser.get("/admin/users/tokenfamily/add/").status_code == 403


def test_programs_are_entered_and_their_secret_is_kept_as_a_hash(client_of, admin, learner):
    browser, place = client_of(admin), "/admin/oauth2_provider/application/add/"
    page = browser.get(place).content.decode()
    secret = re.search(r'name="client_secret" value="([^"]{40,})"', page).group(1)
    sent = {
        "name": "Reader",
        "client_id": "reader",
        "client_secret": secret,
        "client_type": "confidential",
        "authorization_grant_type": "authorization-code",
        "redirect_uris": "https://reader.example.org/back",
    }
    assert browser.post(place, sent).status_code == 302
    row = Application.objects.get(client_id="reader")
    assert row.client_secret != secret
    assert check_password(secret, row.client_secret)
    kept = browser.get(f"/admin/oauth2_provider/application/{row.pk}/change/").content.decode()
    assert row.client_secret not in kept
    assert secret not in kept
    for wrong in (
        {"authorization_grant_type": "password"},
        {"authorization_grant_type": "client-credentials"},
        {"redirect_uris": "javascript:alert(1)"},
        {"redirect_uris": "http://reader.example.org/back"},
        {"redirect_uris": "https://reader.example.org/ok https://a@b.example.org/back"},
        {"redirect_uris": ""},
        {"name": ""},
    ):
        answer = browser.post(place, {**sent, "client_id": "other", **wrong})
        assert answer.status_code == 200, wrong
        assert not Application.objects.filter(client_id="other").exists()
    assert client_of(learner).get(place).status_code == 302
    assert browser.get("/admin/oauth2_provider/accesstoken/").status_code == 404


def test_the_audit_trail_is_only_looked_at(client_of, admin):
    number = api.audit(action="blocked", about=admin.id)
    browser, place = client_of(admin), f"/admin/users/auditrecord/{number}/"
    assert browser.get("/admin/users/auditrecord/").status_code == 200
    assert browser.get(f"{place}change/").status_code == 200
    assert browser.post(f"{place}change/", {"action": "sign-in"}).status_code == 403
    assert browser.post(f"{place}delete/", {"post": "yes"}).status_code == 403


def test_rights_and_blocks_of_the_form_are_written_down(client_of, admin, learner):
    tokens = api.issue_tokens(email=learner.email, password=PASSWORD)
    place = f"/admin/users/user/{learner.id}/change/"
    sent = {"email": learner.email, "display_name": "Levko", "is_active": "on", "is_staff": "on"}
    browser = client_of(admin)
    assert browser.post(place, sent).status_code == 302
    latest = api.history(user=learner.id).items[0]
    assert (latest.action, latest.actor, latest.detail) == (
        "rights",
        admin.id,
        {"changed": ["is_staff"], "name": "learner, admin"},
    )
    for active in ("", "on"):
        assert browser.post(place, {**sent, "is_active": active}).status_code == 302
        assert User.objects.get(id=learner.id).is_active is bool(active)
    told = [each.action for each in api.history(user=learner.id).items]
    assert told[:3] == ["opened", "blocked", "rights"]
    with pytest.raises(BadToken):  # for good
        api.user_of_access(access=tokens.access)
