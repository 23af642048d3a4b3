"""What was answered comes back before it is forgotten."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu.analytics import api
from edu.analytics.data import CannotRate, NoSuchReview
from edu.analytics.logic import cards
from edu.analytics.models import ReviewCard
from edu.assessments import api as assessments
from edu.common.ids import new_id
from edu.users import api as users
from tests.analytics.places import answer, now, question

pytestmark = pytest.mark.django_db


def card(person, fact):
    """The review of the item that `fact` is about."""
    return next(each for each in api.reviews(user=person.id) if each.item == fact.item)


def days_from(fact_card):
    """Days from the answer to the next date."""
    return (fact_card.due_at - fact_card.answered_at) / timedelta(days=1)


def test_a_right_answer_comes_back_in_days_and_a_wrong_one_in_minutes(learner, goals):
    right = card(learner, answer(learner, goals[0], 1))
    wrong = card(learner, answer(learner, goals[0], 0))
    assert days_from(right) >= 1
    assert days_from(wrong) == pytest.approx(10 / 1440)
    assert right.retrievability > 0.99


def test_help_brings_it_back_sooner(learner, goals):
    alone = card(learner, answer(learner, goals[0], 1))
    helped = card(learner, answer(learner, goals[0], 1, hint_level=2, counts=0.4))
    assert days_from(helped) < days_from(alone)


def test_what_is_recalled_again_comes_back_later_still(learner, goals):
    item = question(goals[0])
    gaps = []
    for ago in (30, 28, 20):
        gaps.append(days_from(card(learner, answer(learner, goals[0], ago=ago, item=item))))
    assert gaps == sorted(gaps)
    assert gaps[-1] > 3 * gaps[0]
    assert ReviewCard.objects.get().reviews == 3


def test_reading_the_key_is_no_recall(learner, goals):
    item = question(goals[0])
    before = card(learner, answer(learner, goals[0], 0, ago=0.01, item=item))
    after = card(learner, answer(learner, goals[0], 1, item=item, key_seen=True, try_number=2))
    assert before.due_at == after.due_at
    only = card(learner, answer(learner, goals[0], 1, key_seen=True))
    assert days_from(only) < 1


def test_what_is_due_and_fades_most_comes_first(learner, goals):
    answer(learner, goals[0], ago=0)
    worst = answer(learner, goals[0], ago=60)
    mild = answer(learner, goals[0], ago=10)
    found = api.reviews(user=learner.id, course=goals[0].course)
    assert [each.item for each in found][:2] == [worst.item, mild.item]
    assert found[0].retrievability < found[1].retrievability < found[2].retrievability
    assert found[1].due_at < now() < found[2].due_at


def test_a_question_that_was_retired_rests_until_it_is_restored(teacher, learner, course, goals):
    item = question(goals[0])
    answer(learner, goals[0], ago=30, item=item)
    for change, due in ((assessments.retire_item, 0), (assessments.restore_item, 1)):
        change(user=teacher.id, item=item)
        assert len(api.reviews(user=learner.id)) == due
        assert api.forecast(user=learner.id)[0].reviews == due
        kinds = [each.kind for each in api.advise(user=learner.id, course=course.id)]
        assert kinds.count("review") == due


def test_only_my_reviews_and_only_of_this_course(learner, stranger, goals):
    answer(stranger, goals[0])
    assert api.reviews(user=learner.id) == []
    answer(learner, goals[0])
    assert api.reviews(user=learner.id, course=str(new_id())) == []


def dates(person, fact):
    """The dates that each rating of an answer would give."""
    return next(each.dates for each in api.recalled(user=person.id) if each.item == fact.item)


def test_somebody_says_how_hard_it_was(learner, goals):
    fact = answer(learner, goals[0])
    found = dates(learner, fact)
    assert [each.rating for each in found] == ["hard", "good", "easy"]
    assert [each.chosen for each in found] == [False, True, False]
    assert found[0].due_at < found[1].due_at < found[2].due_at
    rated = api.rate(user=learner.id, item=fact.item, rating="easy")
    assert rated.due_at == found[2].due_at
    assert [each.chosen for each in dates(learner, fact)] == [False, False, True]


def test_a_wrong_answer_is_not_rated(learner, stranger, goals):
    answer(learner, goals[0], 1, ago=2)
    fact = answer(learner, goals[0], 0)
    assert api.recalled(user=learner.id) == []
    with pytest.raises(CannotRate):
        api.rate(user=learner.id, item=fact.item, rating="easy")
    with pytest.raises(NoSuchReview):
        api.rate(user=stranger.id, item=fact.item, rating="easy")


@pytest.mark.parametrize("rating", ["again", "splendid", ""])
def test_a_rating_that_is_none_is_refused(learner, goals, rating):
    fact = answer(learner, goals[0])
    with pytest.raises(CannotRate):
        api.rate(user=learner.id, item=fact.item, rating=rating)


def test_the_forecast_counts_from_today_in_my_time_zone(learner, goals):
    users.update_me(user=learner.id, preferences={"time_zone": "Pacific/Auckland"})
    answer(learner, goals[0], ago=30)
    answer(learner, goals[0], ago=20)
    fresh = answer(learner, goals[0], ago=0)
    found = api.forecast(user=learner.id, days=14)
    assert len(found) == 14
    assert found[0].reviews == 2
    assert sum(each.reviews for each in found) == 3
    home = cards.timeline.zone(ReviewCard.objects.first().user)
    assert found[0].on == now().astimezone(home).date().isoformat()
    due = card(learner, fresh).due_at.astimezone(home).date().isoformat()
    assert next(each for each in found if each.on == due).reviews == 1


@given(st.floats(0.01, 1000), st.floats(0, 1000), st.floats(0, 1000))
def test_recall_only_falls_with_time(stability, first, more):
    start = now()
    early = cards.retrievability(stability, start, start + timedelta(days=first))
    late = cards.retrievability(stability, start, start + timedelta(days=first + more))
    assert 0 < late <= early <= 1


def test_recall_is_nine_tenths_after_the_stability():
    start = now()
    found = cards.retrievability(5.0, start, start + timedelta(days=5))
    assert found == pytest.approx(0.9)
