"""A material, from its file to passages that can be found.

Every step may be cut off at any instant: what it writes it writes in one transaction, under the
job's lease, and the next worker goes on after what is written.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from edu.common.text import gettext_noop as _
from edu.courses import api as courses
from edu.events.api import publish
from edu.inference.data import ModelUnavailable
from edu.multimodal.data import Chunk, Document, MaterialRead, Unreadable
from edu.multimodal.logic import reading, storage, vectors
from edu.multimodal.logic.jobs import Watch
from edu.multimodal.logic.jobs import run as run_job
from edu.multimodal.logic.writing import replace_passages
from edu.multimodal.models import Job, Material, Piece


class NothingInIt(Unreadable):
    """A file that opens well and holds no word."""

    detail = _("No words were found in this file, so there is nothing to learn from or to cite.")


def run(material_id: UUID, now: datetime) -> bool:
    """Read a material, if nobody else does; True when it became ready here."""
    return run_job(Material, material_id, _work, now)


def _work(watch: Watch) -> None:
    row = Material.objects.get(id=watch.id)
    if not row.passages:
        with work_folder() as folder:
            chunks = _read(watch, row, folder)
        _write(watch, chunks)
    words_only = False
    try:
        vectors.fill(watch, row.id)
    except ModelUnavailable:
        words_only = True  # found by its words meanwhile; the sweeper makes the vectors later
    _finish(watch, words_only)


@contextmanager
def work_folder() -> Iterator[Path]:
    """Give an empty folder that is gone afterwards."""
    home = Path(settings.EDU_DATA) / "work"
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=home, prefix="read-", ignore_cleanup_errors=True) as place:
        yield Path(place)


def _read(watch: Watch, row: Material, folder: Path) -> list[Chunk]:
    watch.tell(0.01, "Opening the file")
    original = folder / "original"
    watch.call(storage.fetch_to, row.key, original)
    document: Document = watch.call(reading.read, original)
    chunks: list[Chunk] = watch.call(reading.chunks, document)
    if not chunks:
        raise NothingInIt
    return chunks


def _write(watch: Watch, chunks: list[Chunk]) -> None:
    watch.tell(0.7, "Writing down the passages")
    root = UUID(courses.root(course=str(_course(watch.id))).id)
    with watch.writing() as row:
        row.passages = replace_passages(row, chunks, root)
        row.language = _commonest(chunks)


def _course(material_id: UUID) -> Any:
    return Material.objects.values_list("course", flat=True).get(id=material_id)


def _commonest(chunks: list[Chunk]) -> str:
    weights: dict[str, int] = {}
    for chunk in chunks:
        weights[chunk.language] = weights.get(chunk.language, 0) + len(chunk.text)
    return max(weights, key=lambda each: weights[each], default="")


def _finish(watch: Watch, words_only: bool) -> None:
    with watch.writing() as row:
        row.status, row.progress, row.stage = Job.Status.READY, 1.0, ""
        row.words_only, row.finished_at = words_only, timezone.now()
        Piece.objects.filter(job=row.id).delete()
        publish(MaterialRead(str(row.id), str(row.course), str(row.uploaded_by)))
