"""Materials in, passages with locators out."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from edu.common.errors import Conflict, Denied, Invalid, NotFound
from edu.common.sources import Locator, Source
from edu.common.text import gettext_noop as _
from edu.events.data import Fact
from edu.multimodal.data.documents import (
    Block,
    Chunk,
    Document,
    Left,
    Member,
    Picture,
    Sound,
)

__all__ = ["Block", "Chunk", "Document", "Left", "Member", "Picture", "Sound"]


class NoSuchMaterial(NotFound):
    """No such material, or not the asker's."""

    detail = _("There is no such material, or it is not yours to see.")


class TooLarge(Invalid):
    """413: over the size limit."""

    detail = _("This file is over the limit of %(limit)s MB. Split it and bring the parts.")


class UnsupportedType(Invalid):
    """415: a type that no format reads."""

    detail = _("edu cannot read this kind of file (%(found)s). Bring one of these: %(known)s.")


class Unreadable(Invalid):
    """422: a file of a known type that cannot be read; `detail` says why and what to do."""

    detail = _("This file cannot be read. It may be damaged: save it again and bring it once more.")


class NoPicture(NotFound):
    """There is no such page, or this kind of file has none."""

    detail = _("There is no picture of this page.")


class NothingToRetry(Conflict):
    """It is ready, or still being worked on."""

    detail = _("This did not fail, so there is nothing to try again.")


class NotWorking(Conflict):
    """There is nothing to cancel or to try again."""

    detail = _("This is not being worked on, so there is nothing to stop.")


class TooManyWaiting(Conflict):
    """409: so much waits already that one person wants spoken."""

    detail = _("Ten long texts of yours are being spoken or wait. Cancel one, or wait for it.")


class NoSuchCue(NotFound):
    """404: no line begins at this second."""

    detail = _("There is no such line. It may have been heard anew since.")


class NotEdited(Conflict):
    """409: nobody edited this line."""

    detail = _("Nobody has changed this line, so there is nothing to undo.")


class NothingHeard(Conflict):
    """409: there is nothing to go back to."""

    detail = _("The machine hears nothing here now, so there is nothing to go back to.")


class NotHeardYet(Conflict):
    """409: its words may still change by themselves."""

    detail = _("This is still being read. Change its words when it is ready.")


class CueChanged(Conflict):
    """409: somebody else was quicker."""

    detail = _("Somebody else changed this line meanwhile. It now says: %(text)s")


# What a worker says that it is doing; it writes them down filled in, and web translates them.
OPENING = _("Opening the file")
OPENING_SOUND = _("Opening the recording")
READING_TEXT = _("Reading the text")
READING_WEB = _("Reading the page")
LOOKING = _("Looking at the picture")
READING_PAGE = _("Reading page %(number)s of %(count)s")
DRAWING_PAGE = _("Drawing page %(number)s of %(count)s")
READING_SLIDE = _("Reading slide %(number)s of %(count)s")
READING_SHEET = _("Reading sheet %(number)s of %(count)s")
UNPACKING = _("Unpacking file %(number)s of %(count)s")
LOOKING_AT = _("Looking at scene %(number)s")
READING_CHAPTER = _("Reading chapter %(number)s of %(count)s")
READING_PARAGRAPH = _("Reading paragraph %(number)s of %(count)s")
READING_PICTURE = _("Reading picture %(number)s of %(count)s")
DECODING = _("Decoding minute %(number)s")
LISTENING = _("Listening, %(done)s of %(total)s")
TEACHES = _("Looking for what it teaches")
LEARNING = _("Learning what it means, passage %(number)s of %(count)s")
SUMMING_UP = _("Summing it up")
WAITING = _("Waiting: %(why)s")
STAGES = (
    *(OPENING, OPENING_SOUND, READING_TEXT, READING_WEB, LOOKING, READING_PAGE, DRAWING_PAGE),
    *(READING_SHEET, READING_CHAPTER, UNPACKING, LOOKING_AT),
    *(READING_SLIDE, READING_PARAGRAPH, READING_PICTURE, DECODING, LISTENING, TEACHES, LEARNING),
    SUMMING_UP,
    WAITING,
)


