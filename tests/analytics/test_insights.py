"""A course as its teachers see it."""

from datetime import timedelta

import pytest

from edu.analytics import api
from edu.analytics.logic import figures
from edu.analytics.models import Interaction
from edu.assessments import api as assessments
from edu.common.errors import Denied, NotFound
from edu.common.ids import new_id
from edu.courses import api as courses
from tests.analytics.places import answer, now, objective
from tests.cast import sign_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(teacher, course, goals):
    """A question of the bank."""
    return assessments.add_item(
        user=teacher.id,
        course=course.id,
        kind="choice",
        stem="Which way does water go in osmosis?",
        options=["to the salt", "away from the salt", "nowhere"],
        key={"correct": [0]},
        objective=goals[1].id,
    )


@pytest.fixture
def class_of(teacher, course):
    """A function: makes so many learners of the course."""

    def make(count):
        people = [sign_up(f"Pupil{each:03}") for each in range(count)]
        for each in people:
            courses.join(user=each.id, join_code=course.join_code)
        return people

    return make


def insights(teacher, course):
    """What she sees."""
    return api.insights(user=teacher.id, course=course.id)


def test_only_its_teachers_see_it(teacher, learner, stranger, course):
    assert insights(teacher, course).course == course.id
    with pytest.raises(Denied):
        insights(learner, course)
    with pytest.raises(NotFound):
        insights(stranger, course)


def test_learners_by_objectives(teacher, learner, course, goals):
    for _each in range(5):
        answer(learner, goals[0])
    answer(learner, goals[1], 0)
    found = insights(teacher, course)
    assert [each.title for each in found.objectives] == ["Diffusion", "Osmosis", "Turgor"]
    (row,) = found.learners
    assert (row.name, row.answers, row.right, row.minutes) == ("Levko", 6, 5, 3.0)
    assert [each.attempts for each in row.cells] == [5, 1, 0]
    assert [each.enough for each in row.cells] == [True, False, False]
    assert row.cells[0].p == pytest.approx(0.83, abs=0.01)
    assert (found.objectives[0].learners, found.objectives[1].mean) == (1, None)
    assert found.small
    assert "fewer than 5 learners" in found.notes[0]


def test_a_course_without_learners_says_so(teacher, learner, course):
    courses.remove_member(user=teacher.id, course=course.id, member=learner.id)
    found = insights(teacher, course)
    assert [each.user for each in found.learners] == [teacher.id]


def test_difficulty_is_the_share_right_at_the_first_unaided_try(
    teacher, course, goals, class_of, item
):
    people = class_of(4)
    for person, score in zip(people, (1, 1, 1, 0), strict=True):
        answer(person, goals[1], score, ago=1, item=item.id)
        answer(person, goals[1], 1, item=item.id, key_seen=True, try_number=2, counts=0)
        answer(person, goals[1], 1, item=item.id)
    answer(people[0], goals[1], 0, item=str(new_id()), hint_level=3, counts=0.3)
    (row,) = insights(teacher, course).items
    assert (row.item, row.stem, row.n) == (item.id, item.stem, 4)
    assert row.difficulty == 0.75
    assert 0 < row.low < 0.75 < row.high < 1
    assert row.discrimination is None
    assert row.note == "rests on few answers"


def test_an_item_that_those_who_know_get_right_tells_apart(teacher, course, goals, class_of):
    people = class_of(12)
    good, bad, other = str(new_id()), str(new_id()), [str(new_id()) for _each in range(3)]
    for place, person in enumerate(people):
        knows = place % 2
        answer(person, goals[0], knows, item=good)
        answer(person, goals[0], 1 - knows, item=bad)
        for each in other:
            answer(person, goals[0], knows, item=each)
    rows = {each.item: each for each in insights(teacher, course).items}
    assert rows[good].discrimination == pytest.approx(1, abs=0.01)
    assert rows[bad].discrimination < -0.9
    assert "check the key" in rows[bad].note
    assert rows[good].n == 12


def test_the_wrong_answer_that_many_choose(teacher, course, goals, class_of, item):
    options = {each.text: each.id for each in item.options}
    chosen = ["away from the salt"] * 3 + ["nowhere"] + ["to the salt"] * 2
    for person, text in zip(class_of(6), chosen, strict=True):
        score = float(text == "to the salt")
        answer(person, goals[1], score, item=item.id, kind="choice", chosen=[options[text]])
    (found,) = [each for each in insights(teacher, course).patterns if each.kind == "distractor"]
    assert (found.label, found.count, found.n) == ("away from the salt", 3, 6)
    assert found.share == 0.5
    assert found.title == item.stem


def test_what_many_ask_counts_people_and_not_questions(teacher, course, goals, class_of):
    people = class_of(3)
    asked = [
        (0, "What is osmosis?"),
        (0, "what is osmosis"),
        (1, "What  is OSMOSIS ?"),
        (2, "Why?"),
    ]
    for place, question in asked:
        api.record(
            user=people[place].id,
            course=course.id,
            verb="asked",
            detail={"question": question, "objective": goals[1].id},
        )
    found = [each for each in insights(teacher, course).patterns if each.kind == "asked"]
    assert [(each.title, each.label.casefold().strip(" ?"), each.count) for each in found] == [
        ("Osmosis", "", 3),
        ("", "what  is osmosis", 2),
    ]


