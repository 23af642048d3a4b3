"""What a row of answers says about knowing an objective: the formula, free of any table.

The belief is a Beta distribution over the chance that the next unaided answer is right (the
Beta-Binomial model, e.g. Gelman et al., "Bayesian Data Analysis", section 2.1), with four changes
that take it from coins to learners:

1. Luck and slips. An answer does not show knowledge, it is caused by it or by luck (guess g, 1/n for
   a choice of n) or spoilt by a slip (s = 0.1). The weight of a right answer is therefore P(known |
   right), that of a wrong one P(not known | wrong), by equation 1 of Corbett and Anderson,
   "Knowledge tracing" (UMUAI 4, 1995), at even odds of knowing:

       right: (1 - s) / ((1 - s) + g)        wrong: (1 - g) / ((1 - g) + s)

   so a right choice among four weighs 0.78, a right written answer 1.

2. Help. The weight of a right answer is multiplied by what assessments says it counts (1 for an
   unaided first try, less with hints and retries); once the key was seen it is 0. A wrong answer
   weighs at least half: being wrong with help is no weaker a sign than without. What somebody says of
   their own recall counts a quarter of a graded answer (logic/selfrated.py).

3. Learning. A new answer displaces older evidence to the contrary: weight w multiplies it by
   0.85 ** w (the recency weighting of Gong, Beck and Heffernan, "How to construct more accurate student
   models", 2011). Only the contrary evidence shrinks, so a right answer never lowers the mean
   and a wrong one never raises it. Each side is held to 30, so that nobody is beyond change.

4. Forgetting. Evidence halves with every half-life, 30 days at first; a right answer a day or more
   after the last evidence stretches it by up to a half, a wrong one shortens it (after Settles and
   Meeder, "A trainable spaced repetition model", ACL 2016). Time alone never raises the mean:
   wrong answers fade no further than that.

What is known is "enough" when the interval is at most 0.62 wide: three written answers alike, or about
six that differ. The prior weighs as much as two answers. Its mean is 0.4, and where something is known of the
prerequisites it lies between 0.2 and 0.6 with the weakest of them.

A belief is the fold of the evidence in the order of time (ties: of attempt id), so the order in which
the evidence arrives makes no difference.
"""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from scipy.special import betaincinv

PRIOR_MEAN = 0.4
PRIOR_WEIGHT = 2.0
SLIP = 0.1
WRONG_AT_LEAST = 0.5
DISPLACE = 0.85
MOST = 30.0
HALF_LIFE = 30.0
LONGEST_HALF_LIFE = 365.0
TAIL = 0.05  # on each side of the 90 % interval
ENOUGH_WIDTH = 0.62  # an interval wider than this says too little to act on
READY = 0.7  # from here on a prerequisite carries what builds on it
SOLID = 0.75
REMEMBERED = 8
DAY = 86_400.0


@dataclass(frozen=True)
class Answer:
    """One graded attempt as evidence: `score`, `counts` and `guess` are shares 0..1."""

    at: datetime
    score: float
    counts: float = 1.0
    guess: float = 0.0
    key_seen: bool = False
    hint_level: int = 0
    try_number: int = 1
    told: bool = False  # by the person's own word, and not graded

    @property
    def right(self) -> bool:
        """Whether the answer was right in full."""
        return self.score >= 1.0 - 1e-9

    @property
    def unaided(self) -> bool:
        """Whether it was a first try without any help."""
        return self.counts >= 1.0 - 1e-9 and not self.key_seen


@dataclass(frozen=True)
class Belief:
    """`right` and `wrong` are weights of evidence beside the prior, as of `at`; `recent` tells of the
    last attempts, oldest first, whether they were right without help."""

    prior: float = PRIOR_MEAN
    right: float = 0.0
    wrong: float = 0.0
    half_life: float = HALF_LIFE
    at: datetime | None = None
    attempts: int = 0
    recent: tuple[bool, ...] = ()

    @property
    def alpha(self) -> float:
        """First parameter of the Beta distribution."""
        return PRIOR_WEIGHT * self.prior + self.right

    @property
    def beta(self) -> float:
        """Second parameter of the Beta distribution."""
        return PRIOR_WEIGHT * (1.0 - self.prior) + self.wrong

    @property
    def p(self) -> float:
        """Mean: the chance (0..1) that the next unaided answer is right."""
        return self.alpha / (self.alpha + self.beta)


