"""What the gateway does about facts from below: it tells the webhooks. Each fact may come twice."""

from edu.assessments.data import AttemptGraded
from edu.courses.data import CourseRemoved, ObjectivesChanged
from edu.events.api import subscribe
from edu.gateway import webhooks
from edu.gateway.telling import tell
from edu.multimodal.data import MaterialRead
from edu.orchestrator.data import TurnFinished


@subscribe(MaterialRead)
def material_ready(fact: MaterialRead, *, event: str) -> None:
    """A material can be searched."""
    tell("material.ready", fact, event, "material", "course", "user")


@subscribe(AttemptGraded)
def attempt_graded(fact: AttemptGraded, *, event: str) -> None:
    """An answer has its grade."""
    names = ("attempt", "user", "course", "objective", "item", "score", "answered_at")
    tell("attempt.graded", fact, event, *names)


@subscribe(ObjectivesChanged)
def objectives_changed(fact: ObjectivesChanged, *, event: str) -> None:
    """What is to be learnt is another."""
    tell("objectives.changed", fact, event, "course", "moved")


@subscribe(TurnFinished)
def turn_finished(fact: TurnFinished, *, event: str) -> None:
    """The tutor has answered; told only to whoever asked."""
    tell("turn.finished", fact, event, "turn", "session", "course", "abstained")


@subscribe(CourseRemoved)
def course_removed(fact: CourseRemoved, *, event: str) -> None:
    """There is nothing more to tell of it."""
    webhooks.forget_course(fact.course)
