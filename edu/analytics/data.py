"""What the books say about a learner: events, mastery with its interval, reviews, recommendations."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from edu.common.errors import Conflict, NotFound
from edu.common.text import gettext_noop as _

RATINGS = ("again", "hard", "good", "easy")


class NoSuchReview(NotFound):
    """This person has never answered this item."""

    detail = _("You have not answered this question yet, so there is nothing to review.")


class CannotRate(Conflict):
    """A wrong answer comes back soon, whatever its rating."""

    detail = _("The last answer was not right, so this question comes back soon anyway.")


class NotDue(Conflict):
    """It was recalled a moment ago, or its time has not come."""

    detail = _("This question is not due now. It comes back when it is.")


NO_RATING = _("Say again, hard, good or easy.")


@dataclass(frozen=True)
class Interaction:
    """Something a person did: `verb` like "asked", "answered", "read", "hinted"; `seconds` it took."""

    user: str
    course: str
    verb: str
    thing: str
    at: datetime
    seconds: float = 0.0
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Mastery:
    """`p` is the probability (0..1) that the learner answers the next unaided item on this objective
    right; `low` and `high` bound its 90 % interval; `attempts` counts the evidence; `enough` is False
    while the interval is too wide to say anything; `why` is the last movement in one sentence.

    All of it as of now: evidence fades with time, so `p` may be lower and the interval wider than
    when the last answer came. `peak` is `p` right after that answer."""

    objective: str
    p: float
    low: float
    high: float
    attempts: int
    enough: bool
    why: str
    updated_at: datetime | None
    peak: float = 0.0


@dataclass(frozen=True)
class Movement:
    """Mastery moved: from, to, why and when."""

    user: str
    course: str
    objective: str
    before: float
    after: float
    low: float
    high: float
    why: str
    at: datetime


@dataclass(frozen=True)
class Point:
    """Mastery at one time, with its 90 % interval."""

    at: datetime
    p: float
    low: float
    high: float


@dataclass(frozen=True)
class Series:
    """How mastery of one objective went, oldest first."""

    objective: str
    points: list[Point]


@dataclass(frozen=True)
class Review:
    """When an item fades: `retrievability` is the probability (0..1) of recalling it now. `course`
    and `reviews` (how often it was answered) are there for the pages."""

    item: str
    objective: str
    due_at: datetime
    retrievability: float
    course: str = ""
    reviews: int = 0
    answered_at: datetime | None = None


@dataclass(frozen=True)
class NextDate:
    """When an item would come back if it were rated again, hard, good or easy; `chosen` is the rating
    in force."""

    rating: str
    due_at: datetime
    chosen: bool = False


@dataclass(frozen=True)
class Recalled:
    """An item whose last answer was right, and when it comes back for each rating of that answer."""

    item: str
    objective: str
    course: str
    answered_at: datetime
    dates: list[NextDate]


@dataclass(frozen=True)
class Forecast:
    """How many reviews fall due on one day of the person's own calendar (ISO date)."""

    on: str
    reviews: int


@dataclass(frozen=True)
class Advice:
    """A thing to do next, without its names: `kind` is review, continue, new, practise or prerequisite;
    `why` is one sentence with numbers in it; `score` 0..1 orders them. `item` is the one that fades
    most when the kind is review; `count` is how many reviews are due or answers are missing."""

    kind: str
    objective: str | None
    item: str | None
    why: str
    score: float
    minutes: int = 5
    count: int = 0


@dataclass(frozen=True)
class Day:
    """One day's work: minutes and answers."""

    on: str
    minutes: float
    answers: int


@dataclass(frozen=True)
class Activity:
    """What time went into: `verb` as recorded, in how many events and minutes."""

    verb: str
    events: int
    minutes: float


@dataclass(frozen=True)
class Cell:
    """One learner on one objective. `enough` False: the interval is too wide to say anything."""

    objective: str
    p: float
    low: float
    high: float
    attempts: int
    enough: bool


@dataclass(frozen=True)
class LearnerRow:
    """One learner in a course: a cell per objective, in the order of the objectives; `right` of
    `answers` first unaided tries; `minutes` of the last 30 days."""

    user: str
    name: str
    cells: list[Cell]
    answers: int
    right: int
    minutes: float
    last_at: datetime | None


@dataclass(frozen=True)
class ObjectiveRow:
    """How a course stands on one objective. `mean` (0..1) is over those of its `learners` who have
    enough evidence, None where there are none."""

    objective: str
    title: str
    learners: int
    mean: float | None


@dataclass(frozen=True)
class ItemRow:
    """How one item works. `difficulty` is the share (0..1) that got it right on a first unaided try
    (high is easy), with its 90 % interval; `discrimination` (-1..1) the point-biserial correlation
    with the rest of the learners' scores; both None where `n` first tries are too few to say."""

    item: str
    stem: str
    kind: str
    objective: str
    n: int
    difficulty: float | None
    low: float | None
    high: float | None
    discrimination: float | None
    note: str


@dataclass(frozen=True)
class Pattern:
    """Something that shows across learners: `kind` is distractor, asked or hinted; `thing` the item
    or objective; `label` the wrong answer or the question; `share` (0..1) of `n`."""

    kind: str
    thing: str
    title: str
    label: str
    count: int
    n: int
    share: float


@dataclass(frozen=True)
class Alert:
    """A learner who may need help: `kind` is inactive, falling or stuck; `why` has the evidence."""

    kind: str
    user: str
    name: str
    objective: str | None
    why: str
    score: float


@dataclass(frozen=True)
class Insights:
    """What a teacher sees of a course. `small` is True when the group is so small that shares say
    more about single people than about the course; `notes` say what that means for the figures."""

    course: str
    at: datetime
    learners: list[LearnerRow]
    objectives: list[ObjectiveRow]
    items: list[ItemRow]
    patterns: list[Pattern]
    alerts: list[Alert]
    small: bool
    notes: list[str]
