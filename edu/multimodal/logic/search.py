"""Search in a course: words and meaning, looked up apart and weighed together.

Words find passages that hold the rarer words of the question; meaning finds those whose vectors are
nearest (see candidates.py). Every candidate of either side is then weighed on both (see ranking.py).
"""

import math
from collections.abc import Sequence
from hashlib import sha256

from django.db import connection

from edu.common.ids import parse_id
from edu.common.language import guess
from edu.common.sources import Source
from edu.multimodal.data import Found
from edu.multimodal.logic import meaning, ranking
from edu.multimodal.logic.candidates import Asked, candidates
from edu.multimodal.logic.lexemes import QueryWord, query_words
from edu.multimodal.logic.ranking import Hit, Term
from edu.multimodal.logic.scope import Scope, scope_of
from edu.multimodal.models import Job, Material

TYPO = 0.45  # least likeness of spelling
TYPO_WEIGHT = 0.6
MATERIALS = 150  # in which a word is counted; where it is in more, the rest is reckoned from these

_COUNTS = """
SELECT asked.form, there.documents::int, CASE WHEN there.materials = %(most)s THEN (
    SELECT sum(m.passages)::int FROM multimodal_material m
    WHERE m.course = %(course)s AND m.id <= there.last
      AND m.status = %(ready)s AND m.removed_at IS NULL
) END
FROM unnest(%(forms)s::text[]) AS asked(form)
CROSS JOIN LATERAL (
    SELECT count(*) AS materials, sum(documents) AS documents,
           (array_agg(material_id ORDER BY material_id DESC))[1] AS last
    FROM (SELECT w.material_id, w.documents FROM multimodal_word w
          WHERE {where} AND w.lexeme = asked.form ORDER BY w.material_id LIMIT %(most)s) first
) AS there
WHERE there.materials > 0
"""
_ALIKE = """
SELECT asked.form, near.lexeme, near.documents FROM unnest(%(asked)s::text[]) AS asked(form)
CROSS JOIN LATERAL (
    SELECT w.lexeme, sum(w.documents)::int AS documents FROM multimodal_word w
    WHERE {where} AND w.lexeme %% asked.form AND similarity(w.lexeme, asked.form) >= %(typo)s
    GROUP BY w.lexeme ORDER BY similarity(w.lexeme, asked.form) DESC, 2 DESC LIMIT 1
) AS near
"""


def search(
    course: str,
    query: str,
    limit: int,
    objective: str | None,
    material: str | None,
    kinds: Sequence[str] = (),
) -> Found:
    """Return the best passages for `query`, and whether any of them is to the point."""
    scope = scope_of(course, objective, material, kinds)
    if not scope.passages or not query.strip():
        return Found([], False)
    wait = meaning.begin(query, scope.embedders)
    terms = words_of(scope, query)
    asked = wait([each.text for each in terms if each.known])
    return found(scope, query, terms, asked, limit)


def found(scope: Scope, query: str, terms: list[Term], asked: list[Asked], limit: int) -> Found:
    """Return what is found for a question of these words and vectors."""
    if not terms and not asked:
        return Found([], False)
    vectors = {each.model: each.vector for each in asked}
    hits = ranking.weigh(candidates(scope, terms, asked), terms, vectors)
    best = [_source(hit) for hit in hits[: max(1, min(limit, 50))]]
    abroad = bool(scope.spoken) and guess(query) not in ("", *scope.spoken)
    return Found(best, ranking.relevant(hits, abroad))


def state(course: str) -> str:
    """Return a digest of what there is to be found in `course`; one query."""
    rows = Material.objects.filter(course=parse_id(course)).order_by("id")
    seen = rows.values_list(
        "id", "title", "status", "removed_at", "passages", "finished_at", "embedder", "language"
    )
    return sha256(repr(list(seen)).encode()).hexdigest()


def kinds(course: str) -> list[str]:
    """Return the kinds of materials in which something may be found."""
    rows = Material.objects.filter(course=parse_id(course), status=Job.Status.READY)
    found = rows.filter(removed_at=None, passages__gt=0).order_by("kind")
    return list(found.values_list("kind", flat=True).distinct())


def words_of(scope: Scope, query: str) -> list[Term]:
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
        weight = _rarity(documents, scope.passages)
        if not known and word in meant:
            known, documents = meant[word]
            weight = TYPO_WEIGHT * _rarity(documents, scope.passages)
        text = "" if word in meant else word.text
        terms.append(Term(word.forms, known, documents, weight, text))
    return terms


def _rarity(documents: int, passages: int) -> float:
    """Return how much a word counts that `documents` of so many `passages` hold."""
    documents = min(documents, passages)
    return math.log(1 + (passages - documents + 0.5) / (documents + 0.5))


def _documents(scope: Scope, forms: set[str]) -> dict[str, int]:
    """Return in how many passages of the course each lexeme stands; for one that is in very many
    materials, about how many, by the first of them."""
    where, values = scope.where("w")
    values |= {"forms": list(forms), "most": MATERIALS, "ready": Job.Status.READY.value}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS.format(where=where), values)
        rows = cursor.fetchall()
    return {
        lexeme: count if share is None else round(count * scope.passages / max(1, share))
        for lexeme, count, share in rows
    }


def _respelt(
    scope: Scope, unknown: list[QueryWord]
) -> dict[QueryWord, tuple[tuple[str, ...], int]]:
    """Return, for words that the course does not know, the lexeme that is spelt most alike."""
    asked = {word.forms[0]: word for word in unknown if len(word.forms[0]) >= 4}
    if not asked:
        return {}
    where, values = scope.where("w")
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE.format(where=where), values | {"asked": list(asked), "typo": TYPO})
        return {asked[form]: ((lexeme,), count) for form, lexeme, count in cursor.fetchall()}


def _source(hit: Hit) -> Source:
    return Source(
        passage=str(hit.passage),
        material=str(hit.material),
        title=hit.title,
        text=hit.text,
        locator=ranking.plain(hit.locator),
        score=round(hit.score, 4),
        similarity=round(hit.similarity or 0.0, 4),
        coverage=round(hit.coverage, 4),
        objective=str(hit.objective) if hit.objective else None,
        path=hit.path,
        language=hit.language,
    )
