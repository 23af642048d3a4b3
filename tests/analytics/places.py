"""What the stories of these tests need: objectives, and answers that assessments would tell of."""

from datetime import UTC, datetime, timedelta

import pytest

from edu.analytics import api
from edu.assessments import api as assessments
from edu.assessments.data import AttemptGraded
from edu.common.codec import rfc3339
from edu.common.ids import new_id
from edu.courses import api as courses
from edu.courses.models import Membership


def now():
    """The time."""
    return datetime.now(UTC)


def objective(teacher, course, title, *prerequisites):
    """Add an objective."""
    return courses.add_objective(
        user=teacher.id,
        course=course.id,
        title=title,
        prerequisites=[each.id for each in prerequisites],
    )


def question(goal, stem="What moves?"):
    """The id of a new question about an objective, in the bank of its course."""
    teacher = Membership.objects.get(course=goal.course, role="owner").user
    made = assessments.add_item(
        user=str(teacher),
        course=goal.course,
        kind="short",
        stem=stem,
        key={"accept": ["water"]},
        objective=goal.id,
    )
    return made.id


def graded(person, goal, score=1.0, ago=0.0, **more):
    """The fact of an answer that was graded `ago` days before now."""
    told = {
        "attempt": str(new_id()),
        "user": person.id,
        "course": goal.course,
        "objective": goal.id,
        "item": str(new_id()),
        "score": score,
        "counts": 1.0,
        "hint_level": 0,
        "try_number": 1,
        "key_seen": False,
        "seconds": 30.0,
        "answered_at": rfc3339(now() - timedelta(days=ago)),
        "kind": "short",
    }
    return AttemptGraded(**(told | more))


def answer(person, goal, score=1.0, ago=0.0, **more):
    """Enter one answer, to a new question unless `item` names one; return its fact."""
    fact = graded(person, goal, score, ago, **({"item": more.get("item") or question(goal)} | more))
    api.take_attempt(fact=fact, event=str(new_id()))
    return fact


def standing(person, goal):
    """The mastery of one person on one objective."""
    every = {each.objective: each for each in api.mastery(user=person.id, course=goal.course)}
    return every[goal.id]


@pytest.fixture
def goals(teacher, course):
    """Three objectives, each building on the one before."""
    first = objective(teacher, course, "Diffusion")
    second = objective(teacher, course, "Osmosis", first)
    third = objective(teacher, course, "Turgor", second)
    return [first, second, third]
