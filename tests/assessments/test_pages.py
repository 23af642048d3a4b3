"""Practising by page: start, answer one question a screen, hints, the end; and the teacher's bank."""

import re
from dataclasses import replace

import pytest

from edu.assessments import api
from edu.courses import api as courses
from edu.users import api as users

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(course, teacher):
    """Two questions in the course's bank."""
    choice = api.add_item(
        user=teacher.id,
        course=course.id,
        kind="choice",
        stem="Which way does water move in osmosis?",
        key={"correct": [1]},
        options=["Out of every cell", "To the more concentrated side", "Against gravity"],
        explanation="There is more free water on the dilute side.",
    )
    short = api.add_item(
        user=teacher.id,
        course=course.id,
        kind="short",
        stem="What is the pressure against the wall called?",
        key={"accept": ["turgor"]},
    )
    return [choice, short]


def started(client, course):
    answer = client.post(f"/courses/{course.id}/quizzes/", {"size": "2", "source": "bank"})
    assert answer.status_code == 302
    return answer.url


def words(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_learner_takes_a_quiz_one_question_a_screen(client_of, learner, course, bank):
    client = client_of(learner)
    where = started(client, course)
    for _ in range(2):
        page = client.get(where)
        question = page.context["question"]
        assert "To the more" not in words(page) or question.kind == "choice"
        assert "turgor" not in words(page)
        right = (
            next(o.id for o in question.options if o.text.startswith("To the more"))
            if question.kind == "choice"
            else "Turgor"
        )
        answer = client.post(f"{where}{question.id}/answer/", {"response": right}, follow=True)
        assert "Right" in words(answer)
    end = client.get(where)
    assert "2 of 2 right" in words(end)


def test_a_wrong_answer_says_so_shows_the_key_and_may_be_tried_again(
    client_of, learner, course, bank
):
    client = client_of(learner)
    where = started(client, course)
    short = bank[1].id
    client.get(f"{where}?item={short}")
    answer = client.post(f"{where}{short}/answer/", {"response": "gravity"}, follow=True)
    assert "Not right" in words(answer)
    assert "turgor" in words(answer)
    assert words(answer).count("Not right") == 1
    again = client.get(f"{where}?item={short}&again=1")
    assert 'name="response"' in words(again)
    assert "turgor" not in words(again).replace("Turgor?", "")


def test_a_sentence_is_said_once(client_of, learner, course, draft):
    quiz = api.request_quiz(user=learner.id, course=course.id, size=1, source="generate")
    made = draft()
    quote = made.citations[0].quote
    api.offer(course=course.id, draft=replace(made, explanation=quote), quiz=quiz.id)
    api.finish_quiz(quiz=quiz.id)
    client, where = client_of(learner), f"/quizzes/{quiz.id}/"
    [item] = api.quiz(user=learner.id, quiz=quiz.id).items
    client.get(where)
    answer = client.post(f"{where}{item.id}/answer/", {"unknown": "1"}, follow=True)
    assert words(answer).count(quote) == 1


def test_the_list_says_how_many_of_how_many(client_of, learner, course, bank):
    client = client_of(learner)
    where = started(client, course)
    client.get(where)
    client.post(f"{where}{bank[1].id}/answer/", {"response": "turgor"})
    assert "1 of 2 answered" in words(client.get(f"/courses/{course.id}/practise/"))


def test_not_knowing_is_an_honest_answer(client_of, learner, course, bank):
    client = client_of(learner)
    where = started(client, course)
    answer = client.post(f"{where}{bank[1].id}/answer/", {"unknown": "1"}, follow=True)
    assert "don" in words(answer)
    assert "Not right" in words(answer)


def test_hints_stay_on_the_page_and_do_not_give_the_key_away(client_of, learner, course, bank):
    client = client_of(learner)
    where = started(client, course)
    client.get(f"{where}?item={bank[1].id}")
    first = client.post(f"{where}{bank[1].id}/hint/", follow=True)
    second = client.post(f"{where}{bank[1].id}/hint/", follow=True)
    assert len(first.context["hints"]) == 1
    assert len(second.context["hints"]) == 2
    assert "turgor" not in words(second)


def test_a_quiz_is_its_learners_alone(client_of, learner, teacher, stranger, course, bank):
    where = started(client_of(learner), course)
    for other in (teacher, stranger):
        client = client_of(other)
        assert client.get(where).status_code == 404
        assert client.post(f"{where}{bank[0].id}/answer/", {"response": "x"}).status_code == 404
        assert client.post(f"{where}{bank[0].id}/hint/").status_code == 404


def test_a_quiz_that_is_being_made_shows_its_progress_and_can_be_stopped(
    client_of, learner, course, bank
):
    client = client_of(learner)
    made = client.post(f"/courses/{course.id}/quizzes/", {"size": "4", "source": "generate"})
    page = client.get(made.url)
    assert "Looking for good questions" in words(page)
    assert client.post(f"{made.url}cancel/").status_code == 302
    assert "stopped" in words(client.get(made.url))


def test_a_size_that_makes_no_sense_is_refused_in_words(client_of, learner, course):
    answer = client_of(learner).post(
        f"/courses/{course.id}/quizzes/", {"size": "x", "source": "bank"}, follow=True
    )
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0].endswith("/practise/")


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("choice", {"options": "* Red\nGreen\nBlue"}),
        ("number", {"value": "2,5", "tolerance": "", "unit": "m"}),
        ("short", {"accept": "Red\nScarlet"}),
        ("cloze", {"blanks": "red | scarlet", "stem": "Blood is _____."}),
    ],
)
def test_a_teacher_writes_edits_and_retires_each_kind(client_of, teacher, course, kind, fields):
    client = client_of(teacher)
    form = {"stem": "What colour or length is it?", "objective": "", "explanation": "So."} | fields
    form["objective"] = (
        client.get(f"/courses/{course.id}/bank/new/")
        .context["form"]
        .fields["objective"]
        .choices[0][0]
    )
    answer = client.post(f"/courses/{course.id}/bank/new/?kind={kind}", form, follow=True)
    assert answer.status_code == 200, words(answer)
    item = api.items(user=teacher.id, course=course.id).items[0]
    assert item.kind == kind
    page = client.get(f"/items/{item.id}/")
    start = page.context["form"].initial
    kept = {name: start[name] for name in page.context["form"].fields}
    client.post(f"/items/{item.id}/", kept | {"stem": form["stem"] + " Say it."})
    changed = api.item(user=teacher.id, item=item.id)
    assert (changed.version, changed.key) == (2, item.key)
    client.post(f"/items/{item.id}/retire/")
    assert api.item(user=teacher.id, item=item.id).status == "retired"


