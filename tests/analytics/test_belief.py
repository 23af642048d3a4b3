"""The formula of mastery, by the properties it promises."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from edu.analytics.logic import belief as beliefs
from edu.analytics.logic.belief import Answer, Belief

START = datetime(2026, 1, 1, tzinfo=UTC)
shares = st.floats(0.0, 1.0)
hours = st.floats(0.0, 24 * 200.0)


@st.composite
def rows(draw, least=0, most=30):
    """Answers in the order of time."""
    at, found = START, []
    for _each in range(draw(st.integers(least, most))):
        at += timedelta(hours=draw(hours))
        found.append(
            Answer(
                at=at,
                score=draw(st.sampled_from([0.0, 1.0, 0.5]) | shares),
                counts=draw(st.sampled_from([0.0, 1.0, 0.5]) | shares),
                guess=draw(st.sampled_from([0.0, 0.25, 0.5])),
                key_seen=draw(st.booleans()),
            )
        )
    return found


def believe(answers, prior=beliefs.PRIOR_MEAN):
    """The belief after all of `answers`."""
    steps = beliefs.fold(prior, answers)
    return steps[-1][1] if steps else Belief(prior=prior)


def then(belief, hours=1.0, **how):
    """The belief before and after one more answer."""
    return beliefs.learn(belief, Answer(at=(belief.at or START) + timedelta(hours=hours), **how))


@given(rows(), hours, shares, st.sampled_from([0.0, 0.25, 0.5]))
def test_a_right_answer_never_lowers_it(answers, wait, counts, guess):
    before, after = then(believe(answers), wait, score=1.0, counts=counts, guess=guess)
    assert after.p >= before.p - 1e-12


@given(rows(), hours, shares, st.sampled_from([0.0, 0.25, 0.5]), st.booleans())
def test_a_wrong_answer_always_lowers_it(answers, wait, counts, guess, key_seen):
    before, after = then(
        believe(answers), wait, score=0.0, counts=counts, guess=guess, key_seen=key_seen
    )
    assert after.p < before.p or before.wrong > beliefs.MOST - 1


@given(rows(), hours, shares, shares)
def test_an_answer_after_the_key_was_seen_never_raises_it(answers, wait, score, counts):
    before, after = then(believe(answers), wait, score=score, counts=counts, key_seen=True)
    assert after.p <= before.p + 1e-12


@given(rows(), hours)
def test_a_lucky_guess_raises_it_less_than_a_written_answer(answers, wait):
    belief = believe(answers)
    _before, choice = then(belief, wait, score=1.0, guess=0.25)
    before, written = then(belief, wait, score=1.0, guess=0.0)
    assert written.p >= choice.p
    if before.right < beliefs.MOST - 1:
        assert written.p > choice.p


@given(rows(), hours)
def test_help_makes_a_right_answer_raise_it_less(answers, wait):
    belief = believe(answers)
    _before, helped = then(belief, wait, score=1.0, counts=0.4)
    _before, alone = then(belief, wait, score=1.0, counts=1.0)
    assert alone.p >= helped.p


@given(rows(), shares)
def test_the_interval_holds_the_mean_and_stays_within_0_and_1(answers, prior):
    belief = believe(answers, 0.2 + 0.4 * prior)
    low, high = beliefs.interval(belief)
    assert 0.0 <= low <= belief.p <= high <= 1.0


@given(rows(least=1), hours, hours)
def test_time_alone_never_raises_it(answers, wait, more):
    belief = believe(answers)
    soon = beliefs.faded(belief, belief.at + timedelta(hours=wait))
    late = beliefs.faded(belief, belief.at + timedelta(hours=wait + more))
    assert belief.p >= soon.p - 1e-9
    assert soon.p >= late.p - 1e-9
    assert late.right >= 0.0 <= late.wrong


def test_its_interval_is_the_90_percent_interval_of_the_beta_distribution():
    belief = believe([Answer(at=START, score=1.0)] * 3)
    low, high = beliefs.interval(belief)
    assert low == pytest.approx(stats.beta.ppf(0.05, belief.alpha, belief.beta))
    assert high == pytest.approx(stats.beta.ppf(0.95, belief.alpha, belief.beta))


def test_one_answer_is_not_enough_and_five_alike_are():
    right = Answer(at=START, score=1.0)
    for count, wanted in ((1, False), (5, True)):
        assert beliefs.enough(*beliefs.interval(believe([right] * count))) is wanted


def test_five_right_in_a_row_make_it_solid():
    assert believe([Answer(at=START, score=1.0)] * 5).p >= beliefs.SOLID


def test_somebody_who_has_learnt_leaves_the_old_mistakes_behind():
    wrong = [Answer(at=START, score=0.0)] * 6
    right = [Answer(at=START + timedelta(days=1), score=1.0)] * 6
    counted_alike = (0.8 + 6) / (2 + 12)
    assert believe(wrong + right).p > counted_alike + 0.1


def test_half_of_it_is_gone_after_a_half_life():
    belief = believe([Answer(at=START, score=1.0)] * 4)
    later = beliefs.faded(belief, START + timedelta(days=beliefs.HALF_LIFE))
    assert later.right == pytest.approx(belief.right / 2)
    assert later.p < belief.p


def test_what_was_recalled_after_days_fades_more_slowly():
    crammed = believe([Answer(at=START + timedelta(minutes=n), score=1.0) for n in range(4)])
    spaced = believe([Answer(at=START + timedelta(days=4 * n), score=1.0) for n in range(4)])
    assert spaced.half_life > 2 * crammed.half_life


def test_the_weights_are_those_of_knowledge_tracing_at_even_odds():
    right, wrong = beliefs.weights(Answer(at=START, score=1.0, guess=0.25))
    assert (right, wrong) == (pytest.approx(0.9 / 1.15), 0.0)
    right, wrong = beliefs.weights(Answer(at=START, score=0.0, guess=0.25))
    assert (right, wrong) == (0.0, pytest.approx(0.75 / 0.85))


def test_what_is_known_of_the_prerequisites_moves_the_start():
    assert beliefs.prior_mean([]) == 0.4
    assert beliefs.prior_mean([0.9, 0.2]) == pytest.approx(0.28)
    assert beliefs.prior_mean([0.0]) == pytest.approx(0.2)
    assert beliefs.prior_mean([1.0]) == pytest.approx(0.6)
