"""What a learner wants, by rule, in the language they use."""

import pytest

from edu.agents.data import Request
from edu.agents.team.text import Text

CHOICE = {
    "kind": "choice",
    "options": [
        {"id": "x", "text": "Water"},
        {"id": "y", "text": "Sugar"},
        {"id": "z", "text": "2"},
    ],
}
CLOZE = {"kind": "cloze", "options": []}
BEFORE = {
    "question": "What are the stages of mitosis?",
    "sentences": ["Prophase thickens the chromosomes.", "In metaphase they line up."],
    "language": "en",
}


def understand(library, text, **detail):
    request = Request("understand", text=text, detail=detail)
    return Text().run(request, library.tools())


@pytest.mark.parametrize(
    ("text", "intent", "language"),
    [
        ("What is osmosis?", "question", "en"),
        ("osmosis", "question", "en"),
        ("Was ist Osmose?", "question", "de"),
        ("¿Qué es la ósmosis?", "question", "es"),
        ("Qu'est-ce que l'osmose ?", "question", "fr"),
        ("Ozmoz nedir?", "question", "tr"),
        ("ما هو التناضح؟", "question", "ar"),
        ("What was the first hint that atoms exist?", "question", "en"),
        ("Give me a hint, please", "hint", "en"),
        ("Gib mir bitte einen Tipp", "hint", "de"),
        ("un indice s'il te plaît", "hint", "fr"),
        ("ipucu ver", "hint", "tr"),
        ("Check me", "check_me", "en"),
        ("Frag mich ab", "check_me", "de"),
        ("simpler, please", "simpler", "en"),
        ("I don't understand", "simpler", "en"),
        ("an example?", "example", "en"),
        ("explain it differently", "explain_differently", "en"),
        ("Explain osmosis", "explain", "en"),
        ("اشرح لي التناضح", "explain", "ar"),
        ("hello", "smalltalk", "en"),
        ("Danke schön!", "smalltalk", "de"),
        ("¡Gracias!", "smalltalk", "es"),
        ("", "empty", "en"),
        ("?!? …", "empty", "en"),
    ],
)
def test_it_tells_what_is_wanted_and_in_which_language(library, text, intent, language):
    result = understand(library, text, previous={} if intent == "question" else BEFORE)
    assert result.detail["intent"] == intent
    if intent == "question" and len(text) > 8:
        assert result.language == language


def test_a_topic_after_a_command_is_the_question(library):
    assert understand(library, "give me an example of osmosis").detail["question"] == "osmosis"
    assert understand(library, "erkläre mir die Osmose").detail["question"].endswith("Osmose")


def test_a_button_outranks_the_words(library):
    result = understand(library, "osmosis", wants="explain")
    assert (result.detail["intent"], result.detail["question"]) == ("explain", "osmosis")


@pytest.mark.parametrize(
    ("text", "response"),
    [("water", "x"), ("b", "y"), ("2", "z"), ("Option A", "x"), ("suger", "y")],
)
def test_an_option_is_named_by_its_words_or_its_letter(library, text, response):
    result = understand(library, text, open=CHOICE)
    assert (result.detail["intent"], result.detail["response"]) == ("answer", response)


def test_a_statement_answers_an_open_gap(library):
    result = understand(library, "the membrane", open=CLOZE)
    assert (result.detail["intent"], result.detail["response"]) == ("answer", "the membrane")


def test_not_knowing_is_an_answer(library):
    for text in ("I don't know", "keine ahnung", "je ne sais pas"):
        result = understand(library, text, open=CLOZE)
        assert (result.detail["intent"], result.detail["response"]) == ("answer", None)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Thanks", "smalltalk"),
        ("ok", "smalltalk"),
        ("ok thanks, got it", "smalltalk"),
        ("I see", "smalltalk"),
        ("Danke, verstanden", "smalltalk"),
        ("merci beaucoup", "smalltalk"),
        ("شكرا", "smalltalk"),
        ("Teşekkürler", "smalltalk"),
        ("Summarise the hazards of volcanoes.", "overview"),
        ("Give me a summary of the page on hazards", "overview"),
        ("Fasse die Gefahren von Vulkanen zusammen", "overview"),
        ("Tell me how lahars begin", "question"),
        ("Dis-moi comment naît un lahar", "question"),
        ("أخبرني كيف يبدأ الطوفان", "question"),
        ("Define magma.", "question"),
        ("Just tell me the answer", "hint"),
        ("Sag mir die Lösung!", "hint"),
        ("Dime la respuesta", "hint"),
    ],
)
@pytest.mark.parametrize("language", ["en", "de"])
def test_thanks_and_requests_answer_no_open_gap(library, text, intent, language):
    request = Request("understand", text=text, language=language, detail={"open": CLOZE})
    assert Text().run(request, library.tools()).detail["intent"] == intent


def test_a_topic_unlike_the_key_is_looked_up(library):
    unlike = {**CLOZE, "resembles": False}
    assert understand(library, "Hazards of volcanoes", open=unlike).detail["intent"] == "question"
    boxed = understand(library, "Hazards of volcanoes", open=unlike, wants="answer")
    assert boxed.detail["intent"] == "answer"


@pytest.mark.parametrize(
    ("text", "stem", "intent"),
    [
        ("night", "Bats hunt at _____.", "answer"),
        ("yes", "Is the cell wall stiff?", "answer"),
        ("yes", "The cell wall is _____.", "smalltalk"),
        ("good night", "Bats hunt at _____.", "smalltalk"),
    ],
)
def test_a_word_of_greetings_may_be_the_answer(library, text, stem, intent):
    assert understand(library, text, open={**CLOZE, "stem": stem}).detail["intent"] == intent


def test_a_question_is_a_question_while_another_one_is_open(library):
    for question in (CHOICE, CLOZE):
        result = understand(library, "What is water?", open=question)
        assert result.detail["intent"] == "question"


def test_a_question_that_goes_on_takes_the_words_of_the_one_before(library):
    result = understand(library, "and why?", previous=BEFORE)
    assert result.detail["follows"]
    assert "stages mitosis" in result.detail["question"]


def test_the_second_one_is_what_was_said_second(library):
    result = understand(library, "what about the second one?", previous=BEFORE)
    assert "metaphase" in result.detail["question"]


def test_a_question_with_a_topic_of_its_own_does_not_go_on(library):
    result = understand(library, "What does the cell wall protect?", previous=BEFORE)
    assert not result.detail["follows"]


def test_words_spoken_and_written_make_one_question(library):
    result = understand(library, "osmosis:", heard="Why does it happen?")
    assert result.detail["question"] == "osmosis: Why does it happen?"


def test_the_question_in_a_photo_is_asked_when_nothing_else_is(library):
    result = understand(library, "", seen="Exercise 3\n\nWhy do raisins swell in water?")
    assert result.detail["question"] == "Why do raisins swell in water?"


def test_a_photo_stands_beside_words_that_point_at_it(library):
    result = understand(library, "What does this mean?", seen="turgor pressure")
    assert result.detail["context"] == "turgor pressure"
    assert result.detail["intent"] == "question"
