"""The books as JSON, exactly as programs outside expect them."""

import json

import pytest

from edu.assessments import api
from edu.common.ids import new_id

pytestmark = pytest.mark.django_db

NEW = {
    "choice": {
        "stem": "What moves water?",
        "options": ["osmosis", "lysis", "mitosis"],
        "key": {"correct": [0]},
    },
    "number": {"stem": "How fast?", "key": {"value": 9.81, "tolerance": 0.05, "unit": "m/s"}},
    "short": {"stem": "Who?", "key": {"accept": ["Marie Curie", "Curie"]}},
    "cloze": {"stem": "Cells have a _____.", "key": {"blanks": [["wall"]]}},
}  # fmt: skip


@pytest.fixture
def at(course):
    """A function: what of the course -> its address."""
    return lambda what: f"/api/v1/courses/{course.id}/{what}"


@pytest.fixture
def filled(teacher, api_of, at):
    """One item of each kind, made as a program would."""
    program = api_of(teacher)
    return {
        kind: program.post(at("items"), {"kind": kind, **body}).json() for kind, body in NEW.items()
    }


def names(value):
    """Yield every field name inside a JSON value."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield name
            yield from names(each)
    elif isinstance(value, list):
        for each in value:
            yield from names(each)


class TestItems:
    @pytest.mark.parametrize("kind", NEW)
    def test_a_teacher_writes_one(self, teacher, api_of, at, kind):
        answer = api_of(teacher).post(at("items"), {"kind": kind, **NEW[kind]})
        assert answer.status_code == 201
        body = answer.json()
        assert (body["kind"], body["stem"], body["status"]) == (kind, NEW[kind]["stem"], "live")
        assert body["key"] == NEW[kind]["key"]
        assert body["objective"]

    def test_they_are_listed_in_pages(self, teacher, api_of, at, filled):
        program = api_of(teacher)
        first = program.get(at("items"), {"limit": 3}).json()
        assert len(first["results"]) == 3
        second = program.get(first["next"]).json()
        assert len(second["results"]) == 1
        assert second["next"] is None

    def test_learners_may_not_and_strangers_find_nothing(
        self, learner, stranger, api_of, at, filled
    ):
        item = f"/api/v1/items/{filled['short']['id']}"
        for person, status in ((learner, 403), (stranger, 404), (None, 401)):
            program = api_of(person)
            body = {"kind": "short", **NEW["short"]}
            for answer in (
                program.get(at("items")), program.post(at("items"), body), program.get(item),
                program.patch(item, {"stem": "New?"}), program.delete(item),
                program.post(f"{item}/restore"), program.get(at("grading")),
            ):  # fmt: skip
                assert answer.status_code == status, answer.content

    @pytest.mark.parametrize(
        ("field", "change"),
        [("kind", {"kind": "essay"}), ("stem", {"stem": " "}), ("stem", {"stem": None}), ("key", {"key": {}}),
         ("key", {"key": "x"}), ("key", {"key": None}), ("objective", {"objective": str(new_id())}),
         ("options", {"kind": "choice", "key": {"correct": [0]}, "options": ["a"]}),
         ("key", {"kind": "choice", "key": {"correct": [9]}, "options": ["a", "b"]})],
    )  # fmt: skip
    def test_what_is_wrong_is_named(self, teacher, api_of, at, field, change):
        answer = api_of(teacher).post(at("items"), {"kind": "short", **NEW["short"], **change})
        assert answer.status_code == 400
        assert field in [each["field"] for each in answer.json()["errors"]]

    def test_they_are_changed_by_versions_and_retired(self, teacher, api_of, at, filled):
        program, item = api_of(teacher), f"/api/v1/items/{filled['short']['id']}"
        changed = program.patch(item, {"stem": "Who was it?", "key": {"accept": ["Becquerel"]}})
        assert changed.status_code == 200
        assert (changed.json()["version"], changed.json()["key"]) == (2, {"accept": ["Becquerel"]})
        assert program.delete(item).status_code == 204
        assert len(program.get(at("items")).json()["results"]) == 3
        assert len(program.get(at("items"), {"status": "retired"}).json()["results"]) == 1
        assert program.post(f"{item}/restore").json()["status"] == "live"

    @pytest.mark.parametrize(
        "place", ["items/nothing", "items/00000000-0000-7000-8000-000000000000"]
    )
    def test_an_item_that_is_not_there(self, teacher, api_of, place):
        assert api_of(teacher).get(f"/api/v1/{place}").status_code == 404


class TestQuizzes:
    def test_the_main_story(self, learner, api_of, at, filled):
        program = api_of(learner)
        made = program.post(at("quizzes"), {"size": 4})
        assert made.status_code == 202
        quiz = program.get(f"/api/v1/quizzes/{made.json()['id']}").json()
        assert quiz["status"] == "ready"
        assert {item["kind"] for item in quiz["items"]} == set(NEW)
        right = {"number": "981 cm/s", "short": "the curie", "cloze": "Wall"}
        for item in quiz["items"]:
            response = right.get(item["kind"])
            if item["kind"] == "choice":
                response = next(o["id"] for o in item["options"] if o["text"] == "osmosis")
            answer = program.post(
                "/api/v1/attempts", {"quiz": quiz["id"], "item": item["id"], "response": response}
            )
            assert answer.status_code == 201
            body = answer.json()
            assert (body["status"], body["score"], body["correct"]) == ("graded", 1.0, True)
            assert body["needs_review"] is False
            assert body["citations"] == []
            assert body["key"]
            assert program.get(f"/api/v1/attempts/{body['id']}").json() == body
        assert program.get(f"/api/v1/quizzes/{quiz['id']}").json()["done"] == 4

    def test_the_key_counts_the_options_as_the_quiz_showed_them(self, learner, api_of, at, filled):
        program = api_of(learner)
        for _ in range(6):  # each quiz has an order of its own
            quiz = program.post(at("quizzes"), {"size": 1, "kinds": ["choice"]}).json()
            item = quiz["items"][0]
            body = {"quiz": quiz["id"], "item": item["id"], "response": "lysis"}
            made = program.post("/api/v1/attempts", body).json()
            texts = [item["options"][at]["text"] for at in made["key"]["correct"]]
            assert texts == made["key"]["texts"] == ["osmosis"]
            assert program.get(f"/api/v1/attempts/{made['id']}").json() == made

    def test_no_field_of_a_quiz_is_named_like_a_key(self, learner, api_of, at, filled):
        program = api_of(learner)
        quiz = program.post(at("quizzes"), {"size": 4}).json()
        for _ in range(2):
            program.post(
                "/api/v1/attempts",
                {"quiz": quiz["id"], "item": quiz["items"][0]["id"], "response": "x"},
            )
            quiz = program.get(f"/api/v1/quizzes/{quiz['id']}").json()
            found = set(names(quiz))
            assert not found & {"key", "answer", "solution", "key_text", "explanation"}
            assert not any(name.startswith(("correct", "answer")) for name in found)
            assert "Marie Curie" not in str(quiz)

    def test_options_are_there_for_choice_only(self, learner, api_of, at, filled):
        quiz = api_of(learner).post(at("quizzes"), {"size": 4}).json()
        for item in quiz["items"]:
            assert ("options" in item) == (item["kind"] == "choice")
            for option in item.get("options", []):
                assert set(option) == {"id", "text"}

    def test_a_quiz_is_nobody_elses(self, teacher, stranger, learner, api_of, at, filled):
        quiz = api_of(learner).post(at("quizzes"), {"size": 1}).json()
        item = quiz["items"][0]["id"]
        made = api_of(learner).post(
            "/api/v1/attempts", {"quiz": quiz["id"], "item": item, "response": "x"}
        )
        for person, status in ((teacher, 404), (stranger, 404), (None, 401)):
            program = api_of(person)
            body = {"quiz": quiz["id"], "item": item, "response": "x"}
            for answer in (
                program.get(f"/api/v1/quizzes/{quiz['id']}"),
                program.post(f"/api/v1/quizzes/{quiz['id']}/cancel"),
                program.post(f"/api/v1/quizzes/{quiz['id']}/items/{item}/hint"),
                program.post("/api/v1/attempts", body),
                program.get(f"/api/v1/attempts/{made.json()['id']}"),
            ):
                assert answer.status_code == status
        assert api_of(stranger).post(at("quizzes"), {"size": 1}).status_code == 404
        assert api_of(stranger).get(at("quizzes")).status_code == 404

    @pytest.mark.parametrize(
        "response",
        [
            None,
            True,
            {},
            {"a": [1]},
            [],
            [[]],
            "zzz",
            "",
            12,
            1e300,
            ["a", 3],
            "x" * 100_000,
            "<svg onload=1>",
            "\0",
            ["\0", "wall\0d"],
            [[[[]]] * 40] * 40,
            json.loads("[" * 300 + "]" * 300),
        ],
        ids=lambda given: str(given)[:12].encode("ascii", "ignore").decode() or "none",
    )
    def test_no_response_is_a_bad_request(self, learner, api_of, at, filled, response):
        program = api_of(learner)
        quiz = program.post(at("quizzes"), {"size": 4}).json()
        for item in quiz["items"]:
            body = {"quiz": quiz["id"], "item": item["id"], "response": response}
            answer = program.post("/api/v1/attempts", body)
            assert answer.status_code == 201
            assert answer.json()["score"] == 0
            assert answer.json()["feedback"]

    def test_a_response_left_out_is_not_knowing(self, learner, api_of, at, filled):
        program = api_of(learner)
        quiz = program.post(at("quizzes"), {"size": 1}).json()
        answer = program.post(
            "/api/v1/attempts", {"quiz": quiz["id"], "item": quiz["items"][0]["id"]}
        )
        assert answer.json()["score"] == 0

    @pytest.mark.parametrize(
        ("field", "body"),
        [("size", {}), ("size", {"size": 0}), ("size", {"size": "many"}), ("size", {"size": 51}),
         ("kinds", {"size": 1, "kinds": ["essay"]}), ("source", {"size": 1, "source": "web"}),
         ("objectives", {"size": 1, "objectives": ["nothing"]})],
    )  # fmt: skip
    def test_a_wish_that_makes_no_sense_names_the_field(
        self, learner, api_of, at, filled, field, body
    ):
        answer = api_of(learner).post(at("quizzes"), body)
        assert answer.status_code == 400
        assert field in [each["field"] for each in answer.json()["errors"]]

    def test_a_generated_quiz_waits_and_can_be_stopped(self, learner, api_of, at):
        program = api_of(learner)
        made = program.post(at("quizzes"), {"size": 3, "source": "generate"})
        assert made.status_code == 202
        assert made.json()["status"] == "queued"
        stopped = program.post(f"/api/v1/quizzes/{made.json()['id']}/cancel")
        assert (stopped.status_code, stopped.json()["status"]) == (202, "cancelled")
        assert program.post(f"/api/v1/quizzes/{made.json()['id']}/cancel").status_code == 409

    def test_hints_climb(self, learner, api_of, at, filled):
        program = api_of(learner)
        quiz = program.post(at("quizzes"), {"size": 1, "kinds": ["short"]}).json()
        place = f"/api/v1/quizzes/{quiz['id']}/items/{quiz['items'][0]['id']}/hint"
        levels = []
        for _ in range(5):
            hint = program.post(place)
            assert hint.status_code == 201
            levels.append(hint.json()["level"])
            assert ("Curie" in hint.json()["text"]) == (levels[-1] == 5)
        assert levels == [1, 2, 3, 4, 5]
        body = {"quiz": quiz["id"], "item": quiz["items"][0]["id"], "response": "Curie"}
        made = program.post("/api/v1/attempts", body).json()
        assert (made["counts"], made["key_seen"], made["hint_level"]) == (0.0, True, 5)

    def test_my_quizzes_are_listed(self, learner, api_of, at, filled):
        program = api_of(learner)
        for _ in range(3):
            program.post(at("quizzes"), {"size": 1})
        page = program.get(at("quizzes"), {"limit": 2}).json()
        assert len(page["results"]) == 2
        assert page["results"][0]["items"] == []
        assert [each["count"] for each in page["results"]] == [1, 1]
        one = program.get(f"/api/v1/quizzes/{page['results'][0]['id']}").json()
        assert one["count"] == len(one["items"]) == 1
        assert len(program.get(page["next"]).json()["results"]) == 1


def test_a_teacher_grades_what_waits(teacher, learner, api_of, at):
    new = {"kind": "short", "stem": "Why?", "key": {"accept": ["because"], "review": True}}
    api_of(teacher).post(at("items"), new)
    quiz = api_of(learner).post(at("quizzes"), {"size": 1}).json()
    body = {"quiz": quiz["id"], "item": quiz["items"][0]["id"], "response": "so"}
    made = api_of(learner).post("/api/v1/attempts", body).json()
    assert (made["status"], made["needs_review"], made["score"]) == ("needs_review", True, None)
    queue = api_of(teacher).get(at("grading")).json()["results"]
    assert [each["attempt"] for each in queue] == [made["id"]]
    place = f"/api/v1/attempts/{made['id']}/grade"
    assert api_of(learner).post(place, {"score": 1}).status_code == 403
    assert api_of(teacher).post(place, {"score": 2}).status_code == 400
    graded = api_of(teacher).post(place, {"score": 0.5}).json()
    assert (graded["status"], graded["score"]) == ("graded", 0.5)
    assert api_of(teacher).post(place, {"score": 1}).status_code == 409


def test_live_items_are_counted(learner, course, bank, quiz_of):
    assert api.live_items(course=course.id) == 4
    assert api.live_items(course=course.id, objectives=[str(new_id())]) == 0


NOT_THERE = "00000000-0000-7000-8000-000000000000"
BAD_BODIES = [
    {},
    {"size": "many"},
    {"size": 1, "kinds": 7},
    {"score": 9},
    {"stem": None, "key": "x"},
]


@pytest.mark.parametrize("body", BAD_BODIES, ids=str)
class TestWhoeverMayNotEnterLearnsNothingOfTheForm:
    @pytest.mark.parametrize("what", ["quizzes", "items"])
    @pytest.mark.parametrize("course", [NOT_THERE, "nothing", "%20", "-1"])
    def test_a_course_that_is_not_there(self, learner, api_of, what, course, body):
        answer = api_of(learner).post(f"/api/v1/courses/{course}/{what}", body)
        assert answer.status_code == 404

    @pytest.mark.parametrize("what", ["quizzes", "items"])
    def test_a_stranger(self, stranger, api_of, at, what, body):
        assert api_of(stranger).post(at(what), body).status_code == 404

    def test_a_learner_who_writes_or_changes_items(self, learner, api_of, at, filled, body):
        item = f"/api/v1/items/{filled['short']['id']}"
        assert api_of(learner).post(at("items"), body).status_code == 403
        assert api_of(learner).patch(item, {**body, "options": 3}).status_code == 403

    def test_grades_of_nothing_and_of_others(
        self, teacher, learner, stranger, api_of, at, filled, body
    ):
        quiz = api_of(learner).post(at("quizzes"), {"size": 1}).json()
        answer = {"quiz": quiz["id"], "item": quiz["items"][0]["id"], "response": "x"}
        made = api_of(learner).post("/api/v1/attempts", answer).json()["id"]
        for person, attempt, status in (
            (teacher, NOT_THERE, 404), (teacher, "nothing", 404), (stranger, made, 404),
            (learner, made, 403), (teacher, made, 400),
        ):  # fmt: skip
            place = f"/api/v1/attempts/{attempt}/grade"
            assert api_of(person).post(place, body).status_code == status, (person, attempt)
