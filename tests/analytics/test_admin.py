"""Staff look things up and change nothing."""

import pytest
from django.urls import reverse

from edu.analytics import api
from edu.analytics.models import Evidence, Interaction, Mastery, Movement, ReviewCard
from edu.common.ids import new_id
from edu.users import api as users
from tests.analytics.places import answer

pytestmark = pytest.mark.django_db
BOOKS = (Interaction, Evidence, Mastery, Movement, ReviewCard)


@pytest.fixture
def admin(client_of):
    """A browser in which an admin is signed in."""
    boss = users.make_admin(
        email="boss@example.org", password="violet-harbour-41-lantern", display_name="Boss"
    )
    return client_of(boss)


def place(model, what="changelist", *args):
    """The address of a list or a row."""
    return reverse(f"admin:analytics_{model._meta.model_name}_{what}", args=args)


@pytest.mark.parametrize("model", BOOKS)
def test_a_list_costs_few_queries(admin, learner, goals, model, django_assert_max_num_queries):
    for _each in range(30):
        answer(learner, goals[0])
    with django_assert_max_num_queries(15):
        assert admin.get(place(model)).status_code == 200


@pytest.mark.parametrize("model", BOOKS)
def test_it_finds_by_address_and_by_id(admin, learner, stranger, course, goals, model):
    answer(learner, goals[0])
    for term, count in (
        (learner.email, 1),
        (learner.id, 1),
        (course.id, 1),
        (stranger.email, 0),
        (str(new_id()), 0),
        ("any words", 0),
    ):
        got = admin.get(place(model), {"q": term})
        assert got.status_code == 200
        assert got.context["cl"].result_count == count, term


@pytest.mark.parametrize("model", BOOKS)
def test_nothing_is_changed_by_hand(admin, learner, goals, model):
    answer(learner, goals[0])
    row = model.objects.get()
    assert admin.get(place(model, "change", row.pk)).status_code == 200
    assert admin.post(place(model, "change", row.pk), {}).status_code == 403
    assert admin.post(place(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert admin.get(place(model, "add")).status_code == 403


def test_the_books_are_closed_to_others(client_of, learner, goals):
    api.record(user=learner.id, course=goals[0].course, verb="read")
    assert client_of(learner).get(place(Interaction)).status_code == 302
