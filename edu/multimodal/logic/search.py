"""Search in a course: words and meaning, looked up apart and weighed together.

Words find passages that hold the rarer words of the question; meaning finds those whose vectors are
nearest. Every candidate of either side is then weighed on both (see ranking.py).
"""

import math
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from edu.common.ids import parse_id
from edu.common.language import guess
from edu.common.sources import Source
from edu.inference import api as inference
from edu.inference.data import ModelUnavailable
from edu.multimodal.data import Found
from edu.multimodal.logic import ranking
from edu.multimodal.logic.lexemes import QueryWord, query_words, quoted
from edu.multimodal.logic.ranking import Hit, Term
from edu.multimodal.models import DIMENSIONS, Job, Material

MEANT = 60  # nearest passages by meaning that are weighed
WORDED = 60  # passages by words that are weighed, of the
LOOKED_AT = 1500  # that hold rare words
RARE = 400  # passages: a word in more of them is looked up only together with another
TYPO = 0.45  # least likeness of spelling
TYPO_WEIGHT = 0.6


@dataclass
class Scope:
    """Where to search: the live materials of a course by id, those that are not to be found, and how
    many passages the live ones have. `only` and `objective` narrow it."""

    course: UUID
    materials: dict[UUID, str]
    hidden: list[UUID]
    spoken: list[str]
    passages: int
    only: UUID | None = None
    objective: UUID | None = None


def search(
    course: str, query: str, limit: int, objective: str | None, material: str | None
) -> Found:
    """Return the best passages for `query`, and whether any of them is to the point."""
    scope = _scope(course, objective, material)
    if not scope.materials or not query.strip():
        return Found([], False)
    terms = _terms(scope, query)
    vector, model = _vector(query, [each.text for each in terms if each.known])
    if not terms and vector is None:
        return Found([], False)
    hits = ranking.weigh(_candidates(scope, terms, vector, model), terms, vector)
    best = [_source(scope, hit) for hit in hits[: max(1, min(limit, 50))]]
    abroad = bool(scope.spoken) and guess(query) not in ("", *scope.spoken)
    return Found(best, ranking.relevant(hits, abroad))


def state(course: str) -> str:
    """Return a digest of what there is to be found in `course`; one query."""
    rows = Material.objects.filter(course=parse_id(course)).order_by("id")
    seen = rows.values_list(
        "id", "title", "status", "removed_at", "passages", "finished_at", "embedder", "language"
    )
    return sha256(repr(list(seen)).encode()).hexdigest()


