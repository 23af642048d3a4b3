"""What the books say about a learner: events, mastery with its interval, reviews, recommendations."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


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
    while the interval is too wide to say anything; `why` is the last movement in one sentence."""

    objective: str
    p: float
    low: float
    high: float
    attempts: int
    enough: bool
    why: str
    updated_at: datetime | None


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
class Review:
    """When an item fades: `retrievability` is the probability (0..1) of recalling it now."""

    item: str
    objective: str
    due_at: datetime
    retrievability: float


@dataclass(frozen=True)
class Advice:
    """A thing to do next, without its names: `kind` is review, continue, new, practise or prerequisite;
    `why` is one sentence with numbers in it; `score` 0..1 orders them."""

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
