"""Examples are named in many ways; an explanation keeps to its topic; one sentence may answer twice."""

import pytest

from edu.agents.base import evidence, instances, names
from edu.agents.data import Request
from edu.agents.team.tutor import Tutor
from edu.common.sources import Source

pytestmark = pytest.mark.usefixtures("quiet_model")
HILLS = [
    "A drumlin is a long hill of gravel that a glacier left behind. Its blunt end faces the ice.",
    "Glaciers also carve valleys. Gortmore and Slieve Ban are drumlins in the west of the country.",
]
STRIKE = [
    "The lamp strike closed every lamp works in the county. The lamp strike was led by the fitters.",
    "A lamp needs a wick of woven thread. The wick of a lamp draws up the oil by itself.",
    "Lamp oil was pressed from seeds. The price of lamp oil fell when gas came to the towns.",
]
HAZARDS = [
    "The deadliest hazard is the flood wave, which runs down the valley at 90 kilometres per hour.",
    "Ash is heavy when it is wet. Roofs break under wet ash.",
]


def ask(library, text, task="answer", language="en"):
    request = Request(task, text=text, language=language, detail={"materials": 1})
    return Tutor().run(request, library.tools())


@pytest.mark.parametrize(
    ("language", "question", "one", "none"),
    [
        ("en", "Give an example of a drumlin", "Gortmore is a drumlin.", "A drumlin is a hill."),
        (
            "en",
            "an example of a drumlin",
            "There are drumlins such as Gortmore.",
            "Drumlins are old.",
        ),
        (
            "de",
            "Nenne ein Beispiel für einen Vulkan",
            "Der Vesuv ist ein Vulkan.",
            "Ein Vulkan ist heiß.",
        ),
        (
            "fr",
            "Donne un exemple de volcan",
            "Le Vésuve est un volcan.",
            "Un volcan est une montagne.",
        ),
        (
            "es",
            "Dame un ejemplo de volcán",
            "Hay un volcán como el Teide.",
            "Un volcán es un monte.",
        ),
        ("it", "Dammi un esempio di vulcano", "L'Etna è un vulcano.", "Un vulcano è un monte."),
        ("pt", "Dá um exemplo de vulcão", "O Fogo é um vulcão.", "Um vulcão é um monte."),
        (
            "nl",
            "Geef een voorbeeld van een vulkaan",
            "De Etna is een vulkaan.",
            "Een vulkaan is een berg.",
        ),
        ("ru", "Приведи пример вулкана", "Этна является вулканом.", "Вулкан является горой."),
    ],
)
def test_a_sentence_that_names_one_of_a_kind_is_an_example(language, question, one, none):
    about = instances.topic(evidence.ask(question, language).stems, language)
    named, other = (
        evidence.Piece(0, 0, text, tuple(evidence.ask(text, language).stems), language)
        for text in (one, none)
    )
    assert instances.names_one(named, about)
    assert not instances.names_one(other, about)


def test_an_example_is_found_though_it_is_not_called_one(shelf, no_chat, monkeypatch):
    monkeypatch.setattr(Tutor, "_similarities", lambda self, query, pieces: None)
    result = ask(shelf(HILLS), "Give me an example of a drumlin.", "example")
    assert "Gortmore" in result.citations[0].quote
    assert "no example" not in result.text


def test_an_explanation_leaves_out_what_only_shares_a_word(shelf, no_chat):
    result = ask(shelf(STRIKE), "Describe the lamp strike", "explain")
    assert result.citations and {each.passage for each in result.citations} == {"p0"}


def test_a_second_question_that_the_first_quote_answers_is_not_called_missing(shelf, no_chat):
    result = ask(shelf(HAZARDS), "What is the deadliest hazard and how fast is it?")
    assert "90 kilometres" in result.citations[0].quote
    assert "do not say" not in result.text


def test_a_second_question_that_nothing_answers_is_still_called_missing(shelf, no_chat):
    result = ask(shelf(HAZARDS), "What is the deadliest hazard and who measured it?")
    assert "do not say" in result.text


def test_the_row_that_a_question_speaks_of_is_quoted(shelf, no_chat):
    rows = [
        f"Price of a loaf (euro): {price}; Demanded: {d}; Supplied: {s}"
        for price, d, s in ((1, 100, 20), (2, 80, 50), (3, 60, 60), (4, 40, 90))
    ]
    result = ask(shelf(["\n".join(rows)]), "How many loaves are demanded at a price of 2 euro?")
    assert [each.quote for each in result.citations] == [rows[1]]
    assert "\\" not in result.text


def test_without_the_figure_a_row_counts_for_less():
    text = "Price: 1; Demanded: 100\nPrice: 2; Demanded: 80\nPrice: 3; Demanded: 60"
    pieces = evidence.pieces([Source("p", "m", "Bread", text, {}, language="en")])
    even = [evidence.Weighed(piece, 0.5, 0.5, 0.5, 0.9 - piece.place / 50) for piece in pieces]
    asked = evidence.ask("How many are demanded at a price of 2?", "en")
    found = names.with_figures(asked.stems, even)
    assert found[0].piece is pieces[1]
    assert all(each.score < 0.92 * found[0].score for each in found[1:])
    other = evidence.ask("How many are demanded at a price of 7?", "en")
    assert names.with_figures(other.stems, even) == even


def test_a_row_is_a_whole_sentence_of_its_own():
    text = "Algorithm: Bubble sort; Extra memory: no\nAlgorithm: Merge sort; Extra memory: yes"
    found = evidence.pieces([Source("p", "m", "Sorting", text, {}, language="en")])
    assert [piece.text for piece in found] == text.split("\n")
