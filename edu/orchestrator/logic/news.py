"""What is told without anybody asking: a quiz that was made, reviews that fall due."""

from datetime import datetime

from django.db import transaction

from edu.analytics import api as analytics
from edu.assessments import api as assessments
from edu.common.errors import NotFound
from edu.common.ids import parse_id
from edu.courses import api as courses
from edu.orchestrator import data
from edu.orchestrator.logic import notices


def of_quiz(quiz: str, now: datetime) -> None:
    """Tell a learner that their quiz is there, or that it could not be made."""
    try:
        plan = assessments.quiz_plan(quiz=quiz)
        course = courses.course(user=plan["user"], course=plan["course"])
    except NotFound:
        return  # removed meanwhile, or they have left
    if plan["status"] not in ("ready", "failed"):
        return
    kind = data.QUIZ_READY if plan["status"] == "ready" else data.QUIZ_FAILED
    with transaction.atomic():
        notices.add(
            [parse_id(plan["user"])],
            kind,
            quiz,
            now,
            url=f"/quizzes/{quiz}/",
            title=course.title,
            course=parse_id(course.id),
            count=plan["have"],
        )


def of_reviews(now: datetime) -> None:
    """Remind everybody who has questions to review, once a day; forget what was told long ago."""
    for user, due in analytics.due_people().items():
        with transaction.atomic():
            notices.remind(parse_id(user), due, now)
    notices.forget_old(now)
