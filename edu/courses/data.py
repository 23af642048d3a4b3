"""Courses: what is to be learnt, in which order, and by whom."""

from dataclasses import dataclass, field
from datetime import datetime

from edu.common.errors import Conflict, Denied, Invalid, NotFound
from edu.common.text import gettext_noop as _
from edu.events.data import Fact

OWNER = "owner"
TEACHER = "teacher"
ASSISTANT = "assistant"
LEARNER = "learner"
OBSERVER = "observer"
ROLES = (OWNER, TEACHER, ASSISTANT, LEARNER, OBSERVER)  # in the order in which people are listed

# What one may be allowed to do in a course, in words. A role is made of these.
PERMISSIONS = {
    "view": _("See the materials, the objectives and who is in the course"),
    "learn": _("Learn: talk with the tutor, take quizzes, review"),
    "bring": _("Bring materials"),
    "teach": _("Change the objectives, and materials that others brought"),
    "edit_items": _("Write the questions, and see their keys"),
    "grade": _("Grade answers that wait for a person"),
    "see_insights": _("See how the learners stand"),
    "see_conversations": _(
        "Read what learners say to the tutor, where the settings of the course allow it"
    ),
    "manage_people": _("Let people in and out, give roles, see e-mail addresses"),
    "change_settings": _("Change the settings, and the webhooks of the course"),
    "remove": _("Remove the course, and restore it"),
}
_TEACHES = tuple(PERMISSIONS)
# What each role may do until somebody says otherwise in the admin.
DEFAULTS: dict[str, tuple[str, ...]] = {
    OWNER: _TEACHES,
    TEACHER: tuple(each for each in _TEACHES if each != "remove"),
    ASSISTANT: ("view", "learn", "bring", "grade", "see_insights"),
    LEARNER: ("view", "learn"),
    OBSERVER: ("view", "see_insights"),
}
# What cannot be taken from a role: without it a course could not be run by anybody.
FIXED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(ROLES, ("view",)),
    OWNER: ("view", "teach", "manage_people", "change_settings", "remove"),
}
ACCEPTED = "accepted"
PROPOSED = "proposed"
UNDO_DAYS = 30  # a removed course can be restored for so long


# What a course may have a budget of. A question to the tutor is one of "models", with a photo or a
# recording two; so is each question that is made from the materials.
MODELS, UPLOADS = "models", "uploads"
BUDGETS = (MODELS, UPLOADS)


class BudgetSpent(Denied):
    """429: the course has used up what it may, today (`window` 86400 s) or at once (60 s). `limit` is how
    much that is, `retry_after` the seconds until there is some again."""

    WORDS = {
        (MODELS, 86400): _("This course has used up its questions to the models for today. There "
                           "are new ones at midnight (UTC)."),
        (MODELS, 60): _("This course asks the models more than it may at once. Wait a minute."),
        (UPLOADS, 86400): _("This course has taken as many files today as it may. It takes more "
                            "from midnight (UTC) on."),
        (UPLOADS, 60): _("This course takes no more files at once. Wait a minute."),
    }  # fmt: skip

    def __init__(self, kind: str, limit: int, window: int, retry_after: int) -> None:
        super().__init__(self.WORDS[kind, window])
        self.kind, self.limit, self.window = kind, limit, window
        self.retry_after = max(1, retry_after)


@dataclass(frozen=True)
class Budget:
    """What a course may use of a `kind` and has `used` today; `day` and `minute` are 0 without a limit."""

    kind: str
    used: int
    day: int
    minute: int


class NotTeacher(Denied):
    """A member asked for what their role here does not allow."""

    detail = _("Only a teacher of this course may do this.")


class MayNotRemove(NotTeacher):
    """A teacher wanted to remove a course that is another's."""

    detail = _("Only the owner of this course may remove it. Ask them.")


class MayNotLearn(Denied):
    """Somebody who only looks on asked for what learners do."""

    detail = _("You look on in this course. Its teachers can make you a learner.")


class TalksClosed(Denied):
    """The course does not show its teachers what learners say to the tutor."""

    detail = _("In this course nobody but the learner reads what is said to the tutor.")


class TooMuchToGive(Denied):
    """Somebody pointed at a role, or a person, that may do more than they may themselves."""

    detail = _("This role may do more than yours. Ask the owner of the course.")


class NotOwner(Denied):
    """Somebody else than the owner wanted to hand the course over."""

    detail = _("Only the owner hands a course over.")


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


class OwnerStays(Conflict):
    """A course keeps its owner."""

    detail = _("A course needs its owner. Hand it over to somebody first, or remove the course.")


@dataclass(frozen=True)
class Course:
    """As one person sees it: `role` is theirs, `permissions` are what they may do there now (names of
    PERMISSIONS); `join_code` is there only for who manages people.

    The one `owner` of a course is a "teacher" by `role`. A `personal` course is one that somebody made
    for themselves by bringing something to learn from. `talks_open_since`: from when on its teachers may
    read what learners say to the tutor (None: they may not).
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
    owner: bool = False
    permissions: list[str] = field(default_factory=list)
    talks_open_since: datetime | None = None

    def may_change(self, maker: str, user: str) -> bool:
        """Whether the one who sees the course so, `user`, may change a material that `maker` brought."""
        mine = maker == user and ("learn" in self.permissions or "bring" in self.permissions)
        return mine or "teach" in self.permissions


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
    """A person in a course. Its `owner` is a "teacher" by `role`."""

    user: str
    role: str
    joined_at: datetime
    owner: bool = False


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


@dataclass(frozen=True)
class CourseTakenAway(Fact):
    """Somebody else than its `owner` removed a course, which can be restored."""

    course: str
    title: str
    owner: str
