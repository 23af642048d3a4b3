"""Courses: made, listed, joined, left, removed and brought back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from edu.common.errors import Invalid
from edu.courses import api, tasks
from edu.courses.data import BadJoinCode, CourseRemoved, NoSuchCourse, OwnerStays
from edu.courses.models import Course, Membership
from edu.events.api import subscribe
from edu.events.models import Delivery
from edu.users.api import guessing

pytestmark = pytest.mark.django_db
removed_courses: list[str] = []


@subscribe(CourseRemoved)
def note_removal(fact: CourseRemoved, *, event: str) -> None:
    removed_courses.append(fact.course)


def test_the_maker_is_its_teacher(api_of, learner):
    answer = api_of(learner).post("/api/v1/courses", {"title": "Cells"})
    assert answer.status_code == 201
    made = answer.json()
    assert {"id", "title", "description", "role", "join_code"} <= set(made)
    assert made["role"] == "teacher"
    assert made["description"] == ""
    assert len(made["join_code"]) == 8
    assert made["created_at"].endswith("Z")
    assert api.root(course=made["id"]).title == "Cells"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"title": ""},
        {"title": "  \u200b "},
        {"title": "T" * 201},
        {"title": "T" * 100_000},
        {"title": ["T"]},
        {"title": "T", "description": "D" * 5001},
        {"title": "T", "description": None},
        [],
        "T",
    ],
)
def test_a_bad_course_is_named(api_of, learner, body):
    answer = api_of(learner).post("/api/v1/courses", body)
    assert answer.status_code == 400
    assert not Course.objects.exists()


def test_all_bad_fields_are_named_at_once(learner):
    with pytest.raises(Invalid) as error:
        api.create_course(user=learner.id, title="", description="x" * 6000)
    assert set(error.value.fields) == {"title", "description"}


@pytest.mark.parametrize("title", ["Зошит № 5", "細胞", "خلية", "<b>Cells</b> & 'more'", "🦠"])
def test_titles_of_all_the_world_are_kept_and_stay_words(client_of, learner, title):
    made = api.create_course(user=learner.id, title=title)
    assert made.title == title
    assert "<b>Cells" not in client_of(learner).get("/courses/").content.decode()


def test_my_courses_come_in_pages_newest_first(api_of, learner, stranger):
    made = [api.create_course(user=learner.id, title=f"Course {n}").id for n in range(7)]
    api.create_course(user=stranger.id, title="Not mine")
    program, url, seen = api_of(learner), "/api/v1/courses?limit=3", []
    while url:
        page = program.get(url).json()
        seen += [each["id"] for each in page["results"]]
        last, url = page, page["next"]
    assert seen == made[::-1]
    back = program.get(last["previous"]).json()
    assert [each["id"] for each in back["results"]] == made[::-1][3:6]
    first = program.get(back["previous"]).json()
    assert [each["id"] for each in first["results"]] == made[::-1][:3]
    assert first["previous"] is None


def test_the_list_tells_each_their_own_role(teacher, learner, stranger, course):
    api.join(user=stranger.id, join_code=course.join_code)
    assert [each.role for each in api.courses_of(user=learner.id).items] == ["learner"]
    assert [each.role for each in api.courses_of(user=teacher.id).items] == ["teacher"]


@pytest.mark.parametrize("query", ["cursor=x", "cursor=YQ", "cursor=%FF", "cursor=YVsxLDJd"])
def test_a_cursor_that_is_not_ours_is_refused(api_of, learner, query):
    assert api_of(learner).get(f"/api/v1/courses?{query}").status_code == 400


@pytest.mark.parametrize(("limit", "status"), [("-1", 400), ("x", 400), ("9" * 400, 200)])
def test_a_limit_is_one_or_is_refused(api_of, learner, limit, status):
    assert api_of(learner).get(f"/api/v1/courses?limit={limit}").status_code == status


def test_a_change_leaves_the_rest_and_names_the_root(api_of, teacher, course):
    url = f"/api/v1/courses/{course.id}"
    changed = api_of(teacher).patch(url, {"title": "Cell biology"}).json()
    assert changed["title"] == "Cell biology"
    assert changed["description"] == "How cells live."
    assert api.root(course=course.id).title == "Cell biology"
    assert api_of(teacher).patch(url, {"title": " "}).status_code == 400
    assert api_of(teacher).patch(url, {"learner_uploads": "perhaps"}).status_code == 400


# --- joining and leaving ------------------------------------------------------------------------


def test_a_code_works_in_any_case_and_spacing(api_of, stranger, course):
    written = f" {course.join_code[:4].lower()}-{course.join_code[4:]} "
    answer = api_of(stranger).post("/api/v1/courses/join", {"join_code": written})
    assert answer.status_code == 200
    assert answer.json()["id"] == course.id
    assert answer.json()["role"] == "learner"


def test_codes_cannot_be_tried_out_and_a_class_comes_at_once(
    api_of, client_of, stranger, learner, course, monkeypatch
):
    place = "/api/v1/courses/join"
    guesser, pupil = api_of(stranger), api_of(learner)
    wrong = [guesser.post(place, {"join_code": f"NOSUCH{n}"}) for n in range(22, 34)]
    assert [each.status_code for each in wrong] == [404] * 10 + [429] * 2
    assert "codes" in wrong[-1].json()["detail"]
    assert 0 < int(wrong[-1]["Retry-After"]) <= 600
    right = {"join_code": course.join_code}
    assert guesser.post(place, right).status_code == 429
    page = client_of(stranger).post("/courses/join/", right)
    assert (page.status_code, int(page["Retry-After"]) > 0) == (429, True)
    # Others at the same address come in, as often as they like, until all of it tried too much.
    for _each in range(40):
        assert pupil.post(place, right).status_code == 200
    monkeypatch.setattr(guessing, "FROM_ONE", 10)
    assert pupil.post(place, right).status_code == 429
    there = {"REMOTE_ADDR": "198.51.100.20"}
    assert pupil.post(place, right, **there).status_code == 200


def test_joining_twice_changes_nothing(teacher, learner, course):
    for person, role in ((teacher, "teacher"), (learner, "learner")):
        assert api.join(user=person.id, join_code=course.join_code).role == role
    assert Membership.objects.count() == 2


@pytest.mark.parametrize("code", ["", "AAAAAAAA", "x" * 100_000, "ÄÖÜß", "' or 1=1 --"])
def test_a_wrong_code_opens_nothing(api_of, stranger, course, code):
    answer = api_of(stranger).post("/api/v1/courses/join", {"join_code": code})
    assert answer.status_code in (400, 404)
    with pytest.raises(BadJoinCode):
        api.join(user=stranger.id, join_code=code)


def test_codes_have_no_letters_that_look_alike(course):
    assert not set(course.join_code) & set("IL1O0")


def test_an_old_code_opens_nothing(teacher, learner, stranger, course):
    new = api.new_join_code(user=teacher.id, course=course.id).join_code
    with pytest.raises(BadJoinCode):
        api.join(user=stranger.id, join_code=course.join_code)
    api.join(user=stranger.id, join_code=new)
    assert api.course(user=learner.id, course=course.id)  # members stay


def test_a_course_of_ones_own_is_shared_by_joining(learner, stranger):
    mine = api.create_course(user=learner.id, title="Mine", personal=True)
    assert mine.personal
    api.join(user=stranger.id, join_code=mine.join_code)
    assert not api.course(user=learner.id, course=mine.id).personal


def test_one_who_leaves_is_a_stranger(learner, course):
    api.leave(user=learner.id, course=course.id)
    with pytest.raises(NoSuchCourse):
        api.course(user=learner.id, course=course.id)
    assert api.learner_ids(course=course.id) == []


def test_a_course_keeps_its_owner(teacher, learner, course):
    for call in (
        lambda: api.leave(user=teacher.id, course=course.id),
        lambda: api.remove_member(user=teacher.id, course=course.id, member=teacher.id),
        lambda: api.set_role(user=teacher.id, course=course.id, member=teacher.id, role="learner"),
    ):
        with pytest.raises(OwnerStays):
            call()
    api.set_role(user=teacher.id, course=course.id, member=learner.id, role="owner")
    api.leave(user=teacher.id, course=course.id)
    assert api.course(user=learner.id, course=course.id, need="teach").owner


def test_learners_are_listed_and_members_teachers_first(teacher, learner, course):
    assert api.learner_ids(course=course.id) == [learner.id]
    assert [each.role for each in api.members(user=learner.id, course=course.id)] == [
        "teacher",
        "learner",
    ]


def test_a_role_that_is_none_is_refused(api_of, teacher, learner, course):
    url = f"/api/v1/courses/{course.id}/members/{learner.id}"
    assert api_of(teacher).patch(url, {"role": "emperor"}).status_code == 400
    with pytest.raises(Invalid):
        api.set_role(user=teacher.id, course=course.id, member=learner.id, role="emperor")


# --- removing -----------------------------------------------------------------------------------


def test_a_removed_course_is_gone_for_all_and_comes_back_as_it_was(
    api_of, teacher, learner, stranger, course
):
    url = f"/api/v1/courses/{course.id}"
    assert api_of(teacher).delete(url).status_code == 204
    for person in (teacher, learner):
        assert api_of(person).get(url).status_code == 404
        assert api_of(person).get("/api/v1/courses").json()["results"] == []
    assert api.courses_by_id(courses=[course.id], user=teacher.id) == {}
    with pytest.raises(BadJoinCode):
        api.join(user=stranger.id, join_code=course.join_code)
    assert [each.id for each in api.courses_of(user=teacher.id, removed=True).items] == [course.id]
    assert api.courses_of(user=learner.id, removed=True).items == []
    assert api_of(learner).post(f"{url}/restore").status_code == 403
    assert api_of(stranger).post(f"{url}/restore").status_code == 404
    assert api_of(teacher).post(f"{url}/restore").status_code == 200
    assert api.course(user=teacher.id, course=course.id) == replace(course, removed=False)
    assert api.course(user=learner.id, course=course.id).role == "learner"


def test_it_is_deleted_for_good_after_thirty_days_and_those_above_are_told(work, teacher, course):
    removed_courses.clear()
    api.remove_course(user=teacher.id, course=course.id)
    with work():
        tasks.sweep()
    assert Course.objects.exists()
    Course.objects.update(removed_at=timezone.now() - timedelta(days=31))
    with work():
        tasks.sweep()
    assert not Course.objects.exists()
    assert not Membership.objects.exists()
    assert removed_courses == [course.id]
    assert not Delivery.objects.filter(done_at=None).exists()
    with work():
        tasks.sweep()
    assert removed_courses == [course.id]
