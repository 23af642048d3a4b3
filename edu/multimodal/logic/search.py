"""Search in a course: words and meaning, looked up apart and weighed together.

Words: passages that hold the rarer words of the question, scored as BM25 does, so that a rare word
counts more than a common one and a long passage does not win by length. Meaning: the passages whose
vectors are nearest. Every candidate of either side is scored on both, and the two are added.
"""

import logging
import math
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from edu.common.ids import parse_id
from edu.common.sources import Source
from edu.inference import api as inference
from edu.inference.data import ModelUnavailable
from edu.multimodal.data import Found
from edu.multimodal.logic.lexemes import QueryWord, query_words, quoted
from edu.multimodal.models import DIMENSIONS, Job, Material, Passage

log = logging.getLogger(__name__)

MEANT = 60  # nearest passages by meaning that are looked at
WORDED = 1200  # passages that hold rare words that are looked at, at most
SATURATION, LENGTHS = 0.9, 0.4  # BM25's k1 and b
TYPO = 0.45  # least likeness of spelling
TYPO_WEIGHT = 0.6


@dataclass
class Term:
    """A word of the question as this course knows it: its lexemes, how rare, how much it counts."""

    word: QueryWord
    forms: tuple[str, ...]
    documents: int
    weight: float = 0.0


@dataclass
class Hit:
    """A candidate, with what both sides say of it."""

    passage: UUID
    words: float
    coverage: float
    similarity: float | None
    score: float = 0.0


@dataclass
class Scope:
    """Where to search: the live materials of a course, and how many passages they have."""

    course: UUID
    materials: dict[UUID, str]
    spoken: list[str]
    passages: int
    objective: UUID | None = None
    average: float = field(default=80.0)


def search(
    course: str, query: str, limit: int, objective: str | None, material: str | None
) -> Found:
    """Return the best passages for `query`, and whether any of them is to the point."""
    scope = _scope(course, objective, material)
    if not scope.materials or not query.strip():
        return Found([], False)
    terms = _terms(scope, query)
    vector, model = _vector(query)
    if not terms and vector is None:
        return Found([], False)
    hits = _score(_candidates(scope, terms, vector, model), terms)
    best = sorted(hits, key=lambda hit: (-hit.score, str(hit.passage)))[: max(1, min(limit, 50))]
    return Found(_sources(scope, best), relevant(hits, terms))


def _scope(course: str, objective: str | None, material: str | None) -> Scope:
    rows = Material.objects.filter(
        course=parse_id(course), status=Job.Status.READY, removed_at=None, passages__gt=0
    )
    if material:
        rows = rows.filter(id=parse_id(material))
    found = list(rows.values_list("id", "title", "language", "passages"))
    spoken: dict[str, int] = {}
    for _, _, language, passages in found:
        spoken[language] = spoken.get(language, 0) + passages
    return Scope(
        course=parse_id(course),
        materials={each: title for each, title, _, _ in found},
        spoken=sorted(spoken, key=lambda each: -spoken[each])[:4],
        passages=sum(passages for *_, passages in found),
        objective=parse_id(objective) if objective else None,
    )


# --- words --------------------------------------------------------------------------------------


def _terms(scope: Scope, query: str) -> list[Term]:
    """Return the words of the question with their weights; misspelt ones are read as what they
    look like. A word that the course does not know weighs most, and nothing covers it."""
    asked = query_words(query, scope.spoken)
    if not asked:
        return []
    forms = {form for word in asked for form in word.forms}
    counts = _documents(scope, forms)
    unknown = [word for word in asked if not any(counts.get(form) for form in word.forms)]
    meant = _respelt(scope, unknown)
    terms = []
    for word in asked:
        known = tuple(form for form in word.forms if counts.get(form))
        documents = max((counts[form] for form in known), default=0)
        term = Term(word, known, documents, _rarity(documents, scope.passages))
        if not known and word in meant:
            term.forms, term.documents = meant[word]
            term.weight = TYPO_WEIGHT * _rarity(term.documents, scope.passages)
        terms.append(term)
    return terms


def _rarity(documents: int, passages: int) -> float:
    """Return how much a word counts that `documents` of so many `passages` hold."""
    documents = min(documents, passages)
    return math.log(1 + (passages - documents + 0.5) / (documents + 0.5))


