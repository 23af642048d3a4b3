"""The question at the end of a turn: posed, answered, graded, put aside, hinted at."""

from datetime import timedelta

import pytest
from django.utils import timezone

from edu.analytics import api as analytics
from edu.assessments import api as assessments
from edu.assessments.models import QuizItem
from edu.courses import api as courses
from edu.orchestrator import api

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_chat")]


def key_of(teacher, question):
    """What a teacher would know: the key of the item."""
    return assessments.item(user=teacher.id, item=question.item).key


def right(teacher, question):
    """Return the right response to a check question."""
    key = key_of(teacher, question)
    if question.kind == "choice":
        known = assessments.item(user=teacher.id, item=question.item)
        return known.options[key["correct"][0]].id
    return key["blanks"][0][0]


def test_an_answer_ends_with_a_check_question_on_what_it_cited(ask, learner):
    turn = ask("What is diffusion?")
    assert turn.question is not None
    assert turn.question.stem
    step = next(each for each in turn.steps if each.task == "check")
    assert (step.agent, step.status) == ("assessor", "done")
    waiting = assessments.open_question(user=learner.id, course=turn.course)
    assert waiting is not None
    assert (waiting.id, waiting.mode) == (turn.question.item, "check")


def test_no_key_reaches_the_turn(ask, teacher, learner):
    from edu.common.codec import plain

    turn = ask("What is diffusion?")
    sent = plain(api.messages_after(user=learner.id, turn=turn.id, seq=0))

    def names(value):
        if isinstance(value, dict):
            yield from value
            for each in value.values():
                yield from names(each)
        elif isinstance(value, list):
            for each in value:
                yield from names(each)

    for name in {*names(sent), *names(plain(turn))}:
        assert name not in ("key", "answers", "solution")
        assert name == "correct" or not name.startswith("correct")


def test_the_right_answer_is_graded_and_moves_mastery(ask, teacher, learner, course):
    turn = ask("What is diffusion?")
    answer = ask("", wants="answer", response=right(teacher, turn.question))
    assert answer.grade.correct is True
    assert answer.grade.score == 1.0
    assert answer.grade.item == turn.question.item
    assert answer.answer
    assert next(s for s in answer.steps if s.task == "grade").status == "done"
    stands = analytics.mastery(user=learner.id, course=course.id)
    assert any(each.attempts == 1 for each in stands)


def test_an_answer_can_be_typed(ask, teacher):
    turn = ask("What is diffusion?")
    key = right(teacher, turn.question)
    typed = next((o["text"] for o in turn.question.options if o["id"] == key), key)
    answer = ask(typed)
    assert answer.grade is not None
    assert answer.grade.correct is True


def test_a_wrong_answer_gets_feedback_and_no_second_count(ask, teacher):
    turn = ask("What is diffusion?")
    answer = ask("", wants="answer", response="xylophone music")
    assert answer.grade.correct is False
    assert answer.answer
    again = ask("", wants="answer", response=right(teacher, turn.question))
    assert again.grade is None
    assert "No question is open" in again.answer


def test_not_knowing_is_an_honest_answer(ask):
    ask("What is diffusion?")
    answer = ask("I don't know")
    assert answer.grade is not None
    assert answer.grade.score == 0.0


def test_a_new_question_puts_the_check_question_aside_and_is_answered(ask, learner, course):
    first = ask("What is diffusion?")
    assert first.question
    second = ask("What is diffusion?")
    assert "Diffusion is the spreading" in second.answer
    assert not second.abstained
    third = ask("What is osmosis?")
    assert "Osmosis is the movement" in third.answer


@pytest.mark.parametrize("said", ["Thanks", "ok", "Hazards of volcanoes and their many kinds"])
def test_what_is_no_answer_is_not_graded(ask, learner, course, said):
    ask("What is diffusion?")
    turn = ask(said)
    assert turn.grade is None
    assert not assessments.attempts(user=learner.id, course=course.id)


def test_thanks_leave_the_check_question_open(ask, teacher):
    posed = ask("What is diffusion?")
    ask("Thanks!")
    answer = ask("", wants="answer", response=right(teacher, posed.question))
    assert answer.grade.correct is True


def test_a_hint_helps_without_the_answer(ask, teacher):
    turn = ask("What is diffusion?")
    key = right(teacher, turn.question)
    words = next((o["text"] for o in turn.question.options if o["id"] == key), key)
    hint = ask("a hint, please")
    assert next(s for s in hint.steps if s.task == "hint").summary.startswith("hint 1 of 5")
    assert words.lower() not in hint.answer.lower()
    assert hint.question.item == turn.question.item
    answer = ask("", wants="answer", response=key)
    assert answer.grade.correct is True


def test_without_an_open_question_there_is_nothing_to_hint_at(ask):
    assert "No question is open" in ask("hint").answer


