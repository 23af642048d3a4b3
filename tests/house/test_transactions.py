"""No transaction spans two apps, or they could never part. tests/conftest.py watches this in every test;
here are the watcher itself, and what people do."""

import pytest

from edu.analytics import api as analytics
from edu.assessments import api as assessments
from edu.courses import api as courses
from edu.courses.data import Decision, Proposal
from edu.events import api as events
from edu.multimodal import api as multimodal
from edu.orchestrator import api as orchestrator
from tests.analytics.places import graded
from tests.multimodal.helpers import CELLS, bring

pytestmark = pytest.mark.django_db


def test_people_in_courses(work, teacher, learner, stranger, course):
    with work():
        second = courses.create_course(user=stranger.id, title="Own", personal=True)
        courses.propose(course=second.id, proposals=[Proposal("Cell walls", terms=["wall"])])
        courses.join(user=stranger.id, join_code=course.join_code)
        courses.set_role(user=teacher.id, course=course.id, member=stranger.id, role="teacher")
        courses.leave(user=stranger.id, course=course.id)
        courses.new_join_code(user=teacher.id, course=course.id)
        courses.remove_course(user=teacher.id, course=course.id)
        courses.restore_course(user=teacher.id, course=course.id)


def test_objectives_that_change_and_the_evidence_that_follows(work, teacher, learner, course):
    with work():
        goal = courses.add_objective(user=teacher.id, course=course.id, title="Osmosis")
        events.publish(graded(learner, goal))
    assert analytics.mastery_of(user=learner.id, objective=goal.id)
    with work():
        courses.remove_objective(user=teacher.id, course=course.id, objective=goal.id)
    assert analytics.mastery_of(user=learner.id, objective=goal.id) is None


def test_proposals_that_are_decided(work, teacher, learner, course):
    with work():
        made = courses.propose(
            course=course.id, proposals=[Proposal("Diffusion"), Proposal("Turgor pressure")]
        )
        courses.decide(
            user=teacher.id,
            course=course.id,
            decisions=[
                Decision(made[0].id, "accept"),
                Decision(made[1].id, "merge", into=made[0].id),
            ],
        )
    assert len(courses.objectives(course=course.id)) == 2


def test_the_main_job_from_a_file_to_what_to_do_next(work, teacher, learner, course, tmp_path):
    material = bring(work, teacher, course, CELLS, tmp_path)
    assert material.status == "ready"
    with work():
        session = orchestrator.start_session(user=learner.id, course=course.id)
        asked = orchestrator.ask(user=learner.id, session=session.id, text="What is osmosis?")
    assert orchestrator.turn(user=learner.id, turn=asked.id).status == "ready"
    with work():
        made = assessments.request_quiz(
            user=learner.id, course=course.id, size=3, source="generate", mode="practice"
        )
    quiz = assessments.quiz(user=learner.id, quiz=made.id)
    assert quiz.status == "ready"
    with work():
        first = quiz.items[0]
        assessments.hint(user=learner.id, quiz=quiz.id, item=first.id)
        for each in quiz.items:
            assessments.attempt(user=learner.id, quiz=quiz.id, item=each.id, response="cells")
    assert sum(
        each.attempts for each in analytics.mastery(user=learner.id, course=course.id)
    ) == len(quiz.items)
    assert analytics.reviews(user=learner.id, course=course.id)
    assert orchestrator.recommendations(user=learner.id, course=course.id)
    with work():
        multimodal.remove(user=teacher.id, material=material.id)
        multimodal.restore(user=teacher.id, material=material.id)
