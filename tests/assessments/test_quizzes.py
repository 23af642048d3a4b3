"""Quizzes from the bank and from whoever answers QuizRequested."""

from datetime import timedelta

import pytest
from django.utils import timezone

from edu.assessments import api, tasks
from edu.assessments.data import BadItem, NoSuchItem, NoSuchQuiz, NotReady, QuizOver
from edu.assessments.logic.fill import ASK_AGAIN, GIVE_UP
from edu.assessments.models import ItemVersion, Quiz
from edu.common.codec import plain, revive
from edu.common.errors import Invalid, NotFound
from edu.common.ids import new_id
from edu.courses import api as courses

pytestmark = pytest.mark.django_db


class TestBank:
    def test_only_teachers_write_items(self, learner, stranger, course):
        for person, error in ((learner, Exception), (stranger, NotFound)):
            with pytest.raises(error):
                api.add_item(
                    user=person.id, course=course.id, kind="short", stem="?", key={"accept": ["a"]}
                )

    def test_an_item_without_objective_gets_the_root(self, bank, course):
        assert bank["short"].objective == courses.root(course=course.id).id

    def test_an_objective_of_another_course_is_refused(self, teacher, course):
        other = courses.create_course(user=teacher.id, title="Other")
        with pytest.raises(BadItem) as caught:
            api.add_item(
                user=teacher.id, course=course.id, kind="short", stem="Who?", key={"accept": ["a"]},
                objective=courses.root(course=other.id).id,
            )  # fmt: skip
        assert "objective" in caught.value.fields

    def test_an_edit_makes_a_new_version_and_leaves_the_old_as_it_was(self, teacher, bank):
        item = bank["short"]
        changed = api.change_item(user=teacher.id, item=item.id, stem="Who discovered radium?")
        assert (changed.version, changed.stem) == (2, "Who discovered radium?")
        assert changed.key == item.key
        old = ItemVersion.objects.get(item_id=item.id, number=1)
        assert old.stem == item.stem
        with pytest.raises(ValueError, match="never changed"):
            old.save()

    def test_an_edit_that_changes_nothing_makes_no_version(self, teacher, bank):
        item = bank["choice"]
        assert api.change_item(user=teacher.id, item=item.id, stem=item.stem).version == 1

    def test_a_retired_item_is_drawn_no_more_until_it_is_restored(
        self, teacher, learner, bank, quiz_of
    ):
        api.retire_item(user=teacher.id, item=bank["short"].id)
        assert quiz_of(learner, "short").status == "failed"
        both = [bank["short"].id, bank["choice"].id]
        assert api.usable(items=[*both, str(new_id())]) == both[1:]
        api.restore_item(user=teacher.id, item=bank["short"].id)
        assert quiz_of(learner, "short").status == "ready"
        assert api.usable(items=both) == both

    def test_items_page_newest_first(self, teacher, course, bank):
        first = api.items(user=teacher.id, course=course.id, limit=3)
        second = api.items(user=teacher.id, course=course.id, limit=3, cursor=first.next)
        assert [item.kind for item in first.items + second.items] == [
            "cloze",
            "short",
            "number",
            "choice",
        ]

    def test_items_survive_the_wire(self, bank):
        for item in bank.values():
            assert revive(type(item), plain(item)) == item or plain(item)["id"] == item.id


