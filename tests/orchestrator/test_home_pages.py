"""Today, the ways into a first course, the map, and the talks."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from edu.courses import api as courses
from edu.courses.data import Decision
from edu.multimodal import api as multimodal
from edu.orchestrator import api
from edu.orchestrator.logic.demo import lesson, setting

pytestmark = pytest.mark.django_db


def words(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def test_nobody_sees_the_landing_page(client_of):
    page = client_of().get("/")
    assert page.status_code == 200
    assert "Sign up" in words(page)


def test_somebody_new_sees_one_thing_only(client_of, stranger):
    page = words(client_of(stranger).get("/"))
    assert "Bring something to learn from" in page
    assert "Today's goal" not in page


def test_a_file_dropped_on_today_makes_a_course_of_ones_own(client_of, stranger):
    file = SimpleUploadedFile("tides.md", b"# Tides\n\nThe Moon pulls the sea.\n", "text/markdown")
    answer = client_of(stranger).post("/bring/", {"file": file})
    mine = courses.courses_of(user=stranger.id).items
    assert [each.title for each in mine] == ["tides"]
    assert mine[0].personal
    assert answer.url == f"/courses/{mine[0].id}/materials/"


def test_several_files_make_one_course(client_of, stranger):
    files = [
        SimpleUploadedFile(f"{name}.md", f"# {name}\n\nWords.\n".encode(), "text/markdown")
        for name in ("one", "two")
    ]
    client_of(stranger).post("/bring/", {"file": files})
    assert len(courses.courses_of(user=stranger.id).items) == 1


def test_a_file_that_cannot_be_read_leaves_no_course_behind(client_of, stranger):
    file = SimpleUploadedFile("tool.exe", b"MZ\x90\x00" + b"\x00" * 200, "application/octet-stream")
    answer = client_of(stranger).post("/bring/", {"file": file}, follow=True)
    assert courses.courses_of(user=stranger.id).items == []
    assert "cannot" in words(answer)


def test_a_card_may_wait_until_tomorrow_and_come_back(client_of, learner, course):
    client = client_of(learner)
    card = client.get("/").context["cards"][0]
    put_off = client.post("/today/later/", {"key": card.key}, follow=True)
    assert card.key not in [each.key for each in put_off.context["cards"]]
    assert "waits until tomorrow" in words(put_off)
    back = client.post("/today/later/", {"key": card.key, "undo": "1"}, follow=True)
    assert card.key in [each.key for each in back.context["cards"]]


def test_the_map_shows_objectives_as_drawing_list_and_panel(client_of, learner, teacher, course):
    first = courses.add_objective(user=teacher.id, course=course.id, title="Explain diffusion")
    courses.add_objective(
        user=teacher.id, course=course.id, title="Explain osmosis", prerequisites=[first.id]
    )
    page = client_of(learner).get(f"/courses/{course.id}/?objective={first.id}")
    assert page.context["panel"].objective.title == "Explain diffusion"
    assert words(page).count("Explain osmosis") >= 2
    assert len(page.context["map"].edges) == 1


def test_strangers_find_no_course(client_of, stranger, course):
    client = client_of(stranger)
    for place in ("", "tutor/", "?objective=x"):
        assert client.get(f"/courses/{course.id}/{place}").status_code == 404
    assert client.post(f"/courses/{course.id}/tutor/", {"text": "Hello"}).status_code == 404


def test_a_question_opens_a_talk(client_of, learner, course):
    answer = client_of(learner).post(f"/courses/{course.id}/tutor/", {"text": "What is osmosis?"})
    made = api.sessions(user=learner.id, course=course.id).items[0]
    assert answer.url == f"/tutor/{made.id}/"
    assert api.turns_of(user=learner.id, session=made.id).items[0].text == "What is osmosis?"


def test_the_demo_is_made_once_whole_and_can_be_joined(client_of, stranger):
    accounts = api.create_demo()
    assert [each["role"] for each in accounts] == ["teacher", "learner", "learner"]
    assert all(len(each["password"]) >= 12 for each in accounts)
    assert api.create_demo() == []
    course = setting.find()
    assert course
    titles = {each.title for each in courses.objectives(course=course.id)}
    assert {goal.title for goal in lesson.GOALS} <= titles
    client = client_of(stranger)
    assert client.get("/demo/").status_code == 200
    assert client.post("/demo/").url == f"/courses/{course.id}/"
    assert courses.course(user=stranger.id, course=course.id).role == "learner"


def test_a_link_to_the_demo_sends_strangers_to_sign_up(client_of):
    assert client_of().post("/demo/").url == "/sign-up/?next=/demo/"


def test_a_passage_brings_its_words_into_the_question(client_of, learner, course):
    page = client_of(learner).get(f"/courses/{course.id}/tutor/?quote=Water+%3Cb%3Emoves")
    assert "What does this mean: “Water &lt;b&gt;moves”?" in words(page)


def test_a_chosen_phrase_is_explained_within_its_objective(
    client_of, teacher, learner, course, material
):
    waiting = courses.objectives(course=course.id, status="proposed")
    decisions = [Decision(each.id, "accept") for each in waiting]
    courses.decide(user=teacher.id, course=course.id, decisions=decisions)
    passage = multimodal.passages(user=learner.id, material=material.id).items[0]
    where = f"/courses/{course.id}/tutor/"
    told = {"wants": "explain", "text": "a hypertonic solution", "passage": passage.id}
    answer = client_of(learner).post(where, told)
    made = api.sessions(user=learner.id, course=course.id).items[0]
    assert answer.url == f"/tutor/{made.id}/"
    assert made.objective == passage.objective
    turn = api.turns_of(user=learner.id, session=made.id).items[0]
    assert (turn.text, turn.wants) == ("a hypertonic solution", "explain")


def test_objectives_that_wait_are_offered_and_not_denied(
    client_of, teacher, learner, course, material
):
    page = client_of(teacher).get(f"/courses/{course.id}/").content.decode()
    assert "wait for your decision" in page or "waits for your decision" in page
    assert "No objectives yet" not in page
    theirs = client_of(learner).get(f"/courses/{course.id}/").content.decode()
    assert "your decision" not in theirs
    assert "No objectives yet" in theirs
