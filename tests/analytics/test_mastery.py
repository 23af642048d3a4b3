"""An answer is graded, and the books say what somebody knows."""

import itertools
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import connection

from edu.analytics import api
from edu.analytics.logic import words
from edu.analytics.models import Evidence, Interaction, Mastery, Movement, ReviewCard
from edu.common.ids import new_id
from edu.courses import api as courses
from edu.courses.data import Proposal
from edu.events import api as events
from tests.analytics.places import answer, graded, standing

pytestmark = pytest.mark.django_db


def test_somebody_new_has_a_starting_guess_and_not_enough_evidence(learner, course, goals):
    found = api.mastery(user=learner.id, course=course.id)
    assert [each.objective for each in found] == [each.id for each in goals]
    first = found[0]
    assert (first.p, first.attempts, first.enough, first.updated_at) == (0.4, 0, False, None)
    assert first.low < 0.4 < first.high
    assert first.why == "No answers yet, so 40 % is only a starting guess."
    assert api.mastery_of(user=learner.id, objective=goals[0].id) is None


def test_a_course_without_objectives_stands_for_itself(learner, course):
    (only,) = api.mastery(user=learner.id, course=course.id)
    assert only.objective == courses.root(course=course.id).id


def test_a_proposed_objective_counts_once_somebody_answers_on_it(learner, course):
    first, second = courses.propose(
        course=course.id, proposals=[Proposal("Plasmolysis"), Proposal("Active transport")]
    )
    assert [first.status, second.status] == ["proposed", "proposed"]
    answer(learner, first)
    (found,) = api.mastery(user=learner.id, course=course.id)
    assert (found.objective, found.attempts) == (first.id, 1)
    assert {each.objective for each in api.advise(user=learner.id, course=course.id)} == {first.id}


def test_a_published_grade_is_in_the_books(work, learner, goals):
    with work():
        events.publish(graded(learner, goals[0]))
    found = standing(learner, goals[0])
    assert found.p == pytest.approx(0.6, abs=1e-3)
    assert found.attempts == 1
    assert found.why == "Right without help on 1 of the last 1, so it went from 40 % to 60 %."
    assert api.mastery_of(user=learner.id, objective=goals[0].id) == pytest.approx(
        found.p, abs=1e-3
    )
    (moved,) = api.movements(user=learner.id)
    assert (moved.before, moved.after) == (pytest.approx(0.4), pytest.approx(0.6))
    assert moved.why == found.why


def test_the_reason_has_the_numbers(learner, goals):
    for score in (1, 0, 1, 1):
        answer(learner, goals[0], score)
    assert standing(learner, goals[0]).why.startswith(
        "Right without help on 3 of the last 4, so it went from "
    )
    answer(learner, goals[0], 0)
    assert "Not right this time, and right without help on 3 of the last 5" in (
        standing(learner, goals[0]).why
    )
    answer(learner, goals[0], 0.5)
    assert standing(learner, goals[0]).why.startswith("Partly right (50 %)")
    answer(learner, goals[0], 1, counts=0.4, hint_level=2)
    assert "Right with help, which counts 40 %" in standing(learner, goals[0]).why


def test_right_after_the_key_was_seen_changes_nothing_but_the_count(learner, goals):
    answer(learner, goals[0], 0)
    before = standing(learner, goals[0])
    answer(learner, goals[0], 1, key_seen=True, try_number=2, counts=1.0)
    after = standing(learner, goals[0])
    assert after.p == pytest.approx(before.p, abs=1e-6)
    assert after.p <= before.p
    assert after.attempts == 2
    assert "proves nothing" in after.why


def test_a_replay_changes_nothing(learner, goals):
    fact, event = graded(learner, goals[0]), str(new_id())
    for _again in range(3):
        api.take_attempt(fact=fact, event=event)
    api.take_attempt(fact=fact, event=str(new_id()))
    assert standing(learner, goals[0]).attempts == 1
    for model in (Evidence, Interaction, Mastery, Movement, ReviewCard):
        assert model.objects.count() == 1


def test_a_grade_that_is_changed_later_counts_as_changed(learner, goals):
    fact = answer(learner, goals[0], 0, ago=2)
    answer(learner, goals[0], 1, ago=1)
    api.take_attempt(fact=replace(fact, score=1.0), event=str(new_id()))
    found = standing(learner, goals[0])
    assert found.attempts == 2
    assert found.p > 0.65
    assert Interaction.objects.count() == 2
    assert [each.after > each.before for each in api.movements(user=learner.id)] == [True, True]


def test_the_order_in_which_answers_arrive_makes_no_difference(learner, goals):
    item = str(new_id())
    facts = [
        graded(learner, goals[0], score, ago, item=item)
        for score, ago in ((1, 9), (0, 6), (1, 3), (0.5, 1))
    ]
    seen = set()
    for order in itertools.permutations(facts):
        for fact in order:
            api.take_attempt(fact=fact, event=str(new_id()))
        row, card = Mastery.objects.get(), ReviewCard.objects.get()
        line = api.history(user=learner.id, course=goals[0].course)[0].points[:-1]
        seen.add(
            (row.right, row.wrong, row.p, card.due_at, card.stability, *(each.p for each in line))
        )
        api.forget_course(course=goals[0].course)
    assert len(seen) == 1


