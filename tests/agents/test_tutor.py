"""The tutor quotes what answers, and says so when nothing does."""

import re

import pytest

from edu.agents.base import evidence
from edu.agents.base.answer import Answer
from edu.agents.data import Cancelled, Request
from edu.agents.team.tutor import Tutor
from edu.inference import api as inference
from edu.inference.backends import echo
from edu.inference.data import ModelUnavailable

pytestmark = pytest.mark.usefixtures("quiet_model")


def ask(library, text, task="answer", language="en", **detail):
    detail = {"materials": 1, **detail}
    return Tutor().run(Request(task, text=text, language=language, detail=detail), library.tools())


def kinds(result):
    return [each["kind"] for each in result.detail["sentences"]]


def test_it_answers_with_a_sentence_of_the_materials_and_its_marker(library, no_chat):
    result = ask(library, "What is osmosis?")
    assert not result.abstained
    assert result.text.startswith(
        "Osmosis is the movement of water across a partially permeable membrane. [1]"
    )
    assert result.citations[0].passage == "p0"
    assert result.detail["objective"] == "o0"


def test_every_marker_has_a_citation_whose_quote_stands_in_its_passage(library, no_chat):
    for question in ("What is osmosis?", "Why do raisins swell?", "What is diffusion?"):
        result = ask(library, question)
        marks = [int(each) for each in re.findall(r"\[(\d+)\]", result.text)]
        assert marks
        by_marker = {each.marker: each for each in result.citations}
        assert set(marks) == set(by_marker)
        for citation in result.citations:
            assert citation.quote in library.texts[int(citation.passage[1:])]


def test_a_sentence_that_points_back_brings_what_it_points_to(library, no_chat):
    result = ask(library, "Why do raisins swell?")
    quotes = [each.quote for each in result.citations]
    assert any("because the raisin holds more sugar" in each for each in quotes)
    assert any("raisins swell" in each for each in quotes)


def test_a_question_for_a_year_is_answered_with_the_year(library, no_chat):
    result = ask(library, "When did Hooke see cell walls?")
    assert "1665" in result.text
    assert len(result.citations) == 1


def test_a_question_for_a_number_is_answered_with_the_number(library, no_chat):
    assert "2000" in ask(library, "How many mitochondria has a liver cell?").text


@pytest.mark.parametrize(
    "question",
    ["Who won the World Cup in 1998?", "What does a stock exchange do?", "How are bridges built?"],
)
def test_it_says_so_when_the_materials_do_not_say(library, no_chat, question):
    result = ask(library, question)
    assert result.abstained
    assert result.text.startswith("Your materials do not say.")
    assert "not" not in result.summary or "none of them" in result.summary


def test_what_is_spoken_of_and_perhaps_not_answered_is_left_open(library, no_chat):
    result = ask(library, "When did Hooke not see cell walls in a thin slice of cork?")
    assert result.abstained
    assert result.text.startswith("Your materials speak of this, but I cannot tell")
    assert any("1665" in each.quote for each in result.citations)
    assert result.detail["signs"]["denied"] == 1


def test_a_refusal_shows_the_nearest_passages_as_quotes(library, no_chat):
    result = ask(library, "What does osmosis cost in euros on the stock exchange of Paris?")
    assert result.abstained
    assert "The nearest passages are:" in result.text
    assert 1 <= len(result.citations) <= 2


def test_without_any_passage_it_asks_for_materials(shelf, no_chat):
    result = ask(shelf([]), "What is osmosis?", materials=0)
    assert result.abstained
    assert "nothing to read" in result.text
    assert result.citations == []


def test_an_explanation_has_an_idea_how_it_hangs_together_and_an_example(library, no_chat):
    result = ask(library, "osmosis", task="explain")
    assert "**The idea**" in result.text
    assert "**An example from your materials**" in result.text
    assert "raisins swell" in result.text.split("**An example from your materials**")[1]
    assert kinds(result).count("quote") >= 3


def test_an_example_is_one_that_the_materials_give(library, no_chat):
    result = ask(library, "osmosis", task="example")
    assert "raisins swell" in result.text


def test_it_says_when_the_materials_give_no_example(library, no_chat):
    result = ask(library, "What is diffusion?", task="example")
    assert "give no example" in result.text


