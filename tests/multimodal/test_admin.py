"""Materials in the Django admin."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.utils import timezone

from edu.common.ids import new_id
from edu.multimodal import api
from edu.multimodal.models import Clip, Material, Passage, Transcription
from edu.users import api as users
from tests.cast import PASSWORD
from tests.multimodal.helpers import CELLS, bring

pytestmark = pytest.mark.django_db
LISTS = ("material", "passage", "transcription", "clip")


@pytest.fixture
def browser(client_of):
    return client_of(
        users.make_admin(email="root@example.org", password=PASSWORD, display_name="Root")
    )


@pytest.fixture
def cells(work, teacher, course, tmp_path):
    return bring(work, teacher, course, CELLS, tmp_path)


def test_lists_take_few_queries(browser, cells, course, django_assert_max_num_queries):
    now, who = timezone.now(), new_id()
    job = {
        "file_name": "a.txt",
        "media_type": "text/plain",
        "bytes": 1,
        "sha256": "",
        "due_at": now,
    }
    rows = Material.objects.bulk_create(
        Material(course=course.id, uploaded_by=who, title=f"M {n}", key=f"k{n}", **job)
        for n in range(500)
    )
    Passage.objects.bulk_create(
        Passage(
            material=row,
            course=course.id,
            ordinal=0,
            text="Water.",
            locator={"kind": "page", "page": 1},
        )
        for row in rows
    )
    Transcription.objects.bulk_create(
        Transcription(user=who, key=f"t{n}", **job) for n in range(500)
    )
    Clip.objects.bulk_create(Clip(mark=str(n), key="c", used_at=now) for n in range(500))
    for name in LISTS:
        for query in ("", "?q=water", f"?q={cells.id}"):
            with django_assert_max_num_queries(15):
                assert browser.get(f"/admin/multimodal/{name}/{query}").status_code == 200


def test_rows_are_found_and_only_read(browser, cells, course):
    for q in ("cell", "cells.md", cells.id, course.id):
        assert cells.id in browser.get("/admin/multimodal/material/", {"q": q}).content.decode()
    passage = Passage.objects.first()
    assert "Osmosis" in browser.get("/admin/multimodal/passage/", {"q": "turgor"}).content.decode()
    for url in (f"material/{cells.id}", f"passage/{passage.id}"):
        page = browser.get(f"/admin/multimodal/{url}/change/")
        assert page.status_code == 200
        assert 'name="_save"' not in page.content.decode()
        assert browser.post(f"/admin/multimodal/{url}/change/", {"title": "x"}).status_code == 403
        assert browser.post(f"/admin/multimodal/{url}/delete/", {"post": "yes"}).status_code == 403


def act(browser, action, *ids, model="material"):
    url = f"/admin/multimodal/{model}/"
    return browser.post(url, {"action": action, "_selected_action": list(ids)})


def test_materials_are_removed_and_restored_in_bulk(browser, cells, course, teacher):
    act(browser, "remove", cells.id)
    assert api.search(course=course.id, query="osmosis").results == []
    url = "/admin/multimodal/material/"
    assert cells.id in browser.get(url, {"removed": "yes"}).content.decode()
    assert cells.id not in browser.get(url, {"removed": "no"}).content.decode()
    act(browser, "restore", cells.id)
    assert api.material(user=teacher.id, material=cells.id).status == "ready"


def test_what_waits_is_stopped_and_read_again_in_bulk(work, browser, cells, teacher):
    Material.objects.filter(id=cells.id).update(status="queued", passages=0)
    act(browser, "stop", cells.id)
    assert api.material(user=teacher.id, material=cells.id).status == "cancelled"
    with work():
        act(browser, "read_again", cells.id)
    assert api.material(user=teacher.id, material=cells.id).status == "ready"


def test_staff_do_what_their_role_lets_them(client_of, cells, teacher):
    person = users.register(email="clerk@example.org", password=PASSWORD, display_name="Clerk")
    account = get_user_model().objects.get(id=person.id)
    account.is_staff = True
    account.save()
    clerk = client_of(person)
    assert clerk.get("/admin/multimodal/material/").status_code == 403
    account.user_permissions.add(Permission.objects.get(codename="view_material"))
    assert clerk.get("/admin/multimodal/material/").status_code == 200
    act(clerk, "remove", cells.id)
    assert not api.material(user=teacher.id, material=cells.id).removed
