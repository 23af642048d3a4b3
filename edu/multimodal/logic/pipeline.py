"""A material, from its file to passages that can be found.

Every step may be cut off at any instant: what it writes it writes in one transaction, under the
job's lease, and the next worker goes on after what is written.
"""

import contextlib
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from edu.common.text import gettext_noop as _
from edu.courses import api as courses
from edu.events.api import publish
from edu.inference.data import ModelUnavailable
from edu.multimodal.data import Chunk, MaterialRead, Unreadable
from edu.multimodal.logic import objectives, pieces, reading, vectors
from edu.multimodal.logic.chunks import chunks as cut
from edu.multimodal.logic.jobs import Watch
from edu.multimodal.logic.jobs import run as run_job
from edu.multimodal.logic.writing import replace_passages
from edu.multimodal.models import Job, Material

# Where each step begins, as a share of the whole.
READ, MODELS, WRITE, EMBED, OBJECTIVES = 0.01, 0.2, 0.7, 0.72, 0.97

NOTHING = {
    "image": _(
        "There are no words in this picture that edu can read. Bring a larger or sharper one."
    ),
    "audio": _("Nothing is said in this recording that edu can hear."),
    "": _("There are no words in this file, so there is nothing to learn from or to cite."),
}


def run(material_id: UUID, now: datetime) -> bool:
    """Read a material, if nobody else does; True when it became ready here."""
    return run_job(Material, material_id, _work, now)


def _work(watch: Watch) -> None:
    row = Material.objects.get(id=watch.id)
    root = UUID(courses.root(course=str(row.course)).id)
    if not row.passages:
        _read(watch, row, root)
    embedder = ""
    with contextlib.suppress(ModelUnavailable):  # found by its words, until the sweeper makes them
        embedder = vectors.fill(watch, row.id, EMBED, OBJECTIVES)
    watch.tell(OBJECTIVES, "Finding what it teaches")
    objectives.offer(watch, row)
    tags = watch.call(objectives.nearest, *objectives.material(row))
    with watch.writing() as row:
        objectives.write(tags)
        row.status, row.progress, row.stage = Job.Status.READY, 1.0, ""
        row.embedder, row.finished_at = embedder, timezone.now()
        pieces.forget(row.id)
        publish(MaterialRead(str(row.id), str(row.course), str(row.uploaded_by)))


def _read(watch: Watch, row: Material, root: UUID) -> None:
    def opened(share: float, stage: str) -> None:
        watch.tell(READ + (MODELS - READ) * share, stage)

    def understood(share: float, stage: str) -> None:
        watch.tell(MODELS + (WRITE - MODELS) * share, stage)

    with reading.work_folder() as folder:
        document = reading.read(watch, row, row.kind, folder, opened)
        pages, seconds = document.pages, document.seconds
        with watch.writing(finished=False) as row:
            row.pages, row.seconds = pages, seconds
        document, language = reading.with_models(watch, document, folder, "", understood)
    chunks = watch.call(cut, document, language)
    if not chunks:
        raise Unreadable(NOTHING.get(row.media_type.partition("/")[0], NOTHING[""]))
    watch.tell(WRITE, "Writing down the passages")
    with watch.writing() as row:
        row.passages = replace_passages(row, chunks, root)
        row.language = _commonest(chunks)


def _commonest(chunks: list[Chunk]) -> str:
    weights: dict[str, int] = {}
    for chunk in chunks:
        weights[chunk.language] = weights.get(chunk.language, 0) + len(chunk.text)
    return max(weights, key=lambda each: weights[each], default="")
