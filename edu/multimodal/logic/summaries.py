"""The sentences of a material that say most of it: chosen, never written.

A sentence counts for how near it is to the middle of all that is said (by its vector, and by its words),
and for how it stands by itself. They are taken one by one, each as unlike those before as may be, and
from all sections; then put in the order of the material.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from edu.common.definitions import definitions
from edu.common.language import content_words, count_words
from edu.common.pointing import points_back, ties, unnamed, vague
from edu.multimodal.logic.lexemes import sentence_texts
from edu.multimodal.logic.vectors import grown

MOST = 7  # sentences of a summary
ENOUGH = 6  # sentences that a text must have to be worth a summary
LOOKED_AT = 1000  # passages of a long material, spread over all of it
_ENDS = (".", "!", "。", "！", "…", "۔", "।", "።", "։")
_CLOSING = "\"'”’»)]」』"
_WORDS = (7, 45)
_PROSE = ("text", "list", "notes")


@dataclass(frozen=True)
class Said:
    """A passage to choose from; `sentences` are the shrunk vectors of its sentences, where there are."""

    id: str
    text: str
    path: list[str]
    kind: str
    language: str
    sentences: bytes | None = None


@dataclass
class _Candidate:
    passage: int
    text: str
    section: str
    order: int
    words: Counter[str] = field(default_factory=Counter)
    vector: np.ndarray | None = None
    score: float = 0.0


def summary(said: Sequence[Said], terms: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Return [(id of the passage, sentence as it stands there)] in the order of `said`; nothing for what
    is too short to sum up. What speaks of `terms`, best first, counts more."""
    step = max(1, math.ceil(len(said) / LOOKED_AT))
    looked_at = said[::step]
    found, total = _candidates(looked_at)
    if total < ENOUGH or not found:
        return []
    _score(found, [term.casefold() for term in terms[:12]])
    most = min(MOST, max(2, round(1.4 * math.log(total))), max(1, total // 4))
    chosen = _chosen(found, most)
    return [(looked_at[each.passage].id, each.text) for each in chosen]


def _candidates(said: Sequence[Said]) -> tuple[list[_Candidate], int]:
    """Return the sentences that stand by themselves, and how many there are of prose in all."""
    found: list[_Candidate] = []
    total = 0
    sections = _sections(said)
    for at, each in enumerate(said):
        if each.kind not in _PROSE:
            continue
        parts = sentence_texts(each.text, each.language)
        vectors = list(grown(each.sentences)) if each.sentences else []
        defining = {one.sentence for one in definitions(each.text, each.language)}
        for number, text in enumerate(parts):
            total += 1
            if not _stands_alone(text, each.language):
                continue
            found.append(
                _Candidate(
                    passage=at,
                    text=text,
                    section=sections[at],
                    order=len(found),
                    words=Counter(content_words(text, each.language)),
                    vector=vectors[number] if len(vectors) == len(parts) else None,
                    # What defines, and what opens a passage, is more often what it is about.
                    score=0.5 * (text in defining) + 0.4 * (number == 0),
                )
            )
    return found, total


def _stands_alone(text: str, language: str) -> bool:
    """Whether a sentence is whole, of a readable length, and needs nothing before it."""
    low, high = _WORDS
    if not low <= count_words(text) <= high or "\n" in text:
        return False
    if not text.rstrip(_CLOSING).endswith(_ENDS) or text[:1].islower() or text[:1] in "-•–*(":
        return False
    letters = sum(each.isalpha() or each.isspace() for each in text)
    if letters < 0.8 * len(text):
        return False
    back = points_back(text, language) or ties(text, language) or unnamed(text, language)
    return not back and not vague(text)


def _sections(said: Sequence[Said]) -> list[str]:
    """Return the section of each passage: by its headings, or else by how far down it stands."""
    for depth in (1, 2, 3):
        names = [" › ".join(each.path[:depth]) for each in said]
        if len(set(names)) > 1:
            return names
    return [str(at * MOST // max(1, len(said))) for at in range(len(said))]


def _score(found: list[_Candidate], terms: list[str]) -> None:
    """Add to each candidate how near the middle it is."""
    counts: Counter[str] = Counter()
    for each in found:
        counts.update(each.words.keys())
    weights = {word: math.log(1 + count) for word, count in counts.items()}
    by_words = np.array(
        [sum(weights[word] for word in each.words) / (len(each.words) + 4) for each in found]
    )
    parts = [_standard(by_words)]
    if all(each.vector is not None for each in found):
        rows = np.array([each.vector for each in found])
        middle = rows.mean(axis=0)
        parts.append(1.5 * _standard(rows @ (middle / (np.linalg.norm(middle) or 1.0))))
    for each, near in zip(found, np.mean(parts, axis=0), strict=True):
        low = each.text.casefold()
        each.score += float(near) + 0.15 * sum(term in low for term in terms)


def _standard(values: np.ndarray) -> np.ndarray:
    spread = float(values.std())
    return np.clip((values - values.mean()) / spread, -2.5, 2.5) if spread else values * 0


def _chosen(found: list[_Candidate], most: int) -> list[_Candidate]:
    """Take the best one by one; what is like one of them, or of a section that has one, comes later."""
    chosen: list[_Candidate] = []
    of_section: Counter[str] = Counter()
    left = list(found)
    likeness = dict.fromkeys((each.order for each in found), 0.0)
    while left and len(chosen) < most:
        best = max(
            left,
            key=lambda each: (
                each.score - 2.5 * likeness[each.order] - 1.2 * of_section[each.section],
                -each.order,
            ),
        )
        left.remove(best)
        if likeness[best.order] > 0.7:  # it says the same once more
            continue
        chosen.append(best)
        of_section[best.section] += 1
        for each in left:
            likeness[each.order] = max(likeness[each.order], _like(best, each))
    return sorted(chosen, key=lambda each: each.order)


def _like(one: _Candidate, two: _Candidate) -> float:
    """Return 0 to 1: the share of words that two sentences have in common."""
    together = (one.words & two.words).total()
    return together / math.sqrt((one.words.total() or 1) * (two.words.total() or 1))
