"""Agents: a request and a toolbox in, words and proposals out. An agent never knows who answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from edu.assessments.data import ItemDraft
from edu.common.errors import EduError, NotFound
from edu.common.sources import Citation, Source
from edu.common.text import gettext_noop as _


class NoSuchAgent(NotFound):
    """No agent of this name in the team."""

    detail = _("There is no such agent.")


class NoSuchTask(NotFound):
    """The agent does not do this."""

    detail = _("This agent does not do “%(task)s”.")


class Cancelled(EduError):
    """The person stopped it."""

    detail = _("You stopped this.")


@dataclass(frozen=True)
class Request:
    """What one agent is asked to do. `task` is one of the agent's tasks; `text` what the learner wrote
    or said; `picture` and `sound` raw bytes; `sources` what was found already; `history` the last few
    turns as (role, text); `language` ISO 639-1 of the answer; `detail` whatever else the task needs.
    """

    task: str
    text: str = ""
    picture: bytes | None = None
    sound: bytes | None = None
    sources: list[Source] = field(default_factory=list)
    history: list[tuple[str, str]] = field(default_factory=list)
    language: str = ""
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Check:
    """A check that code made of what a model or a rule proposed."""

    name: str
    passed: bool
    detail: str


@dataclass(frozen=True)
class Result:
    """What an agent did. `text` is Markdown with markers [1] for citations; `abstained` when the
    materials do not answer; `drafts` are proposed items; `sound` is a WAV; `summary` one line of what
    happened, for the trace."""

    text: str = ""
    citations: list[Citation] = field(default_factory=list)
    abstained: bool = False
    checks: list[Check] = field(default_factory=list)
    drafts: list[ItemDraft] = field(default_factory=list)
    sound: bytes | None = None
    summary: str = ""
    language: str = ""
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Toolbox:
    """Plain callables that the orchestrator hands to an agent.

    search(query, limit) -> sources; say(text) streams words of the answer; cite(source, quote) -> the
    Citation when the quote stands verbatim in the passage, else None (marker 0, to be numbered by the
    agent); mastery_of(objective) -> p 0..1 or None; cancelled() -> whether the person stopped it.
    These may be left out: leaks(text) -> whether it would give away the answer to a question that the
    person has open; note(text) says in a few words what is being done now; show(citation) brings a
    numbered citation to the page before words that bear its marker; retract() takes back all that
    was said in this run; read() -> the passages that may be quoted in the order of their materials.
    """

    search: Callable[[str, int], list[Source]]
    say: Callable[[str], None]
    cite: Callable[[Source, str], Citation | None]
    mastery_of: Callable[[str], float | None]
    cancelled: Callable[[], bool]
    leaks: Callable[[str], bool] = lambda text: False
    note: Callable[[str], None] = lambda text: None
    show: Callable[[Citation], None] = lambda citation: None
    retract: Callable[[], None] = lambda: None
    read: Callable[[], list[Source]] = list


@dataclass(frozen=True)
class Run:
    """One line of the run log."""

    id: str
    agent: str
    task: str
    status: str
    ms: int
    summary: str
