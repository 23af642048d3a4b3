"""What the books do about facts from below."""

from edu.assessments import api
from edu.courses.data import CourseRemoved, ObjectivesChanged
from edu.events.api import subscribe


@subscribe(ObjectivesChanged)
def objectives_changed(fact: ObjectivesChanged, *, event: str) -> None:
    """Let items and attempts follow; doing it twice changes nothing."""
    api.move_objectives(course=fact.course, moved=fact.moved)


@subscribe(CourseRemoved)
def course_removed(fact: CourseRemoved, *, event: str) -> None:
    """Forget all that hung on the course."""
    api.forget_course(course=fact.course)
