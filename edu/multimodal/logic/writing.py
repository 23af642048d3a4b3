"""Passages into the database: rows, words to search by, and how rare each word is."""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, Func, Value

from edu.common.ids import new_id
from edu.multimodal.data import Chunk
from edu.multimodal.logic.fingerprints import fingerprint
from edu.multimodal.logic.lexemes import Indexed, index
from edu.multimodal.logic.vectors import Made
from edu.multimodal.models import Material, Passage, Word

BATCH = 500
Ids = dict[str, list[UUID]]


def prepare(chunks: Iterable[Chunk]) -> list[Indexed]:
    """Return what search needs of each passage. Takes a while for many, and no database."""
    return [index(chunk.text, " ".join(chunk.path), chunk.language) for chunk in chunks]


def passage(
    material: Material,
    ordinal: int,
    chunk: Chunk,
    indexed: Indexed,
    *,
    ids: Ids,
    objective: UUID | None = None,
    model: str = "",
    made: Made | None = None,
) -> Passage:
    """Return the row of a passage, not written yet. It takes an id of `ids` that its text had before."""
    known = ids.get(chunk.text)
    return Passage(
        id=known.pop() if known else new_id(),
        material=material,
        course=material.course,
        ordinal=ordinal,
        text=chunk.text,
        locator=chunk.locator,
        times=chunk.times,
        path=chunk.path,
        kind=chunk.kind,
        language=chunk.language,
        objective=objective,
        breaks=indexed.breaks,
        search=Func(Value(indexed.vector), template="%(expressions)s::tsvector"),
        vector=made.vector if made else None,
        sentences=made.sentences if made else None,
        model=model if made else "",
        fingerprint=fingerprint(chunk.text),
    )


def already(material: Material, chunks: list[Chunk]) -> tuple[int, Ids]:
    """Return how many of `chunks`, from the first on, stand in the database as they are, because
    another worker got so far. What stands there otherwise is deleted; the ids are returned by text,
    so that a passage that is read again keeps its own."""
    rows = Passage.objects.filter(material=material).order_by("ordinal")
    there = list(rows.values_list("id", "text", "locator"))
    if all(
        (text, place) == (chunk.text, chunk.locator)
        for (_, text, place), chunk in zip(there, chunks, strict=False)
    ) and len(there) <= len(chunks):
        return len(there), {}
    ids: Ids = {}
    for each, text, _ in reversed(there):
        ids.setdefault(text, []).append(each)
    rows.delete()
    return 0, ids


def count_words(material: Material, indexed: Iterable[Indexed]) -> None:
    """Write down how many passages of a material hold each word."""
    documents = Counter(lexeme for each in indexed for lexeme in each.distinct)
    Word.objects.filter(material=material).delete()
    Word.objects.bulk_create(
        [
            Word(course=material.course, lexeme=lexeme, material=material, documents=count)
            for lexeme, count in sorted(documents.items())
        ],
        batch_size=2000,
    )


def recount(row: Material, *, gone: frozenset[str], came: frozenset[str]) -> None:
    """Count words that one passage of a material lost, and those that it gained."""
    of = Word.objects.filter(material=row)
    of.filter(lexeme__in=gone, documents__lte=1).delete()
    of.filter(lexeme__in=gone).update(documents=F("documents") - 1)
    known = set(of.filter(lexeme__in=came).values_list("lexeme", flat=True))
    of.filter(lexeme__in=known).update(documents=F("documents") + 1)
    Word.objects.bulk_create(
        Word(course=row.course, lexeme=each, material=row, documents=1)
        for each in sorted(came - known)
    )


def replace_passages(material: Material, chunks: list[Chunk], objective: UUID | None) -> int:
    """Make `chunks` the passages of `material`, without vectors; return how many. The caller holds
    the transaction."""
    indexed = prepare(chunks)
    done, ids = already(material, chunks)
    Passage.objects.bulk_create(
        [
            passage(material, at, chunks[at], indexed[at], ids=ids, objective=objective)
            for at in range(done, len(chunks))
        ],
        batch_size=BATCH,
    )
    count_words(material, indexed)
    return len(chunks)
