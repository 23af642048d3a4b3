"""What makes a passage answer a question: six signs, each about 0 to 1, and their weights.

The weights were fitted on English questions of SQuAD 2.0 and XQuAD, on half of the paragraphs each time,
and rank the other half better than those before (nDCG@10 .943 and .943, before .940 and .940; XQuAD .990
and .985, before .989 and .981). That the question as a whole and its best single sentence both count is
worth more than any finer formula for words.
"""

import json
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from edu.multimodal.logic.lexemes import quoted
from edu.multimodal.logic.vectors import closest

STEM = 5  # letters that two forms of a word have in common, when no stemmer brings them together
WEIGHTS = {
    "coverage": 0.12,  # of the question's words, by weight, in the passage
    "sentence": 0.09,  # the same, in its best sentence
    "meaning": 0.31,  # cosine of question and passage
    "closest": 0.35,  # cosine of question and its best sentence
    "order": 0.07,  # of the question's neighbouring words, side by side in the passage too
    "family": 0.06,  # of the question's words, words of the same family
}
WORDS_ALONE = {"coverage": 0.21, "sentence": 0.35, "order": 0.23, "family": 0.21}  # without vectors
MEANING_ALONE = {"meaning": 0.375, "closest": 0.625}
# Score of the best passage below which a course does not speak of something: on SQuAD 2.0 and XQuAD (en,
# de, ar, tr), of questions about the course's articles 99 in 100 are above it, of questions about others
# less than 1 in 100 (area under the curve .9995).
LEAST = 0.28
# The same for what is asked in a language that the course does not speak, by vectors alone, as there are
# hardly any words in common: 74 in 100 and 3 in 100.
LEAST_ABROAD = 0.25
LEAST_BY_WORDS = 0.22  # the same while there are no vectors: 92 in 100 and 4 in 100


@dataclass(frozen=True)
class Term:
    """A word of a question in a course: the forms it may have, those that the course knows (or, for
    a misspelt word, what it is read as), in how many passages, and how much it counts. `text` is the
    word as it was asked, "" where it stands nowhere in the course."""

    forms: tuple[str, ...]
    known: tuple[str, ...]
    documents: int
    weight: float
    text: str = ""


@dataclass
class Hit:
    """A candidate as the database gives it, and then what it is worth."""

    passage: UUID
    material: UUID
    title: str
    text: str
    locator: Any
    path: list[str]
    objective: UUID | None
    language: str
    model: str
    similarity: float | None
    sentences: bytes | None
    breaks: list[int]
    lexemes: str
    score: float = 0.0
    coverage: float = 0.0
    signs: dict[str, float] = field(default_factory=dict)


def stems(term: Term) -> list[str]:
    """Return the beginnings that words of the same family share with a term."""
    return [form[:STEM] for form in term.forms if len(form) >= STEM and form[0].isalpha()]


def weigh(hits: list[Hit], terms: list[Term], vectors: Mapping[str, list[float]]) -> list[Hit]:
    """Return the candidates with their scores, best first; `vectors` are those of the question, by the
    model of the passages that they are compared with."""
    total = sum(term.weight for term in terms) or 1.0
    words = _spelt(terms)
    nearest = _nearest(hits, vectors)
    for at, hit in enumerate(hits):
        hit.signs = _words(hit, words, total)
        hit.coverage = hit.signs["coverage"]
        if hit.similarity is not None:
            hit.signs["meaning"] = max(0.0, hit.similarity)
            hit.signs["closest"] = max(0.0, nearest.get(at, hit.similarity))
        hit.score = _score(hit.signs)
    return sorted(hits, key=lambda hit: (-hit.score, str(hit.passage)))


def _nearest(hits: list[Hit], vectors: Mapping[str, list[float]]) -> dict[int, float]:
    """Return, by the place of a hit, the cosine of its best sentence."""
    found: dict[int, float] = {}
    for model, vector in vectors.items():
        there = [at for at, hit in enumerate(hits) if hit.sentences and hit.model == model]
        found |= zip(there, closest([hits[at].sentences for at in there], vector), strict=True)
    return found


