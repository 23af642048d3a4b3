"""Courses: what is to be learnt, in which order, and by whom."""

from dataclasses import dataclass, field
from datetime import datetime

from edu.common.errors import Conflict, Denied, Invalid, NotFound
from edu.common.text import gettext_noop as _
from edu.events.data import Fact

TEACHER = "teacher"
LEARNER = "learner"
ACCEPTED = "accepted"
PROPOSED = "proposed"
UNDO_DAYS = 30  # a removed course can be restored for so long


class NotTeacher(Denied):
    """A member who does not teach here asked for what teachers do."""

    detail = _("Only a teacher of this course may do this.")


class MayNotBring(Denied):
    """A learner asked to bring a material where only teachers do."""

    detail = _("Only teachers bring materials to this course. Ask yours to allow it for learners.")


class NoSuchCourse(NotFound):
    """No such course, or the asker is not in it."""

    detail = _("There is no such course, or you are not in it.")


class BadJoinCode(NotFound):
    """No course has this code."""

    detail = _("No course has this code. Check it with your teacher.")


class NoSuchObjective(NotFound):
    """The course has no such objective."""

    detail = _("This course has no such objective.")


class NoSuchMember(NotFound):
    """Nobody with this id is in the course."""

    detail = _("This person is not in the course.")


class RootStays(Conflict):
    """The root objective was to be removed, merged or given prerequisites."""

    detail = _("This objective stands for the whole course and stays.")


class PrerequisiteLoop(Invalid):
    """The prerequisites would form a circle."""

    detail = _("An objective cannot come before itself. Take one of the prerequisites out.")


class LastTeacher(Conflict):
    """A course keeps at least one teacher."""

    detail = _("You are the only teacher here. Make somebody else a teacher, or remove the course.")


@dataclass(frozen=True)
class Course:
    """As one person sees it: `role` is theirs; `join_code` is there for teachers only.

    A `personal` course is one that somebody made for themselves by bringing something to learn from.
    """

    id: str
    title: str
    description: str
    role: str
    join_code: str | None
    personal: bool
    learner_uploads: bool
    created_at: datetime
    removed: bool = False


@dataclass(frozen=True)
class Objective:
    """Something a learner is to know or be able to do. Every course has one root objective (`root`)
    that stands for all of it; `status` is "accepted" or, when edu found it in the materials and
    nobody has looked yet, "proposed". `prerequisites` are ids of objectives to be learnt first;
    `terms` are words that mark its passages."""

    id: str
    course: str
    title: str
    description: str
    prerequisites: list[str] = field(default_factory=list)
    ordinal: int = 0
    root: bool = False
    status: str = ACCEPTED
    terms: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Proposal:
    """An objective that edu found: `terms` are the words that mark its passages."""

    title: str
    description: str = ""
    terms: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Decision:
    """What a person decided of one objective: "accept" (perhaps with another `title` or
    `description`; None leaves the text as it is), "merge" (into the objective `into`) or "drop"."""

    objective: str
    verdict: str
    title: str = ""
    into: str = ""
    description: str | None = None


@dataclass(frozen=True)
class Member:
    """A person in a course."""

    user: str
    role: str
    joined_at: datetime


@dataclass(frozen=True)
class ObjectivesChanged(Fact):
    """Objectives were added, accepted, merged or removed. `moved` maps an objective that is gone to
    the one that takes its passages, items and evidence (the root when it was dropped)."""

    course: str
    moved: dict[str, str]


@dataclass(frozen=True)
class CourseRemoved(Fact):
    """Past the time for undo: all that hangs on the course may go."""

    course: str
