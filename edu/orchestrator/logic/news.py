"""What is told without anybody asking: a material was read, a quiz was made, reviews fall due."""

from datetime import datetime

from django.db import transaction

from edu.analytics import api as analytics
from edu.assessments import api as assessments
from edu.common.errors import EduError, NotFound
from edu.common.ids import parse_id
from edu.common.purposes import PURPOSES
from edu.courses import api as courses
from edu.courses.data import UNDO_DAYS, CourseTakenAway
from edu.multimodal import api as multimodal
from edu.multimodal.data import MaterialRead
from edu.orchestrator import data
from edu.orchestrator.logic import notices
from edu.users.data import ConsentOverruled


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


def of_material(fact: MaterialRead, now: datetime) -> None:
    """Tell whoever brought a material that it is read, and the teachers what waits for their decision."""
    try:
        material = multimodal.material(user=fact.user, material=fact.material)
        courses.course(user=fact.user, course=fact.course)
    except EduError:
        return  # removed meanwhile, or they have left
    waiting = len(courses.objectives(course=fact.course, status="proposed"))
    teachers = [parse_id(each) for each in courses.who_may(course=fact.course, need="teach")]
    course = parse_id(fact.course)
    with transaction.atomic():
        notices.add(
            [parse_id(fact.user)],
            data.MATERIAL_READ,
            fact.material,
            now,
            url=f"/materials/{fact.material}/",
            title=material.title,
            course=course,
        )
        if waiting:
            notices.add(
                notices.renew(teachers, data.OBJECTIVES_PROPOSED, course, waiting),
                data.OBJECTIVES_PROPOSED,
                fact.material,
                now,
                url=f"/courses/{fact.course}/objectives/",
                title=material.title,
                course=course,
                count=waiting,
            )


@transaction.atomic
def of_removal(fact: CourseTakenAway, event: str, now: datetime) -> None:
    """Tell the owner of a course that somebody else removed it, and where it is restored."""
    notices.add(
        [parse_id(fact.owner)],
        data.COURSE_REMOVED,
        event,
        now,
        url="/courses/",
        title=fact.title,
        course=parse_id(fact.course),
        count=UNDO_DAYS,
    )


@transaction.atomic
def of_overruling(fact: ConsentOverruled, event: str, now: datetime) -> None:
    """Tell a child that a guardian said yes to what it had refused."""
    title = PURPOSES[fact.purpose].title
    notices.add(
        [parse_id(fact.user)],
        data.CONSENT_OVERRULED,
        event,
        now,
        url="/profile/consents/",
        title=title,
    )


def of_reviews(now: datetime) -> None:
    """Remind everybody who has questions to review, once a day; forget what was told long ago."""
    for user, due in analytics.due_people().items():
        with transaction.atomic():
            notices.remind(parse_id(user), due, now)
    notices.forget_old(now)
