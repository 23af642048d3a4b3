"""Roles in a course: what each allows, who gives them, whose the course is."""

from importlib import import_module

import pytest
from django.apps import apps

from edu.analytics import api as analytics
from edu.assessments import api as assessments
from edu.common.errors import Denied, Invalid
from edu.courses import api
from edu.courses.data import (
    DEFAULTS,
    PERMISSIONS,
    ROLES,
    MayNotBring,
    MayNotLearn,
    NotOwner,
    NotTeacher,
    OwnerStays,
    TooMuchToGive,
)
from edu.courses.models import Course, Membership, Role
from edu.multimodal import api as multimodal
from edu.orchestrator import api as orchestrator
from edu.orchestrator.data import NoSuchSession
from edu.users import api as users
from edu.users.models import AuditRecord
from tests.cast import PASSWORD, sign_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return users.make_admin(email="root@example.org", password=PASSWORD, display_name="Root")


@pytest.fixture
def member(course):
    """A function: name, role -> somebody who has it in the course."""

    def make(name, role):
        person = sign_up(name)
        api.join(user=person.id, join_code=course.join_code)
        Membership.objects.filter(user=person.id).update(role=role)
        return person

    return make


def may(person, course, need):
    try:
        api.course(user=person.id, course=course.id, need=need)
    except Denied:
        return False
    return True


@pytest.mark.parametrize("role", [each for each in ROLES if each != "owner"])
def test_a_role_allows_what_its_row_says(member, course, role):
    person = member("Rhea", role)
    allowed = [each for each in PERMISSIONS if may(person, course, each)]
    # What learners say is read only where the settings of the course let it be.
    assert allowed == [e for e in PERMISSIONS if e in DEFAULTS[role] and e != "see_conversations"]
    assert api.course(user=person.id, course=course.id).permissions == allowed


def test_a_changed_row_holds_from_the_next_request_on(teacher, learner, course):
    assert not may(learner, course, "grade")
    told = api.staff_set_role(role="learner", permissions=["view", "learn", "grade"])
    assert told == {"given": ["grade"], "taken": []}
    assert may(learner, course, "grade")
    api.staff_set_role(role="learner", permissions=["view"])
    assert not may(learner, course, "learn")


@pytest.mark.parametrize(
    ("role", "permissions"),
    [
        ("learner", []),
        ("owner", ["view", "teach"]),
        ("teacher", ["view", "fly"]),
        ("king", ["view"]),
    ],
)
def test_what_would_lock_people_out_is_refused(role, permissions):
    with pytest.raises(Invalid):
        api.staff_set_role(role=role, permissions=permissions)


def test_roles_are_edited_in_the_admin_and_written_down(
    client_of, admin, learner, django_capture_on_commit_callbacks
):
    for name, permissions in DEFAULTS.items():
        Role.objects.get_or_create(name=name, defaults={"permissions": list(permissions)})
    url, browser = "/admin/courses/role/learner/change/", client_of(admin)
    assert b"Read what learners say to the tutor" in browser.get(url).content
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(url, {"permissions": ["view", "learn", "bring"]})
    assert Role.objects.get(name="learner").permissions == ["view", "learn", "bring"]
    assert AuditRecord.objects.get(action="role-changed").detail["given"] == ["bring"]
    refused = browser.post("/admin/courses/role/owner/change/", {"permissions": ["view"]})
    assert b"This cannot be taken from this role" in refused.content
    assert client_of(learner).get(url).status_code == 302


def test_an_observer_looks_on_and_does_nothing(member, course):
    person = member("Olga", "observer")
    ask = {"user": person.id, "course": course.id}
    assert analytics.insights(**ask).learners
    for call in (
        lambda: orchestrator.start_session(**ask),
        lambda: assessments.request_quiz(**ask, size=1),
    ):
        with pytest.raises(MayNotLearn):
            call()
    with pytest.raises(NotTeacher):
        multimodal.add_material(**ask, file_name="a.md", path="/dev/null")
    owner = str(Membership.objects.get(course=course.id, role="owner").user)
    api.update_course(user=owner, course=course.id, learner_uploads=True)
    with pytest.raises(NotTeacher):
        api.course(**ask, need="bring")


def test_only_the_owner_removes_a_course_until_the_row_says_otherwise(
    client_of, api_of, member, teacher, course
):
    other = member("Cora", "teacher")
    api.update_course(user=other.id, course=course.id, title="Ours")
    assert b'id="remove"' not in client_of(other).get(f"/courses/{course.id}/settings/").content
    assert b'id="remove"' in client_of(teacher).get(f"/courses/{course.id}/settings/").content
    refused = api_of(other).delete(f"/api/v1/courses/{course.id}")
    assert refused.status_code == 403
    assert "Only the owner" in refused.json()["detail"]
    assert client_of(other).post(f"/courses/{course.id}/remove/").status_code == 403
    api.staff_set_role(role="teacher", permissions=list(PERMISSIONS))
    assert api_of(other).delete(f"/api/v1/courses/{course.id}").status_code == 204


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (list(PERMISSIONS), [each for each in PERMISSIONS if each != "remove"]),
        (["view", "remove"], ["view", "remove"]),  # somebody chose so
    ],
)
def test_an_upgrade_takes_removing_from_teachers_where_nobody_chose(before, after):
    Role.objects.update_or_create(name="teacher", defaults={"permissions": before})
    import_module("edu.courses.migrations.0004_owners_remove").take(apps, None)
    assert Role.objects.get(name="teacher").permissions == after


