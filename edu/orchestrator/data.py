"""Learning sessions and their turns."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from edu.analytics.data import Day, Mastery, Movement
from edu.common.errors import Conflict, Invalid, NotFound
from edu.common.sources import Citation, Locator
from edu.common.text import gettext_noop as _
from edu.courses.data import Objective
from edu.events.data import Fact

MODES = ("tutor", "explain", "practice")
WANTS = ("", "hint", "check_me", "simpler", "example", "explain", "explain_differently", "answer")


LADDER = (_("nudge"), _("idea"), _("similar example"), _("last step"), _("answer"))


MATERIAL_READ, QUIZ_READY, QUIZ_FAILED = "material_read", "quiz_ready", "quiz_failed"
OBJECTIVES_PROPOSED, REVIEWS_DUE = "objectives_proposed", "reviews_due"
COURSE_REMOVED, CONSENT_OVERRULED = "course_removed", "consent_overruled"
NOTIFICATIONS = (
    MATERIAL_READ,
    QUIZ_READY,
    QUIZ_FAILED,
    OBJECTIVES_PROPOSED,
    REVIEWS_DUE,
    COURSE_REMOVED,
    CONSENT_OVERRULED,
)


class NoSuchSession(NotFound):
    """No such session, or not the asker's."""

    detail = _("There is no such session, or it is not yours.")


class NoSuchTurn(NotFound):
    """No such turn, or not the asker's."""

    detail = _("There is no such turn, or it is not yours.")


class NoSuchNotification(NotFound):
    """No such notice, or not the asker's."""

    detail = _("There is no such notice, or it is not yours.")


class EmptyTurn(Invalid):
    """Nothing was said, shown or spoken."""

    detail = _("There is nothing in this message. Write, say or show something.")


class MessageTooLong(Invalid):
    """More text than a turn takes."""

    detail = _(
        "This message has %(found)s characters; %(limit)s is the most. "
        "Bring long texts as a material instead."
    )


class SessionClosed(Conflict):
    """The session takes no more turns."""

    detail = _("This session is closed. Start a new one.")


class TooManyWaiting(Conflict):
    """More turns wait in this session than anybody could read the answers of."""

    detail = _("%(limit)s messages are waiting for their answer here. Wait for them, or stop some.")


class TurnOver(Conflict):
    """The turn ended before."""

    detail = _("This turn is over, so there is nothing to stop.")


@dataclass(frozen=True)
class Session:
    """One learner's conversation with the tutor about one course. `status` is open or closed."""

    id: str
    course: str
    user: str
    mode: str
    status: str
    title: str
    objective: str | None
    created_at: datetime
    updated_at: datetime
    turns: int = 0


@dataclass(frozen=True)
class Step:
    """One agent's part in a turn; `status` is running, done, failed, skipped or cancelled."""

    agent: str
    status: str
    ms: int
    summary: str
    task: str = ""


@dataclass(frozen=True)
class TurnCheck:
    """A check made on the words of a turn before or while they were shown."""

    name: str
    passed: bool
    detail: str


@dataclass(frozen=True)
class TurnQuestion:
    """The check question that a turn ends with; `hint_level` 0..5 is the highest rung climbed."""

    item: str
    stem: str
    kind: str
    options: list[dict[str, str]] = field(default_factory=list)
    quiz: str | None = None
    hint_level: int = 0


@dataclass(frozen=True)
class TurnGrade:
    """What became of an answer to the check question of an earlier turn. `score` is None while a
    person has to look at it; `key_text` is empty unless the rule allows it to be seen."""

    item: str
    quiz: str
    attempt: str
    correct: bool | None
    score: float | None
    feedback: str
    key_text: str = ""


@dataclass(frozen=True)
class TurnFile:
    """Where a sound or a picture of a turn is: its `key` in the store of files."""

    key: str
    media_type: str
    bytes: int


@dataclass(frozen=True)
class Media:
    """Sound or picture of a turn."""

    data: bytes
    media_type: str


@dataclass(frozen=True)
class Turn:
    """`status` is queued, running, ready, failed or cancelled. `answer` is Markdown with markers [1];
    `sentences` are the same, split: {"text", "markers": [int], "grounded": bool, "kind", "start"}.
    Start is paragraph, item, or "" where it goes on in its paragraph. Kind is heading, quote (words of
    the materials), words (said of them, and checked against them), own (not from the materials) or
    notice (about this conversation). When `abstained`, the citations are the nearest passages, which
    do not answer. `degraded` names what could not be done, one plain sentence each. `wants` is the
    button that was pressed, if any."""

    id: str
    session: str
    course: str
    status: str
    progress: float
    text: str
    heard: str | None
    seen: str | None
    answer: str
    abstained: bool
    citations: list[Citation]
    checks: list[TurnCheck]
    question: TurnQuestion | None
    steps: list[Step]
    sentences: list[dict[str, Any]]
    audio_url: str | None
    image_url: str | None
    error: str | None
    created_at: datetime
    finished_at: datetime | None
    wants: str = ""
    objective: str | None = None
    grade: TurnGrade | None = None
    degraded: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Recommendation:
    """A thing to do next, with its names and where it leads."""

    kind: str
    title: str
    why: str
    score: float
    objective: str | None = None
    item: str | None = None
    material: str | None = None
    course: str | None = None
    url: str = ""
    action: str = ""
    minutes: int = 5


