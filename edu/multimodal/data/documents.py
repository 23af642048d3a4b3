"""What a format reads out of a file."""

from dataclasses import dataclass, field
from typing import Any

from edu.common.sources import Locator


@dataclass(frozen=True)
class Block:
    """A paragraph-sized piece in reading order. `kind` is heading, text, list, table, code, caption,
    notes or picture (what one shows); `level` 1..6 for headings; `locator` as in common.sources."""

    kind: str
    text: str
    locator: Locator
    level: int = 0


@dataclass(frozen=True)
class Picture:
    """A picture whose text is still to be read: `path` of a PNG or JPEG inside the work folder;
    `locator` of the page, slide or region that it shows; `whole` when it is the page itself (a scan),
    so that its lines get boxes on that page. It stands after the block number `after`. `look` is what
    was measured of it, see base/looks.py. `alt` is what the file says that it shows: its author, or, if
    it is `guessed`, the program that it was made with. One without a path cannot be drawn, and
    `media_type` says what it is, if that is known. `copy` is the path of a small one to be shown.
    `worded`: the words in it are known, and nobody needs to read them."""

    path: str
    locator: Locator
    whole: bool = True
    after: int = -1
    look: dict[str, Any] = field(default_factory=dict)
    alt: str = ""
    guessed: bool = False
    media_type: str = ""
    copy: str = ""
    worded: bool = False


@dataclass(frozen=True)
class Sound:
    """A sound track still to be transcribed: `path` of a 16 kHz mono WAV inside the work folder."""

    path: str
    seconds: float


@dataclass(frozen=True)
class Member:
    """A file that was in an archive: `path` inside the work folder, its `name` there with its folders,
    and the title that the archive's table of contents gives it."""

    path: str
    name: str
    title: str = ""


@dataclass(frozen=True)
class Left:
    """A file of an archive that is not brought, and why, in a sentence."""

    name: str
    why: str


@dataclass(frozen=True)
class Document:
    """All that a format read: text that is there, and pictures and sound that a model must read. What
    an archive holds are `members`, each to be read for itself, and what is `left` out."""

    title: str = ""
    blocks: list[Block] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    sounds: list[Sound] = field(default_factory=list)
    pages: int = 0
    seconds: float = 0.0
    members: list[Member] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)


@dataclass(frozen=True)
class Chunk:
    """A passage before it has an id: about 60 to 200 words under one heading `path`, or half a minute
    of speech. `times` are [sign, start, end] of what is said from that sign on."""

    text: str
    locator: Locator
    path: list[str] = field(default_factory=list)
    language: str = ""
    kind: str = "text"
    times: list[list[float]] = field(default_factory=list)
