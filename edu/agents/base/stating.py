"""Does the nearest sentence state what was asked, or does it only speak of it?

A question that the materials nearly answer ("Who *lost* the battle?") has all the meaning and nearly
all the words of one that they do answer. What gives it away is small: a figure, a name, a rank that
stands nowhere near the sentence, an opposite in its place, a "not" that nobody says.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from edu.agents.base import contraries, evidence, names
from edu.agents.base.evidence import Piece, Question, Weighed
from edu.common.sources import Source

SPREAD = 0.3  # of the passages
_FIGURE = re.compile(r"\d+")


@dataclass(frozen=True)
class Signs:
    """What speaks for and against it, each 0..1. Against: `denied` (the question says that something is
    not so, the sentence does not), `opposed` (near it stands the opposite of a word of the question),
    `figures` and `names` (share of those of the question that do not stand near), `rarest` (share of
    the question's weight that its rarest word has which does not), `passage` (share of it that one
    passage has: much in the passage and little in the sentence is a bad sign). For: `sentence` (the
    share that the sentence has), `meaning` (its cosine), `fit` (it has the form of the answer)."""

    denied: float
    opposed: float
    figures: float
    names: float
    rarest: float
    sentence: float
    passage: float
    meaning: float
    fit: float


def signs(
    question: Question,
    sources: Sequence[Source],
    pieces: Sequence[Piece],
    weighed: Sequence[Weighed],
) -> Signs:
    """Return the signs for the best of `weighed`, which are `pieces` of `sources`."""
    best = weighed[0].piece
    around = [p for p in pieces if p.source == best.source and abs(p.place - best.place) <= 1]
    text = " ".join(each.text for each in around)
    language, stems = question.language, question.stems
    weight = evidence.weights(stems, pieces)
    whole = sum(weight.values()) or 1.0
    near = {stem for each in around for stem in each.stems}
    passages: dict[int, set[str]] = {}
    for each in pieces:
        passages.setdefault(each.source, set()).update(each.stems)
    over = names.texts([replace(sources[best.source], text="")])
    told = [" ".join(names.texts([each])) for each in sources]
    asked = _telling(_FIGURE.findall(question.text), told)
    said = set(_FIGURE.findall(" ".join([text, *over])))
    named = names.named(question.text, language)
    lost = _telling(names.beside(named, sources, pieces, [best]), told)
    return Signs(
        denied=float(contraries.denied(question.text, best.text, language)),
        opposed=float(contraries.opposed(question.text, text, language)),
        figures=len(asked - said) / max(1, len(asked)),
        names=len(lost) / max(1, len(named)),
        rarest=max((weight[stem] for stem in stems if stem not in near), default=0.0) / whole,
        sentence=evidence.coverage(stems, weight, set(best.stems)),
        passage=max(evidence.coverage(stems, weight, have) for have in passages.values()),
        meaning=max(each.similarity for each in weighed),
        fit=weighed[0].fit,
    )


def _telling(some: Sequence[str], told: Sequence[str]) -> set[str]:
    """Return those of `some` that stand in few of the texts `told`: what stands in many is what they
    are all about, and need not be said again near the sentence."""
    return {each for each in some if sum(each in text for text in told) <= SPREAD * len(told)}