def _scope(course: str, objective: str | None, material: str | None) -> Scope:
    rows = Material.objects.filter(course=parse_id(course))
    only = parse_id(material) if material else None
    live: dict[UUID, str] = {}
    hidden: list[UUID] = []
    spoken: dict[str, int] = {}
    for each, title, language, passages, status, removed in rows.values_list(
        "id", "title", "language", "passages", "status", "removed_at"
    ):
        if status != Job.Status.READY or removed or (only and each != only):
            hidden.append(each)
        elif passages:
            live[each] = title
            spoken[language] = spoken.get(language, 0) + passages
    return Scope(
        course=parse_id(course),
        materials=live,
        hidden=[] if only else hidden,
        spoken=sorted(spoken, key=lambda each: -spoken[each])[:4],
        passages=sum(spoken.values()),
        only=only,
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


def _lookup(terms: list[Term], passages: int) -> str:
    """Return the tsquery that finds passages worth weighing: those with a rare word, and those with
    two words that are rare together."""
    known = sorted((each for each in terms if each.known), key=lambda each: each.documents)[:8]
    parts: list[str] = []
    reached = 0.0
    for at, term in enumerate(known):
        if not parts or term.documents <= RARE:
            parts.append(_any(term))
            reached += term.documents
        for other in known[:at]:
            if max(term.documents, other.documents) <= RARE:
                continue
            both = term.documents * other.documents / max(1, passages)
            if reached + both <= 2 * RARE:
                parts.append(f"({_any(term)} & {_any(other)})")
                reached += both
    return " | ".join(parts)


def _any(term: Term) -> str:
    return "(" + " | ".join(quoted(form) for form in term.known) + ")"


# --- meaning ------------------------------------------------------------------------------------


def _vector(query: str, known: list[str]) -> tuple[list[float] | None, str]:
    """Return the vector of the question and the model that made it; None while there is none. `known`
    are the words of it that stand in the course's materials."""
    try:
        made = inference.embed(texts=[query[:2000]], purpose="query", matter=known)
    except ModelUnavailable:
        return None, ""
    if not made.rows or len(made.rows[0]) != DIMENSIONS:
        return None, ""
    return made.rows[0], made.model


# --- together -----------------------------------------------------------------------------------

_FOUND = """
SELECT p.id, p.material_id, p.text, p.locator, p.path, p.objective, p.language,
       {similarity}, p.sentences, p.breaks, p.search::text
FROM multimodal_passage p JOIN ({sides}) found USING (id)
"""
_BY_WORDS = """
(SELECT id FROM (
    SELECT p.id, {coverage} AS coverage FROM multimodal_passage p
    WHERE {where} AND p.search @@ %(lookup)s::tsquery LIMIT %(looked_at)s
 ) worded ORDER BY coverage DESC LIMIT %(worded)s)
"""
_BY_MEANING = """
(SELECT p.id FROM multimodal_passage p
 WHERE {where} AND p.vector IS NOT NULL AND p.model = %(model)s
 ORDER BY p.vector <=> %(vector)s::halfvec LIMIT %(meant)s)
"""


def _candidates(
    scope: Scope, terms: list[Term], vector: list[float] | None, model: str
) -> list[Hit]:
    """Return the passages worth weighing, of either side. Only names of columns and of parameters
    are put together here; all values are bound."""
    where = "p.course = %(course)s"
    if scope.only:
        where += " AND p.material_id = %(only)s"
    if scope.hidden:  # few, or none: naming them is cheaper than naming all others
        where += " AND p.material_id <> ALL(%(hidden)s)"
    if scope.objective:
        where += " AND p.objective = %(objective)s"
    values: dict[str, Any] = {
        "course": scope.course,
        "only": scope.only,
        "hidden": scope.hidden,
        "objective": scope.objective,
        "lookup": _lookup(terms, scope.passages),
        "looked_at": LOOKED_AT,
        "worded": WORDED,
        "model": model,
        "vector": str(vector),
        "meant": MEANT,
    }
    sides = []
    if values["lookup"]:
        parts = []
        for at, term in enumerate(each for each in terms if each.known):
            values |= {f"word{at}": _any(term), f"weight{at}": term.weight}
            parts.append(f"%(weight{at})s * (p.search @@ %(word{at})s::tsquery)::int")
        sides.append(_BY_WORDS.format(where=where, coverage=" + ".join(parts)))
    if vector is not None:
        sides.append(_BY_MEANING.format(where=where))
    if not sides:
        return []
    alike = "CASE WHEN p.model = %(model)s THEN 1 - (p.vector <=> %(vector)s::halfvec) END"
    statement = _FOUND.format(
        similarity=alike if vector is not None else "NULL",
        sides=" UNION ".join(sides),
    )
    with transaction.atomic(), connection.cursor() as cursor:
        # Other courses share the index: look on until enough of this one's passages are found.
        cursor.execute(
            "SELECT set_config('hnsw.iterative_scan', 'relaxed_order', true), "
            "set_config('hnsw.ef_search', '80', true)"
        )
        cursor.execute(statement, values)
        return [Hit(*row) for row in cursor.fetchall()]


def _source(scope: Scope, hit: Hit) -> Source:
    return Source(
        passage=str(hit.passage),
        material=str(hit.material),
        title=scope.materials[hit.material],
        text=hit.text,
        locator=ranking.plain(hit.locator),
        score=round(hit.score, 4),
        similarity=round(hit.similarity or 0.0, 4),
        coverage=round(hit.coverage, 4),
        objective=str(hit.objective) if hit.objective else None,
        path=hit.path,
        language=hit.language,
    )
