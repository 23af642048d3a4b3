"""Do these sources answer this question? A probability, fitted on questions that people wrote.

The weights were fitted on the 5 928 answerable questions and 12 000 questions about another article of
SQuAD 2.0's development set (each question against the passages of one article, all-MiniLM-L6-v2); held
out by article the area under the ROC curve is .998, without vectors .988. `benchmarks/answerable.py`
measures it again. It tells what the materials speak of from what they do not; it does not tell a
question that was twisted on purpose (.65): for that the words themselves must be read.
"""

import math
from collections.abc import Sequence

from edu.agents.base.evidence import Piece, Question, Weighed
from edu.common.sources import Source

ANSWER = 0.5  # from here on the materials answer
SURE = 0.85  # from here on nobody else need be asked
HOPELESS = 0.12  # up to here nobody else can help

_WITH_VECTORS = (-8.572, 7.972, 7.374, 5.46)  # bias, best sentence, best passage, plain coverage
_WORDS_ONLY = (-5.748, 8.61, 5.243)  # bias, plain coverage, weighed coverage


def probability(
    question: Question, sources: Sequence[Source], weighed: Sequence[Weighed], vectors: bool
) -> float:
    """Return the probability (0..1) that `sources` answer `question`; `vectors` says whether the
    similarities of `weighed` and `sources` mean anything."""
    if not weighed:
        return 0.0
    plain = plain_coverage(question, [each.piece for each in weighed])
    if not vectors:
        bias, first, second = _WORDS_ONLY
        best = max(each.coverage for each in weighed)
        return _logistic(bias + first * plain + second * best)
    bias, a, b, c = _WITH_VECTORS
    nearest = max(each.similarity for each in weighed)
    passage = max((each.similarity for each in sources), default=0.0) or nearest - 0.05
    return _logistic(bias + a * nearest + b * passage + c * plain)


def plain_coverage(question: Question, pieces: Sequence[Piece]) -> float:
    """Return the largest share (0..1) of the question's words that one passage has."""
    stems = question.stems or question.context
    if not stems:
        return 0.0
    passages: dict[int, set[str]] = {}
    for piece in pieces:
        passages.setdefault(piece.source, set()).update(piece.stems)
    return max(len([s for s in stems if s in have]) / len(stems) for have in passages.values())


def blend(probability: float, yes: float) -> float:
    """Return the probability after a model was asked whether the passage states the answer; `yes` is
    the probability of its yes. The model is wrong now and then, so it moves the odds, no more."""
    yes = min(0.98, max(0.02, yes))
    odds = math.log(probability / (1 - probability)) if 0 < probability < 1 else 0.0
    return _logistic(odds + 1.2 * math.log(yes / (1 - yes)))


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, x))))