def prior_mean(prerequisites: Iterable[float]) -> float:
    """Return the mean of the prior, given the mastery of those prerequisites that have evidence."""
    known = list(prerequisites)
    return PRIOR_MEAN * (0.5 + min(known)) if known else PRIOR_MEAN


def intervals(beliefs: Sequence[Belief]) -> list[tuple[float, float]]:
    """Return the central 90 % interval of each belief; it always holds the mean."""
    if not beliefs:
        return []
    alpha = np.array([each.alpha for each in beliefs])
    beta = np.array([each.beta for each in beliefs])
    lows = betaincinv(alpha, beta, TAIL)
    highs = betaincinv(alpha, beta, 1.0 - TAIL)
    return [
        (min(float(low), each.p), max(float(high), each.p))
        for low, high, each in zip(lows, highs, beliefs, strict=True)
    ]


def interval(belief: Belief) -> tuple[float, float]:
    """Return the central 90 % interval of one belief."""
    return intervals([belief])[0]


def enough(low: float, high: float) -> bool:
    """Return whether an interval is narrow enough to say something."""
    return high - low <= ENOUGH_WIDTH


def faded(belief: Belief, now: datetime) -> Belief:
    """Return `belief` as of `now`: halved with every half-life since, and never higher than it was."""
    elapsed = (now - belief.at).total_seconds() / DAY if belief.at else 0.0
    if elapsed <= 0.0:
        return belief
    kept = 0.5 ** (elapsed / belief.half_life)
    right = belief.right * kept
    # As much of the wrong answers as it takes for the mean not to rise.
    alpha = PRIOR_WEIGHT * belief.prior + right
    needed = alpha * (1.0 - belief.p) / belief.p - PRIOR_WEIGHT * (1.0 - belief.prior)
    wrong = min(belief.wrong, max(belief.wrong * kept, needed, 0.0))
    return dataclasses.replace(belief, right=right, wrong=wrong, at=now)


def weights(answer: Answer) -> tuple[float, float]:
    """Return how much `answer` weighs as (right, wrong) evidence."""
    counts = 0.0 if answer.key_seen else answer.counts
    known = (1.0 - SLIP) / ((1.0 - SLIP) + answer.guess)
    unknown = (1.0 - answer.guess) / ((1.0 - answer.guess) + SLIP)
    right = counts * answer.score * known
    wrong = max(counts, WRONG_AT_LEAST) * (1.0 - answer.score) * unknown
    return right, wrong


def learn(belief: Belief, answer: Answer) -> tuple[Belief, Belief]:
    """Return the belief just before `answer` (faded until then) and after it."""
    before = faded(belief, answer.at) if belief.at else dataclasses.replace(belief, at=answer.at)
    right, wrong = weights(answer)
    apart = (answer.at - belief.at).total_seconds() / DAY if belief.at else 0.0
    half_life = before.half_life * (1.0 + 0.5 * right if apart >= 1.0 else 1.0)
    half_life *= 1.0 - 0.3 * min(1.0, wrong)
    after = dataclasses.replace(
        before,
        right=min(MOST, (before.right + right)) * DISPLACE**wrong,
        wrong=min(MOST, (before.wrong + wrong)) * DISPLACE**right,
        half_life=min(LONGEST_HALF_LIFE, max(HALF_LIFE, half_life)),
        at=max(answer.at, before.at or answer.at),
        attempts=before.attempts + 1,
        recent=(*before.recent, answer.right and answer.unaided)[-REMEMBERED:],
    )
    return before, after


def fold(prior: float, answers: Iterable[Answer]) -> list[tuple[Belief, Belief]]:
    """Return the belief before and after each of `answers`, which are in the order of time."""
    belief, steps = Belief(prior=prior), []
    for answer in answers:
        before, belief = learn(belief, answer)
        steps.append((before, belief))
    return steps