@dataclass(frozen=True)
class Card:
    """One thing on the home page: what it is called, why it is there, and where its one button leads.
    `post` are the fields of a form sent to `url`; empty when it is a plain link."""

    key: str
    kind: str
    heading: str
    title: str
    why: str
    minutes: int
    url: str
    action: str
    post: dict[str, str] = field(default_factory=dict)
    course: str = ""
    course_title: str = ""
    mastery: Mastery | None = None


@dataclass(frozen=True)
class CourseLine:
    """A course on the home page; `mastery` is the mean of its objectives, None without evidence."""

    id: str
    title: str
    role: str
    mastery: Mastery | None


@dataclass(frozen=True)
class Moved:
    """A movement of mastery with the name of its objective."""

    title: str
    movement: Movement


@dataclass(frozen=True)
class Today:
    """All of the home page. `courses` is empty for somebody new, who sees one thing: bring."""

    sentence: str
    cards: list[Card]
    days: list[Day]
    goal: int
    courses: list[CourseLine]
    moved: list[Moved]


@dataclass(frozen=True)
class MapNode:
    """An objective on the map: its box in units of the drawing, its `layer` from 0, and how the learner
    stands on it. `ready`: all that it builds on is known well enough to begin."""

    objective: str
    title: str
    description: str
    lines: list[str]
    layer: int
    x: float
    y: float
    width: float
    height: float
    mastery: Mastery | None
    ready: bool
    prerequisites: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class MapEdge:
    """An arrow from a prerequisite to what builds on it; `path` is the d of an SVG path."""

    source: str
    target: str
    path: str


@dataclass(frozen=True)
class LearnMap:
    """The objectives of a course as a layered drawing; `proposed` wait for a teacher's decision."""

    nodes: list[MapNode]
    edges: list[MapEdge]
    width: float
    height: float
    proposed: int
    materials: int


@dataclass(frozen=True)
class Teaching:
    """A passage that teaches an objective; `title` is its material's, `url` opens it there."""

    title: str
    text: str
    locator: Locator
    url: str


@dataclass(frozen=True)
class LearnPanel:
    """One objective: how the learner stands on it, the titles of what comes `before` it, passages that
    teach it, and how many live items the bank has on it."""

    objective: Objective
    mastery: Mastery | None
    before: list[str]
    passages: list[Teaching]
    items: int


@dataclass(frozen=True)
class TutorPage:
    """A session as its page shows it: the last turns, oldest first, and what it is about."""

    session: Session
    turns: list[Turn]
    earlier: bool
    objective: str
    mastery: Mastery | None


@dataclass(frozen=True)
class Notification:
    """Something that happened while a person looked elsewhere: its `kind` (one of NOTIFICATIONS), what
    the words about it hold (a `title`, a `count`), and `url`, the page where it is to be seen."""

    id: str
    kind: str
    course: str | None
    title: str
    count: int
    url: str
    created_at: datetime
    read_at: datetime | None


@dataclass(frozen=True)
class Export:
    """All that is held of a person, on its way: `status` as of all long work, `bytes` of the archive."""

    id: str
    status: str
    progress: float
    error: str | None
    bytes: int
    created_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True)
class Erasure:
    """The erasure of a person, and its receipt: `erased` and `kept` are app -> table -> rows. It does
    not say who it was."""

    id: str
    status: str
    progress: float
    erased: dict[str, dict[str, int]]
    kept: dict[str, dict[str, int]]
    created_at: datetime
    finished_at: datetime | None


class NoSuchExport(NotFound):
    """There is none, it is somebody else's, or it was thrown away."""


class NoSuchErasure(NotFound):
    """There is none."""


@dataclass(frozen=True)
class TurnFinished(Fact):
    """A turn ended well."""

    turn: str
    session: str
    user: str
    course: str
    objective: str | None
    seconds: float
    abstained: bool


@dataclass(frozen=True)
class ChildCourse:
    """A course as a guardian sees a child learn in it: `mastery` by title of the objective (0 to 1,
    where enough is known to say), `minutes` and `answers` of the last four weeks, `quizzes` with when
    they were made, and how many of their questions were answered."""

    title: str
    mastery: list[tuple[str, float]]
    minutes: int
    answers: int
    quizzes: list[tuple[datetime, int, int]]
