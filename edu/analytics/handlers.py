"""What analytics listens to."""

from edu.analytics import api
from edu.assessments.data import AttemptGraded
from edu.courses.data import CourseRemoved, ObjectivesChanged
from edu.events.api import subscribe


@subscribe(AttemptGraded)
def attempt_graded(fact: AttemptGraded, *, event: str) -> None:
    """Mastery, its movement and the review date follow the grade."""
    api.take_attempt(fact=fact, event=event)


@subscribe(ObjectivesChanged)
def objectives_changed(fact: ObjectivesChanged, *, event: str) -> None:
    """Evidence moves along with what was merged or dropped."""
    if fact.moved:
        api.move(course=fact.course, moved=fact.moved)


@subscribe(CourseRemoved)
def course_removed(fact: CourseRemoved, *, event: str) -> None:
    """Nothing is kept about a course that is gone for good."""
    api.forget_course(course=fact.course)
