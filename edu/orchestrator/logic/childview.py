"""What a guardian sees of a child: how well things are known, time, quizzes. Never what was said."""

from edu.analytics import api as analytics
from edu.assessments import api as assessments
from edu.courses import api as courses
from edu.orchestrator.data import ChildCourse

MOST = 20  # courses, and quizzes of each
DAYS = 28


def of_child(child: str) -> list[ChildCourse]:
    """Return each course of a child, with mastery by objective, the minutes of four weeks, quizzes."""
    found = []
    for course in courses.courses_of(user=child, limit=MOST).items:
        titles = {each.id: each.title for each in courses.objectives(course=course.id)}
        days = analytics.days(user=child, days=DAYS, course=course.id)
        quizzes = assessments.quizzes(user=child, course=course.id, limit=MOST)
        found.append(
            ChildCourse(
                title=course.title,
                mastery=[
                    (titles[each.objective], each.p)
                    for each in analytics.mastery(user=child, course=course.id)
                    if each.enough and each.objective in titles
                ],
                minutes=round(sum(each.minutes for each in days)),
                answers=sum(each.answers for each in days),
                quizzes=[(each.created_at, each.answered, each.count) for each in quizzes],
            )
        )
    return found
