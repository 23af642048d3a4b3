"""Recall without writing: the person's own word, which counts less than a graded answer."""

from datetime import timedelta

import pytest

from edu.analytics import api
from edu.analytics.data import NoSuchReview, NotDue
from edu.analytics.models import Evidence, ReviewCard
from edu.assessments import api as assessments
from edu.assessments.data import KeyClosed, NoSuchItem
from edu.common.errors import Invalid
from edu.common.ids import new_id
from edu.courses import api as courses
from tests.analytics.places import answer, now, question, standing

pytestmark = pytest.mark.django_db


def due(person, goal, ago=9.0):
    """The id of a question that was answered right some days ago and is due again."""
    item = question(goal)
    answer(person, goal, 1, ago=ago, item=item)
    ReviewCard.objects.filter(item=item).update(due_at=now() - timedelta(hours=1))
    return item


@pytest.fixture
def answered(work, learner, goals):
    """A question that was answered in a quiz, so that its key may be shown, and is due again."""
    item = question(goals[0], stem="What crosses the wall?")
    with work():
        quiz = assessments.request_quiz(
            user=learner.id, course=goals[0].course, size=1, items=[item]
        )
        assessments.attempt(user=learner.id, quiz=quiz.id, item=item, response="water")
    ReviewCard.objects.filter(item=item).update(due_at=now() - timedelta(minutes=1))
    return item


def test_each_rating_gives_its_own_date(learner, goals):
    item = due(learner, goals[0])
    dates = api.next_dates(user=learner.id, item=item)
    assert [each.rating for each in dates] == ["again", "hard", "good", "easy"]
    assert [each.due_at for each in dates] == sorted(each.due_at for each in dates)
    assert len({each.due_at for each in dates}) == 4
    review = api.recall(user=learner.id, item=item, rating="good")
    assert abs(review.due_at - dates[2].due_at) < timedelta(minutes=2)


def test_ones_own_word_moves_mastery_less_than_a_graded_answer(learner, stranger, course, goals):
    courses.join(user=stranger.id, join_code=course.join_code)
    moved = {}
    for person, graded in ((learner, True), (stranger, False)):
        item = due(person, goals[0])
        before = standing_p(person, goals[0])
        if graded:
            answer(person, goals[0], 1, item=item)
        else:
            api.recall(user=person.id, item=item, rating="easy")
        moved[graded] = standing_p(person, goals[0]) - before
    assert 0 < moved[False] < moved[True] / 2


def standing_p(person, goal):
    from edu.analytics.models import Mastery

    return Mastery.objects.get(user=person.id, objective=goal.id).p


def test_what_was_not_recalled_lowers_it_and_says_why(learner, goals):
    item = due(learner, goals[0])
    before = standing(learner, goals[0])
    review = api.recall(user=learner.id, item=item, rating="again")
    after = standing(learner, goals[0])
    assert after.p < before.p
    assert "by your own word" in after.why
    assert review.due_at - now() < timedelta(minutes=11)


def test_it_counts_only_when_it_is_due_and_once(learner, goals):
    item = due(learner, goals[0])
    api.recall(user=learner.id, item=item, rating="good")
    with pytest.raises(NotDue):
        api.recall(user=learner.id, item=item, rating="good")
    assert Evidence.objects.filter(item=item).count() == 2
    with pytest.raises(NoSuchReview):
        api.recall(user=learner.id, item=str(new_id()), rating="good")


@pytest.mark.parametrize("rating", ["", "perfect", "1"])
def test_an_unknown_rating_is_refused(learner, goals, rating):
    item = due(learner, goals[0])
    with pytest.raises(Invalid):
        api.recall(user=learner.id, item=item, rating=rating)


def test_it_is_not_asked_how_hard_a_self_rated_one_was(learner, goals):
    item = due(learner, goals[0])
    api.recall(user=learner.id, item=item, rating="good")
    assert item not in {each.item for each in api.recalled(user=learner.id)}


def test_only_who_has_answered_sees_the_key(learner, stranger, teacher, goals, answered):
    assert assessments.show_recall(user=learner.id, item=answered).key_text == "water"
    with pytest.raises(NoSuchItem):
        assessments.show_recall(user=stranger.id, item=answered)
    never = question(goals[0])
    with pytest.raises(NoSuchItem):
        assessments.show_recall(user=learner.id, item=never)


def test_the_key_stays_closed_while_the_question_is_open(learner, goals, answered):
    for mode in ("practice", "test"):
        quiz = assessments.request_quiz(
            user=learner.id, course=goals[0].course, size=1, items=[answered], mode=mode, shown=True
        )
        assert assessments.recallable(user=learner.id, items=[answered]) == []
        with pytest.raises(KeyClosed):
            assessments.show_recall(user=learner.id, item=answered)
        assessments.attempt(user=learner.id, quiz=quiz.id, item=answered, response=mode)
    assert assessments.recallable(user=learner.id, items=[answered]) == [answered]


def test_an_answer_after_the_key_was_shown_counts_nothing(learner, goals, answered):
    from edu.assessments.models import Attempt, QuizItem

    long_ago = now() - timedelta(days=9)
    QuizItem.objects.update(key_seen_at=long_ago)
    Attempt.objects.update(answered_at=long_ago)
    assessments.show_recall(user=learner.id, item=answered)
    quiz = assessments.request_quiz(
        user=learner.id, course=goals[0].course, size=1, items=[answered]
    )
    made = assessments.attempt(user=learner.id, quiz=quiz.id, item=answered, response="water")
    assert made.key_seen
    assert made.counts == 0


def test_the_card_shows_its_back_only_when_asked(client_of, learner, answered):
    browser = client_of(learner)
    front = browser.get("/reviews/card/").content.decode()
    assert "What crosses the wall?" in front
    assert "recall-key" not in front
    assert 'value="good"' not in front
    back = browser.post(f"/reviews/{answered}/answer/").content.decode()
    assert 'class="recall-key" dir="auto">water<' in back
    for rating in ("again", "hard", "good", "easy"):
        assert f'value="{rating}"' in back
    done = browser.post(f"/reviews/{answered}/recall/", {"rating": "easy"})
    assert done.url == "/reviews/card/"
    page = browser.get("/reviews/card/", follow=True).content.decode()
    assert "Nothing is left to recall now" in page


def test_strangers_see_no_card(client_of, learner, stranger, goals, answered):
    browser = client_of(stranger)
    assert browser.get("/reviews/card/").url == "/reviews/"
    assert browser.post(f"/reviews/{answered}/answer/").status_code == 302
    assert browser.post(f"/reviews/{answered}/recall/", {"rating": "good"}).status_code == 404
    assert browser.get(f"/reviews/card/?course={goals[0].course}").status_code == 404
    assert not Evidence.objects.filter(user=stranger.id).exists()
