"""Roles on the site: what they allow, who changes that, and who enters the administration by one."""

import pytest
from oauth2_provider.models import Application

from edu.common.errors import Invalid
from edu.courses import api as courses
from edu.users import api
from edu.users.data import BadToken, NotGiven
from edu.users.models import AuditRecord, SiteRole, User
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
ALL = "make_courses use_programs use_webhooks"


@pytest.fixture
def admin():
    return api.make_admin(email="root@example.org", password=PASSWORD, display_name="Root")


def given(person, *roles):
    User.objects.filter(id=person.id).update(site_roles=list(roles))
    return person


def test_everybody_may_what_everybody_could(learner):
    assert all(api.may(user=learner.id, permission=each) for each in ALL.split())
    assert not api.may(user=learner.id, permission="read_audit")
    with pytest.raises(ValueError, match="no such permission"):
        api.need(user=learner.id, permission="fly")


@pytest.mark.parametrize(
    ("roles", "told"),
    [([], ["learner"]), (["auditor", "teacher", "king"], ["learner", "teacher", "auditor"])],
)
def test_the_roles_are_told(api_of, learner, roles, told):
    given(learner, *roles)
    assert api_of(learner).get("/api/v1/me").json()["roles"] == told


def test_what_is_taken_ends_at_once(api_of, learner, teacher):
    made = api.make_token(user=learner.id, name="Mine", scopes=["profile"], days=1).token
    api.set_site_role(role="learner", permissions=[])
    with pytest.raises(BadToken):
        api.access_of(access=made)
    for call, body in (("courses", {"title": "New"}), ("me/tokens", {"name": "M", "days": 1})):
        assert (
            api_of(learner).post(f"/api/v1/{call}", {**body, "scopes": ["profile"]}).status_code
            == 403
        )
    with pytest.raises(NotGiven):
        courses.create_course(user=learner.id, title="Mine")
    given(teacher, "teacher")
    assert courses.create_course(user=teacher.id, title="Cells").owner
    api.set_site_role(role="learner", permissions=ALL.split())
    assert api.access_of(access=made).user == learner.id


@pytest.mark.parametrize(
    ("role", "permissions"), [("admin", []), ("learner", ["fly"]), ("king", ["invite"])]
)
def test_what_would_lock_people_out_is_refused(role, permissions):
    with pytest.raises(Invalid):
        api.set_site_role(role=role, permissions=permissions)


def test_roles_are_edited_in_the_admin_and_written_down(client_of, admin, learner):
    SiteRole.objects.get_or_create(name="auditor", defaults={"permissions": ["read_audit"]})
    url = "/admin/users/siterole/auditor/change/"
    assert client_of(learner).get(url).status_code == 302
    browser = client_of(admin)
    assert b"Read the audit trail" in browser.get(url).content
    browser.post(url, {"permissions": ["read_audit", "invite"]})
    assert SiteRole.objects.get(name="auditor").permissions == ["invite", "read_audit"]
    record = AuditRecord.objects.filter(action="role-changed").get()
    assert record.detail["given"] == ["invite"]
    SiteRole.objects.get_or_create(name="admin", defaults={"permissions": ["administer"]})
    refused = browser.post("/admin/users/siterole/admin/change/", {"permissions": []})
    assert b"This cannot be taken from this role" in refused.content


def test_an_account_is_given_roles_and_the_last_superuser_stays(client_of, admin, learner):
    browser = client_of(admin)
    form = {"email": learner.email, "display_name": "Levko", "is_active": "on"}
    browser.post(f"/admin/users/user/{learner.id}/change/", {**form, "site_roles": ["auditor"]})
    assert api.person(user=learner.id).roles == ["learner", "auditor"]
    assert AuditRecord.objects.get(action="rights", about=learner.id).detail["changed"] == [
        "site_roles"
    ]
    form = {"email": admin.email, "display_name": "Root", "is_active": "on"}
    answer = browser.post(f"/admin/users/user/{admin.id}/change/", form)
    assert b"This is the last superuser" in answer.content
    assert User.objects.get(id=admin.id).is_superuser


def test_an_auditor_reads_the_trail_and_nothing_else(client_of, admin, learner):
    browser = client_of(given(learner, "auditor"))
    assert b"Administration" in browser.get("/courses/").content
    assert browser.get("/admin/").status_code == 200
    assert browser.get("/admin/users/auditrecord/").status_code == 200
    shut = ["users/user", "users/mail", "users/siterole", "courses/course", "orchestrator/turn"]
    for each in (*shut, "users/invitation", "oauth2_provider/application", "auth/group"):
        assert browser.get(f"/admin/{each}/").status_code == 403, each
    given(learner)
    assert client_of(learner).get("/admin/users/auditrecord/").status_code == 302


def test_an_integrator_registers_programs_of_their_own(client_of, admin, learner, teacher):
    theirs = Application.objects.create(
        name="Other",
        user_id=teacher.id,
        client_type="public",
        authorization_grant_type="authorization-code",
    )
    browser = client_of(given(learner, "integrator"))
    page = browser.get("/admin/oauth2_provider/application/").content.decode()
    assert "Other" not in page
    assert browser.get(f"/admin/oauth2_provider/application/{theirs.pk}/change/").status_code == 302
    body = {
        "name": "Mine",
        "user": admin.id,
        "client_id": "mine",
        "client_secret": "a-long-secret-of-mine",
        "client_type": "confidential",
        "authorization_grant_type": "client-credentials",
        "redirect_uris": "",
    }
    browser.post("/admin/oauth2_provider/application/add/", body)
    assert str(Application.objects.get(client_id="mine").user_id) == learner.id
    assert browser.get("/admin/users/auditrecord/").status_code == 403


def test_letters_are_for_superusers_and_for_whom_a_role_names(client_of, admin, learner):
    assert client_of(admin).get("/admin/users/mail/").status_code == 200
    User.objects.filter(id=learner.id).update(is_staff=True)
    assert client_of(learner).get("/admin/users/mail/").status_code == 403
    api.set_site_role(role="admin", permissions=["administer", "read_mailbox"])
    assert client_of(learner).get("/admin/users/mail/").status_code == 200
