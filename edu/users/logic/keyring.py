"""Private keys in a file: the first one signs, the others verify until their last token has run out."""

import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

END = "-----END PRIVATE KEY-----"
_UNTIL = re.compile(r"# verifies until (\S+)")
_read: dict[Path, tuple[tuple[int, int], str]] = {}


@dataclass(frozen=True)
class Kept:
    """One PEM of the file; `until` is None for the one that signs, and for keys of our own choosing."""

    pem: str
    until: datetime | None = None


def parts(text: str) -> list[Kept]:
    """Return the keys in `text`, PEM after PEM, each with what is noted before it."""
    found = []
    for part in text.split(END)[:-1]:
        note, mark, body = part.partition("-----BEGIN")
        told = _UNTIL.search(note)
        until = datetime.fromisoformat(told.group(1)) if told else None
        found.append(Kept(f"{mark}{body.rstrip()}\n{END}\n", until))
    return found


def kept(place: Path, make: Callable[[], str]) -> str:
    """Return the text of the file; with a key that `make` made (mode 0600) when there is none. Several
    processes may do so at once: the first one's is kept. What another process wrote since is seen."""
    try:
        state = place.stat()
    except FileNotFoundError:
        draft = _draft(place, make())
        try:
            place.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        state = place.stat()
    mark = (state.st_ino, state.st_mtime_ns)
    known = _read.get(place)
    if known is None or known[0] != mark:
        known = _read[place] = (mark, place.read_text())
    return known[1]


def rotate(place: Path, make: Callable[[], str], life: timedelta, now: datetime) -> None:
    """Put a new key in front. The one that signed until now verifies for `life` more, as long as its
    youngest token lives; those whose time is over go."""
    old = parts(kept(place, make))
    text = make()
    for each in old:
        until = each.until or now + life
        if until > now:
            text += f"# verifies until {until.isoformat()}\n{each.pem}"
    _draft(place, text).replace(place)


def _draft(place: Path, text: str) -> Path:
    """Write `text` beside `place`, so that nobody ever reads half a file."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=place.parent)  # mkstemp makes it 0600
    with os.fdopen(handle, "w") as file:
        file.write(text)
    return Path(name)
