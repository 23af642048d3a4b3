"""No transaction spans two apps, or they could never part. Shown by doing what people do."""

import pytest
from django.db import transaction

from edu.analytics import api as analytics
from edu.analytics.models import Interaction
from edu.common.ids import new_id
from edu.courses import api as courses
from edu.courses.data import Decision, Proposal
from edu.courses.models import Course
from edu.events import api as events
from edu.events.models import Delivery
from tests.analytics.places import graded
from tests.house.guard import watch

pytestmark = pytest.mark.django_db


def test_the_guard_sees_a_transaction_that_spans_two_apps(course):
    with pytest.raises(AssertionError, match="two apps"), watch(), transaction.atomic():
        Course.objects.filter(id=course.id).update(title="Two")
        analytics.record(user=str(new_id()), course=course.id, verb="read")


def test_the_guard_lets_two_transactions_pass(course, teacher):
    with watch():
        courses.update_course(user=teacher.id, course=course.id, title="One")
        analytics.record(user=str(new_id()), course=course.id, verb="read")
    assert Interaction.objects.count() == 1


def test_the_guard_lets_the_outbox_pass(course, learner):
    goal = courses.root(course=course.id)
    with watch(), transaction.atomic():
        Course.objects.filter(id=course.id).update(title="Two")
        events.publish(graded(learner, goal))
    assert Delivery.objects.exists()


def test_people_in_courses(guarded, work, teacher, learner, stranger, course):
    with work():
        second = courses.create_course(user=stranger.id, title="Own", personal=True)
        courses.propose(course=second.id, proposals=[Proposal("Cell walls", terms=["wall"])])
        courses.join(user=stranger.id, join_code=course.join_code)
        courses.set_role(user=teacher.id, course=course.id, member=stranger.id, role="teacher")
        courses.leave(user=stranger.id, course=course.id)
        courses.new_join_code(user=teacher.id, course=course.id)
        courses.remove_course(user=teacher.id, course=course.id)
        courses.restore_course(user=teacher.id, course=course.id)


def test_objectives_that_change_and_the_evidence_that_follows(
    guarded, work, teacher, learner, course
):
    with work():
        goal = courses.add_objective(user=teacher.id, course=course.id, title="Osmosis")
        events.publish(graded(learner, goal))
    assert analytics.mastery_of(user=learner.id, objective=goal.id)
    with work():
        courses.remove_objective(user=teacher.id, course=course.id, objective=goal.id)
    assert analytics.mastery_of(user=learner.id, objective=goal.id) is None


def test_proposals_that_are_decided(guarded, work, teacher, learner, course):
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
