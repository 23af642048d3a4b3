"""What a backend is. One file in backends/ is one backend; a registry scan finds it.

A backend does one or more kinds of work. Those with `local = True` are engines: the inference
process loads them lazily, gives them one call at a time, and unloads them when they are idle. The
others are doors: they are made for one server and are used in any process.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar

from edu.common.voices import Voice
from edu.inference.data import ModelUnavailable, PictureText, Speech, Transcript

CHAT, EMBED, HEAR, SPEAK, READ = "chat", "embed", "hear", "speak", "read"
RERANK = "rerank"
"""Weighing passages against a question. No engine of ours does it: a server has to be set."""
LOCAL_KINDS = (CHAT, EMBED, HEAR, SPEAK, READ)
"""The kinds of work that an engine of our own may do. `see` (answering about a picture) is chat."""

WIDTH = 384
"""How many numbers a vector has, whoever made it: one column of one table holds them all."""

Body = dict[str, Any]
"""A chat request, or an answer or a chunk of one, as the OpenAI protocol spells it."""


class Stopped(Exception):
    """The work was given up because nobody waits for it."""


class Backend:
    """One way to have work of some `kinds` done. A subclass overrides what it can do."""

    name: ClassVar[str] = ""
    kinds: ClassVar[frozenset[str]] = frozenset()
    local: ClassVar[bool] = True
    rank: ClassVar[int] = 10
    """Among engines of one kind the lower rank is asked first."""
    rests: ClassVar[bool] = True
    """Whether it is unloaded when idle. Not where that gives little back."""

    patient: bool = False
    """Whether what this door asks for may wait until nobody else asks. Only our own process minds."""

    fleeting: bool = False
    """Whether what is asked for is of use for a moment only: dropped when somebody else is served or
    waits, given up when somebody comes, and done quickly rather than well. Our own process minds."""

    matter: Sequence[str] = ()
    """Texts, as they stand in what is asked or beside it, that are teaching matter or our own words. Only
    a way out minds: names in them are no secret."""

    def __init__(self) -> None:
        self.stopped: Callable[[], bool] = lambda: False
        """Whether nobody waits for the call at work any more. Long work looks now and then, and
        raises Stopped."""

    @property
    def model(self) -> str:
        """The id of the model in force, as it is written beside what it made."""
        return self.name

    def absent(self) -> str:
        """Return "" when all it needs is on this machine, else one sentence: what is missing and
        what to do. Must be quick and must load nothing."""
        return ""

    def chosen(self) -> bool:
        """Whether the settings want this engine rather than another of its kind."""
        return True

    def load(self) -> None:
        """Get ready to work. Called once before the first call, under the engine's lock."""

    def unload(self) -> None:
        """Give the memory back. Called when it was idle for long, under the engine's lock."""

    def complete(self, body: Body) -> Body:
        """Answer a chat request; `body` and the answer are those of `/v1/chat/completions`."""
        raise self.cannot(CHAT)

    def stream(self, body: Body) -> Iterator[Body]:
        """Answer a chat request by chunks of `/v1/chat/completions` with `stream`. Closing the
        iterator stops the work."""
        raise self.cannot(CHAT)

    def embed(self, texts: list[str], purpose: str) -> list[list[float]]:
        """Return one unit vector of WIDTH numbers per text; `purpose` is "passage" or "query"."""
        raise self.cannot(EMBED)

    def rerank(self, query: str, texts: list[str]) -> list[float]:
        """Return how well each of `texts` answers `query`: the higher the better, on no fixed scale."""
        raise self.cannot(RERANK)

    def hear(self, sound: bytes, language: str) -> Transcript:
        """Return what is said in `sound`, any audio file; `language` (ISO 639-1) may be "". Raise
        Unreadable when it is no sound."""
        raise self.cannot(HEAR)

    def speaks(self, language: str) -> bool:
        """Whether it has a voice for `language` (ISO 639-1)."""
        return True

    def told_voices(self) -> list[Voice] | None:
        """Return the voices that may be asked for by name; None where it cannot say."""
        return None

    def speak(self, text: str, voice: str, speed: float, language: str) -> Speech:
        """Say `text`; a `voice` that it does not know is its default one; `speed` 1.0 is normal."""
        raise self.cannot(SPEAK)

    def read(self, picture: bytes, languages: list[str]) -> PictureText:
        """Return the text in `picture` in reading order; `languages` (ISO 639-1) may be empty.
        Raise Unreadable when it is no picture."""
        raise self.cannot(READ)

    def cannot(self, kind: str) -> ModelUnavailable:
        """Return the error that says that this backend does not do `kind`."""
        return ModelUnavailable("%(name)s cannot do this (%(kind)s).", name=self.name, kind=kind)