def test_a_question_that_cannot_be_graded_is_refused_beside_its_field(client_of, teacher, course):
    answer = client_of(teacher).post(
        f"/courses/{course.id}/bank/new/?kind=choice", {"stem": "Which?", "options": "One\nTwo"}
    )
    assert answer.status_code == 422


def test_the_bank_is_for_teachers(client_of, learner, stranger, course, bank):
    assert client_of(learner).get(f"/courses/{course.id}/bank/").status_code == 403
    assert client_of(stranger).get(f"/courses/{course.id}/bank/").status_code == 404
    assert client_of(learner).get(f"/items/{bank[0].id}/").status_code in (403, 404)
    assert client_of(learner).get(f"/courses/{course.id}/grading/").status_code == 403


def test_a_quiz_can_be_set_aside_and_then_counts_no_more(client_of, api_of, learner, course, bank):
    client = client_of(learner)
    where = started(client, course)
    first = client.get(where).context["question"]
    client.post(f"{where}{first.id}/answer/", {"unknown": "1"})
    second = client.get(where).context["question"]
    assert "Set this quiz aside" in words(client.get(where))
    ended = client.post(f"{where}set-aside/", follow=True)
    assert "What you answered counts" in words(ended)
    assert "set aside" in words(ended)
    assert ended.context["open"] is None
    assert api.open_question(user=learner.id, course=course.id) is None
    late = api.attempt(user=learner.id, quiz=where.split("/")[2], item=second.id, response="turgor")
    assert late.counts == 0
    again = api_of(learner).post(f"/api/v1/quizzes/{where.split('/')[2]}/set-aside")
    assert again.status_code == 409


def test_a_teacher_sets_the_open_quiz_of_another_aside_and_it_is_written_down(
    client_of, api_of, teacher, learner, stranger, course, bank
):
    where = started(client_of(teacher), course)
    theirs = started(client_of(learner), course)
    place = f"/api/v1/quizzes/{where.split('/')[2]}/set-aside"
    for nobody in (learner, stranger):
        assert api_of(nobody).post(place).status_code == 404
    courses.join(user=stranger.id, join_code=course.join_code)
    courses.set_role(user=teacher.id, course=course.id, member=stranger.id, role="teacher")
    practise = client_of(stranger).get(f"/courses/{course.id}/practise/")
    assert [each.id for each, _ in practise.context["colleagues"]] == [where.split("/")[2]]
    # A learner's work is a learner's.
    assert api_of(stranger).post(f"/api/v1{theirs}set-aside").status_code == 404
    ended = client_of(stranger).post(f"{where}set-aside/", follow=True)
    assert "Who made it can read of it" in words(ended)
    assert ended.context["colleagues"] == []
    assert api.open_question(user=teacher.id, course=course.id) is None
    told = users.history(user=teacher.id).items[0]
    assert (told.action, told.detail["name"]) == ("quiz-aside", course.title)
    assert api_of(stranger).post(place).status_code == 409
    assert client_of(stranger).post(f"{where}set-aside/").status_code == 302
