"""Courses in the Django admin."""

import pytest
from django.utils import timezone

from edu.common.ids import new_id
from edu.courses import api
from edu.courses.data import Proposal
from edu.courses.models import Course, Membership, Objective
from edu.users import api as users
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client_of):
    return client_of(
        users.make_admin(email="root@example.org", password=PASSWORD, display_name="Root")
    )


def test_lists_take_few_queries(browser, course, django_assert_max_num_queries):
    now, maker = timezone.now(), new_id()
    rows = [
        Course(title=f"C {n}", join_code=f"{n:08}", created_by=maker, created_at=now)
        for n in range(1000)
    ]
    Course.objects.bulk_create(rows)
    Objective.objects.bulk_create(Objective(course=row, title="O", created_at=now) for row in rows)
    Membership.objects.bulk_create(
        Membership(course=row, user=maker, role="learner", joined_at=now) for row in rows
    )
    for name in ("course", "objective", "membership"):
        with django_assert_max_num_queries(15):
            assert browser.get(f"/admin/courses/{name}/").status_code == 200
        with django_assert_max_num_queries(15):
            assert browser.get(f"/admin/courses/{name}/?q=C+99").status_code == 200


def test_it_finds_by_title_code_and_id(browser, course):
    for q in ("cell", course.join_code.lower(), course.id):
        assert "Cells" in browser.get("/admin/courses/course/", {"q": q}).content.decode()
    page = browser.get("/admin/courses/course/", {"q": "nothing like it"}).content.decode()
    assert ">Cells<" not in page
    assert browser.get("/admin/courses/membership/", {"q": course.id}).status_code == 200


def test_courses_are_removed_and_restored_in_bulk(browser, teacher, course):
    url, chosen = "/admin/courses/course/", {"_selected_action": [course.id]}
    browser.post(url, {"action": "remove_courses", **chosen})
    assert api.courses_of(user=teacher.id).items == []
    assert "Cells" in browser.get(url, {"removed": "yes"}).content.decode()
    assert ">Cells<" not in browser.get(url, {"removed": "no"}).content.decode()
    browser.post(url, {"action": "restore_courses", **chosen})
    browser.post(url, {"action": "new_codes", **chosen})
    now = api.course(user=teacher.id, course=course.id)
    assert now.join_code != course.join_code


def test_words_are_changed_by_the_rules(browser, teacher, course):
    url = f"/admin/courses/course/{course.id}/change/"
    assert browser.get(url).status_code == 200
    rows = {"spendings-TOTAL_FORMS": 0, "spendings-INITIAL_FORMS": 0}
    words = {"title": "Cell biology", "description": "", "join_code": "AAAAAAAA"}
    browser.post(url, {**words, **rows})
    now = api.course(user=teacher.id, course=course.id)
    assert (now.title, now.join_code) == ("Cell biology", course.join_code)
    assert api.root(course=course.id).title == "Cell biology"


def test_people_are_taken_out_but_not_the_owner(browser, course):
    ids = list(Membership.objects.values_list("id", flat=True))
    browser.post("/admin/courses/membership/", {"action": "take_out", "_selected_action": ids})
    assert [row.role for row in Membership.objects.all()] == ["owner"]


def test_proposals_are_accepted_in_bulk(browser, course):
    made = api.propose(course=course.id, proposals=[Proposal("Osmosis")])
    chosen = [made[0].id, api.root(course=course.id).id]
    browser.post("/admin/courses/objective/", {"action": "accept", "_selected_action": chosen})
    assert [each.title for each in api.objectives(course=course.id)] == ["Cells", "Osmosis"]


def test_guarded_rows_are_only_to_be_read(browser, course):
    row = Membership.objects.first()
    root = api.root(course=course.id)
    for url in (
        "/admin/courses/course/add/",
        f"/admin/courses/course/{course.id}/delete/",
        f"/admin/courses/membership/{row.id}/delete/",
        f"/admin/courses/objective/{root.id}/delete/",
    ):
        assert browser.get(url).status_code == 403
    browser.post(f"/admin/courses/membership/{row.id}/change/", {"role": "teacher"})
    assert browser.get(f"/admin/courses/membership/{row.id}/change/").status_code == 200


def test_teachers_of_courses_are_no_staff(client_of, teacher, course):
    assert client_of(teacher).get("/admin/courses/course/").status_code == 302
