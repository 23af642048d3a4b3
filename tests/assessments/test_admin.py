"""The books in the Django admin."""

import pytest
from django.utils import timezone

from edu.assessments import api
from edu.assessments.models import Attempt, Item, ItemVersion, Quiz, QuizItem
from edu.common.ids import new_id
from edu.users import api as users
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
PLACES = ("item", "itemversion", "quiz", "attempt")


@pytest.fixture
def browser(client_of):
    return client_of(
        users.make_admin(email="root@example.org", password=PASSWORD, display_name="Root")
    )


@pytest.fixture
def answered(learner, bank, quiz_of):
    """A quiz of four with one answer in it."""
    quiz = quiz_of(learner)
    api.attempt(user=learner.id, quiz=quiz.id, item=quiz.items[0].id, response="x")
    return quiz


def test_lists_and_searches_take_few_queries(browser, answered, django_assert_max_num_queries):
    place, goal, now = new_id(), new_id(), timezone.now()
    items = [Item(course=place, objective=goal, kind="short") for _ in range(600)]
    Item.objects.bulk_create(items)
    versions = [ItemVersion(item=each, number=1, stem="What?", key={}) for each in items]
    ItemVersion.objects.bulk_create(versions)
    for each, version in zip(items, versions, strict=True):
        each.latest = version
    Item.objects.bulk_update(items, ["latest"])
    quiz = Quiz.objects.create(course=place, user=goal, size=3)
    Attempt.objects.bulk_create(
        Attempt(user=goal, course=place, objective=goal, quiz=quiz, item=item, version=version,
                status="graded", shown_at=now, answered_at=now)
        for item, version in zip(items, versions, strict=True)
    )  # fmt: skip
    for name in PLACES:
        for query in ("", "?q=What", f"?q={place}", "?q=levko@example.org", "?o=1"):
            with django_assert_max_num_queries(15):
                answer = browser.get(f"/admin/assessments/{name}/{query}")
                assert answer.status_code == 200


@pytest.mark.parametrize("name", PLACES)
def test_rows_are_shown_and_neither_added_nor_deleted(browser, answered, name):
    model = {"item": Item, "itemversion": ItemVersion, "quiz": Quiz, "attempt": Attempt}[name]
    row = model.objects.first()
    place = f"/admin/assessments/{name}"
    assert browser.get(f"{place}/{row.id}/change/").status_code == 200
    assert browser.get(f"{place}/add/").status_code == 403
    assert browser.post(f"{place}/{row.id}/delete/", {"post": "yes"}).status_code == 403
    assert model.objects.filter(id=row.id).exists()


def test_versions_and_attempts_cannot_be_changed(browser, answered):
    for name, model in (("itemversion", ItemVersion), ("attempt", Attempt)):
        row = model.objects.first()
        place = f"/admin/assessments/{name}/{row.id}/change/"
        assert browser.post(place, {"stem": "Other", "score": "1"}).status_code == 403


def test_it_finds_by_words_by_id_and_by_person(browser, answered, bank, learner):
    def page(name, query):
        return browser.get(f"/admin/assessments/{name}/", {"q": query}).content.decode()

    assert "Who found radium" in page("item", "radium")
    assert "Who found radium" in page("item", bank["short"].id)
    assert "Who found radium" not in page("item", "membrane")
    assert answered.id in page("quiz", learner.email)
    assert answered.id not in page("quiz", "nobody@example.org")
    assert "1 answer" in page("attempt", learner.email) or "1 attempt" in page(
        "attempt", learner.id
    )


def test_questions_are_retired_and_restored_in_bulk(browser, bank):
    chosen = {"_selected_action": [item.id for item in bank.values()]}
    place = "/admin/assessments/item/"
    answer = browser.post(place, {"action": "retire", **chosen}, follow=True)
    assert "4 questions changed" in answer.content.decode()
    assert not Item.objects.filter(status="live").exists()
    browser.post(place, {"action": "restore", **chosen})
    assert Item.objects.filter(status="live").count() == 4


def test_quizzes_that_are_being_made_are_stopped(browser, learner, course):
    quiz = api.request_quiz(user=learner.id, course=course.id, size=2, source="generate")
    place = "/admin/assessments/quiz/"
    browser.post(place, {"action": "stop", "_selected_action": [quiz.id]})
    assert api.quiz(user=learner.id, quiz=quiz.id).status == "cancelled"


def test_staff_without_permission_see_nothing(client_of, learner, answered):
    assert client_of(learner).get("/admin/assessments/item/").status_code == 302


def test_the_places_of_a_quiz_stand_below_it(browser, answered):
    page = browser.get(f"/admin/assessments/quiz/{answered.id}/change/").content.decode()
    assert QuizItem.objects.filter(quiz=answered.id).count() == 4
    assert "Who found radium" in page
