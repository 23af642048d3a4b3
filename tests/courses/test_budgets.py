"""What a course may spend by the minute and by the day."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections

from edu.courses import api
from edu.courses.data import MODELS, UPLOADS, Budget, BudgetSpent
from edu.courses.logic import budgets
from edu.courses.models import Spending
from edu.orchestrator import api as orchestrator

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def spend(course, units=1, now=NOON, kind=MODELS):
    """Return 0 when it may be spent, else the seconds until it may."""
    try:
        budgets.spend(course.id, kind, units, now)
    except BudgetSpent as error:
        return error.retry_after
    return 0


def test_without_a_budget_all_is_counted_and_nothing_refused(course):
    assert [spend(course, 100) for _each in range(30)] == [0] * 30
    assert budgets.of(course.id, NOON) == [Budget(MODELS, 3000, 0, 0), Budget(UPLOADS, 0, 0, 0)]


def test_a_day_ends_at_midnight(course, settings):
    settings.EDU_COURSE_BUDGETS = {MODELS: (10, 0)}
    assert spend(course, 8) == 0
    assert spend(course, 3) == 12 * 3600
    assert spend(course, 2) == 0
    assert spend(course, kind=UPLOADS) == 0
    assert spend(course, now=NOON + timedelta(hours=11, minutes=59, seconds=59)) == 1
    assert spend(course, now=NOON + timedelta(hours=12)) == 0
    assert budgets.of(course.id, NOON + timedelta(hours=12))[0].used == 1


def test_a_minute_fills_up_evenly(course, settings):
    settings.EDU_COURSE_BUDGETS = {MODELS: (0, 6)}
    assert [spend(course) for _each in range(7)] == [0] * 6 + [10]
    assert spend(course, now=NOON + timedelta(seconds=10)) == 0
    assert spend(course, now=NOON + timedelta(seconds=10)) == 10
    assert spend(course, 50, now=NOON + timedelta(hours=1)) == 0  # a large thing waits its minute
    assert spend(course, now=NOON + timedelta(hours=1)) == 10


def test_a_course_may_have_its_own(teacher, course, settings):
    settings.EDU_COURSE_BUDGETS = {MODELS: (1, 1)}
    row = Spending.objects.create(course_id=course.id, kind=MODELS, most_a_day=0)
    assert (spend(course), spend(course)) == (0, 60)
    row.most_a_minute = 0
    row.save(update_fields=["most_a_minute"])
    assert [spend(course) for _each in range(5)] == [0] * 5
    other = api.create_course(user=teacher.id, title="Another")
    assert (spend(other), spend(other)) == (0, 12 * 3600)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_spend_no_more_than_there_is(course, settings):
    settings.EDU_COURSE_BUDGETS = {MODELS: (5, 0)}

    def one(_number):
        try:
            api.spend(course=course.id, kind=MODELS)
            return True
        except BudgetSpent:
            return False
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(one, range(12))) == 5
    assert api.budgets_of(course=course.id)[0].used == 5


def test_a_call_over_the_budget_says_when_it_goes_on(api_of, client_of, learner, course, settings):
    settings.EDU_COURSE_BUDGETS = {MODELS: (3, 0)}
    session = orchestrator.start_session(user=learner.id, course=course.id)
    program, place = api_of(learner), f"/api/v1/sessions/{session.id}/turns"
    assert [program.post(place, {"text": "Why?"}).status_code for _each in range(3)] == [202] * 3
    refused = program.post(place, {"text": "Why?"})
    assert (refused.status_code, refused["Content-Type"]) == (429, "application/problem+json")
    assert "midnight" in refused.json()["detail"]
    assert 0 < int(refused["Retry-After"]) <= 86400
    assert refused["RateLimit-Policy"].startswith('"course-models";q=3;w=86400, "models";')
    assert refused["RateLimit"].startswith('"course-models";r=0;t=')
    made = program.post(f"/api/v1/courses/{course.id}/quizzes", {"size": 1, "source": "generate"})
    assert made.status_code == 429
    page = client_of(learner).post(f"/courses/{course.id}/quizzes/", {"size": "4"})
    assert page.status_code == 429
    assert "midnight" in page.content.decode()


def test_the_settings_show_what_was_used_today(client_of, teacher, course, settings):
    settings.EDU_COURSE_BUDGETS = {MODELS: (1000, 60)}
    api.spend(course=course.id, kind=MODELS, units=12)
    page = client_of(teacher).get(f"/courses/{course.id}/settings/").content.decode()
    told = " ".join(page.split("Used today")[1].split())
    assert '<span class="number">12</span> questions to the models, of 1000 a day' in told
    assert '<span class="number">0</span> files brought</li>' in told
