"""A question that the materials nearly answer is told from one that they do."""

from dataclasses import asdict

import pytest

from edu.agents.base import answerable, contraries, evidence, stating
from edu.common.sources import Source

TEXT = (
    "The old bridge at Sorvik was opened in 1874 by the engineer Anna Brandt. It was the longest wooden "
    "bridge of the north until 1901. The tower beside it was never finished. Trams did not cross it."
)


@pytest.mark.parametrize(
    ("question", "sentence", "language", "found"),
    [
        ("Who did not sign the treaty?", "Sweden signed the treaty.", "en", True),
        ("Who did not sign the treaty?", "Sweden did not sign the treaty.", "en", False),
        ("Who signed the treaty?", "Sweden did not sign the treaty.", "en", False),
        ("What is not required of workers?", "They are required to pay, not to vote.", "en", True),
        ("Why doesn't ice sink?", "Ice is lighter than water.", "en", True),
        ("Wer unterschrieb den Vertrag nicht?", "Schweden unterschrieb.", "de", True),
        ("Qui n'a pas signé ?", "La Suède a signé.", "fr", True),
        ("Mitä ei tapahtunut?", "Kaikki tapahtui.", "fi", False),  # no list: nothing is told
    ],
)
def test_a_question_for_what_is_not_so_wants_a_sentence_that_says_so(
    question, sentence, language, found
):
    assert contraries.denied(question, sentence, language) == found


@pytest.mark.parametrize(
    ("question", "near", "language", "found"),
    [
        ("Who lost the battle?", "The Normans won the battle.", "en", True),
        ("What decreases pressure?", "Heat increases pressure.", "en", True),
        ("What is the highest peak?", "The lowest peak is Ro, the highest is Ka.", "en", False),
        ("Who won the battle?", "The Normans won the battle.", "en", False),
        ("Welcher Berg ist kleiner?", "Der Ararat ist größer.", "de", True),
        ("Mikä on suurin?", "Se on pienin.", "fi", False),
    ],
)
def test_the_opposite_in_the_place_of_a_word_is_seen(question, near, language, found):
    assert contraries.opposed(question, near, language) == found


def _signs(asked: str) -> dict[str, float]:
    source = Source("p", "m", "Bridges", TEXT, {}, language="en", similarity=0.6)
    other = Source("q", "m", "Bridges", "Trams were built in Tambor.", {}, language="en")
    more = [Source(f"r{n}", "m", "", "Ships sailed there for years.", {}) for n in range(3)]
    question = evidence.ask(asked, "en")
    pieces = evidence.pieces([source, other, *more])
    near = [0.6 if each.source == 0 else 0.1 for each in pieces]
    weighed = evidence.weigh(question, pieces, near, [0.5, 0.1, 0, 0, 0])
    return asdict(stating.signs(question, [source, other, *more], pieces, weighed))


@pytest.mark.parametrize(
    ("asked", "sign"),
    [
        ("Who opened the old bridge at Sorvik in 1911?", "figures"),
        ("When was the old bridge at Tambor opened?", "names"),
        ("Why was the old bridge at Sorvik never opened?", "denied"),
        ("Which was the shortest wooden bridge of the north?", "opposed"),
    ],
)
def test_what_a_question_is_twisted_with_makes_its_answer_less_likely(asked, sign):
    honest = _signs("When was the old bridge at Sorvik opened by the engineer?")
    signs = _signs(asked)
    assert honest[sign] == 0
    assert signs[sign] == 1
    assert all(0 <= each <= 1 for each in signs.values())
    for vectors in (True, False):
        odds = [answerable.sign_odds(each, "en", vectors) for each in (honest, signs)]
        assert odds[1] < odds[0] - 0.5


def test_what_all_passages_are_about_need_not_stand_near_the_sentence():
    sources = [
        Source(str(n), "m", "", f"The final of 2016 had part {n}. It rained.", {}) for n in range(4)
    ]
    question = evidence.ask("Did it rain in 2016?", "en")
    pieces = evidence.pieces(sources)
    weighed = evidence.weigh(question, pieces, [0.5] * len(pieces), [0.5] * 4)
    assert stating.signs(question, sources, pieces, weighed).figures == 0


def test_signs_and_a_model_move_the_probability_and_never_above_that_of_the_topic():
    for language in ("en", "de"):
        by_odds = [answerable.stated(0.9, odds, language) for odds in (-4, -1, 3)]
        assert by_odds == sorted(by_odds)
        assert by_odds[0] < 0.1
        assert by_odds[-1] <= 0.9
        by_model = [answerable.stated(0.9, 0.5, language, yes) for yes in (0.05, 0.5, 0.95)]
        assert by_model[0] < answerable.ANSWER < by_model[-1] <= 0.9
    assert answerable.stated(0.9, 0.5, "de") == 0.9  # nothing was fitted: only clear signs count
    assert answerable.stated(0.2, 5, "en") == 0.2
    assert answerable.stated(0.2, 5, "en", 0.99) <= answerable.RESCUED
    assert answerable.stated(0.8, answerable.NO_SIGNS, "", 0.6) == 0.8
    assert answerable.stated(0.8, answerable.NO_SIGNS, "", 0.2) < answerable.ANSWER
