"""What passages mean, as vectors: made in batches, kept with the model that made them."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.db import connection
from django.db.models import Q

from edu.inference import api as inference
from edu.inference.data import ModelUnavailable
from edu.multimodal.data import Chunk
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


def embedded(passage: Chunk | Passage) -> str:
    """Return what is embedded of a passage: its text under the headings it stands under."""
    above = " – ".join(passage.path[-2:])
    return f"{above}\n{passage.text}" if above else passage.text


def shrink(rows: list[list[float]]) -> bytes:
    """Return unit vectors in an eighth of the room: one byte a number, and their scale before them."""
    exact = np.asarray(rows, dtype=np.float32).reshape(-1, DIMENSIONS)
    scale = np.abs(exact).max(axis=1, keepdims=True) / 127
    scale[scale == 0] = 1
    small = np.round(exact / scale).astype(np.int8)
    return np.hstack([scale.astype(np.float32).view(np.int8), small]).tobytes()


def closest(shrunk: list[bytes | None], vector: list[float]) -> list[float]:
    """Return, for each of what `shrink` made, the highest cosine of its vectors with a unit vector; 0
    where there is nothing."""
    width = DIMENSIONS + 4
    there = [at for at, each in enumerate(shrunk) if each]
    found = [0.0] * len(shrunk)
    if not there:
        return found
    parts = [shrunk[at] or b"" for at in there]
    rows = np.frombuffer(b"".join(parts), dtype=np.int8).reshape(-1, width)
    scale = np.ascontiguousarray(rows[:, :4]).view(np.float32)[:, 0]
    cosines = (rows[:, 4:].astype(np.float32) @ np.asarray(vector, np.float32)) * scale
    begins = np.cumsum([0, *(len(part) // width for part in parts[:-1])])
    for at, most in zip(there, np.maximum.reduceat(cosines, begins), strict=True):
        found[at] = float(most)
    return found


def grown(shrunk: bytes) -> np.ndarray:
    """Return what `shrink` made smaller as unit vectors again, a row each."""
    rows = np.frombuffer(shrunk, dtype=np.int8).reshape(-1, DIMENSIONS + 4)
    scale = np.ascontiguousarray(rows[:, :4]).view(np.float32)
    return rows[:, 4:].astype(np.float32) * scale


@dataclass(frozen=True)
class Made:
    """The vectors of one passage: of all of it, and, shrunk, of each of its sentences."""

    vector: list[float]
    sentences: bytes


def make(passages: Sequence[Chunk | Passage]) -> tuple[str, list[Made]]:
    """Return (model, the vectors of each passage).

    Raises ModelUnavailable, also for a model of another width: such vectors cannot be kept, and
    passages are then found by their words alone.
    """
    texts: list[str] = []
    counts = []
    for each in passages:
        parts = sentence_texts(each.text, each.language)
        counts.append(len(parts) if len(parts) > 1 else 0)  # a single one is the passage itself
        texts += [embedded(each), *parts[: counts[-1]]]
    made = inference.embed(texts=texts, patient=True)
    if made.rows and len(made.rows[0]) != DIMENSIONS:
        log.error("the embedder gives %s dimensions, not %s", len(made.rows[0]), DIMENSIONS)
        raise WrongWidth(found=len(made.rows[0]), wanted=DIMENSIONS)
    found, at = [], 0
    for count in counts:
        whole, parts_of = made.rows[at], made.rows[at + 1 : at + 1 + count]
        found.append(Made(whole, shrink(parts_of or [whole])))
        at += 1 + count
    return made.model[:100], found


def keep(ids: list[UUID], model: str, made: list[Made]) -> None:
    """Write vectors to the passages `ids`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE multimodal_passage p SET vector = v.vector::halfvec, sentences = v.sentences, "
            "model = %s FROM unnest(%s::uuid[], %s::text[], %s::bytea[]) "
            "AS v(id, vector, sentences) WHERE p.id = v.id",
            [
                model,
                ids,
                [str(each.vector) for each in made],
                [each.sentences for each in made],
            ],
        )
