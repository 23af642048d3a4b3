"""What passages mean, as vectors: made in batches, kept with the model that made them."""

import logging
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection
from django.db.models import Q

from edu.inference import api as inference
from edu.inference.data import ModelUnavailable
from edu.multimodal.logic.jobs import Watch
from edu.multimodal.logic.lexemes import sentence_texts
from edu.multimodal.models import DIMENSIONS, Passage

log = logging.getLogger(__name__)
BATCH = 16  # passages at a time, each with its sentences


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


def shrink(rows: list[list[float]]) -> bytes:
    """Return unit vectors in an eighth of the room: one byte a number, and their scale before them."""
    exact = np.asarray(rows, dtype=np.float32).reshape(-1, DIMENSIONS)
    scale = np.abs(exact).max(axis=1, keepdims=True) / 127
    scale[scale == 0] = 1
    small = np.round(exact / scale).astype(np.int8)
    return np.hstack([scale.astype(np.float32).view(np.int8), small]).tobytes()


def likeness(small: bytes, vector: list[float]) -> np.ndarray[Any, Any]:
    """Return the cosines between what `shrink` made and a unit vector."""
    rows = np.frombuffer(small, dtype=np.int8).reshape(-1, DIMENSIONS + 4)
    scale = np.ascontiguousarray(rows[:, :4]).view(np.float32)[:, 0]
    found: np.ndarray[Any, Any] = (
        rows[:, 4:].astype(np.float32) @ np.asarray(vector, np.float32)
    ) * scale
    return found


def make(passages: list[Passage]) -> tuple[str, list[tuple[UUID, list[float], bytes]]]:
    """Return (model, for each passage its id, its vector and those of its sentences).

    Raises ModelUnavailable, also for a model of another width: such vectors cannot be kept, and
    passages are then found by their words alone.
    """
    texts: list[str] = []
    counts = []
    for row in passages:
        parts = sentence_texts(row.text, row.language)
        counts.append(len(parts) if len(parts) > 1 else 0)  # a single one is the passage itself
        texts += [embedded(row), *parts[: counts[-1]]]
    made = inference.embed(texts=texts)
    if made.rows and len(made.rows[0]) != DIMENSIONS:
        log.error("the embedder gives %s dimensions, not %s", len(made.rows[0]), DIMENSIONS)
        raise WrongWidth(found=len(made.rows[0]), wanted=DIMENSIONS)
    found, at = [], 0
    for row, count in zip(passages, counts, strict=True):
        whole, parts_of = made.rows[at], made.rows[at + 1 : at + 1 + count]
        found.append((row.id, whole, shrink(parts_of or [whole])))
        at += 1 + count
    return made.model, found


def keep(model: str, made: list[tuple[UUID, list[float], bytes]]) -> None:
    """Write vectors to their passages."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE multimodal_passage p SET vector = v.vector::halfvec, sentences = v.sentences, "
            "model = %s FROM unnest(%s::uuid[], %s::text[], %s::bytea[]) "
            "AS v(id, vector, sentences) WHERE p.id = v.id",
            [
                model[:100],
                [each for each, _, _ in made],
                [str(vector) for _, vector, _ in made],
                [sentences for _, _, sentences in made],
            ],
        )


def fill(watch: Watch, material: UUID, begin: float, end: float) -> str:
    """Make the vectors that the passages of a material lack and return the model that made them; the
    progress goes from `begin` to `end` meanwhile. Raises ModelUnavailable; what was made is kept."""
    model = watch.call(inference.embedder)
    passages = Passage.objects.filter(material=material)
    total = passages.count()
    while batch := list(passages.filter(lacking(model)).order_by("ordinal")[:BATCH]):
        done = batch[0].ordinal
        share = begin + (end - begin) * done / max(1, total)
        watch.tell(share, f"Learning what it means, passage {done + 1} of {total}")
        model, made = watch.call(make, batch)
        with watch.writing():
            keep(model, made)
    return model[:100]
