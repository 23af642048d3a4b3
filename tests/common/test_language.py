"""Words, sentences and the language of a text."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from edu.common.language import (
    content_words,
    count_words,
    detect,
    fold,
    guess,
    sentences,
    stopwords,
    words,
)


def cut(text, language=""):
    return [text[start:end] for start, end in sentences(text, language)]


def test_it_does_not_end_an_english_sentence_at_an_abbreviation():
    text = "Dr. Smith paid 3.5 dollars, e.g. for food. See Fig. 3 and p. 12. Good!"
    assert cut(text, "en") == [
        "Dr. Smith paid 3.5 dollars, e.g. for food.",
        "See Fig. 3 and p. 12.",
        "Good!",
    ]


def test_it_keeps_german_ordinals_and_abbreviations_together():
    text = "Am 3. Oktober 1990 war es z. B. so weit. Prof. Dr. Müller kam. „Ja.“ Er ging."
    assert cut(text, "de") == [
        "Am 3. Oktober 1990 war es z. B. so weit.",
        "Prof. Dr. Müller kam.",
        "„Ja.“",
        "Er ging.",
    ]


def test_it_knows_the_marks_of_arabic_and_chinese():
    assert cut("ما هو التناضح؟ هو انتقال الماء. وهذا مهم.", "ar") == [
        "ما هو التناضح؟",
        "هو انتقال الماء.",
        "وهذا مهم.",
    ]
    assert cut("光合作用是什么？它很重要。对。", "zh") == ["光合作用是什么？", "它很重要。", "对。"]


def test_it_ends_a_sentence_where_a_line_ends():
    assert cut("Eins\n\n- Punkt eins\npunkt zwei. Noch was.", "de") == [
        "Eins",
        "- Punkt eins",
        "punkt zwei.",
        "Noch was.",
    ]


@given(st.text(max_size=400), st.sampled_from(["", "en", "de", "ar", "tr", "zh", "xx"]))
def test_it_loses_nothing_but_white_space_whatever_the_text(text, language):
    spans = sentences(text, language)
    assert all(a < b for a, b in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    kept = "".join("".join(text[a:b].split()) for a, b in spans)
    assert kept == "".join(text.split())
    assert all(content_words(text, language))
    assert count_words(text) >= 0
    guess(text)


def test_it_brings_the_forms_of_a_word_together():
    assert set(content_words("The cells were dividing", "en")) == set(
        content_words("cell divided", "en")
    )
    assert content_words("L'énergie qu'on mesure", "fr") == content_words("énergies mesurées", "fr")
    assert content_words("Ankara'dır", "tr") == content_words("Ankara", "tr")
    assert content_words("komórkami", "pl") == content_words("komórka", "pl")
    assert content_words("光合作用", "zh") == ["光合", "合作", "作用"]


def test_it_folds_turkish_and_arabic_letters_by_their_own_rules():
    assert fold("İSTANBUL", "tr") == "istanbul"
    assert fold("IRMAK", "tr") == "ırmak"
    assert fold("الأُسْرَة", "ar") == "الاسره"


def test_it_splits_words_with_marks_on_their_letters():
    assert words("das Straßencafé, l’eau 3,5 % हिन्दी தமிழ்") == [
        "das",
        "Straßencafé",
        "l’eau",
        "3,5",
        "हिन्दी",
        "தமிழ்",
    ]


def test_it_tells_the_language_even_of_a_short_question():
    asked = {
        "What is osmosis?": "en",
        "Was ist Osmose?": "de",
        "Qu'est-ce que l'osmose ?": "fr",
        "¿Qué es la ósmosis?": "es",
        "O que é osmose?": "pt",
        "Wat is osmose?": "nl",
        "Co to jest osmoza?": "pl",
        "Vad är osmos?": "sv",
        "Что такое осмос?": "ru",
        "Що таке осмос?": "uk",
        "ما هو التناضح؟": "ar",
        "浸透とは何ですか": "ja",
    }
    assert {question: guess(question) for question in asked} == asked
    assert guess("Höhe (m): 3357; Höhe (m): 1281") == "", "a unit is no small word"
    rows = "Lighthouse | Height m | Keeper Skarholm | 38 | Ingrid Moe Grey Ness | 17 | Per Lunde"
    assert detect(f"{rows} Month | Litres January | 840 February | 765 Oc 6s | Fl 15s") == "en"
    assert detect("osmosis", "de") == "de", "one word tells nothing: the fallback stands"
    assert detect("", "tr") == "tr"


def test_letters_tell_more_than_the_language_around_them():
    assert [detect(word, "en") for word in ("سلام", "вода", "νερό", "물", "水")] == [
        "ar", "ru", "el", "ko", "zh",
    ]  # fmt: skip
    assert detect("آب", "fa") == "fa", "the language around it is written in these letters too"


def test_it_has_small_words_for_the_languages_that_it_names():
    for language in ["en", "de", "fr", "es", "it", "pt", "nl", "tr", "ar", "ru", "uk", "pl", "sv"]:
        assert len(stopwords(language)) > 90, language
    assert stopwords("xx") == frozenset()
    assert content_words("ab hello of worlds", "xx") == ["hello", "worlds"]
