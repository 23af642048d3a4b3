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
GONE_THROUGH = 8_000  # entries of the index of words that are gone through for one question
TOO_MANY = 50_000  # passages: words that are all in more are left to the vectors

FEW = 3000  # passages that are compared one by one in any case
BREADTH = 400  # of the search in the index: what it holds in mind at a time
STEP = 5  # a look into the index costs as much as so many comparisons one by one
COUNTED = 600  # seconds for which the size of the table is taken for granted


@dataclass(frozen=True)
class Asked:
    """The vector of a question by one model."""

    model: str
    vector: list[float]


# A row is named by its place, which is good for one statement, and sooner found than by its id.
_FOUND = """
SELECT p.id, p.material_id, m.title, p.text, p.locator, p.path, p.objective, p.language, p.model,
       {similarity}, p.sentences, p.breaks, p.search::text
FROM multimodal_passage p JOIN multimodal_material m ON m.id = p.material_id
WHERE p.ctid = ANY(ARRAY({sides}))
"""
_BY_WORDS = """
(SELECT place FROM (
    SELECT p.ctid AS place, {coverage} AS coverage FROM multimodal_passage p
    WHERE {where} AND {held} LIMIT %(looked_at)s
 ) worded ORDER BY coverage DESC LIMIT %(worded)s)
"""
_HELD = "p.search @@ %(lookup)s::tsquery"
_HELD_IN_FEW = f"({_HELD}) IS TRUE"  # without the index of words, which is of all courses
_BY_INDEX = """
(SELECT p.ctid FROM multimodal_passage p
 WHERE {where} AND p.vector IS NOT NULL AND p.model = %({model})s
 ORDER BY p.vector <=> %({vector})s::halfvec LIMIT %(meant)s)
"""
# The sum keeps the planner from the index: it does not know that few are faster one by one.
_ONE_BY_ONE = """
(SELECT p.ctid FROM multimodal_passage p
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
    most = TOO_MANY if asked else scope.passages
    if lookup := lookup_of(terms, scope.passages, most):
        parts = []
        for at, term in enumerate(each for each in terms if each.known):
            values |= {f"word{at}": any_of(term), f"weight{at}": term.weight}
            parts.append(f"%(weight{at})s * (p.search @@ %(word{at})s::tsquery)::int")
        values["lookup"] = lookup
        held = _HELD_IN_FEW if scope.passages <= FEW else _HELD
        sides.append(_BY_WORDS.format(where=where, coverage=" + ".join(parts), held=held))
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


def lookup_of(terms: list[Term], passages: int, most: int = TOO_MANY) -> str:
    """Return the tsquery that finds passages worth weighing: those with a rare word, and those in which
    others come together. A word that `most` passages hold is none to begin with."""
    known = sorted((each for each in terms if each.known), key=lambda each: each.documents)
    known = known[:LOOKED_UP]
    if passages <= LOOKED_AT:
        return " | ".join(any_of(each) for each in known)
    parts: list[str] = []
    room, gone_through = float(LOOKED_AT), 0
    for at, term in enumerate(known):
        gone_through += term.documents
        if gone_through > (GONE_THROUGH if parts else most):
            break
        if term.documents <= min(RARE, room):
            part, found = any_of(term), float(term.documents)
        else:
            part, found = _together(term, known[at + 1 :], passages, room)
        if not parts or found <= room:
            parts.append(part)
            room -= found
    return " | ".join(parts)


def _together(term: Term, others: list[Term], passages: int, room: float) -> tuple[str, float]:
    """Return what finds `term` beside any of `others`, of the rarer as many as there is room for, or
    beside several at once where one is too often there; and how many passages that may be."""
    mates: list[str] = []
    found = 0.0
    for other in others:
        more = term.documents * other.documents / passages
        if found + more > room:
            break
        mates.append(any_of(other))
        found += more
    if mates:
        return f"({any_of(term)} & ({' | '.join(mates)}))", found
    whole, found = [any_of(term)], float(term.documents)
    for other in others:
        whole.append(any_of(other))
        found *= other.documents / passages
        if found <= room:
            break
    return f"({' & '.join(whole)})", found


def any_of(term: Term) -> str:
    """Return the tsquery of a passage that holds a term in any of its forms."""
    return "(" + " | ".join(quoted(form) for form in term.known) + ")"
