"""What the orchestrator does about facts from below. Each may come twice."""

from edu.assessments.data import QuizRequested
from edu.courses.data import CourseRemoved, CourseTakenAway
from edu.events.api import subscribe
from edu.multimodal.data import MaterialRead
from edu.orchestrator import api
from edu.orchestrator.data import TurnFinished
from edu.users.data import ConsentOverruled, ConsentRefused


@subscribe(QuizRequested)
def fill_quiz(fact: QuizRequested, *, event: str) -> None:
    """A quiz waits to be filled: have a worker do it."""
    api.fill_quiz(quiz=fact.quiz)


@subscribe(TurnFinished)
def note_turn(fact: TurnFinished, *, event: str) -> None:
    """Tell analytics that somebody asked."""
    api.note_turn(fact=fact, event=event)


@subscribe(MaterialRead)
def note_material(fact: MaterialRead, *, event: str) -> None:
    """Tell analytics that somebody brought something to learn from."""
    api.note_material(fact=fact, event=event)


@subscribe(MaterialRead)
def tell_of_material(fact: MaterialRead, *, event: str) -> None:
    """Tell people that it can be learnt from now."""
    api.tell_of_material(fact=fact)


@subscribe(CourseRemoved)
def forget_course(fact: CourseRemoved, *, event: str) -> None:
    """The course is gone for good, and its sessions with it."""
    api.forget_course(course=fact.course)


@subscribe(ConsentRefused)
def let_go(fact: ConsentRefused, *, event: str) -> None:
    """Something may not be kept any more."""
    api.consent_withdrawn(user=fact.user, purpose=fact.purpose)


@subscribe(CourseTakenAway)
def tell_of_removal(fact: CourseTakenAway, *, event: str) -> None:
    """Tell the owner of a course that it was removed."""
    api.tell_of_removal(fact=fact, event=event)


@subscribe(ConsentOverruled)
def tell_of_overruling(fact: ConsentOverruled, *, event: str) -> None:
    """Tell a child that a guardian went over its no."""
    api.tell_of_overruling(fact=fact, event=event)