# Why files of questions in an archive are left out; the answers stand in the archive then.
QUESTIONS = _("Questions of a packed course are not brought.")
KEYLESS = _("Its questions are brought without what is right, which only teachers may save.")


class KeysInside(Denied):
    """403: an archive in which the answers of its questions stand."""

    detail = _("Answers to questions may stand in this file, so only teachers may save it.")


# --- what the service keeps ----------------------------------------------------------------------


@dataclass(frozen=True)
class Form:
    """A format as pages show it: `called` so in a list of materials (in English), `brought` in the
    list of what may be brought, with this icon; `view` is what the viewer draws it as: text, page,
    picture, slides, sound, contents (of an archive), or said (the words of a recording that is not there)."""

    name: str
    called: str
    brought: str
    icon: str
    view: str
    endings: tuple[str, ...]


@dataclass(frozen=True)
class Material:
    """`kind` is the format's name; `status` is queued, running, ready, failed or cancelled; `stage` is
    one short sentence about what is happening now ("Reading page 12 of 100"). `words_only` says that
    it is ready but found by its words alone, until the model for meaning answers again. A page of the
    web has the `url` where it was found; `drift` says what changed when it was last fetched again:
    how many passages were "kept", and the texts that "went" and "came" (a number at last: so many
    more), what "changed" from one to the other, and "why" (file, page, reader). What came in an archive
    names that, and its place `inside`; `left` is what could not be read, or, of
    an archive, what was left out. `replacement` is what is read to
    take its place: why, file_name, status, progress, stage, error."""

    id: str
    course: str
    title: str
    file_name: str
    media_type: str
    kind: str
    bytes: int
    status: str
    progress: float
    stage: str
    error: str | None
    passages: int
    pages: int
    seconds: float
    language: str
    uploaded_by: str
    created_at: datetime
    removed: bool = False
    words_only: bool = False
    url: str = ""
    fetched_at: datetime | None = None
    drift: dict[str, Any] = field(default_factory=dict)
    archive: str | None = None
    inside: str = ""
    left: list[Left] = field(default_factory=list)
    replacement: dict[str, Any] | None = None

    @property
    def keyed(self) -> bool:
        """Whether the answers of questions stand in its file, or may, as nobody has looked into it yet:
        then learners may not save it."""
        unseen = self.kind == "archive" and self.status != "ready"
        return unseen or any(each.why in (QUESTIONS, KEYLESS) for each in self.left)


@dataclass(frozen=True)
class Reading:
    """How far the reading of a material is: `done` of `total`, counted in `unit` (page, slide, sheet,
    chapter, paragraph, picture or second; nothing of nothing where neither is known)."""

    material: str
    status: str
    progress: float
    stage: str
    error: str
    unit: str
    done: float
    total: float
    passages: int
    title: str = ""


@dataclass(frozen=True)
class Imported:
    """What became of one file of an import: it was `brought` now, or was there before as `material`."""

    material: str
    brought: bool
    sha256: str


@dataclass(frozen=True)
class Passage:
    """A citable piece of a material; `objective` is the objective it teaches."""

    id: str
    material: str
    course: str
    ordinal: int
    text: str
    locator: Locator
    path: list[str]
    objective: str | None
    language: str
    kind: str


@dataclass(frozen=True)
class Found:
    """Answer of a search: hits, best first, and whether they are relevant at all: `relevant` is False
    when nothing in the course speaks of this."""

    results: list[Source]
    relevant: bool


@dataclass(frozen=True)
class Cue:
    """A caption: what is said between two seconds. It begins at the sign `begin` of its passage. Where
    somebody edited it, the id of that `edit`, who and when, and what the machine hears there; `differs`
    when it heard other words since."""

    start: float
    end: float
    text: str
    passage: str
    begin: int
    id: str = ""
    edit: str = ""
    edited_by: str = ""
    edited_at: datetime | None = None
    heard: str = ""
    differs: bool = False


@dataclass(frozen=True)
class CueChange:
    """One edit of a caption: what was heard, what was written instead, by whom and when, and when and by
    whom it was ended (written once more, or undone)."""

    id: str
    start: float
    end: float
    heard: str
    text: str
    by: str
    at: datetime
    until: datetime | None
    ended_by: str


