"""Every item kind, whichever there are, keeps the same promises; then each kind's own."""

import math
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edu.assessments.base.kind import MOST_RESPONSE, Sheet, storable
from edu.assessments.data import BadItem, Option
from edu.assessments.logic.leak import Text
from edu.assessments.logic.registry import all_kinds

# One good item of each kind: stem, options, key, a right response, a wrong one. A kind without an
# example here fails the first test below.
EXAMPLES = {
    "choice": (
        "What is it?",
        ["osmosis", "diffusion", "lysis"],
        {"correct": [0]},
        "osmosis",
        "lysis",
    ),
    "number": ("How long?", [], {"value": 12.5, "tolerance": 0.1, "unit": "m"}, "12,5 m", "13 m"),
    "short": ("Who?", [], {"accept": ["Marie Curie", "Curie"]}, "marie curie", "Pierre Curie"),
    "cloze": ("Water moves by _____.", [], {"blanks": [["osmosis"]]}, "Osmosis", "lysis"),
}
KINDS = sorted(all_kinds())
HOSTILE = [
    None, True, False, 0, -1, 1e308, [], {}, [[]], [None], {"a": 1}, "", " ", "\n", "x" * 200_000,
    ["x"] * 10_000, "\u202e\u0000", "<script>alert(1)</script>", "1/0", "9" * 400, "e" * 50, [True],
    {"correct": [0]}, "NaN", "inf", "-", "--5", "½½", "😀", "۱۲", [["osmosis"]], 10**400,
]  # fmt: skip


def sheet(kind, stem=None, options=None, key=None):
    """Return a sheet as it would be stored, with option ids that differ from texts."""
    a, b, c, _right, _wrong = EXAMPLES[kind]
    ready = all_kinds()[kind].ready(stem or a, b if options is None else options, key or c)
    made = [Option(f"id{n}", text) for n, text in enumerate(ready.options)]
    return Sheet(ready.stem, made, ready.key)


def graded(kind, response, **parts):
    return all_kinds()[kind].grade(sheet(kind, **parts), response)


@pytest.mark.parametrize("kind", KINDS)
class TestEveryKind:
    def test_it_has_an_example(self, kind):
        assert kind in EXAMPLES

    def test_a_right_answer_is_1_and_a_wrong_one_0(self, kind):
        *_, right, wrong = EXAMPLES[kind]
        assert graded(kind, right).score == 1
        assert graded(kind, wrong).score == 0

    @pytest.mark.parametrize("response", HOSTILE, ids=lambda each: repr(each)[:20])
    def test_nothing_that_comes_in_is_an_error(self, kind, response):
        grade = graded(kind, response)
        assert grade.score == 0
        assert grade.feedback
        assert math.isfinite(grade.confidence)
        assert len(str(storable(response))) <= MOST_RESPONSE + 400

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
            lambda each: st.lists(each) | st.dictionaries(st.text(), each),
            max_leaves=8,
        )
    )
    def test_any_json_gets_a_grade(self, kind, response):
        assert 0 <= graded(kind, response).score <= 1

    @pytest.mark.parametrize("key", [None, [], "x", {}, {"correct": "x"}, {"value": "x"}, {"accept": 5},
                                     {"blanks": "x"}, {"blanks": [[]]}, {"accept": []}, {"value": True},
                                     {"correct": [99]}, {"correct": [True]}, {"blanks": [[None]]},
                                     {"value": 1e999}, {"value": 1, "tolerance": -1}])  # fmt: skip
    def test_a_key_of_the_wrong_shape_names_its_field(self, kind, key):
        stem, options, *_ = EXAMPLES[kind]
        with pytest.raises(BadItem) as caught:
            all_kinds()[kind].ready(stem, options, key)
        assert caught.value.fields

    def test_feedback_to_a_wrong_answer_does_not_tell_the_key(self, kind):
        *_, wrong = EXAMPLES[kind]
        held = sheet(kind)
        grade = all_kinds()[kind].grade(held, wrong)
        assert not any(Text(grade.feedback).gives_away(s) for s in all_kinds()[kind].secrets(held))

    def test_clues_do_not_tell_the_key(self, kind):
        held = sheet(kind)
        clues = all_kinds()[kind].clues(held, [option.id for option in held.options])
        for secret in all_kinds()[kind].secrets(held):
            assert not Text(clues.narrow).gives_away(secret)
            assert not Text(clues.last).gives_away(secret)
        assert clues.narrow
        assert clues.last

    def test_it_can_say_its_key(self, kind):
        held = sheet(kind)
        assert all_kinds()[kind].key_text(held)
        assert all_kinds()[kind].key_shown(held, [option.id for option in held.options])

    def test_review_is_a_matter_of_the_item(self, kind):
        key = EXAMPLES[kind][2]
        assert not all_kinds()[kind].needs_review(sheet(kind))
        assert all_kinds()[kind].needs_review(sheet(kind, key={**key, "review": True}))


