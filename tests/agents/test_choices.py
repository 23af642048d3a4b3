"""A choice between two things is answered by what is said of both, in every language that is known."""

import pytest

from edu.agents.base import choices
from edu.agents.data import Request
from edu.agents.team.tutor import Tutor

pytestmark = pytest.mark.usefixtures("quiet_model")
RIVERS = [
    "The river Ebro is 930 kilometres long. It flows into the sea at Deltebre.",
    "The river Douro is 897 kilometres long. Its valley is known for wine.",
]


def ask(library, text, language="en"):
    request = Request("answer", text=text, language=language, detail={"materials": 1})
    return Tutor().run(request, library.tools())


@pytest.mark.parametrize(
    ("language", "text", "sides"),
    [
        ("en", "Which river is longer, the Ebro or the Douro?", ("the Ebro", "the Douro")),
        ("de", "Was ist länger, der Ebro oder der Douro?", ("der Ebro", "der Douro")),
        ("fr", "Lequel est plus long, l'Èbre ou le Douro ?", ("l'Èbre", "le Douro")),
        ("es", "¿Cuál es más largo, el Ebro o el Duero?", ("el Ebro", "el Duero")),
        ("it", "Quale è più lungo, l'Ebro o il Duero?", ("l'Ebro", "il Duero")),
        ("pt", "Qual é mais longo, o Ebro ou o Douro?", ("o Ebro", "o Douro")),
        ("nl", "Wat is langer, de Ebro of de Douro?", ("de Ebro", "de Douro")),
        ("tr", "Ebro mu yoksa Douro mu daha uzun?", ("Ebro", "Douro")),
        ("ar", "أيهما أطول، إبرو أم دويرو؟", ("إبرو", "دويرو")),
        ("ru", "Что длиннее, Эбро или Дуэро?", ("Эбро", "Дуэро")),
    ],
)
def test_the_two_sides_of_a_choice_are_told(language, text, sides):
    assert choices.told(text, language)[1:] == sides


@pytest.mark.parametrize(
    "text",
    ["How long is the Ebro?", "Is it the Ebro or the Douro?", "Who came, and when?", "Ebro, Douro"],
)
def test_other_questions_offer_no_choice(text):
    assert choices.told(text, "en") is None


def test_both_sides_are_quoted(shelf, no_chat):
    result = ask(shelf(RIVERS), "Which river is longer, the Ebro or the Douro?")
    quoted = " ".join(each.quote for each in result.citations)
    assert "930" in quoted and "897" in quoted and "wine" not in quoted


def test_one_sentence_that_names_both_is_enough(shelf, no_chat):
    library = shelf([*RIVERS, "The river Ebro is longer than the river Douro by 33 kilometres."])
    result = ask(library, "Which river is longer, the Ebro or the Douro?")
    assert [each.passage for each in result.citations] == ["p2"]


def test_a_side_that_the_materials_do_not_name_is_said(shelf, no_chat):
    result = ask(shelf(RIVERS), "Which river is longer, the Ebro or the Tagus?")
    assert "897" not in result.text
    assert result.abstained or "Tagus" in result.text.split("930")[1]