def test_where_hints_are_taken(teacher, course, goals, class_of, item):
    for person in class_of(2):
        answer(person, goals[1], 1, item=item.id, hint_level=2, counts=0.4)
        answer(person, goals[1], 1, item=item.id)
    (found,) = [each for each in insights(teacher, course).patterns if each.kind == "hinted"]
    assert (found.thing, found.count, found.n) == (item.id, 2, 2)


def test_who_is_stuck_and_why(teacher, learner, course, goals):
    for _each in range(5):
        answer(learner, goals[2], 0)
    (found,) = insights(teacher, course).alerts
    assert (found.kind, found.name, found.objective) == ("stuck", "Levko", goals[2].id)
    assert found.why.startswith("Turgor stands at 1")
    assert "after 5 answers" in found.why


def test_who_is_falling(teacher, learner, course, goals):
    for _each in range(4):
        answer(learner, goals[0], 1, ago=20)
    answer(learner, goals[0], 0)
    (found,) = insights(teacher, course).alerts
    assert found.kind == "falling"
    assert "fell from 80 % to " in found.why


def test_who_is_away(teacher, learner, course, goals):
    answer(learner, goals[0], 1, ago=9)
    (found,) = [each for each in insights(teacher, course).alerts if each.kind == "inactive"]
    assert found.why == "Has done nothing here for 9 days."


def test_a_hundred_learners_and_thirty_objectives_in_few_queries(
    teacher, learner, course, django_assert_max_num_queries
):
    from edu.analytics.models import Evidence, Mastery, Movement
    from edu.courses.models import Membership

    moment = now()
    people = [new_id() for _each in range(100)]
    goals = [objective(teacher, course, f"Objective {each}") for each in range(30)]
    Membership.objects.bulk_create(
        Membership(course_id=course.id, user=each, role="learner", joined_at=moment)
        for each in people
    )
    items = {goal.id: [new_id() for _each in range(3)] for goal in goals}
    told = [
        (person, goal.id, item, float((place + number) % 3 > 0))
        for place, person in enumerate(people)
        for goal in goals
        for number, item in enumerate(items[goal.id])
    ]
    Evidence.objects.bulk_create(
        Evidence(
            attempt=new_id(),
            event=new_id(),
            user=person,
            course=course.id,
            objective=goal,
            item=item,
            score=score,
            counts=1,
            answered_at=moment,
        )
        for person, goal, item, score in told
    )
    Mastery.objects.bulk_create(
        Mastery(
            user=person,
            course=course.id,
            objective=goal.id,
            prior=0.4,
            right=2,
            wrong=1,
            half_life_days=21,
            p=0.56,
            low=0.3,
            high=0.8,
            attempts=3,
            updated_at=moment,
        )
        for person in people
        for goal in goals
    )
    Movement.objects.bulk_create(
        Movement(
            attempt=new_id(),
            user=person,
            course=course.id,
            objective=goal.id,
            before=0.4,
            after=0.56,
            low=0.3,
            high=0.8,
            at=moment - timedelta(days=1),
        )
        for person in people
        for goal in goals
    )
    with django_assert_max_num_queries(16):
        found = insights(teacher, course)
    assert (len(found.learners), len(found.objectives), len(found.items)) == (101, 30, 90)


def test_no_figure_is_made_of_nothing():
    assert figures.of_items([]) == []
    assert figures.correlation([(1, 0.5), (0, 0.5), (1, 0.5)]) is None
    assert figures.correlation([(1, 1), (0, 0)]) is None
    assert figures.share_interval(0, 3)[0] == 0
    assert figures.share_interval(3, 3)[1] == 1


def test_what_people_did_comes_back_as_days_and_activities(learner, course, goals):
    answer(learner, goals[0], seconds=60)
    answer(learner, goals[0], seconds=60, ago=3)
    api.record(user=learner.id, course=course.id, verb="read", seconds=600)
    days = api.days(user=learner.id, days=7)
    assert len(days) == 7
    assert (days[-1].minutes, days[-1].answers) == (11, 1)
    assert (days[-4].minutes, days[-4].answers) == (1, 1)
    assert [each.minutes for each in days][:3] == [0, 0, 0]
    assert [(each.verb, each.events, each.minutes) for each in api.activity(user=learner.id)] == [
        ("read", 1, 10),
        ("answered", 2, 2),
    ]


def test_an_event_is_recorded_once(learner, course):
    event = str(new_id())
    for _each in range(3):
        api.record(
            user=learner.id, course=course.id, verb="asked", event=event, seconds=float("nan")
        )
    api.record(user=learner.id, course=course.id, verb="asked")
    assert Interaction.objects.count() == 2
    assert {each.seconds for each in Interaction.objects.all()} == {0}
