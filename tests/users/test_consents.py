"""Consents: what is in force, who may decide, and that nothing of it is changed afterwards."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from edu.common.errors import NotFound
from edu.common.purposes import PURPOSES, Purpose
from edu.users import api
from edu.users.data import NotYoursToDecide
from edu.users.logic import consents
from edu.users.models import Consent, Guardian, Minor, User

OUTSIDE = "outside-model"
PURPOSE = Purpose("x", "", "", version=2)
WISH = Purpose("y", "", "", assumed=False)


@pytest.mark.parametrize(
    ("purpose", "minor", "given", "version", "allowed"),
    [
        (PURPOSE, False, None, None, True),
        (WISH, False, None, None, False),
        (PURPOSE, True, None, None, False),
        (PURPOSE, False, False, 2, False),
        (PURPOSE, False, False, 1, False),
        (PURPOSE, True, True, 2, True),
        (PURPOSE, True, True, 1, False),  # to other words
        (PURPOSE, False, True, 1, True),
        (PURPOSE, True, False, 2, False),
    ],
)
def test_what_is_in_force(purpose, minor, given, version, allowed):
    assert consents.in_force(purpose, minor, given, version) is allowed


@pytest.fixture
def child(learner):
    Minor.objects.create(user_id=learner.id)
    return learner


@pytest.fixture
def guardian(child, stranger):
    Guardian.objects.create(
        guardian_id=stranger.id,
        child_id=child.id,
        made_by=stranger.id,
        created_at=timezone.now(),
    )
    return stranger


def test_who_is_of_age_decides_alone(learner, teacher, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert api.allows(user=learner.id, purpose=OUTSIDE)
    api.decide(user=learner.id, purpose=OUTSIDE, given=False, by=learner.id)
    assert not api.allows(user=learner.id, purpose=OUTSIDE)
    assert api.allows(user=learner.id, purpose="memory")
    User.objects.filter(id=teacher.id).update(is_staff=True)
    for by, for_school in ((teacher.id, False), (teacher.id, True)):
        with pytest.raises(NotYoursToDecide):
            api.decide(user=learner.id, purpose=OUTSIDE, given=True, by=by, for_school=for_school)
    api.decide(user=learner.id, purpose=OUTSIDE, given=True, by=learner.id)
    assert api.allows(user=learner.id, purpose=OUTSIDE)
    told = api.consent_history(user=learner.id).items
    assert [(each.given, each.capacity, each.by_name) for each in told] == [
        (True, "self", learner.display_name),
        (False, "self", learner.display_name),
    ]
    actions = [each.action for each in api.history(user=learner.id).items]
    assert actions == ["consent", "consent-refused"]


def test_nobody_allows_nothing_and_there_is_no_other_purpose(learner):
    assert not api.allows(user="0197a3c0-5d0e-7c1e-8a51-5f0f6f2b9f11", purpose=OUTSIDE)
    for call in (
        lambda: api.allows(user=learner.id, purpose="all"),
        lambda: api.decide(user=learner.id, purpose="all", given=True, by=learner.id),
    ):
        with pytest.raises(NotFound):
            call()


def test_a_minor_may_refuse_and_not_give(child, guardian, teacher):
    assert not any(api.allows(user=child.id, purpose=each) for each in PURPOSES)
    with pytest.raises(NotYoursToDecide):
        api.decide(user=child.id, purpose=OUTSIDE, given=True, by=child.id)
    with pytest.raises(NotYoursToDecide):
        api.decide(user=child.id, purpose=OUTSIDE, given=True, by=teacher.id)
    api.decide(user=child.id, purpose=OUTSIDE, given=True, by=teacher.id, for_school=True)
    assert api.allows(user=child.id, purpose=OUTSIDE)
    api.decide(user=child.id, purpose=OUTSIDE, given=False, by=child.id)
    with pytest.raises(NotYoursToDecide, match="refused"):
        api.decide(user=child.id, purpose=OUTSIDE, given=True, by=teacher.id, for_school=True)
    api.decide(user=child.id, purpose=OUTSIDE, given=True, by=guardian.id)
    assert api.allows(user=child.id, purpose=OUTSIDE)
    mine = {each.purpose: each for each in api.consents_of(user=child.id, by=child.id)}
    assert (mine[OUTSIDE].may_give, mine[OUTSIDE].may_refuse) == (False, True)
    assert mine[OUTSIDE].last.capacity == "guardian"
    theirs = api.consents_of(user=child.id, by=guardian.id)
    assert all(each.may_give for each in theirs if each.purpose != "show-talks")
    assert mine["show-talks"].may_give  # the child alone shares what it says


def test_whoever_comes_of_age_decides_from_then_on(child, guardian):
    now = timezone.now()
    Minor.objects.filter(user_id=child.id).update(until=now.year + 1)
    api.decide(user=child.id, purpose=OUTSIDE, given=False, by=guardian.id)
    assert api.is_minor(user=child.id)
    later = now + timedelta(days=366)
    assert not consents.minor(User.objects.get(id=child.id).id, later)
    Minor.objects.filter(user_id=child.id).update(until=now.year)
    with pytest.raises(NotYoursToDecide):
        api.decide(user=child.id, purpose=OUTSIDE, given=True, by=guardian.id)
    assert not api.allows(user=child.id, purpose=OUTSIDE)  # what was refused stays so
    assert api.allows(user=child.id, purpose="memory")
    api.decide(user=child.id, purpose=OUTSIDE, given=True, by=child.id)
    assert api.allows(user=child.id, purpose=OUTSIDE)


def test_no_decision_can_be_changed_or_taken_out(learner):
    api.decide(user=learner.id, purpose=OUTSIDE, given=False, by=learner.id)
    for change in (
        lambda: Consent.objects.update(given=True),
        lambda: Consent.objects.all().delete(),
        lambda: connection.cursor().execute("DELETE FROM users_consent"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Consent.objects.get().given is False


def test_an_erasure_takes_them_out_and_names_out_of_others(child, guardian):
    api.decide(user=child.id, purpose=OUTSIDE, given=True, by=guardian.id)
    exported = api.export_person(user=child.id).rows
    assert exported["users.consent"][0]["given"] is True
    assert guardian.id not in str(exported)
    assert api.erase_person(user=guardian.id)["users.consent"] == 1
    row = Consent.objects.get()
    assert row.decided_by.int == 0
    assert api.consent_history(user=child.id).items[0].by_name == ""
    api.erase_person(user=child.id)
    assert not Consent.objects.exists()


def test_a_program_sees_and_changes_them(api_of, learner):
    program = api_of(learner)
    told = program.get("/api/v1/me/consents").json()["results"]
    assert [each["purpose"] for each in told] == list(PURPOSES)[:-1]
    body = {"purpose": OUTSIDE, "given": False}
    answer = program.post("/api/v1/me/consents", body)
    assert (answer.status_code, answer.json()["allowed"]) == (201, False)
    assert answer.json()["last"]["capacity"] == "self"
    for wrong, status in (
        ({"purpose": "all", "given": True}, 404),
        ({"purpose": "account", "given": False}, 403),
        ({"purpose": OUTSIDE}, 400),
    ):
        assert program.post("/api/v1/me/consents", wrong).status_code == status


def test_the_page_shows_and_changes_them(client_of, child, guardian):
    api.decide(user=child.id, purpose=OUTSIDE, given=True, by=guardian.id)
    browser = client_of(child)
    words = browser.get("/profile/consents/").content.decode()
    assert guardian.display_name in words
    browser.post("/profile/consents/", {"purpose": "memory", "given": "yes"})
    assert not api.allows(user=child.id, purpose="memory")
    browser.post("/profile/consents/", {"purpose": OUTSIDE, "given": "no"})
    assert not api.allows(user=child.id, purpose=OUTSIDE)
