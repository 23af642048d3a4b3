"""What a guardian sees and does; strangers find nothing."""

import pytest

from edu.orchestrator import api
from edu.orchestrator.models import Erasure
from edu.users import api as users
from edu.users.models import Minor
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(learner, teacher, course):
    Minor.objects.create(user_id=learner.id)
    users.link_guardian(guardian=teacher.id, child=learner.id, by=teacher.id)
    return learner


def test_a_guardian_sees_decides_and_asks_for_data(client_of, child, teacher, work):
    browser, place = client_of(teacher), f"/profile/children/{child.id}/"
    assert child.display_name in browser.get("/profile/children/").content.decode()
    assert "Cells" in browser.get(place).content.decode()
    browser.post(f"{place}consent/", {"purpose": "outside-model", "given": "yes"})
    assert users.allows(user=child.id, purpose="outside-model")
    with work():
        browser.post(f"{place}export/")
    export = api.last_export(user=child.id)
    assert export.status == "ready"
    archive = f"{place}export/{export.id}/"
    assert browser.get(archive).status_code == 403  # what was said to the tutor is in it
    users.decide(user=child.id, purpose="show-talks", given=True, by=child.id)
    assert browser.get(archive).status_code == 200
    assert browser.post(f"{place}erase/", {"password": "wrong"}).status_code == 400
    assert browser.post(f"{place}erase/", {"password": PASSWORD}).status_code == 302
    assert Erasure.objects.filter(user=child.id).exists()


@pytest.mark.parametrize("way", ["", "consent/", "export/", "erase/"])
def test_a_stranger_finds_nothing(client_of, child, stranger, way):
    browser, place = client_of(stranger), f"/profile/children/{child.id}/{way}"
    call = browser.post if way else browser.get
    assert call(place, {"password": PASSWORD}).status_code == 404