def test_an_assistant_grades_and_changes_no_settings_and_nobody(member, learner, course):
    ask = {"user": member("Asta", "assistant").id, "course": course.id}
    assert assessments.waiting(**ask) == []
    with pytest.raises(NotTeacher):
        assessments.items(**ask)
    with pytest.raises(NotTeacher):
        api.update_course(**ask, title="Mine")
    with pytest.raises(NotTeacher):
        api.set_role(**ask, member=learner.id, role="observer")


def test_a_learner_who_only_looks_on_by_now_has_left_the_talk(teacher, learner, course):
    """Open sockets ask the same rule every few seconds."""
    session = orchestrator.start_session(user=learner.id, course=course.id)
    api.set_role(user=teacher.id, course=course.id, member=learner.id, role="observer")
    with pytest.raises(NoSuchSession):
        orchestrator.session(user=learner.id, session=session.id)


def test_nobody_gives_more_than_they_have(member, teacher, learner, course):
    second = member("Tess", "teacher")
    ask = {"user": second.id, "course": course.id, "member": learner.id}
    assert api.set_role(**ask, role="teacher").role == "teacher"
    with pytest.raises(NotOwner):
        api.set_role(**ask, role="owner")
    for role in ("learner", "teacher"):
        with pytest.raises(OwnerStays):
            api.set_role(**{**ask, "member": teacher.id}, role=role)
    api.staff_set_role(role="assistant", permissions=["view", "manage_people"])
    helper = {**ask, "user": member("Asta", "assistant").id}
    with pytest.raises(TooMuchToGive):
        api.set_role(**helper, role="observer")
    with pytest.raises(TooMuchToGive):
        api.remove_member(**{**helper, "member": second.id})


def test_the_owner_hands_the_course_over(client_of, api_of, teacher, learner, course):
    browser, place = client_of(teacher), f"/courses/{course.id}/people/{learner.id}/role/"
    assert b"Owner: hand the course over" in browser.get(f"/courses/{course.id}/people/").content
    assert b"Hand it over" in browser.post(place, {"role": "owner"}).content
    assert api.course(user=teacher.id, course=course.id).owner  # not before they are sure
    browser.post(place, {"role": "owner", "sure": "1"})
    told = api_of(learner).get(f"/api/v1/courses/{course.id}").json()
    assert (told["role"], told["owner"]) == ("teacher", True)
    told = api_of(teacher).get(f"/api/v1/courses/{course.id}").json()
    assert (told["role"], told["owner"]) == ("teacher", False)
    assert b"hand the course over" not in browser.get(f"/courses/{course.id}/people/").content
    records = AuditRecord.objects.filter(action="course-role", about=learner.id, actor=teacher.id)
    assert [each.detail["role"] for each in records] == ["owner"]
    api.leave(user=teacher.id, course=course.id)


@pytest.mark.parametrize(
    ("roles", "heir"),
    [
        ({"Anna": "assistant", "Tess": "teacher", "Tom": "teacher"}, "Tess"),
        ({"Olga": "observer", "Anna": "assistant"}, "Anna"),
    ],
)
def test_an_erased_owner_is_followed_by_who_taught_there_longest(
    member, teacher, learner, course, roles, heir
):
    people = {name: member(name, role) for name, role in roles.items()}
    api.erase_person(user=teacher.id)
    api.erase_person(user=teacher.id)  # done again, as after a stop in the middle
    assert api.course(user=people[heir].id, course=course.id).owner
    assert Membership.objects.filter(course=course.id, role="owner").count() == 1
    told = AuditRecord.objects.get(action="course-role", about=people[heir].id).detail
    assert (told["was"], told["role"]) == (roles[heir], "owner")


def test_a_course_of_learners_alone_is_set_aside_and_administrators_are_told(
    client_of, admin, teacher, learner, course
):
    api.erase_person(user=teacher.id)
    assert Course.objects.get(id=course.id).set_aside_at
    assert may(learner, course, "learn")
    page = client_of(admin).get("/admin/courses/course/").content.decode()
    assert "1 course has nobody who could run it" in page
    assert "Cells" in client_of(admin).get("/admin/courses/course/?set_aside=yes").content.decode()
    row = Membership.objects.get(course=course.id, user=learner.id)
    chosen = {"action": "make_owners", "_selected_action": [row.id]}
    client_of(admin).post("/admin/courses/membership/", chosen)
    assert api.course(user=learner.id, course=course.id).owner
    assert api.set_aside() == 0


def test_a_learner_brings_where_the_course_lets_them(teacher, learner, course):
    with pytest.raises(MayNotBring):
        api.course(user=learner.id, course=course.id, need="bring")
    api.update_course(user=teacher.id, course=course.id, learner_uploads=True)
    assert "bring" in api.course(user=learner.id, course=course.id).permissions
