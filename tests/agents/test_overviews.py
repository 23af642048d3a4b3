"""A request for all of a text, or a part of it, is answered with chosen sentences of it."""

from dataclasses import replace

import pytest

from edu.agents.base import digest, narrowing, overviews
from edu.agents.data import Request
from edu.agents.team.tutor import Tutor
from edu.common.sources import Source

TIDES = {
    "1. The pull of the moon": [
        "Tides are the slow rise and fall of the sea along a coast. The moon pulls the water on the side "
        "of the earth that faces it. This pull raises a bulge of water. A second bulge rises on the far "
        "side, where the pull is weakest.",
        "The sun pulls the water too, but less than half as strongly as the moon.",
    ],
    "2. Spring and neap": [
        "Spring tides come when sun, moon and earth stand in one line. Then both pulls add up and the "
        "difference between high and low water is greatest. Neap tides come when sun and moon stand at a "
        "right angle. What is a right angle?",
    ],
    "3. Estuaries": [
        "An estuary is the mouth of a river into which the tide runs. A tidal bore is a wave that runs "
        "up a river with the rising tide. It can be three metres high.",
    ],
}


def sources(spoken="en", title="Tides", material="m1", parts=None):
    found = []
    for page, (heading, texts) in enumerate((parts or TIDES).items(), start=1):
        found += [
            Source(
                passage=f"{material}-{page}-{number}",
                material=material,
                title=title,
                text=text,
                locator={"kind": "page", "page": page},
                path=[heading],
                language=spoken,
                objective=f"o{page}",
            )
            for number, text in enumerate(texts)
        ]
    return found


@pytest.fixture
def overview(shelf, no_chat):
    """A function: a request and what there is to read -> the tutor's result."""

    def make(text, among=None, language="en", **detail):
        among = sources() if among is None else among
        library = shelf([each.text for each in among], language)
        form, target = overviews.asked(text) or ("", "")
        detail = {"materials": 1, "form": form, "target": target, **detail}
        request = Request("overview", text=text, language=language, detail=detail)
        result = Tutor().run(request, replace(library.tools(), read=lambda: among))
        for citation in result.citations:
            assert any(citation.quote in each.text for each in among)
        return result

    return make


def quotes(result):
    return [each["text"] for each in result.detail["sentences"] if each["kind"] == "quote"]


def headings(result):
    return [each["text"] for each in result.detail["sentences"] if each["kind"] == "heading"]


@pytest.mark.parametrize(
    ("text", "form", "target"),
    [
        ("Summarise the text", "summary", ""),
        ("Can you give me a short summary of the lecture, please?", "summary", ""),
        ("Summarize chapter 2", "summary", "chapter 2"),
        ("sum it up", "summary", ""),
        ("What is this about?", "about", ""),
        ("What's chapter 3 about?", "about", "chapter 3"),
        ("What are the key points?", "points", ""),
        ("What are the main ideas of chapter 2?", "points", "chapter 2"),
        ("Make an outline", "outline", ""),
        ("list the key terms", "terms", ""),
        ("Fasse den Text zusammen", "summary", ""),
        ("Kannst du Kapitel 2 zusammenfassen?", "summary", "Kapitel 2"),
        ("Worum geht es in dem Text?", "about", ""),
        ("Was sind die wichtigsten Punkte?", "points", ""),
        ("Erstelle eine Gliederung", "outline", ""),
        ("Nenne die wichtigsten Begriffe", "terms", ""),
        ("Peux-tu résumer le chapitre 2 ?", "summary", "chapitre 2"),
        ("De quoi parle ce texte ?", "about", ""),
        ("Quels sont les points clés ?", "points", ""),
        ("Fais un plan du texte", "outline", ""),
        ("Quels sont les termes clés ?", "terms", ""),
        ("Resume el texto", "summary", ""),
        ("¿De qué trata el texto?", "about", ""),
        ("¿Cuáles son los puntos clave?", "points", ""),
        ("Haz un esquema", "outline", ""),
        ("Bu metni özetle", "summary", ""),
        ("2. bölümü özetle", "summary", "2. bölümü"),
        ("Bu metin ne hakkında?", "about", ""),
        ("Ana fikirler nelerdir?", "points", ""),
        ("Anahtar terimleri listele", "terms", ""),
        ("لخص النص", "summary", ""),
        ("لخص الفصل الثاني", "summary", "الفصل الثاني"),
        ("عن ماذا يتحدث النص؟", "about", ""),
        ("ما هي النقاط الرئيسية؟", "points", ""),
        ("ما هي أهم المصطلحات؟", "terms", ""),
        ("О чём этот текст?", "about", ""),
        ("Give me an overview of photosynthesis", "summary", "photosynthesis"),
    ],
)
def test_a_request_for_the_whole_is_told_from_its_words(text, form, target):
    assert overviews.asked(text) == (form, target)


@pytest.mark.parametrize(
    "text",
    [
        "What is osmosis?",
        "What is osmosis about?",
        "What is an outline?",
        "What is the structure of DNA?",
        "What is the main cause of inflation?",
        "When did the book appear?",
        "Was ist eine Zusammenfassung?",
        "¿Qué es el índice de masa corporal?",
        "Özet nedir?",
    ],
)
def test_a_question_for_one_thing_is_none(text):
    assert overviews.asked(text) is None


