"""Several questions in one message, comparisons, and what goes on from the turn before."""

import pytest

from edu.agents.base import answerable, evidence, following, parts
from edu.agents.data import Request
from edu.agents.team.tutor import Tutor
from edu.common.sources import Source


def ask(library, text, task="answer", language="en", **detail):
    detail = {"materials": 1, **detail}
    return Tutor().run(Request(task, text=text, language=language, detail=detail), library.tools())


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("What is osmosis and where does it happen?", "en", 2),
        ("What is osmosis? And what is diffusion?", "en", 2),
        ("Who saw the first cell, and when?", "en", 2),
        ("How and why do cells divide?", "en", 1),
        ("What are salt and pepper?", "en", 1),
        ("I read about osmosis. What is it?", "en", 1),
        ("Was ist Osmose und wo findet sie statt?", "de", 2),
        ("Qu'est-ce que l'osmose et où se produit-elle ?", "fr", 2),
        ("¿Qué es la ósmosis y dónde ocurre?", "es", 2),
        ("Osmoz nedir ve nerede olur?", "tr", 2),
        ("ما هو التناضح وأين يحدث؟", "ar", 2),
        ("Mikä on osmoosi?", "fi", 1),
    ],
)
def test_questions_are_told_apart(text, language, count):
    assert len(parts.split(text, language)) == count


@pytest.mark.parametrize(
    ("text", "language", "sides"),
    [
        ("Compare osmosis and diffusion", "en", ("osmosis", "diffusion")),
        ("What is the difference between osmosis and diffusion?", "en", ("osmosis", "diffusion")),
        ("Was ist der Unterschied zwischen Osmose und Diffusion?", "de", ("Osmose", "Diffusion")),
        (
            "Quelle est la différence entre l'osmose et la diffusion ?",
            "fr",
            ("osmose", "diffusion"),
        ),
        ("¿Cuál es la diferencia entre la ósmosis y la difusión?", "es", ("ósmosis", "difusión")),
        ("Osmoz ile difüzyon arasındaki fark nedir?", "tr", ("Osmoz", "difüzyon")),
        ("ما الفرق بين التناضح والانتشار؟", "ar", ("التناضح", "الانتشار")),
        ("What is osmosis?", "en", None),
    ],
)
def test_the_sides_of_a_comparison_are_named(text, language, sides):
    assert parts.sides(text, language) == sides


def test_every_question_gets_its_sentence(library, no_chat):
    result = ask(library, "What is diffusion and when did Hooke see cell walls?")
    quotes = " ".join(each.quote for each in result.citations)
    assert "Diffusion is the spreading" in quotes
    assert "1665" in quotes
    assert not result.abstained


def test_a_question_that_the_materials_do_not_answer_is_named(library, no_chat):
    result = ask(library, "What is osmosis and who won the World Cup in 1998?")
    assert not result.abstained
    assert "Osmosis is the movement" in result.text
    assert "do not say this: “who won the World Cup in 1998”" in result.text


def test_when_no_question_is_answered_it_says_so_once(library, no_chat):
    result = ask(library, "Who won the World Cup in 1998 and who lost the final in Paris?")
    assert result.abstained
    assert result.text.count("do not say") == 1


def test_a_comparison_speaks_of_both_sides(library, no_chat):
    result = ask(library, "What is the difference between osmosis and diffusion?")
    assert "**osmosis**" in result.text
    assert "**diffusion**" in result.text
    quotes = [each.quote for each in result.citations]
    assert any(each.startswith("Osmosis is the movement") for each in quotes)
    assert any(each.startswith("Diffusion is the spreading") for each in quotes)


def test_a_side_of_which_the_materials_do_not_speak_is_named(library, no_chat):
    result = ask(library, "Compare osmosis and parliament")
    assert "Osmosis is the movement" in result.text
    assert "do not speak of “parliament”" in result.text
    assert ask(library, "Compare senates and parliaments").abstained


def test_no_sentence_is_quoted_twice(library, no_chat):
    result = ask(library, "What is osmosis and what is osmosis for raisins?")
    quotes = [each["text"] for each in result.detail["sentences"] if each["kind"] == "quote"]
    assert len(quotes) == len(set(quotes))