class TestChoice:
    @pytest.mark.parametrize("response", ["id0", ["id0"], "osmosis", " Osmosis ", ["OSMOSIS"]])
    def test_an_option_is_named_by_id_or_text(self, response):
        assert graded("choice", response).score == 1

    def test_naming_all_of_them_is_not_knowing(self):
        assert graded("choice", ["id0", "id1", "id2"]).score == 0

    @pytest.mark.parametrize(
        ("response", "score"),
        [(["id0", "id1"], 1), (["id1", "id0", "id0"], 1), (["id0"], 0.5), (["id0", "id2"], 0),
         (["id0", "id1", "id2"], 0.5), ("id2", 0), ([], 0)],
    )  # fmt: skip
    def test_of_several_right_ones_each_counts_and_each_wrong_one_takes_back(self, response, score):
        grade = graded("choice", response, options=["a1", "b2", "c3"], key={"correct": [0, 1]})
        assert grade.score == score

    @pytest.mark.parametrize(
        "options", [[], ["one"], ["a", "a"], ["Ab", "ab "], ["a", ""], ["x"] * 30]
    )
    def test_options_differ_and_are_some(self, options):
        with pytest.raises(BadItem) as caught:
            all_kinds()["choice"].ready("What?", options, {"correct": [0]})
        assert "options" in caught.value.fields

    def test_numbers_may_be_options(self):
        assert graded("choice", 4, options=["3", "4"], key={"correct": [1]}).score == 1


class TestNumber:
    @pytest.mark.parametrize(
        ("value", "response"),
        [(1.5, "1,5"), (1.5, "1.5"), (1500, "1.5e3"), (0.75, "3/4"), (1000, "1 000"), (1000, "1,000"),
         (1000, "1.000"), (1234.5, "1.234,5"), (1234.5, "1,234.5"), (-2.5, "-2 1/2"), (0.5, "½"),
         (1500, "1.5×10³"), (1500, "1.5 * 10^3"), (3.5, "٣٫٥"), (5, "x = 5"), (5, "5."), (-5, "−5"),
         (5, 5), (5, "5 apples"), (0.5, "50%"), (1_000_000, "1'000'000"), (0.5, ".5"), (3.14, "≈ 3.14")],
    )  # fmt: skip
    def test_a_number_is_read_as_people_write_it(self, value, response):
        assert graded("number", response, key={"value": value, "tolerance": 0}).score == 1

    @pytest.mark.parametrize("response", ["5 or 6", "1,2,3", "five", "3/0", "1e999", "5-6"])
    def test_what_is_no_number_is_said_to_be_none(self, response):
        grade = graded("number", response, key={"value": 5, "tolerance": 0})
        assert grade.score == 0
        assert not grade.parsed

    @pytest.mark.parametrize(
        "response", ["9.81 m/s²", "9,81 m/s^2", "9.81 m s^-2", "981 cm/s²", "9.81"]
    )
    def test_units_are_converted_and_may_be_left_out(self, response):
        key = {"value": 9.81, "tolerance": 0.005, "unit": "m/s^2"}
        assert graded("number", response, key=key).score == 1

    @pytest.mark.parametrize(
        ("response", "words"),
        [("9.81 m", "something else"), ("9.81 bananas", "not the one"), ("9.81 km/s²", "convert"),
         ("98.1 m/s²", "powers of ten"), ("-9.81 m/s²", "sign"), ("8 m/s²", "Not right")],
    )  # fmt: skip
    def test_what_is_wrong_is_said(self, response, words):
        key = {"value": 9.81, "tolerance": 0, "unit": "m/s^2"}
        grade = graded("number", response, key=key)
        assert grade.score == 0
        assert words in grade.feedback

    @pytest.mark.parametrize(
        ("response", "score"), [("20 °C", 1), ("293.15 K", 1), ("68 °F", 1), ("21 °C", 0)]
    )
    def test_temperatures_have_zeros_of_their_own(self, response, score):
        key = {"value": 20, "tolerance": 0.01, "unit": "°C"}
        assert graded("number", response, key=key).score == score

    def test_the_tolerance_is_kept_to_the_edge(self):
        key = {"value": 10, "tolerance": 0.1}
        assert graded("number", "10.1", key=key).score == 1
        assert graded("number", "10.11", key=key).score == 0

    def test_tiny_numbers_are_not_all_alike(self):
        assert graded("number", "0", key={"value": 1e-12, "tolerance": 0}).score == 0

    @pytest.mark.parametrize("value", [0, 1, 7, -3, 0.001, 6.022e23, 42, 1000, 1.6e-19])
    def test_its_clues_hold_the_value_between_them(self, value):
        held = sheet("number", key={"value": value, "tolerance": 0})
        clues = all_kinds()["number"].clues(held, [])
        for text in (clues.narrow, clues.last):
            low, high = (
                float(each)
                for each in text.removeprefix("It lies between ").rstrip(".").split(" and ")
            )
            assert low < value < high


