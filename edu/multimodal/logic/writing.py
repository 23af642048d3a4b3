"""Passages into the database, all at once: rows, words to search by, and how rare each word is."""

from collections import Counter
from uuid import UUID

from django.db.models import Func, Value

from edu.common.ids import new_id
from edu.multimodal.data import Chunk
from edu.multimodal.logic.lexemes import index
from edu.multimodal.models import Material, Passage, Word

BATCH = 500


def replace_passages(material: Material, chunks: list[Chunk], objective: UUID | None) -> int:
    """Make `chunks` the passages of `material`; return how many. The caller holds the transaction.

    A passage whose text was there before keeps its id, so that citations of it still lead there.
    """
    before: dict[str, list[UUID]] = {}
    for passage_id, text in (
        Passage.objects.filter(material=material).order_by("-ordinal").values_list("id", "text")
    ):
        before.setdefault(text, []).append(passage_id)
    Passage.objects.filter(material=material).delete()
    Word.objects.filter(material=material).delete()
    documents: Counter[str] = Counter()
    rows = []
    for ordinal, chunk in enumerate(chunks):
        indexed = index(chunk.text, " ".join(chunk.path), chunk.language)
        documents.update(indexed.distinct)
        known = before.get(chunk.text)
        rows.append(
            Passage(
                id=known.pop() if known else new_id(),
                material=material,
                course=material.course,
                ordinal=ordinal,
                text=chunk.text,
                locator=chunk.locator,
                path=chunk.path,
                kind=chunk.kind,
                language=chunk.language,
                objective=objective,
                breaks=indexed.breaks,
                search=Func(Value(indexed.vector), template="%(expressions)s::tsvector"),
            )
        )
    Passage.objects.bulk_create(rows, batch_size=BATCH)
    Word.objects.bulk_create(
        [
            Word(course=material.course, lexeme=lexeme, material=material, documents=count)
            for lexeme, count in sorted(documents.items())
        ],
        batch_size=2000,
    )
    return len(rows)