def test_explaining_differently_uses_other_sentences(library, no_chat):
    first = ask(library, "What is osmosis?")
    used = [each.quote for each in first.citations]
    second = ask(library, "What is osmosis?", task="explain_differently", used=used)
    assert second.citations
    assert not {each.quote for each in second.citations} & set(used)


def test_simpler_says_when_there_is_nothing_else(shelf, no_chat):
    library = shelf(["Osmosis is the movement of water across a membrane."])
    used = ["Osmosis is the movement of water across a membrane."]
    result = ask(library, "What is osmosis?", task="simpler", used=used)
    assert "in no other way" in result.text
    assert result.citations


def test_signs_of_the_materials_do_nothing_in_the_answer(shelf, no_chat):
    library = shelf(["Osmosis is *not* [9] <script>alert(1)</script> a `pump` of water."])
    result = ask(library, "What is osmosis?")
    assert "<script>" not in result.text.replace("\\<", "")
    assert "\\[9\\]" in result.text
    assert re.findall(r"(?<!\\)\[(\d+)\]", result.text) == ["1"]


def test_it_answers_german_questions_on_german_text(shelf, no_chat):
    library = shelf(
        [
            "Osmose ist die Bewegung von Wasser durch eine halbdurchlässige Membran. Sie verläuft "
            "von der verdünnten zur konzentrierten Lösung.",
            "Der Zellkern enthält die Erbinformation der Zelle.",
        ],
        "de",
    )
    result = ask(library, "Was ist Osmose?", language="de")
    assert result.text.startswith("Osmose ist die Bewegung")
    refused = ask(library, "Wer war der erste Bundeskanzler von Österreich?", language="de")
    assert refused.text.startswith("Deine Materialien sagen dazu nichts.")


# --- the model's words --------------------------------------------------------------------------


def test_a_paraphrase_that_the_quotes_carry_stands_under_them(library):
    echo.enqueue("yes", "Water moves across a membrane that lets it through partially.")
    result = ask(library, "What is osmosis?")
    assert "**In other words**" in result.text
    assert kinds(result)[-1] == "words"
    assert result.detail["sentences"][-1]["markers"] == [1]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Osmosis was found in 1748 in water across a membrane.", "1748"),
        ("Osmosis is not the movement of water across a membrane.", "not"),
        ("Osmosis by Nollet is the movement of water across a membrane.", "Nollet"),
        ("The moon is made of green cheese and stands still.", "carry"),
    ],
)
def test_words_that_the_quotes_do_not_carry_are_not_shown(library, words, why):
    echo.enqueue("yes", words)
    result = ask(library, "What is osmosis?")
    assert words not in result.text
    assert "In other words" not in result.text
    refused = [each for each in result.checks if each.name == "sentence aligned"]
    assert not refused[0].passed
    assert why in refused[0].detail


def test_markers_of_the_model_are_thrown_away(library):
    echo.enqueue("yes", "Water moves across a membrane [7]. [3]")
    result = ask(library, "What is osmosis?")
    assert "[7]" not in result.text
    assert "[3]" not in result.text


def test_a_model_that_breaks_leaves_the_quotes(library):
    echo.enqueue("yes", ModelUnavailable(kind="chat"))
    result = ask(library, "What is osmosis?")
    assert result.text.startswith("Osmosis is the movement of water")
    assert not result.abstained


def test_a_model_that_doubts_takes_the_answer_back(library):
    echo.enqueue("no")
    result = ask(library, "Why does osmosis never move water across a membrane?")
    assert result.abstained
    assert result.citations
    assert "the model says" in result.checks[0].detail


def test_a_model_is_not_asked_about_what_the_materials_do_not_speak_of(library):
    ask(library, "Who won the World Cup in 1998?")
    assert echo.history == []


def test_a_model_that_does_not_answer_leaves_it_to_the_books(library):
    echo.enqueue(ModelUnavailable(kind="chat"), "Nothing of use.")
    result = ask(library, "What is osmosis?")
    assert not result.abstained
    assert "did not answer" in result.checks[0].detail
    assert result.detail["busy"]
    assert len(echo.history) == 1  # it is not asked for a paraphrase on top of that


