"""What multimodal does when something below it happened."""

from edu.courses.data import CourseRemoved, ObjectivesChanged
from edu.events.api import subscribe
from edu.multimodal import api


@subscribe(ObjectivesChanged)
def look_again(fact: ObjectivesChanged, *, event: str) -> None:
    """Passages teach the objectives that there are now. Doing it twice changes nothing."""
    api.retag(course=fact.course, moved=fact.moved)


@subscribe(CourseRemoved)
def forget(fact: CourseRemoved, *, event: str) -> None:
    """Materials go with their course. What is gone already is not missed."""
    api.forget_course(course=fact.course)
