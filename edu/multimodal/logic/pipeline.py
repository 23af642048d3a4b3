"""A material, from its file to passages that can be found.

Every step may be cut off at any instant: what it writes it writes in one transaction, under the
job's lease, and the next worker goes on after what is written.
"""

import contextlib
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from edu.common.text import gettext_noop as _
from edu.events.api import publish
from edu.inference import api as inference
from edu.inference.data import ModelUnavailable
from edu.multimodal.data import LEARNING, SUMMING_UP, TEACHES, Chunk, MaterialRead, Unreadable
from edu.multimodal.logic import (
    archives,
    captions,
    copies,
    figures,
    objectives,
    pieces,
    portraits,
    readers,
    reading,
    reads,
    replacing,
    turns,
    vectors,
    writing,
)
from edu.multimodal.logic.chunks import chunks as cut
from edu.multimodal.logic.jobs import Watch, do
from edu.multimodal.logic.jobs import run as run_job
from edu.multimodal.logic.lexemes import Indexed
from edu.multimodal.logic.vectors import Made
from edu.multimodal.models import Job, Material, Passage

LINE = turns.Line(Material, "uploaded_by", late="bulk")
# Where each step begins, as a share of the whole.
READ, MODELS, WRITE, SUM_UP = 0.01, 0.2, 0.5, 0.98

NOTHING = {
    "image": _(
        "There are no words in this picture that edu can read. Bring a larger or sharper one."
    ),
    "audio": _("Nothing is said in this recording that edu can hear."),
    "video": _("Nothing is said or shown in this film that edu can hear or read."),
    "": _("There are no words in this file, so there is nothing to learn from or to cite."),
}


def run(material_id: UUID, now: datetime) -> bool:
    """Read a material, if nobody else does; True when it became ready here."""
    return run_job(Material, material_id, _work, now)


def run_next(now: datetime) -> bool:
    """Read the material whose turn it is; True when it is of a large import, whose files each call for
    the next when they end."""
    watch = turns.take(LINE, now)
    if watch is None:
        return False
    bulk = Material.every.filter(id=watch.id, bulk=True).exists()
    if bulk:
        watch.gives_way = lambda: turns.gives_way(LINE, watch.id, timezone.now())
    do(watch, _work)
    return bulk


def _work(watch: Watch) -> None:
    row = Material.every.get(id=watch.id)
    with inference.on_behalf(user=str(row.uploaded_by), course=str(row.course)):
        _read_all(watch, row)


def _read_all(watch: Watch, row: Material) -> None:
    if row.kind == archives.KIND:
        archives.unpack(watch, row)
        return
    chunks, shown = _read(watch, row)
    language = _commonest(chunks)
    watch.tell(WRITE, TEACHES)
    if row.why != replacing.READER:  # or it has been offered already
        objectives.offer(watch, row, chunks, language)
    guide = watch.call(objectives.compass(row.course, language).learn)
    indexed = watch.call(writing.prepare, chunks)
    embedder = _write(watch, chunks, indexed, guide)
    watch.tell(SUM_UP, SUMMING_UP)
    portrait = watch.call(portraits.make, portraits.said(watch.id), language)
    with watch.writing() as row:
        now = timezone.now()
        writing.count_words(row, indexed)
        row.passages, row.language, row.embedder = len(chunks), language, embedder
        row.status, row.progress, row.stage = Job.Status.READY, 1.0, ""
        row.finished_at, row.reader = now, readers.now(row.kind)
        figures.keep(row, pieces.kept(row.id, "picture"), shown)
        if row.replaces is None:
            portraits.keep(row, portrait)
        elif not replacing.take_place(row, now):
            row.status, row.due_at = Job.Status.QUEUED, now
            return
        pieces.forget(row.id)
        if row.why != replacing.READER:
            of = str(row.replaces or row.id)
            publish(MaterialRead(of, str(row.course), str(row.uploaded_by)))
    if row.replaces is not None:
        replacing.finish(row)


def _read(watch: Watch, row: Material) -> tuple[list[Chunk], copies.Kept]:
    def opened(share: float, stage: str) -> None:
        watch.tell(READ + (MODELS - READ) * share, stage)

    def understood(share: float, stage: str) -> None:
        watch.tell(MODELS + (WRITE - MODELS) * share, stage)

    with reading.work_folder() as folder:
        document = reading.read(watch, row, row.kind, folder, opened)
        with watch.writing(finished=False) as row:
            row.pages, row.seconds = document.pages, document.seconds
            row.left = [[each.name, each.why] for each in document.left]
        seen = document.pictures
        document, language = reading.with_models(watch, document, folder, "", understood)
        # Last, as what was put into the store is lost when somebody else has to go on from here.
        shown = watch.call(copies.keep, seen, folder / "parts")
    document = captions.kept(row.replaces or row.id, row.sha256, document)
    chunks = watch.call(cut, document, language, reads.usual(row.course))
    if not chunks:
        raise Unreadable(NOTHING.get(row.media_type.partition("/")[0], NOTHING[""]))
    return chunks, shown


def _write(
    watch: Watch, chunks: list[Chunk], indexed: list[Indexed], guide: objectives.Compass
) -> str:
    """Write the passages in small portions, each with its vectors and its objective; return the model
    that made all vectors, or "". Nobody sees them before the material is ready."""
    with watch.writing(finished=False) as row:
        done, ids = writing.already(row, chunks)
    models = set(Passage.objects.filter(material=row).values_list("model", flat=True))
    for at in range(done, len(chunks), vectors.BATCH):
        part = chunks[at : at + vectors.BATCH]
        share = WRITE + (1 - WRITE) * at / len(chunks)
        watch.tell(share, LEARNING % {"number": at + 1, "count": len(chunks)})
        model, made = "", list[Made | None]([None] * len(part))
        if "" not in models:  # one that did not answer before is not waited for again
            with contextlib.suppress(ModelUnavailable):
                model, made[:] = watch.call(vectors.make, part)
        models.add(model)
        with watch.writing() as row:
            Passage.objects.bulk_create(
                writing.passage(
                    row,
                    at + number,
                    chunk,
                    indexed[at + number],
                    ids=ids,
                    objective=guide.nearest(chunk, each.vector if each else None, model),
                    model=model,
                    made=each,
                )
                for number, (chunk, each) in enumerate(zip(part, made, strict=True))
            )
    return models.pop() if len(models) == 1 else ""


def _commonest(chunks: list[Chunk]) -> str:
    weights: dict[str, int] = {}
    for chunk in chunks:
        weights[chunk.language] = weights.get(chunk.language, 0) + len(chunk.text)
    return max(weights, key=lambda each: weights[each], default="")
