"""A job's file, from the store to what stands in it: read in the sandbox, then by models."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from edu.multimodal.data import LISTENING, OPENING, READING_PICTURE, Document
from edu.multimodal.logic import hearing, pictures, pieces, sandbox, storage
from edu.multimodal.logic.jobs import Watch
from edu.multimodal.models import Job

Tell = Callable[[float, str], None]


@contextmanager
def work_folder() -> Iterator[Path]:
    """Give an empty folder that is gone afterwards."""
    home = Path(settings.EDU_DATA) / "work"
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=home, prefix="read-", ignore_cleanup_errors=True) as place:
        yield Path(place)


def read(watch: Watch, row: Job, kind: str, folder: Path, tell: Tell) -> Document:
    """Return what the format `kind` reads in the file of a job. Pictures and sounds that a model must
    read are left in `folder`. Raises Unreadable, TooLarge, UnsupportedType."""
    tell(0.0, OPENING)
    original = folder / "original"
    watch.call(storage.fetch_to, row.key, original)
    parts = folder / "parts"
    parts.mkdir()
    latest: list[tuple[float, str]] = []

    def show() -> None:
        if latest:
            tell(*latest.pop())
            latest.clear()

    return watch.call(
        sandbox.read,
        meanwhile=show,
        path=original,
        kind=kind,
        work=parts,
        tell=lambda share, stage: latest.append((share, stage)),
        cancelled=watch.stopped.is_set,
    )


def with_models(
    watch: Watch, document: Document, folder: Path, language: str, tell: Tell
) -> tuple[Document, str]:
    """Return `document` with the words of its pictures and sounds, and the language that was spoken
    (or `language`). Raises ModelUnavailable; what was read until then is kept."""
    parts = folder / "parts"

    def seen(done: int, total: int) -> None:
        tell(done / total, READING_PICTURE % {"number": done + 1, "count": total})

    def heard(done: float, total: float) -> None:
        tell(done / total if total else 0.0, heard_stage(done, total))

    document = pictures.see(watch, document, parts, language, seen)
    if document.sounds:
        segments, language = hearing.hear(watch, document.sounds, parts, language, heard)
        document = hearing.with_words(document, segments)
        pieces.keep(watch, pieces.CAPTIONS, 0, {"segments": hearing.plain(segments)})
    return document, language


def heard_stage(done: float, total: float) -> str:
    """Return how far the hearing is, in words."""
    return LISTENING % {"done": clock(done), "total": clock(total)}


def clock(seconds: float) -> str:
    """Return seconds as minutes and seconds, with hours where there are any."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
