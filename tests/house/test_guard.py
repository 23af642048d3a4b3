"""The watcher over transactions sees what it should."""

import pytest
from django.db import transaction

from edu.analytics import api as analytics
from edu.analytics.models import Interaction
from edu.common.ids import new_id
from edu.courses import api as courses
from edu.courses.models import Course
from edu.events import api as events
from edu.events.models import Delivery
from tests.analytics.places import graded
from tests.house.guard import watch

pytestmark = pytest.mark.django_db


@pytest.fixture
def one_app_per_transaction():
    """Off in this file: here somebody trespasses on purpose."""


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
