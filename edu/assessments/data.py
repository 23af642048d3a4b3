"""The books: items and their keys, quizzes, attempts, grades. Only this app knows a key."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from edu.common.errors import Conflict, Denied, Invalid, NotFound
from edu.common.sources import Citation
from edu.common.text import gettext_noop as _
from edu.events.data import Fact


class NoSuchItem(NotFound):
    """No such item, or not the asker's."""

    detail = _("There is no such question, or it is not yours to see.")


class NoSuchQuiz(NotFound):
    """No such quiz, or not the asker's."""

    detail = _("There is no such quiz, or it is not yours.")


class NotReady(Conflict):
    """The quiz is still being made, or was given up."""

    detail = _("This quiz is not ready yet. Wait until its questions are there.")


class BadItem(Invalid):
    """An item that cannot be graded; `fields` say why."""

    detail = _("This question cannot be used as it is.")


class KeyClosed(Denied):
    """The rule does not allow the key to be seen yet."""

    detail = _("The answer is shown after your first try.")


class NotSetAside(Conflict):
    """A test, or a quiz without an open question, cannot be set aside."""

    detail = _("There is nothing to set aside: it is a test, or nothing in it is open.")


class QuizOver(Conflict):
    """The quiz has ended: made, failed or cancelled before."""

    detail = _("This quiz is not being made any more, so there is nothing to stop.")


class AnsweredAlready(Conflict):
    """A test takes one answer to each question."""

    detail = _("You have answered this question. A test takes one answer to each.")


class NoSuchAttempt(NotFound):
    """No such attempt, or not the asker's."""

    detail = _("There is no such attempt, or it is not yours to see.")


MODES = ("quiz", "practice", "review", "test", "check")
SOURCES = ("bank", "generate")


@dataclass(frozen=True)
class Option:
    """One choice; `id` says nothing about whether it is right."""

    id: str
    text: str


@dataclass(frozen=True)
class ItemDraft:
    """An item on its way into the bank. `key` has the kind's shape of rest.md: choice
    {"correct": [index]}, number {"value", "tolerance", "unit"?}, short {"accept": [text]},
    cloze {"blanks": [[text]]} with "_____" for each blank in the stem. `citations` are snapshots of
    where it comes from; `passage_text` is the passage that must answer it."""

    kind: str
    stem: str
    key: dict[str, Any]
    options: list[str] = field(default_factory=list)
    objective: str | None = None
    citations: list[Citation] = field(default_factory=list)
    explanation: str = ""
    passage_text: str = ""
    language: str = ""


@dataclass(frozen=True)
class Item:
    """An item as its teachers see it, with the key. `source` is "bank" or "generated"; `status` is
    live, retired or refused."""

    id: str
    course: str
    kind: str
    stem: str
    options: list[Option]
    key: dict[str, Any]
    objective: str
    source: str
    status: str
    version: int
    explanation: str
    citations: list[Citation]
    created_at: datetime


@dataclass(frozen=True)
class Question:
    """An item as a learner sees it before answering: nothing here tells the key.

    `id` is the item's; `position` counts from 1 within `quiz`; `status` is open, done or aside (put
    by for now); `tries` counts the answers given; `hint_level` 0..5 is the highest rung climbed;
    `several` says that more than one option is right."""

    id: str
    kind: str
    stem: str
    options: list[Option]
    objective: str
    source: str
    blanks: int = 0
    unit: str = ""
    several: bool = False
    language: str = ""
    quiz: str = ""
    mode: str = ""
    position: int = 0
    status: str = "open"
    tries: int = 0
    hint_level: int = 0


@dataclass(frozen=True)
class Verdict:
    """Of one gate over one draft: `name` of the gate, whether it `passed`, and why, in one sentence."""

    name: str
    passed: bool
    detail: str


@dataclass(frozen=True)
class Offered:
    """What became of a draft: the item's id when every gate passed, else None, and the verdicts.
    `quiz` is the quiz that now holds the item, if one does."""

    item: str | None
    verdicts: list[Verdict]
    quiz: str | None = None


@dataclass(frozen=True)
class Quiz:
    """`status` is queued, running, ready, failed or cancelled. `note` says in one sentence why there
    are fewer questions than asked for; `count` is how many it holds (in a list, where `items` is empty,
    too), `answered` how many of them have an attempt."""

    id: str
    course: str
    user: str
    status: str
    progress: float
    size: int
    source: str
    mode: str
    items: list[Question]
    objectives: list[str]
    kinds: list[str]
    answered: int
    note: str
    error: str
    created_at: datetime
    finished_at: datetime | None = None
    count: int = 0


@dataclass(frozen=True)
class Attempt:
    """One response to one item, graded or waiting for a person.

    `status` is graded or needs_review; `score` 0..1, None while it waits. `counts` is the weight 0..1
    that it has as evidence: 1 only for an unaided first try. `key` is there only when the rule allows.
    """

    id: str
    user: str
    quiz: str | None
    item: str
    item_version: int
    objective: str
    response: Any
    status: str
    score: float | None
    correct: bool | None
    feedback: str
    confidence: float
    needs_review: bool
    key: dict[str, Any] | None
    key_text: str
    citations: list[Citation]
    hint_level: int
    try_number: int
    key_seen: bool
    counts: float
    shown_at: datetime
    answered_at: datetime
    course: str = ""
    kind: str = ""
    stem: str = ""
    response_text: str = ""
    explanation: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class Recall:
    """A question that comes back, with its key in words, why, and where it stands."""

    question: Question
    key_text: str
    explanation: str = ""
    citations: list[Citation] = field(default_factory=list)


@dataclass(frozen=True)
class Waiting:
    """A response that a teacher is to look at: `proposed` points 0..1 by rule, and what it rests on."""

    attempt: str
    course: str
    item: str
    stem: str
    key_text: str
    response_text: str
    proposed: float
    confidence: float
    why: str
    answered_at: datetime


@dataclass(frozen=True)
class Hint:
    """One rung of the ladder: `level` 1 nudge, 2 idea, 3 similar example, 4 last step, 5 answer."""

    level: int
    name: str
    text: str
    last: bool
    citations: list[Citation] = field(default_factory=list)


@dataclass(frozen=True)
class Resting:
    """A live item that cites `passages` of a material: those of them that were asked for."""

    item: str
    stem: str
    kind: str
    source: str
    passages: list[str]


@dataclass(frozen=True)
class QuizRequested(Fact):
    """A quiz with generated items waits to be filled by whoever can."""

    quiz: str
    course: str
    user: str


@dataclass(frozen=True)
class AttemptGraded(Fact):
    """An attempt has its grade. `answered_at` is RFC 3339; `counts` as in Attempt. For analytics:
    `kind` of the item, `guess` the chance (0..1) of being right by blind luck (1/n for a choice of n,
    0 where the answer is written), `chosen` the ids of the options chosen."""

    attempt: str
    user: str
    course: str
    objective: str
    item: str
    score: float
    counts: float
    hint_level: int
    try_number: int
    key_seen: bool
    seconds: float
    answered_at: str
    kind: str = ""
    guess: float = 0.0
    chosen: list[str] = field(default_factory=list)