class TestDraw:
    def test_it_is_filled_at_once_and_says_why_it_is_short(self, learner, bank, quiz_of):
        quiz = quiz_of(learner, size=10)
        assert quiz.status == "ready"
        assert len(quiz.items) == 4
        assert "only 4" in quiz.note

    def test_an_empty_bank_says_so(self, learner, course, quiz_of):
        quiz = quiz_of(learner)
        assert quiz.status == "failed"
        assert "no questions" in quiz.error

    def test_it_prefers_what_was_never_seen_then_what_is_long_ago(self, learner, bank, quiz_of):
        order = []
        for _ in range(4):
            quiz = quiz_of(learner, size=1)
            order.append(quiz.items[0].id)
            api.attempt(user=learner.id, quiz=quiz.id, item=quiz.items[0].id, response="x")
        assert len(set(order)) == 4
        assert quiz_of(learner, size=1).items[0].id == order[0]

    def test_it_takes_objectives_in_turn(self, teacher, learner, course):
        goals = [
            courses.add_objective(user=teacher.id, course=course.id, title=f"T{n}") for n in "ab"
        ]
        for number in range(6):
            api.add_item(
                user=teacher.id, course=course.id, kind="short", stem=f"Question {number}?",
                key={"accept": ["yes"]}, objective=goals[number > 0].id,
            )  # fmt: skip
        quiz = api.request_quiz(user=learner.id, course=course.id, size=2)
        assert {question.objective for question in quiz.items} == {goal.id for goal in goals}
        one = api.request_quiz(user=learner.id, course=course.id, size=5, objectives=[goals[0].id])
        assert {question.objective for question in one.items} == {goals[0].id}

    def test_named_items_come_first_for_reviews(self, learner, course, bank):
        wanted = [bank["cloze"].id, bank["number"].id]
        quiz = api.request_quiz(
            user=learner.id, course=course.id, size=5, items=wanted, mode="review"
        )
        assert [question.id for question in quiz.items] == wanted

    @pytest.mark.parametrize(
        ("field", "changes"),
        [("size", {"size": 0}), ("size", {"size": 1000}), ("kinds", {"kinds": ["essay"]}),
         ("source", {"source": "air"}), ("mode", {"mode": "exam"}), ("objectives", {"objectives": ["x"]}),
         ("objectives", {"objectives": [str(new_id())]}),
         ("kinds", {"kinds": ["number"], "source": "generate"})],
    )  # fmt: skip
    def test_what_does_not_fit_is_named(self, learner, course, bank, field, changes):
        with pytest.raises(Invalid) as caught:
            api.request_quiz(user=learner.id, course=course.id, **{"size": 3, **changes})
        assert field in caught.value.fields

    def test_options_stand_in_an_order_of_the_quizs_own_and_ids_tell_nothing(
        self, learner, bank, quiz_of
    ):
        orders = {
            tuple(option.text for option in quiz_of(learner, "choice").items[0].options)
            for _ in range(12)
        }
        assert len(orders) > 3
        ids = [option.id for option in bank["choice"].options]
        assert ids != sorted(ids) or len(set(ids)) == 4

    def test_a_quiz_is_its_owners_alone(self, teacher, learner, stranger, bank, quiz_of):
        quiz = quiz_of(learner)
        for person in (teacher, stranger):
            with pytest.raises(NoSuchQuiz):
                api.quiz(user=person.id, quiz=quiz.id)
            with pytest.raises(NoSuchQuiz):
                api.hint(user=person.id, quiz=quiz.id, item=quiz.items[0].id)
            with pytest.raises(NoSuchQuiz):
                api.attempt(user=person.id, quiz=quiz.id, item=quiz.items[0].id, response="x")
        with pytest.raises(NoSuchQuiz):
            api.quiz(user=learner.id, quiz="not an id")
        with pytest.raises(NotFound):
            api.request_quiz(user=stranger.id, course=quiz.course, size=1)

    def test_an_item_of_another_quiz_is_not_in_this_one(self, learner, bank, quiz_of):
        quiz = quiz_of(learner, "choice")
        with pytest.raises(NoSuchItem):
            api.attempt(user=learner.id, quiz=quiz.id, item=bank["short"].id, response="x")