def test_a_hint_is_offered_only_while_a_question_is_open(ask, client_of, learner, session):
    def offered():
        page = client_of(learner).get(f"/tutor/{session.id}/").content.decode()
        return 'name="wants" value="hint"' in page

    assert not offered()
    ask("What is diffusion?")
    assert offered()
    ask("", wants="answer", response="xylophone music")
    assert not offered()


def test_check_me_asks_a_question(ask):
    turn = ask("", wants="check_me")
    assert turn.status == "ready"
    assert turn.question
    assert turn.answer == "Here is a question for you."


def test_check_me_prefers_the_teachers_own_questions(ask, teacher, course):
    made = assessments.add_item(
        user=teacher.id,
        course=course.id,
        kind="short",
        stem="Name the stiff layer around a plant cell.",
        key={"accept": ["cell wall"]},
    )
    turn = ask("", wants="check_me")
    assert turn.question.item == made.id
    answer = ask("the cell wall")
    assert answer.grade.correct is True


def test_without_anything_to_read_no_question_can_be_made(work, learner, course):
    where = api.start_session(user=learner.id, course=course.id)
    with work():
        made = api.ask(user=learner.id, session=where.id, wants="check_me")
    turn = api.turn(user=learner.id, turn=made.id)
    assert turn.status == "ready"
    assert "No good question" in turn.answer


def test_no_question_comes_twice_in_a_row(ask):
    stems = [ask("What is diffusion?").question for _ in range(3)]
    told = [each.stem for each in stems if each]
    assert len(told) == len(set(told))


# --- practice -----------------------------------------------------------------------------------


@pytest.fixture
def practice(learner, course, material):
    return api.start_session(user=learner.id, course=course.id, mode="practice")


@pytest.fixture
def item(teacher, course):
    return assessments.add_item(
        user=teacher.id,
        course=course.id,
        kind="short",
        stem="What is the movement of water across a partially permeable membrane called?",
        key={"accept": ["osmosis"]},
    )


def test_practice_keeps_the_answer_to_an_open_question_back(ask, practice, item):
    posed = ask("", where=practice, wants="check_me")
    assert posed.question.item == item.id
    asked = ask("What is the movement of water across a membrane called?", where=practice)
    assert "osmosis" not in asked.answer.lower()
    assert all("osmosis" not in each.quote.lower() for each in asked.citations)
    assert asked.question.item == item.id
    answer = ask("osmosis", where=practice)
    assert answer.grade.correct is True


def test_practice_asks_on_after_an_answer(ask, practice, item):
    ask("", where=practice, wants="check_me")
    answer = ask("osmosis", where=practice)
    assert answer.grade.correct is True
    assert answer.question is None or answer.question.item != item.id


def test_a_tutor_answers_although_a_practice_item_about_something_else_is_open(
    ask, practice, item, session
):
    ask("", where=practice, wants="check_me")
    turn = ask("What is diffusion?", where=session)
    assert "Diffusion is the spreading" in turn.answer


def test_a_quiz_question_that_is_open_is_guarded_in_the_tutor_too(
    ask, item, learner, course, client_of, session
):
    quiz = assessments.request_quiz(user=learner.id, course=course.id, size=1, mode="quiz")
    assessments.show_question(user=learner.id, quiz=quiz.id, item=item.id)
    turn = ask("What is osmosis?")
    assert "osmosis" not in turn.answer.lower()
    assert turn.abstained
    assert not turn.citations
    assert f"/quizzes/{quiz.id}/" in turn.answer
    assert any(not each.passed and quiz.id in each.detail for each in turn.checks)
    page = client_of(learner).get(f"/tutor/{session.id}/").content.decode()
    assert f'href="/quizzes/{quiz.id}/"' in page
    assessments.attempt(user=learner.id, quiz=quiz.id, item=item.id, response="osmosis")
    again = ask("What is osmosis?")
    assert "Osmosis is the movement" in again.answer


def test_a_quiz_that_was_left_alone_keeps_nothing_back(ask, item, learner, course):
    quiz = assessments.request_quiz(user=learner.id, course=course.id, size=1, mode="quiz")
    assessments.show_question(user=learner.id, quiz=quiz.id, item=item.id)
    QuizItem.objects.filter(quiz=quiz.id).update(shown_at=timezone.now() - timedelta(hours=1))
    turn = ask("What is osmosis?")
    assert "Osmosis is the movement" in turn.answer
    assert turn.citations


def test_practice_keeps_back_what_it_asked_long_ago(ask, practice, item):
    ask("", where=practice, wants="check_me")
    QuizItem.objects.filter(item=item.id).update(shown_at=timezone.now() - timedelta(hours=1))
    turn = ask("What is the movement of water across a membrane called?", where=practice)
    assert "osmosis" not in turn.answer.lower()


def test_an_objective_can_be_explained_from_its_name(work, ask, teacher, learner, course, material):
    goal = courses.add_objective(user=teacher.id, course=course.id, title="Osmosis")
    where = api.start_session(user=learner.id, course=course.id, objective=goal.id)
    turn = ask("", where=where, wants="explain")
    assert "Osmosis is the movement" in turn.answer
