"""Learning sessions and their turns."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from edu.common.errors import Conflict, Invalid, NotFound
from edu.common.sources import Citation
from edu.common.text import gettext_noop as _
from edu.events.data import Fact

MODES = ("tutor", "explain", "practice")


class NoSuchSession(NotFound):
    """No such session, or not the asker's."""

    detail = _("There is no such session, or it is not yours.")


class NoSuchTurn(NotFound):
    """No such turn, or not the asker's."""

    detail = _("There is no such turn, or it is not yours.")


class EmptyTurn(Invalid):
    """Nothing was said, shown or spoken."""

    detail = _("There is nothing in this message. Write, say or show something.")


class MessageTooLong(Invalid):
    """More text than a turn takes."""

    detail = _(
        "This message has %(found)s characters; %(limit)s is the most. "
        "Bring long texts as a material instead."
    )


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


@dataclass(frozen=True)
class TurnCheck:
    """A check made on the words of a turn before or while they were shown."""

    name: str
    passed: bool
    detail: str


@dataclass(frozen=True)
class TurnQuestion:
    """The check question that a turn ends with."""

    item: str
    stem: str
    kind: str
    options: list[dict[str, str]] = field(default_factory=list)
    quiz: str | None = None


@dataclass(frozen=True)
class Turn:
    """`status` is queued, running, ready, failed or cancelled. `answer` is Markdown with markers [1];
    `sentences` are the same, split: {"text", "markers": [int], "grounded": bool}."""

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
class TurnFinished(Fact):
    """A turn ended well."""

    turn: str
    session: str
    user: str
    course: str
    objective: str | None
    seconds: float
    abstained: bool