@dataclass(frozen=True)
class Transcription:
    """A recording that is or was being transcribed for somebody, outside of any course."""

    id: str
    status: str
    progress: float
    error: str | None
    text: str
    language: str
    segments: list[dict[str, Any]]
    stage: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class Utterance:
    """A long text that is or was being spoken for somebody: `seconds` of sound, once it is ready."""

    id: str
    status: str
    progress: float
    error: str | None
    stage: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class Stored:
    """Where the bytes of something are: an object `key`, its type, size and sha256."""

    key: str
    media_type: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Original:
    """The file of a material as it was brought: `key` in the object store, and what it was called."""

    key: str
    media_type: str
    bytes: int
    sha256: str
    file_name: str


@dataclass(frozen=True)
class Drawn:
    """A picture that a page of a material was drawn as."""

    picture: bytes
    media_type: str


@dataclass(frozen=True)
class Placed:
    """A word on a page and its box, [x0, y0, x1, y1] in fractions of the page from the top left."""

    text: str
    box: list[float]


@dataclass(frozen=True)
class PageLine:
    """A line on a page, in reading order; `passage` is the id of the passage that it stands in, or ""
    (as of a header). `rough`: its place is worked out from that of its paragraph."""

    words: list[Placed]
    passage: str = ""
    rough: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading of a material: its title, how deep it is (0 first), the passage that stands under it
    first, that passage's ordinal and place."""

    title: str
    depth: int
    passage: str
    ordinal: int
    locator: Locator


@dataclass(frozen=True)
class Quoted:
    """Words of a material as they stand in a passage of it, and the address that shows them there."""

    passage: str
    quote: str
    locator: Locator
    url: str
    language: str = ""


@dataclass(frozen=True)
class KeyTerm:
    """A term, how often it occurs, and a sentence of the material that defines it or else (`defined` is
    False) the term itself where it first stands."""

    term: str
    count: int
    quoted: Quoted
    defined: bool


@dataclass(frozen=True)
class ReadingLevel:
    """How hard a text is: the `score` on the scale of the published `formula`, and the `band` of school
    years for which such texts are: 1-4, 5-6, 7-9, 10-12 or 13+ (after school)."""

    formula: str
    score: float
    band: str


@dataclass(frozen=True)
class Step:
    """One step of written work on a picture, from 1; `box` as fractions of the picture."""

    number: int
    text: str
    box: list[float]


@dataclass(frozen=True)
class Figure:
    """A picture in a material. `kind` is photo, chart, diagram, formula, table, handwriting, text (a page
    of it) or ""; `words` are the lines that were read in it; `authored` is what the file's author says
    of it, `described` what a model that sees says, `edited` what a person wrote instead; all empty:
    nobody has described it. `latex` is a formula as a model reads it. `shown`: a copy of it is kept, of
    this `media_type`; else that says what it is in the file, as far as that is known."""

    id: str
    material: str
    ordinal: int
    locator: Locator
    kind: str
    wide: int
    high: int
    words: list[str]
    steps: list[Step]
    described: str
    latex: str
    edited: str
    authored: str = ""
    shown: bool = False
    media_type: str = ""


@dataclass(frozen=True)
class Portrait:
    """What a material tells of itself, all of it in its own words; `made` is False until that is looked
    for. Where there is no `level`, `missing` says why: short, or language."""

    made: bool
    summary: list[Quoted] = field(default_factory=list)
    terms: list[KeyTerm] = field(default_factory=list)
    level: ReadingLevel | None = None
    missing: str = ""


@dataclass(frozen=True)
class Captions:
    """What is said in a recording: segments {"start", "end", "text"}, times in seconds."""

    segments: list[dict[str, Any]]


@dataclass(frozen=True)
class MaterialRead(Fact):
    """A material is ready: its passages can be searched."""

    material: str
    course: str
    user: str


@dataclass(frozen=True)
class MaterialRemoved(Fact):
    """A material is gone for good."""

    material: str
    course: str