def test_who_is_not_asked_for_words_is_not_called_busy(library, monkeypatch):
    monkeypatch.setattr(inference, "chosen_chat", lambda: False)
    echo.enqueue(ModelUnavailable(kind="chat"))
    result = ask(library, "What is osmosis?")
    assert "did not answer" in result.checks[0].detail
    assert not result.detail["busy"]


def test_both_questions_to_the_model_begin_with_the_same_passages(library):
    ask(library, "What is osmosis?")
    one, other = (body["messages"][1]["content"] for body in echo.history)
    shared = one[: one.index("Do the passages")]
    assert other.startswith(shared)


def test_a_question_in_another_language_is_looked_up_in_theirs(library):
    echo.enqueue("What is osmosis?", "yes")
    result = ask(library, "Was versteht man eigentlich unter Osmose?", language="de")
    assert not result.abstained
    assert "Osmosis is the movement" in result.text
    assert "in einer anderen Sprache (Englisch)" in result.text
    assert any(each.name == "question translated" for each in result.checks)


def test_words_that_are_not_from_the_materials_say_so(library):
    answer = Answer(library.tools(), "en")
    answer.notice("Well.")
    assert answer.own("Think of a crowd at a *gate*.")
    assert answer.markdown.endswith("*Think of a crowd at a \\*gate\\*.* (not from the materials)")
    assert answer.sentences[-1]["grounded"] is False
    assert answer.sentences[-1]["kind"] == "own"


def test_the_head_of_every_prompt_is_the_same(library):
    ask(library, "What is osmosis?")
    ask(library, "What is diffusion?")
    heads = {body["messages"][0]["content"] for body in echo.history}
    assert len(heads) == 1


# --- what it may not say ------------------------------------------------------------------------


def test_it_keeps_back_what_would_answer_an_open_question(library, no_chat):
    library.secrets = ["osmosis"]
    result = ask(library, "What is the movement of water across a membrane called?")
    assert "osmosis" not in result.text.lower()
    assert "give away the answer" in result.text
    assert "osmosis" not in " ".join(each.quote.lower() for each in result.citations)
    assert result.detail["withheld"]


def test_it_stops_when_it_is_stopped(library):
    library.stopped = True
    with pytest.raises(Cancelled):
        ask(library, "What is osmosis?")


def test_it_says_what_it_is_doing(library, no_chat):
    ask(library, "What is osmosis?")
    assert any(note.startswith("checking") for note in library.notes)


def test_what_is_said_is_what_is_returned(library):
    for task in ("answer", "explain", "simpler", "example", "explain_differently"):
        library.said.clear()
        result = ask(library, "What is osmosis?", task=task)
        assert "".join(library.said) == result.text


def test_a_short_line_that_names_what_it_gives_is_an_answer(library, no_chat):
    library.texts[:] = ["Marnel alloy\nInventor: Jonas Brell\nDensity: 4.7", *library.texts]
    result = ask(library, "Who was the inventor of the alloy Marnel?")
    assert result.citations[0].quote == "Inventor: Jonas Brell"
    library.texts[0] = "Ferry to Inish Dara\nDepartures: 08:20 and 16:10\nSkipper: Nuala Breen"
    question = evidence.ask("Who is the skipper of the ferry to Inish Dara?", "en")
    pieces = evidence.pieces(library.search(question.text, 1))
    for similar in (None, [0.5] * len(pieces)):
        weighed = evidence.weigh(question, pieces, similar)
        chosen = evidence.choose(question, weighed, pieces, 2, 0.7)
        assert [each.text for each in chosen] == ["Skipper: Nuala Breen"]
    library.texts[0] = "Brass is an alloy of two parts of copper and one part of zinc."
    result = ask(library, "Is brass 90 parts copper?")
    assert [each.quote for each in result.citations] == [library.texts[0]]


def test_the_most_of_a_table_is_quoted_and_nothing_else(library, no_chat):
    rows = "Lighthouse: Vay; Height m: 51\nLighthouse: Ness; Height m: 17\nLighthouse: Holm; Height m: 38"
    library.texts[:] = [rows, *library.texts]
    result = ask(library, "Which lighthouse is the lowest?")
    assert [each.quote for each in result.citations] == ["Lighthouse: Ness; Height m: 17"]
