"""A name in the question must stand at what is quoted; a beginning is no end; a sum is no question."""

import pytest

from edu.agents.base import asking, names, opposites
from edu.agents.data import Request
from edu.agents.team.tutor import Tutor

pytestmark = pytest.mark.usefixtures("quiet_model")

PEACE = [
    "The Treaty of Lodi was signed in the castle of Lodi in 1454. It ended a long war.",
    "The Peace of Ferrara was signed in Ferrara in 1433. Both towns lie in the plain of the Po.",
]
DAM = [
    "The building of the Elvar dam ended in 1931. It was praised by all.",
    "The building of the Elvar dam began in 1924, after long debates about the valley.",
]


def ask(library, text, language="en", task="answer"):
    request = Request(task, text=text, language=language, detail={"materials": 1})
    return Tutor().run(request, library.tools())


@pytest.mark.parametrize(
    ("question", "language", "found"),
    [
        ("When did Mount Tambora erupt?", "en", ["Mount", "Tambora"]),
        ("How many people died in the eruption of Krakatau?", "en", ["Krakatau"]),
        ("Osmosis is what?", "en", []),
        ("What did the US and NATO do?", "en", []),
        ("Quand Louis est-il né à Versailles ?", "fr", ["Louis", "Versailles"]),
        ("Wann wurde der Vertrag von Lissabon geschlossen?", "de", ["Lissabon"]),
        ("Was ist die Aufgabe der Zelle?", "de", []),
        ("Savaş Osnabrück'te ne zaman bitti?", "tr", ["Osnabrück"]),
        ("Когда построили Кремль?", "ru", ["Кремль"]),
        ("متى انتهت الحرب؟", "ar", []),
    ],
)
def test_what_surely_is_a_name_is_told(question, language, found):
    assert names.named(question, language) == found


def test_a_name_is_the_same_in_another_spelling_or_ending():
    said = ["In Osnabrück wurde verhandelt, auch über Москвой and Zürich."]
    assert names.missing(["Osnabrueck", "Москва", "Zurich", "Osnabruk"], said) == []
    assert names.missing(["Münster"], said) == ["Münster"]


def test_a_name_that_the_materials_never_have_is_named(shelf, no_chat):
    result = ask(shelf(PEACE), "When was the Treaty of Aquileia signed?")
    assert result.abstained
    assert "Aquileia" in result.text.split("\n")[0]


def test_a_quote_that_does_not_have_the_name_says_so(shelf, no_chat):
    result = ask(shelf(PEACE), "Was the Treaty of Lodi signed in Ferrara?")
    assert not result.abstained
    quoted = " ".join(each.quote for each in result.citations)
    for name in ("Lodi", "Ferrara"):
        assert name in quoted or f"does not name {name}" in result.text


@pytest.mark.parametrize(
    ("question", "year"),
    [
        ("When did the building of the Elvar dam begin?", "1924"),
        ("When did it end at Elvar?", "1931"),
    ],
)
def test_the_beginning_is_told_from_the_end(shelf, no_chat, question, year):
    result = ask(shelf(DAM), question)
    assert [each.quote for each in result.citations if year in each.quote]
    assert not [each.quote for each in result.citations if year not in each.quote]


def test_the_end_is_no_answer_to_when_it_began(shelf, no_chat):
    assert ask(shelf(DAM[:1]), "When did the building of the Elvar dam begin?").abstained


@pytest.mark.parametrize(
    ("language", "question", "other", "both"),
    [
        (
            "en",
            "When did it start?",
            "It ended in 1865.",
            "It ran from its start in 1861 to its end.",
        ),
        ("de", "Wann begann es?", "Es endete 1865.", "Es begann 1861 und endete 1865."),
        (
            "fr",
            "Quand a-t-elle commencé ?",
            "Elle prit fin en 1865.",
            "Elle commença puis prit fin.",
        ),
        ("es", "¿Cuándo empezó?", "Terminó en 1865.", "Empezó en 1861 y terminó en 1865."),
        ("it", "Quando iniziò?", "Finì nel 1865.", "Iniziò nel 1861 e finì nel 1865."),
        ("pt", "Quando começou?", "Terminou em 1865.", "Começou em 1861 e terminou em 1865."),
        ("nl", "Wanneer begon het?", "Het eindigde in 1865.", "Het begon in 1861 en eindigde."),
        ("tr", "Ne zaman başladı?", "1865'te bitti.", "1861'de başladı, 1865'te bitti."),
        ("ar", "متى بدأت؟", "انتهت عام 1865.", "بدأت عام 1861 وحتى 1865."),
        ("ru", "Когда она началась?", "Она закончилась в 1865.", "Началась и закончилась."),
        ("en", "When was she born?", "She died in 1865.", "She was born in 1801 and died in 1865."),
    ],
)
def test_what_says_only_the_opposite_is_told_in_every_language(language, question, other, both):
    assert opposites.against(question, other, language)
    assert not opposites.against(question, both, language)
    assert not opposites.against("?", other, language)


@pytest.mark.parametrize("text", ["2+2?", "2 + 2", "What is 12*3?", "7 × 8 =", "(3+4)*2", "10/4?"])
def test_a_sum_is_no_question_to_the_materials(shelf, no_chat, text):
    assert asking.is_sum(text, [])
    library = shelf(
        ["The table has 2 rows, 12 columns, 3 heads and 7 feet; 8 and 10 and 4 are left."]
    )
    assert ask(library, text).abstained


@pytest.mark.parametrize("text", ["1914-1918?", "What is H2O?", "2 loaves + 3 rolls?", "1848"])
def test_what_only_looks_like_a_sum_is_none(text):
    assert not asking.is_sum(text, [])


def test_a_sum_that_the_materials_have_is_answered():
    assert not asking.is_sum("What is 2+2?", ["Children learn that 2 + 2 = 4."])