def test_a_summary_has_central_sentences_of_every_section_in_reading_order(overview):
    result = overview("Summarise the text")
    assert not result.abstained
    assert headings(result) == list(TIDES)
    whole = " ".join(text for texts in TIDES.values() for text in texts)
    places = [whole.index(each) for each in quotes(result)]
    assert places == sorted(places)
    assert 3 <= len(places) <= 10
    assert result.detail["sentences"][-1]["kind"] == "notice"
    assert "chosen from “Tides”" in result.text


def test_it_chooses_what_stands_alone(overview):
    said = quotes(overview("What are the key points?"))
    assert "What is a right angle?" not in said
    assert not any(each.startswith(("This pull", "Then both", "It can")) for each in said)


def test_a_part_is_found_by_its_number_its_page_or_its_words(overview):
    for text in ("Summarise chapter 2", "Summarise the second part", "What is page 2 about?"):
        passages = {each.passage for each in overview(text).citations}
        assert passages == {"m1-2-0"}, text
    assert {each.passage for each in overview("key points about estuaries").citations} == {"m1-3-0"}


def test_a_part_that_is_not_there_is_named_with_those_that_are(overview):
    result = overview("Summarise chapter 9")
    assert result.abstained
    assert "no part that is called “chapter 9”" in result.text
    assert "2. Spring and neap" in result.text
    assert result.citations == []


def test_a_topic_that_is_no_part_is_looked_up(overview):
    result = overview("Give me an overview of the bulge of water")
    assert not result.abstained
    assert "bulge" in " ".join(quotes(result))
    assert overview("Give me an overview of medieval trade law").abstained


def test_several_materials_are_told_apart_by_their_titles(overview):
    other = sources(
        title="Bread",
        material="m2",
        parts={
            "Dough": ["Yeast turns the sugar of the flour into gas, and the dough rises with it."]
        },
    )
    result = overview("What do my materials say? Summarise everything", [*sources(), *other])
    result = overview("Summarise everything", [*sources(), *other])
    assert headings(result) == ["Tides", "Bread"]
    assert "all your materials" in result.text
    only = overview("Summarise Bread", [*sources(), *other])
    assert {each.material for each in only.citations} == {"m2"}


def test_an_outline_has_every_heading_with_one_sentence(overview):
    result = overview("Make an outline")
    assert headings(result) == list(TIDES)
    assert len(quotes(result)) == len(TIDES)


def test_key_terms_come_with_the_sentences_that_define_them(overview):
    result = overview("List the key terms")
    told = dict(zip(headings(result), quotes(result), strict=True))
    assert any("estuary" in term.lower() for term in told)
    assert any(each.startswith("An estuary is the mouth of a river") for each in told.values())


def test_more_of_an_overview_is_other_sentences(overview):
    first = quotes(overview("Summarise the text"))
    second = quotes(overview("Summarise the text", used=first))
    assert second
    assert not set(first) & set(second)


def test_it_says_when_the_materials_are_in_another_language(overview):
    result = overview("Fasse den Text zusammen", language="de")
    assert "in einer anderen Sprache (Englisch)" in result.text


def test_without_materials_it_asks_for_some(overview):
    result = overview("Summarise the text", [])
    assert result.abstained
    assert "nothing to read" in result.text


def test_no_two_chosen_sentences_say_the_same():
    twice = {
        "One": ["The tide rises twice a day here."],
        "Two": ["The tide rises twice a day here."],
    }
    found = digest.chosen(sources(parts=twice), "summary")
    assert sum(len(section.chosen) for section in found) == 1


def test_a_text_without_headings_is_told_from_beginning_to_end():
    things = ["wool", "salt", "iron", "glass", "paper", "silk", "amber", "copper", "honey", "grain"]
    towns = [
        "Bergen",
        "Lisbon",
        "Tunis",
        "Cairo",
        "Lima",
        "Quito",
        "Delhi",
        "Osaka",
        "Perth",
        "Nome",
    ]
    lines = [
        f"Merchants carried {thing} to the market of {town} by ship."
        for thing, town in zip(things, towns, strict=True)
    ]
    found = digest.chosen(sources(parts={"": [" ".join(lines[:5]), " ".join(lines[5:])]}), "points")
    order = [lines.index(piece.text) for section in found for piece in section.chosen]
    assert order == sorted(order)
    assert order[0] < 4
    assert order[-1] > 5


def test_without_headings_an_outline_is_a_list_of_points(overview):
    plain = sources(parts={"": [text for texts in TIDES.values() for text in texts]})
    result = overview("Make an outline", plain)
    assert headings(result) == []
    assert quotes(result)


def test_a_long_book_is_thinned_evenly():
    book = {
        f"Chapter {n}": ["One sentence of this chapter stands here."] * 100 for n in range(1, 13)
    }
    kept = digest.thinned(sources(parts=book))
    assert len(kept) <= 2 * digest.MOST_PASSAGES
    assert {each.path[0] for each in kept} == set(book)


def test_the_number_of_a_heading_goes_before_its_place():
    late = {"2. Rivers": ["Rivers run."], "3. Lakes": ["Lakes lie."]}
    found = narrowing.named(sources(parts=late), "chapter 2")
    assert [each.path for each in found] == [["2. Rivers"]]