class TestWords:
    @pytest.mark.parametrize(
        ("accept", "response"),
        [("photosynthesis", "Photosinthesis"), ("mitochondria", "the mitocondria"), ("Müller", "mueller"),
         ("Müller", "MULLER"), ("año", "ano"), ("die Zelle", "Zelle"), ("l'eau", "eau"),
         ("well-known", "well known"),
         ("خلية", "الخلية"), ("İstanbul", "istanbul"), ("DNA", "dna"), ("osmosis", "It's osmosis."),
         ("osmosis", "“osmosis”"), ("chloroplast", "chloroplasts"), ("1945", "1945"), ("+", "+"),
         ("Zürich", "Zuerich"), ("12", "twelve"), ("twelve", "12"), ("21", "einundzwanzig"),
         ("42", "kırk iki"), ("1,500", "1500"), ("20.000", "20 000"), ("12 %", "12 percent"),
         ("35 Prozent", "35%"), ("300", "three hundred"), ("٢٠", "20"), ("seventy-five", "75"),
         ("tres", "3"), ("photosynthesis", "photosynkhesis"), ("двенадцать", "12")],
    )  # fmt: skip
    def test_slips_are_forgiven(self, accept, response):
        assert graded("short", response, key={"accept": [accept]}).score == 1

    @pytest.mark.parametrize(
        ("accept", "response"),
        [("mitosis", "meiosis"), ("photon", "proton"), ("neutron", "neuron"), ("Australia", "Austria"),
         ("sulfate", "sulfite"), ("hypotonic", "hypertonic"), ("1945", "1946"), ("Louis XVI", "Louis XIV"),
         ("adsorption", "absorption"), ("DNA", "RNA"), ("afferent", "efferent"), ("mitosis", "not mitosis"),
         ("endothermic", "exothermic"), ("cation", "caution"), ("C-14", "C-12"), ("Curie", "curiosity"),
         ("12", "twenty"), ("1.5", "1,500"), ("1945", "19450"), ("12 %", "12 km"), ("21", "twelve"),
         ("Ireland", "Iceland"), ("1,500", "1501"), ("3 km", "3 m"), ("twelve", "twenty")],
    )  # fmt: skip
    def test_another_word_is_wrong_however_near(self, accept, response):
        assert graded("short", response, key={"accept": [accept]}).score == 0

    def test_an_exact_key_forgives_only_case_and_blanks(self):
        key = {"accept": ["der Fluss"], "exact": True}
        assert graded("short", " Der  fluss", key=key).score == 1
        assert graded("short", "Fluss", key=key).score == 0
        assert graded("short", "der Fluß", key={"accept": ["der Bach"], "exact": True}).score == 0


