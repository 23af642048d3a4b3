"""Bytes under keys, and notes beside the database."""

from pathlib import Path

from django.utils import timezone

from edu.multimodal.data import Stored
from edu.multimodal.logic import (
    storage,
    sweeping,
)


def keep(*, kind: str, data: bytes, media_type: str) -> Stored:
    """Keep bytes under a key that nobody can guess, which the caller keeps. `kind` is a word of theirs."""
    return storage.keep(kind, data, media_type)


def keep_file(*, kind: str, path: str, media_type: str) -> Stored:
    """Keep the file at `path`, as `keep` keeps bytes."""
    return storage.keep_file(kind, Path(path), media_type)


def fetch(*, key: str) -> bytes:
    """Return the bytes under `key`; raise NotFound. No access check."""
    return storage.fetch(key)


def size(*, key: str) -> int:
    """Return how many bytes are under `key`; raise NotFound. No access check."""
    return storage.objects().size(key)


def part(*, key: str, start: int, end: int) -> bytes:
    """Return the bytes from `start` to before `end`, or to their end; raise NotFound. No access check."""
    return storage.fetch_part(key, start, end)


def drop(*, key: str) -> None:
    """Remove the bytes under `key`; nothing there is no error. No access check."""
    storage.objects().drop(key)


def remember(*, kind: str, name: str, text: str) -> None:
    """Note beside the database what an earlier state of it would not know: storage.NOTES has the kinds."""
    storage.objects().note(storage.note_key(kind, name), text)


def remembered(*, kind: str, texts: bool = True) -> dict[str, str]:
    """Return the notes of one kind, by name (32 hex digits); "" for each without `texts`."""
    return storage.objects().notes(kind, texts)


def reseal(*, after: str) -> str | None:
    """Seal anew some files after the key `after` ("": all); return where to go on, None at the end."""
    return sweeping.reseal(after, timezone.now())