def _score(signs: dict[str, float]) -> float:
    """Return the weighted mean of the signs that there are."""
    return _mean(signs, WEIGHTS if "meaning" in signs else WORDS_ALONE)


def _mean(signs: dict[str, float], weights: dict[str, float]) -> float:
    return min(1.0, sum(weight * signs[sign] for sign, weight in weights.items()))


def plain(value: Any) -> Any:
    """Return JSON as the database gives it as values."""
    return json.loads(value) if isinstance(value, str) else value


@dataclass(frozen=True)
class _Word:
    """A word of a question as it stands in a tsvector spelt out: what its forms begin with there, and
    what words of its family do."""

    weight: float
    known: list[str]
    family: list[str]


def _spelt(terms: list[Term]) -> list[_Word]:
    return [
        _Word(
            term.weight,
            [f" {quoted(form)}:" for form in term.known],
            [f" {quoted(stem)[:-1]}" for stem in stems(term)],
        )
        for term in terms
    ]


def _places(lexemes: str, words: list[_Word]) -> list[list[int]]:
    """Return where each word stands. Looking for each is several times as fast as one expression for
    all: a tsvector is long, and hardly any of it is asked for."""
    found = []
    for word in words:
        places: list[int] = []
        for form in word.known:
            if (at := lexemes.find(form)) >= 0:
                at += len(form)
                end = lexemes.find(" ", at)
                those = lexemes[at : end if end >= 0 else len(lexemes)]
                places += [int(place.rstrip("ABCD")) for place in those.split(",")]
        found.append(sorted(places))
    return found


def _words(hit: Hit, terms: list[_Word], total: float) -> dict[str, float]:
    """Return the four signs that are about words."""
    lexemes = " " + hit.lexemes if hit.lexemes else ""
    places = _places(lexemes, terms)
    covered = 0.0
    in_sentence: dict[int, float] = {}
    for term, at in zip(terms, places, strict=True):
        if at:
            covered += term.weight
            for number in {_sentence(place, hit.breaks) for place in at}:
                in_sentence[number] = in_sentence.get(number, 0.0) + term.weight
    return {
        "coverage": covered / total,
        "sentence": max(in_sentence.values(), default=0.0) / total,
        "order": _order(terms, places),
        "family": _family(terms, places, lexemes) / total,
    }


def _sentence(place: int, breaks: list[int]) -> int:
    return bisect_left(breaks, place)


def _order(terms: list[_Word], places: list[list[int]]) -> float:
    """Return the share of neighbouring words of the question that are neighbours in the passage."""
    whole = together = 0.0
    for at in range(1, len(terms)):
        weight = terms[at - 1].weight + terms[at].weight
        whole += weight
        if places[at - 1] and places[at]:
            after = {place + 1 for place in places[at - 1]}
            if not after.isdisjoint(places[at]):
                together += weight
    if not whole:
        return 0.0
    return together / whole


def _family(terms: list[_Word], places: list[list[int]], lexemes: str) -> float:
    """Return the weight of the words that only have relatives in the passage."""
    return sum(
        term.weight
        for term, at in zip(terms, places, strict=True)
        if not at and any(stem in lexemes for stem in term.family)
    )


def relevant(hits: list[Hit], abroad: bool = False) -> bool:
    """Tell whether the best passage speaks of what was asked; `abroad` says that it was asked in a
    language that the course does not speak."""
    if not hits:
        return False
    if abroad and max(_by_meaning(each) for each in hits) >= LEAST_ABROAD:
        return True
    return hits[0].score >= (LEAST if "meaning" in hits[0].signs else LEAST_BY_WORDS)


def _by_meaning(hit: Hit) -> float:
    return _mean(hit.signs, MEANING_ALONE) if "meaning" in hit.signs else 0.0