def test_it_fades_and_says_so(learner, goals):
    for days in (40, 39, 38):
        answer(learner, goals[0], ago=days)
    found = standing(learner, goals[0])
    assert found.p < found.peak
    assert (
        found.why
        == f"Nothing new for 38 days, so it went from {found.peak * 100:.0f} % to {found.p * 100:.0f} %."
    )


def test_the_prior_leans_on_the_prerequisite(learner, goals):
    for _each in range(5):
        answer(learner, goals[0])
    assert standing(learner, goals[1]).p > 0.5
    assert standing(learner, goals[1]).attempts == 0
    answer(learner, goals[1], 0)
    assert Mastery.objects.get(objective=goals[1].id).prior > 0.5


def test_nobody_elses_answers_count(learner, stranger, goals):
    answer(stranger, goals[0])
    assert standing(learner, goals[0]).attempts == 0
    assert api.movements(user=learner.id) == []


def test_the_history_ends_now(learner, goals):
    answer(learner, goals[0], 0, ago=30)
    answer(learner, goals[0], 1, ago=20)
    (line,) = api.history(user=learner.id, course=goals[0].course)
    assert len(line.points) == 3
    assert line.points[0].p < line.points[1].p > line.points[2].p
    assert all(each.low <= each.p <= each.high for each in line.points)
    assert [each.at for each in line.points] == sorted(each.at for each in line.points)


def test_evidence_moves_to_the_objective_that_takes_over(learner, teacher, goals):
    answer(learner, goals[0])
    answer(learner, goals[1], 0)
    api.move(course=goals[0].course, moved={goals[0].id: goals[1].id})
    api.move(course=goals[0].course, moved={goals[0].id: goals[1].id})
    assert standing(learner, goals[1]).attempts == 2
    assert not Mastery.objects.filter(objective=goals[0].id).exists()
    assert not Movement.objects.filter(objective=goals[0].id).exists()
    assert not ReviewCard.objects.filter(objective=goals[0].id).exists()


def test_evidence_follows_a_chain_of_moves(learner, goals):
    answer(learner, goals[0])
    moved = {goals[0].id: goals[1].id, goals[1].id: goals[2].id}
    api.move(course=goals[0].course, moved=moved)
    assert standing(learner, goals[2]).attempts == 1


def test_removing_an_objective_gives_its_evidence_to_the_course(work, learner, teacher, goals):
    answer(learner, goals[2])
    with work():
        courses.remove_objective(user=teacher.id, course=goals[2].course, objective=goals[2].id)
    found = {each.objective: each for each in api.mastery(user=learner.id, course=goals[0].course)}
    assert goals[2].id not in found
    assert found[courses.root(course=goals[0].course).id].attempts == 1


def test_a_course_that_is_gone_leaves_nothing(learner, goals):
    answer(learner, goals[0])
    api.record(user=learner.id, course=goals[0].course, verb="read")
    api.forget_course(course=goals[0].course)
    for model in (Evidence, Interaction, Mastery, Movement, ReviewCard):
        assert not model.objects.exists()


def test_strange_numbers_are_held_to_what_makes_sense(learner, goals):
    answer(learner, goals[0], 7.0, ago=-3, counts=9.0, guess=-1.0, seconds=1e9, try_number=0)
    row = Evidence.objects.get()
    assert (row.score, row.counts, row.guess, row.seconds, row.try_number) == (1, 1, 0, 1800, 1)
    assert standing(learner, goals[0]).p < 1


def test_all_that_is_held_about_somebody_is_json(learner, stranger, goals):
    answer(stranger, goals[0])
    assert api.export_person(user=learner.id).rows == {}
    answer(learner, goals[0])
    held = json.loads(json.dumps(api.export_person(user=learner.id).rows))
    assert {name: len(rows) for name, rows in held.items()} == {
        "analytics.interaction": 1,
        "analytics.evidence": 1,
        "analytics.mastery": 1,
        "analytics.movement": 1,
        "analytics.reviewcard": 1,
    }
    assert held["analytics.evidence"][0]["score"] == 1
    assert stranger.id not in json.dumps(held)


@pytest.mark.django_db(transaction=True)
def test_answers_that_come_at_once_all_count(learner, goals):
    facts = [graded(learner, goals[0]) for _each in range(6)]

    def take(fact):
        try:
            api.take_attempt(fact=fact, event=str(new_id()))
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(take, facts))
    assert standing(learner, goals[0]).attempts == 6
    assert Movement.objects.count() == 6
    assert standing(learner, goals[0]).p == pytest.approx(6.8 / 8, abs=1e-3)


def test_a_reason_that_was_kept_as_a_share_is_told_in_percent():
    kept = {"text": words.RIGHT, "right": 1, "of": 2, "before": "0.40", "after": "1.00"}
    assert words.say(kept).endswith("1 of the last 2, so it went from 40 % to 100 %.")
