"""What passages mean, as vectors: made in batches, kept with the model that made them."""

import logging
from uuid import UUID

from django.db import connection
from django.db.models import Q

from edu.inference import api as inference
from edu.inference.data import ModelUnavailable
from edu.multimodal.logic.jobs import Watch
from edu.multimodal.models import DIMENSIONS, Passage

log = logging.getLogger(__name__)
BATCH = 32


class WrongWidth(ModelUnavailable):
    """The embedder makes vectors of another width than the index has."""

    detail = (
        "The embedding model gives %(found)s numbers and not %(wanted)s. "
        "Set EDU_EMBED_NAME to a model of %(wanted)s dimensions."
    )


def lacking(model: str) -> Q:
    """Return the condition of passages without a vector of `model`."""
    return Q(vector=None) | ~Q(model=model)


def embedded(row: Passage) -> str:
    """Return what is embedded of a passage: its text under the headings it stands under."""
    return f"{' – '.join(row.path[-2:])}\n{row.text}" if row.path else row.text


def make(texts: list[str]) -> tuple[str, list[list[float]]]:
    """Return (model, a vector for each text). Raises ModelUnavailable, also for a model of another
    width: such vectors cannot be kept, and passages are then found by their words alone."""
    made = inference.embed(texts=texts)
    if made.rows and len(made.rows[0]) != DIMENSIONS:
        log.error("the embedder gives %s dimensions, not %s", len(made.rows[0]), DIMENSIONS)
        raise WrongWidth(found=len(made.rows[0]), wanted=DIMENSIONS)
    return made.model, made.rows


def keep(ids: list[UUID], model: str, rows: list[list[float]]) -> None:
    """Write vectors to their passages."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE multimodal_passage p SET vector = v.vector::halfvec, model = %s "
            "FROM unnest(%s::uuid[], %s::text[]) AS v(id, vector) WHERE p.id = v.id",
            [model[:100], ids, [str(row) for row in rows]],
        )


def fill(watch: Watch, material: UUID) -> None:
    """Make the vectors that the passages of a material lack, telling how far it is."""
    model = watch.call(inference.embedder)
    passages = Passage.objects.filter(material=material)
    total = passages.count()
    while batch := list(passages.filter(lacking(model)).order_by("ordinal")[:BATCH]):
        done = batch[0].ordinal
        watch.tell(0.72 + 0.25 * done / max(1, total), f"Learning what it means, {done} of {total}")
        model, rows = watch.call(make, [embedded(each) for each in batch])
        with watch.writing():
            keep([each.id for each in batch], model, rows)
