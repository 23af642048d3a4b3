"""Objectives and their order."""

import pytest

from edu.common.errors import Invalid
from edu.courses import api
from edu.courses.data import NoSuchObjective, ObjectivesChanged, PrerequisiteLoop, RootStays
from edu.courses.models import Prerequisite
from edu.events.api import subscribe

pytestmark = pytest.mark.django_db
facts: list[ObjectivesChanged] = []


@subscribe(ObjectivesChanged)
def note_change(fact: ObjectivesChanged, *, event: str) -> None:
    facts.append(fact)


@pytest.fixture
def add(teacher, course):
    """Add an objective that comes after others."""

    def make(title, *after):
        return api.add_objective(
            user=teacher.id,
            course=course.id,
            title=title,
            prerequisites=[each.id for each in after],
        )

    return make


def after(course, objective):
    return set(api.objective(course=course.id, objective=objective.id).prerequisites)


def test_it_adds_objectives_in_order_after_the_root(api_of, teacher, course):
    program, url = api_of(teacher), f"/api/v1/courses/{course.id}/objectives"
    first = program.post(url, {"title": "Diffusion"}).json()
    body = {"title": "Osmosis", "description": "Water moves.", "prerequisites": [first["id"]]}
    answer = program.post(url, body)
    assert answer.status_code == 201
    made = answer.json()
    assert made["prerequisites"] == [first["id"]]
    assert made["status"] == "accepted"
    assert made["course"] == course.id
    listed = program.get(url).json()
    assert [each["title"] for each in listed["results"]] == ["Cells", "Diffusion", "Osmosis"]
    assert [each["root"] for each in listed["results"]] == [True, False, False]
    assert listed["next"] is None


def test_the_list_pages_in_order(api_of, learner, course, add):
    for n in range(5):
        add(f"Objective {n}")
    seen, url = [], f"/api/v1/courses/{course.id}/objectives?limit=2"
    while url:
        page = api_of(learner).get(url).json()
        seen += [each["ordinal"] for each in page["results"]]
        url = page["next"]
    assert seen == [0, 1, 2, 3, 4, 5]


def test_those_above_are_told(work, course, add):
    facts.clear()
    with work():
        add("Diffusion")
    assert facts == [ObjectivesChanged(course.id, {})]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"title": " "},
        {"title": "T" * 100_000},
        {"title": "T", "description": 5 * "x" * 5000},
        {"title": "T", "prerequisites": "x"},
        {"title": "T", "prerequisites": ["x"]},
        {"title": "T", "prerequisites": [None]},
        {"title": "T", "prerequisites": [{"id": 1}]},
        {"title": "T", "prerequisites": ["0197a3c0-5d0e-7c1e-8a51-5f0f6f2b9f11"]},
        {"title": "T", "prerequisites": ["x"] * 1000},
    ],
)
def test_a_bad_objective_is_named(api_of, teacher, course, body):
    answer = api_of(teacher).post(f"/api/v1/courses/{course.id}/objectives", body)
    assert answer.status_code == 400
    assert len(api.objectives(course=course.id)) == 1


def test_objectives_of_other_courses_and_the_root_come_before_nothing(teacher, course, add):
    other = api.create_course(user=teacher.id, title="Other")
    foreign = api.add_objective(user=teacher.id, course=other.id, title="Foreign")
    mine = add("Mine")
    for wrong in (foreign, api.root(course=course.id)):
        with pytest.raises(Invalid) as error:
            add("Wrong", wrong)
        assert "prerequisites" in error.value.fields
    with pytest.raises(RootStays):
        api.update_objective(
            user=teacher.id,
            course=course.id,
            objective=api.root(course=course.id).id,
            prerequisites=[mine.id],
        )


def test_a_circle_is_refused_however_long(teacher, course, add):
    first = add("1")
    chain = [first]
    for n in range(2, 8):
        chain.append(add(str(n), chain[-1]))
    for wrong in (chain[-1], chain[2], first):
        with pytest.raises(PrerequisiteLoop) as error:
            api.update_objective(
                user=teacher.id, course=course.id, objective=first.id, prerequisites=[wrong.id]
            )
        assert "prerequisites" in error.value.fields
    # What is no circle is fine: the last may also build on the first.
    api.update_objective(
        user=teacher.id,
        course=course.id,
        objective=chain[-1].id,
        prerequisites=[first.id, chain[-2].id, first.id],
    )
    assert after(course, chain[-1]) == {first.id, chain[-2].id}


@pytest.mark.django_db(transaction=True)
def test_two_changes_at_once_make_no_circle(teacher, course, add):
    import threading

    from django.db import connection

    one, two = add("one"), add("two")
    start = threading.Barrier(2)

    def go(this, needs):
        start.wait()
        try:
            api.update_objective(
                user=teacher.id, course=course.id, objective=this.id, prerequisites=[needs.id]
            )
        except PrerequisiteLoop:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=pair) for pair in ((one, two), (two, one))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert Prerequisite.objects.count() == 1


def test_a_change_leaves_the_rest(api_of, teacher, course, add):
    first = add("First")
    made = add("Second", first)
    url = f"/api/v1/courses/{course.id}/objectives/{made.id}"
    changed = api_of(teacher).patch(url, {"description": "More"}).json()
    assert (changed["title"], changed["description"]) == ("Second", "More")
    assert changed["prerequisites"] == [first.id]
    assert api_of(teacher).patch(url, {"prerequisites": []}).json()["prerequisites"] == []


def test_what_built_on_one_taken_out_builds_on_what_it_built_on(work, teacher, course, add):
    low = add("low")
    middle = add("middle", low)
    top = add("top", middle)
    facts.clear()
    with work():
        api.remove_objective(user=teacher.id, course=course.id, objective=middle.id)
    assert after(course, top) == {low.id}
    assert facts == [ObjectivesChanged(course.id, {middle.id: api.root(course=course.id).id})]
    with pytest.raises(NoSuchObjective):
        api.objective(course=course.id, objective=middle.id)


def test_the_root_stays(api_of, teacher, course):
    root = api.root(course=course.id)
    url = f"/api/v1/courses/{course.id}/objectives/{root.id}"
    assert api_of(teacher).delete(url).status_code == 409


def test_a_list_of_objectives_takes_few_queries(course, add, django_assert_max_num_queries):
    before = add("first")
    for n in range(20):
        before = add(str(n), before)
    with django_assert_max_num_queries(2):
        assert len(api.objectives(course=course.id)) == 22
