"""Key terms and definitions, with no model and no dictionary."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu.common.definitions import definitions
from edu.common.terms import key_terms, terms_in

ENGLISH = [
    "Osmosis is the movement of water through a semipermeable membrane. Water moves from the side with "
    "less solute to the side with more solute. The semipermeable membrane lets water pass.",
    "Diffusion moves particles from a high to a low concentration. Unlike osmosis, diffusion needs no "
    "semipermeable membrane. In 1827 Robert Brown saw the motion of pollen at 37 °C.",
    "Plant cells swell by osmosis. The cell wall keeps plant cells from bursting. Robert Brown named "
    "the nucleus of plant cells in 1831.",
]
GERMAN = [
    "Die Photosynthese findet in den Chloroplasten statt. Unter Photosynthese versteht man den Aufbau von "
    "Zucker aus Wasser und Kohlendioxid. Das Chlorophyll fängt das Licht ein.",
    "In den Chloroplasten liegt das Chlorophyll. Ohne Licht steht die Photosynthese still.",
]


def texts_of(terms, kind=None):
    return [term.text for term in terms if kind in (None, term.kind)]


def test_it_finds_terms_of_one_and_of_several_words():
    found = texts_of(key_terms(ENGLISH, "en"))
    assert {"osmosis", "semipermeable membrane", "plant cells", "diffusion"} <= set(found[:10])
    assert "the" not in found and "moves" not in found[:10]


def test_it_tells_names_dates_and_numbers_from_terms():
    terms = key_terms(ENGLISH, "en")
    assert "Robert Brown" in texts_of(terms, "name")
    assert {"1827", "1831"} <= set(texts_of(terms, "date"))
    assert "37 °C" in texts_of(terms, "number")
    assert "Robert" not in texts_of(terms), "a part of a name is not a term"


def test_it_takes_german_nouns_with_their_capitals():
    found = texts_of(key_terms(GERMAN, "de"))
    assert {"Photosynthese", "Chloroplasten", "Chlorophyll"} <= set(found[:6])


def test_it_writes_turkish_terms_without_their_endings():
    text = "Fotosentez bitkilerde olur. Bitkiler fotosentez ile besin yapar. Fotosentezin ürünü besindir."
    assert "fotosentez" in [each.lower() for each in texts_of(key_terms([text], "tr"))[:3]]


def test_it_finds_terms_where_no_space_parts_words():
    assert "光合作用" in texts_of(
        key_terms(["光合作用需要光。植物进行光合作用。", "光合作用产生氧气。"], "zh")
    )
    assert "光合成" in texts_of(key_terms(["植物は光合成を行う。光合成には光が必要だ。"], "ja"))


def test_it_weighs_what_stands_in_a_heading():
    texts = ["The turgor rises. A turgor of this size keeps the leaf firm and the stem upright."]
    plain = {term.text: term.score for term in key_terms(texts, "en")}
    lifted = {term.text: term.score for term in key_terms(texts, "en", headings=["Leaf"])}
    assert lifted["leaf"] > plain["leaf"]


def test_it_shows_where_a_term_stands():
    terms = key_terms(ENGLISH, "en")
    text = "Osmosis needs a semipermeable membrane."
    assert next(text[a:b] for _, a, b in terms_in(text, terms)) == "Osmosis"


@given(
    st.lists(st.text(max_size=200), max_size=4), st.sampled_from(["", "en", "de", "tr", "zh", "ar"])
)
def test_it_never_fails_whatever_the_texts(texts, language):
    assert all(0 <= term.score <= 1 and term.text for term in key_terms(texts, language))
    for text in texts:
        assert all(text[d.start :].startswith(d.sentence) for d in definitions(text, language))


@pytest.mark.parametrize(
    ("language", "sentence", "term"),
    [
        ("en", "Osmosis is the movement of water through a membrane.", "Osmosis"),
        ("en", "The cell wall is a stiff layer around the cell.", "cell wall"),
        ("en", "Turgor means the pressure inside a plant cell.", "Turgor"),
        ("en", "The movement of water through a membrane is called osmosis.", "osmosis"),
        ("en", "- Solvent: the liquid that takes up a substance.", "Solvent"),
        ("de", "Die Osmose ist die Wanderung von Wasser durch eine Membran.", "Osmose"),
        ("de", "Unter Osmose versteht man die Wanderung von Wasser.", "Osmose"),
        ("de", "Die Wanderung von Wasser durch eine Membran nennt man Osmose.", "Osmose"),
        ("fr", "L'osmose est le passage de l'eau à travers une membrane.", "osmose"),
        ("es", "La ósmosis es el paso del agua a través de una membrana.", "ósmosis"),
        ("it", "L'osmosi è il passaggio dell'acqua attraverso una membrana.", "osmosi"),
        ("pt", "A osmose é a passagem da água através de uma membrana.", "osmose"),
        ("nl", "Osmose is de beweging van water door een membraan.", "Osmose"),
        ("sv", "Osmos är en rörelse av vatten genom ett membran.", "Osmos"),
        ("pl", "Osmoza to przenikanie wody przez błonę.", "Osmoza"),
        ("ru", "Осмос — это движение воды через мембрану.", "Осмос"),
        ("uk", "Осмос — це рух води через мембрану.", "Осмос"),
        ("ar", "التناضح هو انتقال الماء عبر غشاء شبه منفذ.", "التناضح"),
        ("tr", "Osmoz, suyun yarı geçirgen bir zardan geçmesidir.", "Osmoz"),
    ],
)
def test_it_finds_what_a_sentence_defines(language, sentence, term):
    (found,) = definitions(sentence, language)
    assert found.term == term
    assert found.meaning in sentence and found.sentence == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "It is the movement of water.",
        "These are the results of the second year.",
        "What is osmosis?",
        "Water that leaves the cell is not replaced.",
        "Note: read the next page before you go on.",
        "There is a wall around the cell.",
    ],
)
def test_it_takes_no_other_sentence_for_a_definition(sentence):
    assert definitions(sentence, "en") == []


def test_a_figure_whose_thousands_stand_apart_is_one_figure():
    text = "In 1665 about 50 000 workers, 1 250 000,5 cells and 12 345 67 tiles; 300 400 km away."
    found = {term.text for term in key_terms([text], "en", 50, []) if term.kind == "number"}
    assert {"50 000", "1 250 000,5", "300 400 km"} <= found
    assert not found & {"000", "50"}


@pytest.mark.parametrize(
    ("text", "there", "absent"),
    [
        (r"A slope is $\frac{\Delta y}{\Delta x}$ of a line.", "slope", {"frac", "Delta"}),
        (r"\begin{align} \sqrt[3]{x} \label{eq:bent} \end{align} \emph{Mirrors} bend light. Mirrors turn.",
         "mirrors", {"align", "sqrt", "label", "bent", "eq", "emph"}),
        ("Tower | Height m\nOak | 38\nHeight m: 38", "Height", {"Height m"}),
        ("Energy (kWh): 5\nEnergy (kWh): 7", "Energy", {"kWh"}),
        ("Buy 5 kg flour and 20 kWh heat.", "flour", {"kg flour", "kWh heat", "kWh"}),
        ("The s orbital is round. The s orbital has no knot.", "s orbital", set()),
    ],
)  # fmt: skip
def test_commands_of_formulas_and_bare_units_are_no_terms(text, there, absent):
    found = {term.text.casefold() for term in key_terms([text], "en")}
    assert there.casefold() in found
    assert not found & {each.casefold() for each in absent}
