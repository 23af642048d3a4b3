"""What a drafted question must be: options that nothing tells apart but knowing, answers that a fair
teacher would take, sentences that stand by themselves."""

from dataclasses import replace

import pytest

from edu.agents.base.drafting.answers import accepted
from edu.agents.base.drafting.grammar import Nouns, form, harmony
from edu.agents.base.drafting.slots import fit
from edu.assessments.base.kind import Sheet
from edu.assessments.logic import bank
from edu.assessments.logic.registry import all_kinds
from edu.common.shapes import case
from tests.agents.test_assessor import TEXTS, draft, key_of, passed, sources_of

RADIUM = (
    "Marie Curie discovered radium and polonium in a shed behind the school of physics. The Nobel Prize "
    "of 1911 was awarded to Marie Curie for the discovery of both elements. Henri Becquerel had found the "
    "rays of uranium in 1896, before anybody spoke of radioactivity."
)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_nothing_in_the_looks_of_options_tells_the_key(path, shelf):
    language = path.suffixes[0][1:]
    sources = sources_of(path.read_text(), language)
    for seed in range(3):
        for each in draft(sources, shelf, size=10, kinds=["choice"], seed=seed).drafts:
            assert len({case(option) for option in each.options}) == 1, each.options
            assert len({form(option, language) for option in each.options}) == 1, each.options
            sizes = [len(option.split()) for option in each.options]
            assert max(sizes) - min(sizes) <= 2, each.options
            sentence = each.explanation.casefold()
            others = [option for option in each.options if option != key_of(each)]
            assert not any(f" {option.casefold()} " in f" {sentence} " for option in others)


def test_where_there_are_no_fair_options_it_is_a_gap(shelf):
    held = passed(draft(sources_of(RADIUM, "en"), shelf, size=6).drafts)
    assert held
    assert all(each.kind == "cloze" or key_of(each)[0].isdigit() for each in held)


def test_a_gap_for_a_name_takes_the_surname_and_says_the_whole(shelf):
    made = draft(sources_of(RADIUM, "en"), shelf, size=8, kinds=["cloze"]).drafts
    asked = next(each for each in made if key_of(each) in ("Marie Curie", "Henri Becquerel"))
    ready = bank.checked(asked)
    sheet = Sheet(ready.stem, [], ready.key)
    grade = all_kinds()["cloze"].grade(sheet, key_of(asked).split()[-1].lower())
    assert grade.score == 1
    assert key_of(asked) in grade.feedback
    assert all_kinds()["cloze"].grade(sheet, key_of(asked).split()[0]).score == 0


class TestAccepted:
    @pytest.mark.parametrize(
        ("key", "text", "language", "also"),
        [
            ("Marie Curie", "Marie Curie found radium.", "en", ["Curie"]),
            ("Marie Curie", "Marie Curie and Pierre Curie found radium.", "en", []),
            ("Marie Curie", "Marie Curie founded the Curie Institute.", "en", []),
            ("New York", "He was born in New York.", "en", []),
            ("Buenos Aires", "The ship sailed from Lisbon in Buenos Aires.", "en", []),
            ("Black Death", "The Black Death came to Genoa.", "en", []),
            ("Amazon River", "The Amazon River is long. Boats go up the Amazon.", "en", ["Amazon"]),
            ("Albert Einstein", "Albert Einstein wurde in Ulm geboren.", "de", ["Einstein"]),
            ("Nikola Tesla", "Nikola Tesla 1856 yılında doğdu. Tesla okudu.", "tr", ["Tesla"]),
            ("Orta Asya", "Göçebeler Orta Asya'da yaşadı.", "tr", []),
            (
                "plasma membrane",
                "The plasma membrane is thin. A membrane is oily.",
                "en",
                ["membrane"],
            ),
            ("cell wall", "The cell wall is stiff. The city wall is too. A wall.", "en", []),
            ("osmosis", "Osmosis moves water.", "en", []),
            ("12 %", "It was 12 % of them.", "en", ["12"]),
            ("12%", "It was 12% of them.", "en", ["12"]),
            ("1,500", "It was 1,500 of them.", "en", []),
        ],
    )
    def test_a_part_is_taken_where_it_can_mean_nothing_else(self, key, text, language, also):
        assert accepted(key, [text], language) == [key, *also]


class TestGrammar:
    @pytest.mark.parametrize(
        ("language", "same", "other"),
        [
            ("en", ("membrane", "nucleus"), "cells"),
            ("en", ("cell walls", "children"), "cell wall"),
            ("en", ("physics", "glass"), "forces"),
            ("fr", ("membrane", "corps"), "cellules"),
            ("es", ("célula", "virus"), "células"),
            ("tr", ("hücre", "zar"), "hücreler"),
            ("tr", ("hücreden", "kandan"), "hücrede"),
            ("ru", ("клетка", "мембрана"), "клетку"),
            ("ar", ("الخلية", "الذرة"), "خلية"),
            ("it", ("cellula", "membrana"), "cellule"),
            ("pl", ("komórka", "błona"), "komórki"),
        ],
    )
    def test_words_of_one_form_are_told_from_others(self, language, same, other):
        if language == "tr" and other == "hücreler":
            assert form(other, language) not in {form(each, language) for each in same}
            return
        assert form(same[0], language) == form(same[1], language)
        assert form(other, language) != form(same[0], language)

    def test_a_verb_is_no_thing(self):
        text = "The sun expands the gas. A gas expands, and it expands fast. The gas rises at dawn."
        nouns = Nouns([text], "en")
        assert nouns.is_thing("gas")
        assert not nouns.is_thing("expands")

    def test_what_follows_an_apostrophe_fits_some_names_only(self):
        assert harmony("Ankara") == harmony("Bursa")
        assert harmony("Ankara") != harmony("İzmir")
        assert harmony("Berlin") != harmony("Paris")

    def test_capitals(self):
        assert [case(each) for each in ("dawn", "Physics", "Marie Curie", "DNA", "1911", "خلية")] == [
            "lower", "capital", "name", "acronym", "", "",
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("In 1899 he moved to Colorado Springs, where high voltages were studied.", "en"),
        ("When melted, it flows down the side of the mountain into the valley.", "en"),
        ("After the war, these towns were given back to the old owners.", "en"),
        ("For example, raisins swell when they are put into a glass of water.", "en"),
        ("Im Jahr 1905 veröffentlichte er vier Arbeiten über die Physik.", "de"),
        ("En 1905, elle reçut le prix Nobel de physique à Stockholm.", "fr"),
        ("1905 yılında o dört makale yayımladı ve ünlü bir fizikçi oldu.", "tr"),
        ("В 1905 году он опубликовал четыре статьи по физике.", "ru"),
    ],
)
def test_a_sentence_whose_subject_was_named_before_is_no_question(sentence, language):
    assert fit(sentence, language) == 0


def test_a_gap_among_words_that_say_nothing_is_not_asked_for(shelf):
    text = (
        "A reference is what others are held against. Compared with a reference, a solution has one of "
        "three names. Compared with a reference, a liquid may be large or small. A reference is needed."
    )
    made = draft(sources_of(text, "en"), shelf, size=8).drafts
    assert not any(each.stem.startswith("Compared with a _____") for each in made)


def test_the_key_of_a_gap_still_passes_the_gates_with_more_answers(shelf):
    made = draft(sources_of(RADIUM, "en"), shelf, size=8, kinds=["cloze"]).drafts
    several = [each for each in made if len(each.key["blanks"][0]) > 1]
    assert several
    assert passed([replace(each) for each in several])
