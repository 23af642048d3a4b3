"""Answers: what is stored, what counts, when the key goes out, and two at once."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from edu.assessments import api
from edu.assessments.data import (
    AnsweredAlready,
    AttemptGraded,
    KeyClosed,
    NoSuchAttempt,
)
from edu.assessments.logic.attempts import RECENTLY, weight
from edu.assessments.models import Attempt, QuizItem
from edu.common.codec import plain, revive
from edu.common.errors import Conflict, Denied, Invalid
from edu.events.models import Delivery
from edu.users import api as users


def answer(person, quiz, response, number=0, **more):
    return api.attempt(
        user=person.id, quiz=quiz.id, item=quiz.items[number].id, response=response, **more
    )


@pytest.mark.django_db
class TestOneAnswer:
    def test_it_stores_all_that_bears_on_it(self, learner, bank, quiz_of):
        quiz = quiz_of(learner, "choice")
        right = next(option for option in quiz.items[0].options if option.text == "osmosis")
        made = answer(learner, quiz, right.id)
        row = Attempt.objects.get()
        assert row.response == right.id
        assert (row.version.number, row.try_number, row.hint_level) == (1, 1, 0)
        assert (row.key_seen, row.counts, row.score, row.correct) == (False, 1.0, 1.0, True)
        assert row.shown_at <= row.answered_at
        assert row.seconds == pytest.approx(
            (row.answered_at - row.shown_at).total_seconds(), abs=0.01
        )
        assert made.response_text == "osmosis"
        assert made.status == "graded"
        assert not made.needs_review

    def test_it_keeps_the_version_that_was_shown(self, teacher, learner, bank, quiz_of):
        quiz = quiz_of(learner, "short")
        api.change_item(user=teacher.id, item=bank["short"].id, key={"accept": ["Becquerel"]})
        made = answer(learner, quiz, "Curie")
        assert (made.correct, made.item_version) == (True, 1)
        assert quiz_of(learner, "short").items[0].stem == bank["short"].stem

    def test_the_key_comes_with_the_first_try_and_not_before(self, learner, bank, quiz_of):
        quiz = quiz_of(learner, "choice")
        with pytest.raises(KeyClosed):
            api.show_key(user=learner.id, quiz=quiz.id, item=quiz.items[0].id)
        made = answer(learner, quiz, "lysis")
        assert made.key["texts"] == ["osmosis"]
        assert made.key_text == "osmosis"
        assert made.explanation
        assert (
            api.show_key(user=learner.id, quiz=quiz.id, item=quiz.items[0].id)["text"] == "osmosis"
        )

    def test_a_retry_after_the_key_counts_nothing(self, learner, bank, quiz_of):
        quiz = quiz_of(learner, "choice")
        answer(learner, quiz, "lysis")
        again = answer(learner, quiz, "osmosis")
        assert (again.score, again.try_number, again.key_seen, again.counts) == (1.0, 2, True, 0.0)

    def test_nor_does_it_in_another_quiz_on_the_same_day(self, learner, bank, quiz_of):
        answer(learner, quiz_of(learner, "choice"), "lysis")
        again = answer(learner, quiz_of(learner, "choice"), "osmosis")
        assert (again.key_seen, again.counts) == (True, 0.0)

    def test_but_on_another_day_it_is_a_review(self, learner, bank, quiz_of):
        answer(learner, quiz_of(learner, "choice"), "lysis")
        before = timezone.now() - RECENTLY * 1.01
        Attempt.objects.update(answered_at=before)
        QuizItem.objects.update(key_seen_at=before)
        again = answer(learner, quiz_of(learner, "choice"), "osmosis")
        assert (again.key_seen, again.counts, again.try_number) == (False, 1.0, 1)

    def test_hints_lessen_what_it_counts(self, learner, bank, quiz_of):
        quiz = quiz_of(learner, "choice")
        for _ in range(2):
            api.hint(user=learner.id, quiz=quiz.id, item=quiz.items[0].id)
        made = answer(learner, quiz, "osmosis")
        assert made.hint_level == 2
        assert made.counts == weight(2, 1, False) < 1

    def test_the_last_hint_is_the_key(self, learner, bank, quiz_of):
        quiz = quiz_of(learner, "choice")
        for _ in range(5):
            api.hint(user=learner.id, quiz=quiz.id, item=quiz.items[0].id)
        made = answer(learner, quiz, "osmosis")
        assert (made.key_seen, made.counts) == (True, 0.0)

    def test_weights_only_fall(self):
        weights = [weight(level, 1, False) for level in range(6)]
        assert weights == sorted(weights, reverse=True)
        assert weights[0] == 1
        assert weights[5] == 0
        assert all(weight(level, 2, False) < weight(level, 1, False) for level in range(5))

    @pytest.mark.parametrize("response", [None, "", "  ", []])
    def test_not_knowing_is_an_answer(self, learner, bank, quiz_of, response):
        made = answer(learner, quiz_of(learner, "short"), response)
        assert (made.score, made.correct) == (0.0, False)
        assert "honest" in made.feedback
        assert made.key_text == "Marie Curie"

    @pytest.mark.parametrize(
        "response", [{"a": 1}, [[[]]], True, "x" * 500_000, ["x"] * 5000, "\ud800", 10**30, "<b>"]
    )
    def test_what_cannot_be_read_scores_nothing_and_is_kept(self, learner, bank, quiz_of, response):
        quiz = quiz_of(learner)
        for number in range(4):
            made = answer(learner, quiz, response, number)
            assert made.score == 0
            assert made.feedback
        assert all(len(str(row.response)) < 11_000 for row in Attempt.objects.all())

    def test_the_time_measured_on_the_page_is_taken_when_it_is_possible(
        self, learner, bank, quiz_of
    ):
        quiz = quiz_of(learner)
        assert answer(learner, quiz, "x", 0, seconds=2.5).seconds == 2.5
        assert answer(learner, quiz, "x", 1, seconds=9999).seconds < 5
        assert answer(learner, quiz, "x", 2, seconds=-1).seconds >= 0

    def test_it_tells_whoever_listens(self, learner, bank, quiz_of):
        from edu.events.logic import outbox

        heard = []
        outbox.register(AttemptGraded, listen := lambda fact, *, event: heard.append(fact))
        try:
            made = answer(learner, quiz_of(learner, "choice"), "osmosis")
            for row in Delivery.objects.filter(handler__contains="lambda"):
                outbox.deliver(row.id, timezone.now())
        finally:
            name = outbox._name(AttemptGraded)
            outbox._handlers[name].pop(outbox._name(listen))
        assert [fact.attempt for fact in heard] == [made.id]
        assert (heard[0].score, heard[0].counts, heard[0].item) == (1.0, 1.0, bank["choice"].id)
        assert heard[0].answered_at.endswith("Z")
        options = {each.text: each.id for each in bank["choice"].options}
        assert (heard[0].kind, heard[0].chosen) == ("choice", [options["osmosis"]])
        assert heard[0].guess == pytest.approx(1 / len(options))

    def test_a_double_click_is_one_answer(self, learner, bank, quiz_of):
        quiz = quiz_of(learner, "choice")
        assert answer(learner, quiz, "lysis").id == answer(learner, quiz, "lysis").id
        assert Attempt.objects.count() == 1

    def test_an_attempt_is_seen_by_who_made_it(self, teacher, learner, stranger, bank, quiz_of):
        made = answer(learner, quiz_of(learner, "choice"), "osmosis")
        assert api.attempt_of(user=learner.id, attempt=made.id).id == made.id
        for person in (teacher, stranger):
            with pytest.raises(NoSuchAttempt):
                api.attempt_of(user=person.id, attempt=made.id)
        with pytest.raises(NoSuchAttempt):
            api.attempt_of(user=learner.id, attempt="'; drop")

    def test_it_survives_the_wire(self, learner, bank, quiz_of):
        made = answer(learner, quiz_of(learner, "choice"), "osmosis")
        assert plain(revive(type(made), plain(made))) == plain(made)


@pytest.mark.django_db
class TestTheTest:
    def test_keys_stay_closed_until_all_is_answered(self, learner, bank, quiz_of):
        quiz = quiz_of(learner, mode="test")
        first = answer(learner, quiz, "x", 0)
        assert first.key is None
        assert (first.key_text, first.explanation, first.citations) == ("", "", [])
        with pytest.raises(KeyClosed):
            api.hint(user=learner.id, quiz=quiz.id, item=quiz.items[1].id)
        with pytest.raises(KeyClosed):
            api.show_key(user=learner.id, quiz=quiz.id, item=quiz.items[0].id)
        with pytest.raises(AnsweredAlready):
            answer(learner, quiz, "y", 0)
        for number in (1, 2, 3):
            last = answer(learner, quiz, "x", number)
        assert last.key is not None
        assert api.attempt_of(user=learner.id, attempt=first.id).key is not None
        assert all(each.key for each in api.attempts(user=learner.id, quiz=quiz.id))


@pytest.mark.django_db
class TestReview:
    @pytest.fixture
    def waiting(self, teacher, learner, course, quiz_of):
        api.add_item(
            user=teacher.id, course=course.id, kind="short", stem="Why do cells swell?",
            key={"accept": ["osmosis"], "review": True},
        )  # fmt: skip
        return answer(learner, quiz_of(learner, "short"), "because of osmosis")

    def test_it_waits_for_a_teacher(self, teacher, learner, course, waiting):
        assert (waiting.status, waiting.needs_review) == ("needs_review", True)
        assert (waiting.score, waiting.correct) == (None, None)
        assert not Delivery.objects.filter(fact__endswith="AttemptGraded").exists()
        queue = api.waiting(user=teacher.id, course=course.id)
        assert [each.response_text for each in queue] == ["because of osmosis"]
        with pytest.raises(Denied):
            api.waiting(user=learner.id, course=course.id)

    def test_a_teacher_gives_points_once(self, teacher, learner, stranger, course, waiting):
        with pytest.raises(Denied):
            api.accept_points(user=learner.id, attempt=waiting.id, score=1)
        for score in (2, -1, float("nan")):
            with pytest.raises(Invalid):
                api.accept_points(user=teacher.id, attempt=waiting.id, score=score)
        made = api.accept_points(user=teacher.id, attempt=waiting.id, score=0.5)
        assert (made.status, made.score, made.correct) == ("graded", 0.5, False)
        assert api.waiting(user=teacher.id, course=course.id) == []
        with pytest.raises(Conflict):
            api.accept_points(user=teacher.id, attempt=waiting.id, score=1)
        told = [each for each in users.history(user=learner.id).items if each.action == "graded"]
        assert [(each.actor, each.detail["score"], each.detail["attempt"]) for each in told] == [
            (teacher.id, 0.5, waiting.id)
        ]


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_are_one_after_the_other(learner, bank, quiz_of):
    quiz = quiz_of(learner, "choice")
    gate, made = threading.Barrier(2), []

    def submit(response):
        gate.wait()
        try:
            made.append(answer(learner, quiz, response))
        finally:
            connection.close()

    threads = [threading.Thread(target=submit, args=(text,)) for text in ("osmosis", "lysis")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each.try_number for each in made) == [1, 2]
    assert sorted(each.counts for each in made) == [0.0, 1.0]
    assert QuizItem.objects.get().tries == 2