class TestCloze:
    @pytest.mark.parametrize(
        ("response", "said"),
        [
            ("Curie", "“Marie Curie”"),
            ("Curi", "“Marie Curie”"),
            ("Marie Curie", "Right."),
            ("the Curie", "“Marie Curie”"),
        ],
    )
    def test_who_gives_a_part_that_will_do_is_told_the_whole(self, response, said):
        parts = {"stem": "_____ found radium.", "key": {"blanks": [["Marie Curie", "Curie"]]}}
        grade = graded("cloze", response, **parts)
        assert grade.score == 1
        assert said in grade.feedback

    def test_another_spelling_is_not_called_a_part(self):
        parts = {"stem": "It has _____ legs.", "key": {"blanks": [["12", "a dozen"]]}}
        for response in ("12", "twelve", "a dozen"):
            assert graded("cloze", response, **parts).feedback == "Right."

    def test_gaps_are_counted_in_the_stem(self):
        with pytest.raises(BadItem) as caught:
            all_kinds()["cloze"].ready("_____ and _____", [], {"blanks": [["a"]]})
        assert "stem" in caught.value.fields

    def test_gaps_of_any_length_will_do(self):
        ready = all_kinds()["cloze"].ready("A __ b ________ c", [], {"blanks": ["x", ["y", "z"]]})
        assert ready.stem == "A _____ b _____ c"
        assert ready.key == {"blanks": [["x"], ["y", "z"]]}

    @pytest.mark.parametrize(
        "response", [["iron", "oxygen"], "iron; oxygen", "iron, oxygen", "iron\noxygen"]
    )
    def test_a_response_may_be_a_list_or_one_text(self, response):
        parts = {"stem": "_____ and _____.", "key": {"blanks": [["iron"], ["oxygen"]]}}
        assert graded("cloze", response, **parts).score == 1

    @pytest.mark.parametrize(
        "response", [["iron"], ["iron", ""], ["iron", None, "x"], ["iron", "gold"]]
    )
    def test_every_gap_has_its_share(self, response):
        parts = {"stem": "_____ and _____.", "key": {"blanks": [["iron"], ["oxygen"]]}}
        grade = graded("cloze", response, **parts)
        assert grade.score == 0.5
        assert "1 of 2" in grade.feedback


class TestAnAnswerInASentence:
    @pytest.mark.parametrize(
        ("stem", "accept", "response"),
        [
            ("Why is the sky blue?", "Rayleigh scattering", "Because of Rayleigh scattering of light"),
            ("Why is the sky blue?", "Rayleigh scattering", "It is due to Rayleigh scattering."),
            ("Why is the sky blue?", "Rayleigh scattering", "The sky is blue because of Raleigh scattering"),
            ("Warum platzt die Zelle?", "Osmose", "Das liegt an der Osmose."),
            ("Warum platzt die Zelle?", "Osmose", "Die Zelle platzt wegen Osmose"),
            ("Comment s'appelle ce gaz ?", "oxygène", "Ce gaz s'appelle l'oxygène."),
            ("¿Qué gas respiran?", "oxígeno", "Respiran el oxígeno del aire"),
            ("When did the war end?", "1945", "The war ended in 1945."),
            ("Qual é o gás?", "oxigênio", "É o oxigênio"),
        ],
    )  # fmt: skip
    def test_it_is_right(self, stem, accept, response):
        grade = graded("short", response, stem=stem, key={"accept": [accept]})
        assert grade.score == 1
        assert grade.confidence >= 0.85

    @pytest.mark.parametrize(
        ("accept", "response"),
        [
            ("Rayleigh scattering", "Rayleigh scattering or Mie scattering"),
            ("Rayleigh scattering", "It is Mie scattering, not Rayleigh scattering"),
            ("Rayleigh scattering", "It is not Rayleigh scattering"),
            ("Rayleigh scattering", "Rayleigh scattering, Mie scattering"),
            ("Rayleigh scattering", "it's either Rayleigh scattering and refraction"),
            ("Osmose", "Das ist keine Osmose"),
            ("osmose", "Ce n'est pas l'osmose"),
            ("osmosis", "No es ósmosis sino osmosis"),
            ("sodium", "It is sodium chloride"),
            ("oxygen", "the absence of oxygen"),
            ("1945", "in 1945 or 1946"),
            ("1945", "from 1939 to 1945"),
            ("William", "It was William of Orange"),
        ],
    )
    def test_a_denial_a_list_or_another_thing_is_not(self, accept, response):
        assert (
            graded("short", response, stem="Which one is it?", key={"accept": [accept]}).score == 0
        )

    @pytest.mark.parametrize("response", ["Osmosis makes it happen", "the discovery of osmosis"])
    def test_what_cannot_be_told_is_no_sure_refusal(self, response):
        grade = graded("short", response, stem="What moves water?", key={"accept": ["osmosis"]})
        assert grade.score == 0
        assert grade.confidence <= 0.6
        assert "alone" in grade.feedback

    def test_an_exact_key_takes_no_sentence(self):
        key = {"accept": ["osmosis"], "exact": True}
        assert graded("short", "It is because of osmosis", key=key).score == 0

    def test_a_gap_takes_the_sentence_too(self):
        parts = {"stem": "Water moves by _____.", "key": {"blanks": [["osmosis"]]}}
        assert graded("cloze", "Water moves by osmosis", **parts).score == 1
        assert graded("cloze", "osmosis or diffusion", **parts).score == 0