class TestGenerated:
    @pytest.fixture
    def wanted(self, learner, course):
        return api.request_quiz(user=learner.id, course=course.id, size=2, source="generate")

    def test_it_waits_and_tells_the_filler_what_it_needs(self, learner, course, wanted):
        assert wanted.status == "queued"
        plan = api.quiz_plan(quiz=wanted.id)
        assert plan["user"] == learner.id
        assert plan["size"] == 2
        assert plan["kinds"] == ["choice", "cloze"]
        with pytest.raises(NotReady):
            api.attempt(user=learner.id, quiz=wanted.id, item=str(new_id()), response="x")

    def test_good_drafts_fill_it_until_it_is_full(self, learner, course, wanted, draft):
        first = api.offer(course=course.id, draft=draft(), quiz=wanted.id)
        assert first.item
        assert first.quiz == wanted.id
        again = api.offer(course=course.id, draft=draft(), quiz=wanted.id)
        assert not again.item
        second = api.offer(
            course=course.id,
            quiz=wanted.id,
            draft=draft(
                kind="cloze", options=[], key={"blanks": [["Pfeffer"]]}, citations=[],
                stem="In 1877 Wilhelm _____ measured the osmotic pressure of sugar solutions.",
            ),
        )  # fmt: skip
        assert second.item
        assert (
            api.offer(course=course.id, draft=draft(), quiz=wanted.id).verdicts[0].name == "wanted"
        )
        api.finish_quiz(quiz=wanted.id)
        quiz = api.quiz(user=learner.id, quiz=wanted.id)
        assert (quiz.status, quiz.progress, quiz.note) == ("ready", 1.0, "")
        assert [question.source for question in quiz.items] == ["generated", "generated"]
        assert api.quiz_plan(quiz=wanted.id)["avoid"]

    def test_one_less_is_said_in_a_word(self, learner, course, wanted, draft):
        api.offer(course=course.id, draft=draft(), quiz=wanted.id)
        api.finish_quiz(quiz=wanted.id)
        assert "Only 1 question of 2" in api.quiz(user=learner.id, quiz=wanted.id).note

    def test_nothing_at_all_is_a_failure_with_a_reason(self, learner, wanted):
        api.set_quiz_progress(quiz=wanted.id, progress=0.4)
        assert api.quiz(user=learner.id, quiz=wanted.id).status == "running"
        api.finish_quiz(quiz=wanted.id)
        quiz = api.quiz(user=learner.id, quiz=wanted.id)
        assert quiz.status == "failed"
        assert quiz.error

    def test_a_failure_keeps_what_is_there(self, learner, course, wanted, draft):
        api.offer(course=course.id, draft=draft(), quiz=wanted.id)
        api.fail_quiz(quiz=wanted.id, error="The model went away.")
        quiz = api.quiz(user=learner.id, quiz=wanted.id)
        assert (quiz.status, len(quiz.items), quiz.note) == ("ready", 1, "The model went away.")

    def test_progress_never_goes_back_and_ends_with_the_quiz(self, learner, wanted):
        for value in (0.5, 0.2, 7, -1):
            api.set_quiz_progress(quiz=wanted.id, progress=value)
        assert api.quiz(user=learner.id, quiz=wanted.id).progress == 0.99
        api.cancel_quiz(user=learner.id, quiz=wanted.id)
        api.set_quiz_progress(quiz=wanted.id, progress=0.5)
        assert api.quiz(user=learner.id, quiz=wanted.id).status == "cancelled"
        with pytest.raises(QuizOver):
            api.cancel_quiz(user=learner.id, quiz=wanted.id)

    def test_a_cancelled_quiz_takes_nothing(self, learner, course, wanted, draft):
        api.cancel_quiz(user=learner.id, quiz=wanted.id)
        assert api.offer(course=course.id, draft=draft(), quiz=wanted.id).item is None

    def test_generated_items_are_not_the_banks_until_adopted(
        self, teacher, learner, course, draft, quiz_of
    ):
        offered = api.offer(course=course.id, draft=draft())
        made = api.pose(user=learner.id, course=course.id, draft=draft())
        assert offered.item
        assert (
            api.items(user=teacher.id, course=course.id, source="generated").items[0].id
            == made.item
        )
        api.adopt_item(user=teacher.id, item=made.item)
        assert made.item in [item.id for item in api.items(user=teacher.id, course=course.id).items]

    def test_an_objective_that_is_gone_gives_way_to_the_root(self, course, teacher, draft):
        offered = api.offer(course=course.id, draft=draft(objective=str(new_id())))
        made = api.item(user=teacher.id, item=offered.item)
        assert made.objective == courses.root(course=course.id).id

    def test_a_quiz_that_nobody_fills_is_asked_for_again_then_ended(self, learner, wanted):
        late = timezone.now() - ASK_AGAIN - timedelta(seconds=1)
        Quiz.objects.filter(id=wanted.id).update(updated_at=late)
        tasks.sweep()
        assert api.quiz(user=learner.id, quiz=wanted.id).status == "queued"
        late = timezone.now() - GIVE_UP - timedelta(seconds=1)
        Quiz.objects.filter(id=wanted.id).update(updated_at=late, created_at=late)
        tasks.sweep()
        quiz = api.quiz(user=learner.id, quiz=wanted.id)
        assert quiz.status == "failed"
        assert "too long" in quiz.error


def test_objectives_that_move_take_items_along(teacher, learner, course, bank):
    goal = courses.add_objective(user=teacher.id, course=course.id, title="Old")
    item = api.change_item(user=teacher.id, item=bank["short"].id, objective=goal.id)
    assert item.objective == goal.id
    root = courses.root(course=course.id).id
    for _ in range(2):
        api.move_objectives(course=course.id, moved={goal.id: root})
    assert api.item(user=teacher.id, item=item.id).objective == root


def test_a_course_that_is_gone_takes_all_with_it(learner, course, bank, quiz_of):
    quiz = quiz_of(learner)
    api.attempt(user=learner.id, quiz=quiz.id, item=quiz.items[0].id, response="x")
    assert api.export_person(user=learner.id).rows["assessments.attempt"][0]["question"]
    api.forget_course(course=course.id)
    assert api.export_person(user=learner.id).rows == {}
    assert not ItemVersion.objects.exists()
