"""The passages worth weighing: those that hold the rarer words of a question, and those nearest to it.

How the nearest are looked for depends on how many passages there are to choose from. Few are compared one
by one. Of many the index of vectors finds nearly all of the nearest; as it is shared by all courses, it is
asked to look on until enough of this one's are found. Between the two the cheaper one is taken.
"""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import connection

from edu.multimodal.logic.lexemes import quoted
from edu.multimodal.logic.ranking import Hit, Term
from edu.multimodal.logic.scope import Scope

MEANT = 60  # nearest passages by meaning that are weighed
WORDED = 60  # passages by words that are weighed, of the
LOOKED_AT = 1000  # that hold rare words
RARE = 400  # passages: a word in more of them is looked up only together with others
LOOKED_UP = 8  # words, the rarest

FEW = 3000  # passages that are compared one by one in any case
BREADTH = 120  # of the search in the index: what it holds in mind at a time
STEP = 5  # a look into the index costs as much as so many comparisons one by one
COUNTED = 600  # seconds for which the size of the table is taken for granted


@dataclass(frozen=True)
class Asked:
    """The vector of a question by one model."""

    model: str
    vector: list[float]


_FOUND = """
SELECT p.id, p.material_id, m.title, p.text, p.locator, p.path, p.objective, p.language, p.model,
       {similarity}, p.sentences, p.breaks, p.search::text
FROM multimodal_passage p JOIN multimodal_material m ON m.id = p.material_id
WHERE p.id IN ({sides})
"""
_BY_WORDS = """
(SELECT id FROM (
    SELECT p.id, {coverage} AS coverage FROM multimodal_passage p
    WHERE {where} AND p.search @@ %({lookup})s::tsquery LIMIT %(looked_at)s
 ) worded ORDER BY coverage DESC LIMIT %(worded)s)
"""
_BY_INDEX = """
(SELECT p.id FROM multimodal_passage p
 WHERE {where} AND p.vector IS NOT NULL AND p.model = %({model})s
 ORDER BY p.vector <=> %({vector})s::halfvec LIMIT %(meant)s)
"""
# The sum keeps the planner from the index: it does not know that few are faster one by one.
_ONE_BY_ONE = """
(SELECT p.id FROM multimodal_passage p
 WHERE {where} AND p.vector IS NOT NULL AND p.model = %({model})s
 ORDER BY (p.vector <=> %({vector})s::halfvec) + 0 LIMIT %(meant)s)
"""


def candidates(scope: Scope, terms: list[Term], asked: list[Asked]) -> list[Hit]:
    """Return the passages worth weighing, of either side; `asked` are the vectors of the question, one
    for each model that made vectors here. Only names are put together here; all values are bound."""
    where, values = scope.where("p")
    if scope.objective:
        where += " AND p.objective = %(objective)s"
    values |= {
        "objective": scope.objective,
        "looked_at": LOOKED_AT,
        "worded": WORDED,
        "meant": MEANT,
    }
    sides = []
    if lookup := lookup_of(terms, scope.passages):
        parts = []
        for at, term in enumerate(each for each in terms if each.known):
            values |= {f"word{at}": any_of(term), f"weight{at}": term.weight}
            parts.append(f"%(weight{at})s * (p.search @@ %(word{at})s::tsquery)::int")
        values["lookup"] = lookup
        sides.append(_BY_WORDS.format(where=where, coverage=" + ".join(parts), lookup="lookup"))
    near = _ONE_BY_ONE if one_by_one(scope.passages) else _BY_INDEX
    alike = []
    for at, each in enumerate(asked):
        names = {"model": f"model{at}", "vector": f"vector{at}"}
        values |= {names["model"]: each.model, names["vector"]: str(each.vector)}
        sides.append(near.format(where=where, **names))
        alike.append(
            "WHEN %({model})s THEN 1 - (p.vector <=> %({vector})s::halfvec)".format(**names)
        )
    if not sides:
        return []
    statement = _FOUND.format(
        similarity=f"CASE p.model {' '.join(alike)} END" if alike else "NULL",
        sides=" UNION ".join(sides),
    )
    return [Hit(*row) for row in _rows(statement, values)]


def one_by_one(passages: int) -> bool:
    """Tell whether so many passages are sooner compared one by one than found by the index, in which
    they are the rarer the fewer they are."""
    return passages <= FEW or passages * passages <= STEP * MEANT * table_size()


def table_size() -> int:
    """Return about how many passages there are in all courses."""
    found = cache.get("passages")
    if found is None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT greatest(reltuples, 0)::bigint FROM pg_class "
                "WHERE oid = 'multimodal_passage'::regclass"
            )
            found = int(cursor.fetchone()[0])
        cache.set("passages", found, COUNTED)
    return int(found)


def _rows(statement: str, values: dict[str, Any]) -> list[Any]:
    """Return the rows of `statement`. How the index is searched goes with it, in one message, which is
    one transaction."""
    settings = (
        "SET LOCAL hnsw.iterative_scan = 'relaxed_order'; "
        f"SET LOCAL hnsw.ef_search = {BREADTH}; SET LOCAL jit = off; "
    )
    with connection.cursor() as cursor:
        cursor.execute(settings + statement, values)
        while cursor.description is None and cursor.nextset():
            pass
        return list(cursor.fetchall())


def lookup_of(terms: list[Term], passages: int) -> str:
    """Return the tsquery that finds passages worth weighing: those with a rare word, and those with
    words that are rare together."""
    known = sorted((each for each in terms if each.known), key=lambda each: each.documents)
    known = known[:LOOKED_UP]
    parts: list[str] = []
    reached = 0.0
    for at, term in enumerate(known):
        if not parts or term.documents <= RARE:
            parts.append(any_of(term))
            reached += term.documents
        for other in known[:at]:
            if max(term.documents, other.documents) <= RARE:
                continue
            both = term.documents * other.documents / max(1, passages)
            if reached + both <= 2 * RARE:
                parts.append(f"({any_of(term)} & {any_of(other)})")
                reached += both
    return " | ".join(parts)


def any_of(term: Term) -> str:
    """Return the tsquery of a passage that holds a term in any of its forms."""
    return "(" + " | ".join(quoted(form) for form in term.known) + ")"