def test_more_is_what_was_not_shown(library, no_chat):
    first = ask(library, "What is diffusion?")
    used = [each.quote for each in first.citations]
    second = ask(library, "What is diffusion?", task="more", used=used)
    assert second.citations
    assert not {each.quote for each in second.citations} & set(used)


def test_it_says_when_there_is_no_more(shelf, no_chat):
    text = "Osmosis is the movement of water across a membrane."
    result = ask(shelf([text]), "What is osmosis?", task="more", used=[text])
    assert "no more about this" in result.text
    assert not result.abstained
    assert result.citations == []


@pytest.mark.parametrize(
    ("text", "language", "goes_on"),
    [
        ("And why does it do that?", "en", True),
        ("Why does it need so much energy from the cell?", "en", True),
        ("Where was this process first seen?", "en", True),
        ("How does a cell keep its shape?", "en", False),
        ("Is it true that plants breathe at night?", "en", False),
        ("Is there life on Mars?", "en", False),
        ("What does the cell wall protect?", "en", False),
        ("Warum passiert das?", "de", True),
        ("Wie funktioniert sie?", "de", True),
        ("Was ist das Ohm?", "de", False),
        ("Warum gibt es Jahreszeiten?", "de", False),
        ("Wie hält eine Zelle ihre Form?", "de", False),
        ("Comment fonctionne-t-elle ?", "fr", True),
        ("Qu'est-ce que l'osmose ?", "fr", False),
        ("¿Por qué ocurre?", "es", True),
        ("¿Qué es la ósmosis?", "es", False),
        ("¿Dónde está París?", "es", False),
        ("Neden olur?", "tr", True),
        ("Osmoz nedir?", "tr", False),
        ("لماذا يحدث ذلك؟", "ar", True),
        ("ما هو التناضح؟", "ar", False),
    ],
)
def test_what_goes_on_is_told_by_its_pronouns(text, language, goes_on):
    assert following.goes_on(text, language) == goes_on


def test_few_sentences_rather_than_unrelated_ones_across_languages(shelf, no_chat):
    library = shelf(
        [
            "La ósmosis es el paso del agua por una membrana. El agua va hacia la sal. Los barcos "
            "cargan sal. El puerto es viejo. La sal viene del mar. El mar es azul."
        ],
        "es",
    )
    asked = "La ósmosis es el paso del agua por una membrana"
    result = ask(library, asked, task="explain", language="en")
    assert [each.quote for each in result.citations] == [
        "La ósmosis es el paso del agua por una membrana."
    ]
    assert "another language (Spanish)" in result.text


def test_what_merely_comes_next_is_no_explanation(shelf, no_chat):
    library = shelf(
        [
            "Osmoz, suyun bir zardan geçmesidir. Osmoz enerji istemez. Bu olay bitkilerde sık görülür. "
            "Kuşlar kışın güneye uçar. Taşlar sert olur."
        ],
        "tr",
    )
    said = " ".join(each.quote for each in ask(library, "Osmoz", "explain", "tr").citations)
    assert "Bu olay" in said
    assert "Kuşlar" not in said
    assert "Taşlar" not in said


def test_a_name_given_at_the_end_defines(shelf, no_chat):
    library = shelf(
        [
            "Magma fließt tief in der Erde. Sobald es an die Oberfläche kommt, nennt man es Lava. Alte "
            "Berge bestehen aus Lava und Asche."
        ],
        "de",
    )
    quotes = [each.quote for each in ask(library, "Was ist Lava?", language="de").citations]
    assert quotes[:2] == [
        "Magma fließt tief in der Erde.",
        "Sobald es an die Oberfläche kommt, nennt man es Lava.",
    ]


def test_cosines_across_languages_are_read_by_another_measure():
    question = evidence.ask("Wie viele Städte blieben übrig?", "de")
    likely = {}
    for spoken in ("en", "de"):
        text = "About a thousand towns were left after the plague had gone."
        sources = [Source("p", "m", "Plague", text, {}, language=spoken, similarity=0.5)]
        found = evidence.pieces(sources)
        weighed = evidence.weigh(question, found, [0.5], [0.5])
        likely[spoken] = answerable.probability(question, sources, weighed, True)
    assert likely["en"] > likely["de"] > 0
