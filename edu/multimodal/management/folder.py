"""A folder of files: which of them are to be brought, how far that is, and what became of each."""

import csv
import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from edu.multimodal.data import Reading

BROUGHT, THERE, REFUSED, FAILED, WAITS = "brought", "already there", "refused", "failed", "waits"
WIDTH = 24  # of the bar


@dataclass
class Line:
    """One file: its place in the folder, what became of it, and why not."""

    file: str
    result: str = WAITS
    why: str = ""
    material: str = ""
    title: str = ""
    status: str = ""
    pages: int = 0
    seconds: float = 0.0
    passages: int = 0
    bytes: int = 0
    sha256: str = ""
    progress: float = field(default=0.0, repr=False)


def found(home: Path, patterns: Sequence[str], leave: Sequence[str]) -> Iterator[Path]:
    """Yield the files under a folder in the order of their names, numbers by their size. What is hidden
    is left out, links are not followed, and only what has a name or place like one of `patterns` is taken."""
    try:
        with os.scandir(home) as entries:
            here = sorted(entries, key=lambda entry: _natural(entry.name))
    except OSError:
        yield home  # whoever brings it is told why it cannot be read
        return
    for entry in here:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            for path in found(Path(entry.path), (), ()):
                if _taken(path.relative_to(home).as_posix(), patterns, leave):
                    yield path
        elif entry.is_file(follow_symlinks=False) and _taken(entry.name, patterns, leave):
            yield Path(entry.path)


def _taken(place: str, patterns: Sequence[str], leave: Sequence[str]) -> bool:
    def like(pattern: str) -> bool:
        name = place.rpartition("/")[2]
        return any(fnmatch(each.casefold(), pattern.casefold()) for each in (name, place))

    return (not patterns or any(map(like, patterns))) and not any(map(like, leave))


def _natural(name: str) -> list[tuple[int, int, str]]:
    parts = re.findall(r"\d+|\D+", name.casefold())
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts]


def titles(places: Sequence[str]) -> dict[str, str]:
    """Return titles of files whose names come more than once: with the folder that they are in. The
    others are called as everything that is brought."""
    names = Counter(_stem(place) for place in places)
    told = {}
    for place in places:
        folder = place.rpartition("/")[0].rpartition("/")[2]
        if names[_stem(place)] > 1 and folder:
            told[place] = f"{_stem(place)} ({folder})".replace("_", " ")[:200]
    return told


def _stem(place: str) -> str:
    return Path(place).stem


def note(line: Line, reading: Reading) -> None:
    """Write down how far the reading of a file is."""
    line.status, line.progress, line.passages = reading.status, reading.progress, reading.passages
    line.title = reading.title
    if reading.unit == "second":
        line.seconds = round(reading.done, 1)
    elif reading.unit in ("page", "slide", ""):
        line.pages = int(reading.done)
    if reading.status in ("failed", "cancelled"):
        line.result = FAILED
        line.why = reading.error or "Its reading was stopped."
    if over(line):
        line.progress = 1.0


def over(line: Line) -> bool:
    """Whether nothing changes any more."""
    return line.result in (REFUSED, FAILED) or line.status in ("ready", "failed", "cancelled")


def clock(seconds: float) -> str:
    """Return seconds as hours, minutes and seconds."""
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def bar(lines: Sequence[Line], stage: str, width: int) -> str:
    """Return how far an import is, in one line of `width` signs at most."""
    share = sum(line.progress if not over(line) else 1.0 for line in lines) / max(1, len(lines))
    full = int(WIDTH * share)
    done = sum(over(line) for line in lines)
    pages, seconds = sum(line.pages for line in lines), sum(line.seconds for line in lines)
    told = [f"{done} of {len(lines)} files"]
    told += [f"{pages} pages read"] if pages else []
    told += [f"{clock(seconds)} heard"] if seconds else []
    told += [stage] if stage else []
    return f"[{'#' * full}{'.' * (WIDTH - full)}] {share:4.0%}  {', '.join(told)}"[:width]


def summary(lines: Sequence[Line]) -> list[str]:
    """Return what became of an import, in a few lines and one for each file that was not brought."""
    counts = Counter(line.result for line in lines)
    told = [f"{counts[each]:>6} {each}" for each in (BROUGHT, THERE, REFUSED, FAILED, WAITS)]
    unread = sum(line.result in (BROUGHT, THERE) and not over(line) for line in lines)
    told += [f"{unread:>6} of them still being read"] if unread else []
    wrong = [line for line in lines if line.result in (REFUSED, FAILED)]
    return told + [f"{line.result}: {line.file}: {line.why}" for line in wrong]


def write(lines: Sequence[Line], place: Path) -> None:
    """Write the report: JSON, or CSV where the name ends so."""
    rows = [asdict(line) for line in lines]
    for row in rows:
        row.pop("progress")
    draft = place.with_name(f".{place.name}.draft")
    if place.suffix.lower() == ".csv":
        with draft.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, fieldnames=list(rows[0]) if rows else ["file"])
            writer.writeheader()
            writer.writerows({name: _plain(value) for name, value in row.items()} for row in rows)
    else:
        counts = Counter(line.result for line in lines)
        told = {"files": len(rows), **counts, "results": rows}
        draft.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(place)


def _plain(value: object) -> object:
    """A name that begins like a formula is a word in a table too."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@") else value
