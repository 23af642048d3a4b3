"""What the materials name is asked for in many languages, and answered by the sentences that name some."""

import pytest

from edu.agents.base import listing
from edu.agents.data import Request
from edu.agents.team.tutor import Tutor

pytestmark = pytest.mark.usefixtures("quiet_model")


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "Which rivers does the text name?", "rivers"),
        ("de", "Welche Flüsse nennt der Text?", "Flüsse"),
        ("fr", "Quels fleuves le texte nomme-t-il ?", "fleuves"),
        ("es", "¿Qué ríos menciona el texto?", "ríos"),
        ("it", "Quali fiumi nomina il testo?", "fiumi"),
        ("pt", "Que rios o texto menciona?", "rios"),
        ("nl", "Welke rivieren noemt de tekst?", "rivieren"),
        ("tr", "Metin hangi nehirlerden bahsediyor?", "nehirlerden"),
        ("ar", "ما الأنهار التي يذكرها النص؟", "الأنهار"),
        ("ru", "Какие реки называет текст?", "реки"),
        ("en", "Which river is long?", ""),
        ("en", "What does the text say?", ""),
    ],
)
def test_it_is_told_what_the_materials_shall_name(language, text, kind):
    assert listing.kind_asked(text, language) == kind


def test_the_sentences_that_name_some_are_quoted(shelf, no_chat, monkeypatch):
    monkeypatch.setattr(Tutor, "_similarities", lambda self, query, pieces: None)
    library = shelf(
        [
            "Rivers carry stones to the sea. The Ebro is a river of Spain.",
            "The Douro is a long river.",
        ]
    )
    request = Request(
        "answer", text="Which rivers does the text name?", language="en", detail={"materials": 1}
    )
    quoted = " ".join(each.quote for each in Tutor().run(request, library.tools()).citations)
    assert "Ebro" in quoted and "Douro" in quoted and "stones" not in quoted
