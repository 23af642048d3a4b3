"""Which language a short message is in."""

import pytest

from edu.agents.base import tongue


@pytest.mark.parametrize(
    "text",
    [
        "Is quicksort stable?",
        "Define magma.",
        "Explain equilibrium price",
        "Lahar meaning",
        "Hazards of volcanoes",
        "What is the deadliest hazard?",
        "osmosis",
        "Napoleon Bonaparte",
        "x" * 300,
        "ha " * 60,
        "12 + 30",
        "",
    ],
)
@pytest.mark.parametrize("materials", ["de", "fr", "es", "tr", "ar", "en"])
def test_materials_do_not_change_what_a_person_speaks(text, materials):
    assert tongue.of(text, preferred="en", materials=materials) == "en"
    assert tongue.of(text, previous="en", preferred="de", materials=materials) == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Was ist Osmose?", "de"),
        ("Erkläre die Osmose", "de"),
        ("¿Qué es la ósmosis?", "es"),
        ("Qu'est-ce que l'osmose ?", "fr"),
        ("Cos'è l'osmosi?", "it"),
        ("O que é a osmose?", "pt"),
        ("Wat is osmose?", "nl"),
        ("Ozmoz nedir?", "tr"),
        ("ما هو التناضح؟", "ar"),
        ("Что такое осмос?", "ru"),
    ],
)
def test_words_that_tell_outweigh_what_a_person_prefers(text, language):
    assert tongue.of(text, preferred="en", materials=language) == language
    assert tongue.of(text, previous="en", preferred="en", materials="en") == language


@pytest.mark.parametrize("language", ["de", "fr", "tr"])
def test_what_is_of_no_language_stays_in_the_one_spoken(language):
    for text in ("Napoleon Bonaparte", "xxxxxxxxxxxxx", "Kilauea"):
        assert tongue.of(text, previous=language, preferred="en", materials="en") == language


def test_few_words_may_speak_for_the_language_of_the_materials():
    assert tongue.of("Bedeutung der Zellwand", preferred="en", materials="de") == "de"


@pytest.mark.parametrize(
    ("text", "previous", "told"),
    [
        ("Arılar balı neyden yapar?", "ar", "tr"),
        ("Arılar balı neyden yapar?", "tr", "tr"),
        ("Why?", "ar", "en"),
        ("Photosynthesis", "ru", "en"),
        ("12 + 5", "ar", "ar"),
        ("почему?", "en", "ru"),
        ("大豆は何時間水に浸しますか。", "en", "ja"),
        ("竹子为什么在冬天砍伐?", "en", "zh"),
        ("竹子为什么在冬天砍伐?", "ja", "zh"),
        ("細胞", "ja", "ja"),
        ("ทำไมฟ้าสีฟ้า", "en", "th"),
        ("Çini hamurunun yüzde kaçı kuvarstır?", "en", "tr"),
        ("Who was Erdoğan?", "en", "en"),
    ],
)
def test_nobody_goes_on_in_a_language_of_other_letters(text, previous, told):
    assert tongue.of(text, previous, "en" if told == "en" else "", "en") == told
