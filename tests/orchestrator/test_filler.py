"""A quiz is filled with questions made from the materials."""

import pytest

from edu.assessments import api as assessments
from edu.assessments.logic.registry import all_kinds, sheet_of
from edu.assessments.models import Item
from edu.courses import api as courses
from edu.orchestrator.logic import filler

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_chat")]


def request(work, learner, course, **more):
    with work():
        made = assessments.request_quiz(
            user=learner.id, course=course.id, source="generate", **{"size": 3, **more}
        )
    return assessments.quiz(user=learner.id, quiz=made.id)


def test_a_quiz_is_made_from_the_materials(work, learner, course, material):
    quiz = request(work, learner, course)
    assert (quiz.status, len(quiz.items), quiz.progress) == ("ready", 3, 1.0)
    assert {each.source for each in quiz.items} == {"generated"}
    assert {each.kind for each in quiz.items} <= {"choice", "cloze"}
    assert all(each.objective for each in quiz.items)
    assert len({each.stem for each in quiz.items}) == 3


def test_fewer_than_asked_for_is_told_with_the_reason(work, learner, course, reader):
    reader("Osmosis is the movement of water across a membrane.\n", "one.txt")
    quiz = request(work, learner, course, size=20)
    if quiz.status == "ready":
        assert 0 < len(quiz.items) < 20
        assert "of 20" in quiz.note
    else:
        assert quiz.status == "failed"
        assert quiz.error


def test_without_materials_it_says_what_is_missing(work, learner, course):
    quiz = request(work, learner, course)
    assert quiz.status == "failed"
    assert "nothing to read" in quiz.error


def test_only_the_kinds_that_were_asked_for(work, learner, course, material):
    quiz = request(work, learner, course, kinds=["cloze"])
    assert {each.kind for each in quiz.items} == {"cloze"}


def test_filling_again_adds_nothing(work, learner, course, material):
    quiz = request(work, learner, course)
    filler.fill(quiz.id)
    again = assessments.quiz(user=learner.id, quiz=quiz.id)
    assert [each.id for each in again.items] == [each.id for each in quiz.items]


def test_a_quiz_that_was_stopped_is_left_alone(learner, course, material):
    made = assessments.request_quiz(user=learner.id, course=course.id, source="generate", size=3)
    assessments.cancel_quiz(user=learner.id, quiz=made.id)
    filler.fill(made.id)
    stopped = assessments.quiz(user=learner.id, quiz=made.id)
    assert (stopped.status, stopped.items) == ("cancelled", [])


def test_a_quiz_that_is_gone_is_no_error():
    filler.fill("0197a3d0-77aa-7b52-8a51-5f0f6f2b9f11")


def test_a_worker_that_takes_over_goes_on_from_what_there_is(work, learner, course, material):
    made = assessments.request_quiz(user=learner.id, course=course.id, source="generate", size=4)
    plan = assessments.quiz_plan(quiz=made.id)
    passages = filler._passages(plan)
    drafts = filler._drafts(plan, [filler.source_of(each) for each in passages], 4)
    taken = 0
    for draft in drafts:
        if taken == 2:
            break
        taken += bool(assessments.offer(course=course.id, draft=draft, quiz=made.id).item)
    filler.fill(made.id)
    quiz = assessments.quiz(user=learner.id, quiz=made.id)
    assert quiz.status == "ready"
    assert len({each.stem for each in quiz.items}) == len(quiz.items) == 4


def test_questions_of_an_objective_come_from_its_passages(work, teacher, learner, course, reader):
    goal = courses.add_objective(
        user=teacher.id, course=course.id, title="Mitochondria", description="Energy from sugar"
    )
    reader()
    quiz = request(work, learner, course, size=2, objectives=[goal.id])
    assert quiz.status in ("ready", "failed")
    if quiz.items:
        assert {each.objective for each in quiz.items} == {goal.id}


CANALS = (
    "A lock is a chamber with gates at both ends that lifts boats between waters of different height. "
    "The Canal du Midi was built by Pierre-Paul Riquet between 1666 and 1681. Water from the Black Mountain "
    "feeds the summit of the canal. The towpath beside the water was made for horses. A boat enters the "
    "chamber, the gates close behind it, and the paddles let the water in. The Panama Canal uses three "
    "steps of locks to lift ships to Gatun Lake. Ferdinand de Lesseps had failed with a canal at sea level. "
    "Fever killed many workers before mosquitoes were fought. An aqueduct carries a canal over a river. "
    "The Falkirk Wheel turns boats from one canal to another without any lock."
)


def answers(quiz):
    """The key of each of its questions, as the books have it."""
    held = Item.objects.filter(quiz=quiz.id, status="live").select_related("latest")
    return [all_kinds()[each.kind].key_text(sheet_of(each.latest)) for each in held]


def test_simpler_gaps_come_after_the_better_ones_and_are_told(work, learner, course, reader):
    reader(CANALS, "canals.txt")
    quiz = request(work, learner, course, size=8)
    assert quiz.status == "ready"
    assert len(quiz.items) >= 6
    assert len({each.stem for each in quiz.items}) == len(quiz.items)
    assert "simpler" in quiz.note


def test_another_quiz_asks_other_things_while_there_are_any(work, learner, course, reader):
    reader(CANALS, "canals.txt")
    first = request(work, learner, course, size=2)
    second = request(work, learner, course, size=2)
    assert len(second.items) == 2
    assert not {each.stem for each in first.items} & {each.stem for each in second.items}
    assert not set(answers(first)) & set(answers(second))


def test_what_was_asked_comes_again_when_nothing_else_is_left(work, learner, course, reader):
    reader(CANALS, "canals.txt")
    first = request(work, learner, course, size=20)
    again = request(work, learner, course, size=3)
    assert len(again.items) == 3
    assert {each.stem for each in again.items} & {each.stem for each in first.items}
    assert len({each.stem for each in again.items}) == 3