class TestMarksOfGaps:
    @pytest.mark.parametrize(
        "mark", ["__", "______", "{{1}}", "{{ c1 }}", "[...]", "[…]", "[blank]", "[ ]"]
    )
    def test_marks_of_other_tools_are_gaps(self, mark):
        ready = all_kinds()["cloze"].ready(
            f"Water {mark} by night {mark}.", [], {"blanks": ["a", "b"]}
        )
        assert ready.stem == "Water _____ by night _____."

    def test_the_refusal_names_the_marks(self):
        with pytest.raises(BadItem) as caught:
            all_kinds()["cloze"].ready("No gap at all", [], {"blanks": ["a", "b"]})
        assert "_____" in caught.value.fields["stem"]
        assert "[blank]" in caught.value.fields["stem"]

    def test_beside_a_gap_of_ours_they_are_part_of_the_sentence(self):
        ready = all_kinds()["cloze"].ready("Water [...] moves by _____.", [], {"blanks": ["a"]})
        assert ready.stem == "Water [...] moves by _____."


class TestANumberInASentence:
    PARTS: ClassVar = {"stem": "What is the ratio?", "key": {"value": 3.14, "tolerance": 0.01}}

    @pytest.mark.parametrize(
        "response",
        [
            "about 3.14?",
            "It is about 3.14",
            "The ratio is 3.14.",
        ],
    )
    def test_it_is_read(self, response):
        grade = graded("number", response, **self.PARTS)
        assert (grade.score, grade.feedback) == (1, "Right.")

    @pytest.mark.parametrize(
        ("stem", "response"),
        [
            ("Wie groß ist das Verhältnis?", "Das Ergebnis ist 3,14"),
            ("¿Cuánto vale la razón?", "Vale 3,14 aproximadamente"),
            ("Que vaut le rapport ?", "Le rapport vaut environ 3,14"),
        ],
    )
    def test_it_is_read_in_other_languages(self, stem, response):
        assert graded("number", response, **{**self.PARTS, "stem": stem}).score == 1

    @pytest.mark.parametrize(
        "response",
        [
            "It is not 3.14",
            "minus 3.14",
            "3.14 or 2.71",
            "between 3.14 and 4",
            "half of 3.14",
            "It is -3.14",
        ],
    )
    def test_a_denial_a_list_or_a_sum_is_not_right(self, response):
        assert graded("number", response, **self.PARTS).score == 0

    @pytest.mark.parametrize(("response", "score"), [("3.14 m", 1), ("3.14 apples", 1), ("4 m", 0)])
    def test_a_unit_that_nobody_asked_for_is_named_and_left_aside(self, response, score):
        grade = graded("number", response, **self.PARTS)
        assert grade.score == score
        assert f"“{response.split()[1]}” is left aside" in grade.feedback

    def test_a_sentence_keeps_its_unit(self):
        parts = {"stem": "How far?", "key": {"value": 3, "tolerance": 0, "unit": "km"}}
        assert graded("number", "It is 3000 m", **parts).score == 1
        assert graded("number", "It is 3 m", **parts).score == 0
