"""A file at the door: how big, of which kind, what to call it; then the row that stands for it."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings

from edu.multimodal import data
from edu.multimodal.base.detect import detect
from edu.multimodal.logic import jobs, storage
from edu.multimodal.models import Material

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Brought:
    """What is known of a file before anybody reads it."""

    file_name: str
    title: str
    kind: str
    media_type: str


def plain_name(file_name: str) -> str:
    """Return the last part of what a person's machine called a file, as words and never as a place:
    without control signs, and without marks that turn the direction of writing."""
    last = file_name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C")
    name = " ".join(unicodedata.normalize("NFC", kept).split()).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if len(name) > 200:
        name = f"{stem[: 199 - len(ending)]}.{ending}" if dot and len(ending) < 10 else name[:200]
    return name or "file"


def plain_title(file_name: str) -> str:
    """Return a title to begin with: the name without its ending, with blanks for underscores."""
    stem, dot, ending = file_name.rpartition(".")
    name = stem if dot and stem and len(ending) <= 5 else file_name
    return " ".join(name.replace("_", " ").split())[:200] or "file"


def check_size(size: int) -> None:
    """Raise TooLarge for more bytes than are taken in."""
    limit = settings.EDU_MAX_UPLOAD_MB
    if size > limit * MEGABYTE:
        raise data.TooLarge(limit=limit)


def look(path: Path, file_name: str) -> Brought:
    """Look at a file: raise TooLarge, UnsupportedType or Unreadable, or say what it is."""
    check_size(path.stat().st_size)
    name = plain_name(file_name)
    kind, media_type = detect(path, name)
    return Brought(name, plain_title(name), kind.name, media_type)


@contextmanager
def kept(kind: str, path: Path, media_type: str) -> Iterator[data.Stored]:
    """Keep a file for a row that is now written; what is kept goes again if that fails."""
    stored = storage.keep_file(kind, path, media_type)
    try:
        yield stored
    except BaseException:
        storage.objects().drop(stored.key)
        raise


def enter(
    course: UUID,
    user: UUID,
    brought: Brought,
    title: str,
    stored: data.Stored,
    now: datetime,
    url: str = "",
    bulk: bool = False,
) -> Material:
    """Write down a material that waits to be read; `url` is where a page of the web was found, `bulk`
    says that nobody waits for it."""
    return Material.objects.create(
        course=course,
        uploaded_by=user,
        title=title,
        file_name=brought.file_name,
        media_type=brought.media_type,
        kind=brought.kind,
        bytes=stored.bytes,
        sha256=stored.sha256,
        key=stored.key,
        due_at=now + timedelta(seconds=jobs.PATIENCE),
        url=url,
        fetched_at=now if url else None,
        bulk=bulk,
    )
