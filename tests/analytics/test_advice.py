"""What to do next, and why, by rule."""

import re

import pytest

from edu.analytics import api
from tests.analytics.places import answer, objective, standing

pytestmark = pytest.mark.django_db


def advice(person, course):
    """What is advised."""
    return api.advise(user=person.id, course=course.id)


def first(person, course):
    """The best of it."""
    return advice(person, course)[0]


def master(person, goal, times=6, ago=0):
    """Answer right so often that it is solid."""
    for _each in range(times):
        answer(person, goal, 1, ago)


def test_somebody_new_begins_where_nothing_has_to_come_before(learner, course, goals):
    found = advice(learner, course)
    assert [(each.kind, each.objective) for each in found] == [
        ("new", goals[0].id),
        ("new", goals[1].id),
        ("new", goals[2].id),
    ]
    assert "0 answers" in found[0].why


def test_it_is_the_same_every_time(learner, course, teacher, goals):
    for title in ("Cell wall", "Nucleus", "Membrane"):
        objective(teacher, course, title)
    answer(learner, goals[0], 0)
    assert advice(learner, course) == advice(learner, course)


def test_what_is_due_comes_first_and_says_what_fades_most(learner, course, goals):
    answer(learner, goals[0], ago=60)
    worst = answer(learner, goals[1], ago=90)
    found = first(learner, course)
    assert (found.kind, found.item, found.count) == ("review", worst.item, 2)
    assert found.why.startswith(
        "2 questions are due; one on Osmosis fades most, recall is down to "
    )


def test_too_little_evidence_asks_for_more(learner, course, goals):
    answer(learner, goals[0])
    found = first(learner, course)
    assert (found.kind, found.objective, found.count) == ("practise", goals[0].id, 4)
    assert found.why.startswith("1 answer so far puts it anywhere from ")


def test_what_is_in_progress_goes_on(learner, course, goals):
    for score in (1, 0, 1, 1, 0, 1, 1, 0):
        answer(learner, goals[0], score)
    kinds = {each.kind: each for each in advice(learner, course) if each.objective == goals[0].id}
    assert re.search(r"It stands at \d+ % after .*; 75 % is solid", kinds["continue"].why)


def test_the_next_objective_opens_when_what_it_builds_on_is_ready(learner, course, goals):
    master(learner, goals[0])
    found = [each for each in advice(learner, course) if each.kind == "new"]
    assert found[0].objective == goals[1].id
    assert found[0].why.startswith("Diffusion is solid at 8")
    assert found[1].objective == goals[2].id
    assert found[1].score < found[0].score


def test_a_weak_prerequisite_is_repaired_before_what_fails_on_it(learner, course, goals):
    answer(learner, goals[0], 0)
    for _each in range(3):
        answer(learner, goals[1], 0)
    found = [each for each in advice(learner, course) if each.kind != "review"]
    assert (found[0].kind, found[0].objective) == ("prerequisite", goals[0].id)
    assert found[0].why.startswith("Osmosis stands at 1")


def test_a_prerequisite_that_was_never_tried_is_repaired_too(learner, course, goals):
    for _each in range(3):
        answer(learner, goals[1], 0)
    found = [each for each in advice(learner, course) if each.kind == "prerequisite"]
    assert [each.objective for each in found] == [goals[0].id]


def test_when_all_is_solid_the_least_solid_is_kept_warm(learner, course, goals):
    for goal in goals:
        master(learner, goal)
    found = [each for each in advice(learner, course) if each.kind != "review"]
    assert [each.kind for each in found] == ["practise"]
    assert found[0].objective == min(goals, key=lambda goal: standing(learner, goal).p).id
    assert "All is solid" in found[0].why


def test_a_course_without_objectives_is_begun_as_a_whole(learner, course):
    assert first(learner, course).kind == "new"


def test_scores_lie_between_0_and_1_and_reasons_have_numbers(learner, course, goals):
    answer(learner, goals[0], 0, ago=40)
    answer(learner, goals[1], 0, ago=40)
    for each in advice(learner, course):
        assert 0 <= each.score <= 1
        assert any(letter.isdigit() for letter in each.why)
        assert each.minutes >= 1
