"""A course with very many passages: made-up words of a natural frequency, random unit vectors."""

import random

from django.db import connection, transaction
from django.utils import timezone

from edu.common.ids import new_id, parse_id
from edu.inference import api as inference
from edu.multimodal.data import Chunk
from edu.multimodal.logic.vectors import shrink
from edu.multimodal.logic.writing import replace_passages
from edu.multimodal.models import Job, Material

PER_MATERIAL = 1000
_chance = random.Random(7)
_syllables = [
    "ba",
    "den",
    "fir",
    "gos",
    "hul",
    "jin",
    "kor",
    "lam",
    "mev",
    "nop",
    "rat",
    "sul",
    "tov",
]
VOCABULARY = sorted(
    {"".join(_chance.choices(_syllables, k=_chance.randint(2, 4))) for _ in range(20_000)}
)
# Zipf's law: the word of rank r comes 1/r times as often as the first.
WEIGHTS = [1 / (rank + 10) for rank in range(len(VOCABULARY))]


def fill(course: str, passages: int) -> None:
    """Add `passages` passages to `course`, searchable by word and by vector."""
    for first in range(0, passages, PER_MATERIAL):
        size = min(PER_MATERIAL, passages - first)
        with transaction.atomic():
            row = Material.objects.create(
                course=parse_id(course),
                uploaded_by=new_id(),
                title=f"Volume {first // PER_MATERIAL + 1}",
                file_name="volume.txt",
                media_type="text/plain",
                bytes=1,
                sha256="0" * 64,
                key="none",
                kind="text",
                status=Job.Status.READY,
                progress=1,
                language="en",
                passages=size,
                due_at=timezone.now(),
            )
            replace_passages(row, [_chunk(first + at) for at in range(size)], None)
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX IF EXISTS passage_meaning")
        cursor.execute(
            "UPDATE multimodal_passage p SET model = %s, sentences = %s, vector = made.vector FROM ("
            "  SELECT q.id, (SELECT l2_normalize(array_agg(random() - 0.5)::vector(384)::halfvec)"
            "    FROM generate_series(1, 384) WHERE q.id IS NOT NULL) AS vector"
            "  FROM multimodal_passage q WHERE q.course = %s"
            ") made WHERE made.id = p.id",
            [inference.embedder(), _sentences(), course],
        )
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute(
            "CREATE INDEX passage_meaning ON multimodal_passage USING hnsw (vector halfvec_cosine_ops)"
        )
        cursor.execute("ANALYZE multimodal_passage, multimodal_word")


def _sentences() -> bytes:
    """Return the vectors of five sentences, as passages of a hundred words have."""
    rows = [[_chance.gauss(0, 0.05) for _ in range(384)] for _ in range(5)]
    return shrink(rows)


def _chunk(number: int) -> Chunk:
    words = _chance.choices(VOCABULARY, WEIGHTS, k=100)
    return Chunk(
        " ".join(words) + ".", {"kind": "section", "path": [], "paragraph": number}, [], "en"
    )