def _documents(scope: Scope, forms: set[str]) -> dict[str, int]:
    """Return in how many live passages of the course each lexeme stands."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT lexeme, sum(documents)::int FROM multimodal_word "
            "WHERE course = %s AND lexeme = ANY(%s) AND material_id = ANY(%s) GROUP BY lexeme",
            [scope.course, list(forms), list(scope.materials)],
        )
        return dict(cursor.fetchall())


def _respelt(
    scope: Scope, unknown: list[QueryWord]
) -> dict[QueryWord, tuple[tuple[str, ...], int]]:
    """Return, for words that the course does not know, the lexeme that is spelt most alike."""
    asked = {word.forms[0]: word for word in unknown if len(word.forms[0]) >= 4}
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT asked.form, near.lexeme, near.documents FROM unnest(%s::text[]) AS asked(form) "
            "CROSS JOIN LATERAL (SELECT w.lexeme, sum(w.documents)::int AS documents "
            "  FROM multimodal_word w WHERE w.course = %s AND w.lexeme %% asked.form "
            "  AND similarity(w.lexeme, asked.form) >= %s AND w.material_id = ANY(%s) "
            "  GROUP BY w.lexeme ORDER BY similarity(w.lexeme, asked.form) DESC, 2 DESC LIMIT 1"
            ") AS near",
            [list(asked), scope.course, TYPO, list(scope.materials)],
        )
        return {asked[form]: ((lexeme,), count) for form, lexeme, count in cursor.fetchall()}


def _rare_first(terms: list[Term]) -> list[str]:
    """Return the lexemes to look passages up by: the rarest, until enough passages hold one."""
    chosen: list[str] = []
    reached = 0
    for term in sorted((each for each in terms if each.forms), key=lambda each: each.documents):
        if chosen and reached + term.documents > WORDED:
            break
        chosen += term.forms
        reached += term.documents
    return chosen


# --- meaning ------------------------------------------------------------------------------------


def _vector(query: str) -> tuple[list[float] | None, str]:
    """Return the vector of the question and the model that made it; None while there is none."""
    try:
        made = inference.embed(texts=[query[:2000]], purpose="query")
    except ModelUnavailable:
        return None, ""
    if not made.rows or len(made.rows[0]) != DIMENSIONS:
        return None, ""
    return made.rows[0], made.model


# --- together -----------------------------------------------------------------------------------


def _candidates(
    scope: Scope, terms: list[Term], vector: list[float] | None, model: str
) -> list[tuple[Any, ...]]:
    """Return (id, size, similarity or None, how strongly each lexeme stands in it) of passages."""
    lexemes = [form for term in terms for form in term.forms]
    where = "p.course = %(course)s AND p.material_id = ANY(%(materials)s)"
    if scope.objective:
        where += " AND p.objective = %(objective)s"
    sides = []
    rare = _rare_first(terms)
    if rare:
        sides.append(
            f"(SELECT p.id FROM multimodal_passage p WHERE {where} "
            "AND p.search @@ %(rare)s::tsquery LIMIT %(worded)s)"
        )
    if vector is not None:
        sides.append(
            f"(SELECT p.id FROM multimodal_passage p WHERE {where} "
            "AND p.vector IS NOT NULL AND p.model = %(model)s "
            "ORDER BY p.vector <=> %(vector)s::halfvec LIMIT %(meant)s)"
        )
    if not sides:
        return []
    similarity = (
        "CASE WHEN p.model = %(model)s THEN 1 - (p.vector <=> %(vector)s::halfvec) END"
        if vector is not None
        else "NULL::float"
    )
    ranks = ", ".join(
        f"ts_rank('{{1,1,1,1}}', p.search, %(lexeme{at})s::tsquery)" for at in range(len(lexemes))
    )
    statement = (
        f"WITH found AS ({' UNION '.join(sides)}) "
        f"SELECT p.id, p.size, {similarity}, ARRAY[{ranks}]::float[] "
        "FROM multimodal_passage p JOIN found USING (id)"
    )
    values: dict[str, Any] = {
        "course": scope.course,
        "materials": list(scope.materials),
        "objective": scope.objective,
        "rare": " | ".join(quoted(form) for form in rare),
        "worded": WORDED,
        "model": model,
        "vector": str(vector) if vector is not None else None,
        "meant": MEANT,
        **{f"lexeme{at}": quoted(form) for at, form in enumerate(lexemes)},
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _score(rows: list[tuple[Any, ...]], terms: list[Term]) -> list[Hit]:
    """Weigh the candidates. `words` and the similarity are both about 0..1, and so is the score."""
    total = sum(term.weight for term in terms) or 1.0
    average = (sum(size for _, size, _, _ in rows) / len(rows)) if rows else 1.0
    hits = []
    for passage, size, similarity, ranks in rows:
        at = 0
        words = covered = 0.0
        length = 1 - LENGTHS + LENGTHS * size / (average or 1)
        for term in terms:
            rank = max(ranks[at : at + len(term.forms)], default=0.0)
            at += len(term.forms)
            if rank > 0:
                often = rank / 0.6079  # ts_rank of a word that stands there once
                words += term.weight * often * (1 + SATURATION) / (often + SATURATION * length)
                covered += term.weight
        hits.append(Hit(passage, words / total, covered / total, similarity))
    for hit in hits:
        meaning = hit.similarity if hit.similarity is not None else 0.6 * hit.coverage
        hit.score = max(0.0, min(1.0, 0.5 * hit.words + 0.5 * max(0.0, meaning)))
    return hits


def relevant(hits: list[Hit], terms: list[Term]) -> bool:
    """Tell whether the course speaks of what was asked."""
    if not hits:
        return False
    best = max(hits, key=lambda hit: hit.score)
    if best.similarity is None:
        return best.coverage >= 0.5
    return best.similarity + best.coverage >= 0.8


def _sources(scope: Scope, hits: list[Hit]) -> list[Source]:
    rows = Passage.objects.defer("search", "vector").in_bulk([hit.passage for hit in hits])
    found = []
    for hit in hits:
        row = rows.get(hit.passage)
        if row is None:  # removed this moment
            continue
        found.append(
            Source(
                passage=str(row.id),
                material=str(row.material_id),
                title=scope.materials[row.material_id],
                text=row.text,
                locator=row.locator,
                score=round(hit.score, 4),
                similarity=round(hit.similarity or 0.0, 4),
                coverage=round(hit.coverage, 4),
                objective=str(row.objective) if row.objective else None,
                path=row.path,
                language=row.language,
            )
        )
    return found
