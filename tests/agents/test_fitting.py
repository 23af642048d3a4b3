"""A question for a figure, a date, a person or a place goes first to sentences that give one."""

import pytest

from edu.agents.base import asking, evidence, fitting, units
from edu.common.sources import Source


def fit(question, sentence, language):
    asked = evidence.ask(question, language)
    return fitting.fits(asked.kind, sentence, asked.stems, language, asked.measures)


@pytest.mark.parametrize(
    ("question", "language", "measure"),
    [
        ("How tall is the lighthouse?", "en", "length"),
        ("And how heavy is it?", "en", "mass"),
        ("How old was she?", "en", "time"),
        ("How many sailors lived there?", "en", "count"),
        ("How much did the lamp cost?", "en", "money"),
        ("What was the population of the island?", "en", "count"),
        ("At what temperature does iron melt?", "en", "temperature"),
        ("What percentage of the light is lost?", "en", "share"),
        ("Wie hoch ist der Leuchtturm?", "de", "length"),
        ("Wie hoch ist die Temperatur der Lampe?", "de", "temperature"),
        ("Wie lange dauerte der Bau?", "de", "time"),
        ("Wie viel wiegt die Glocke?", "de", "mass"),
        ("Quelle est la hauteur du phare ?", "fr", "length"),
        ("Combien pèse la cloche ?", "fr", "mass"),
        ("Combien de temps dura la construction ?", "fr", "time"),
        ("¿Cuánto mide el faro?", "es", "length"),
        ("¿Cuántos años tenía?", "es", "time"),
        ("¿Cuál es la temperatura del horno?", "es", "temperature"),
        ("Deniz fenerinin yüksekliği ne kadar?", "tr", "length"),
        ("Çan kaç kilo?", "tr", "mass"),
        ("Kaç denizci yaşıyordu?", "tr", "count"),
        ("كم يبلغ ارتفاع المنارة؟", "ar", "length"),
        ("كم عدد البحارة؟", "ar", "count"),
        ("كم استغرق البناء؟", "ar", "time"),
    ],
)
def test_it_is_known_what_is_to_be_measured(question, language, measure):
    kind, measures = asking.wanted(question, language)
    assert kind == "how_many"
    assert measure in measures


@pytest.mark.parametrize(
    ("question", "language", "kind"),
    [
        ("What is temperature?", "en", "definition"),
        ("How do things float?", "en", "how"),
        ("Was ist Temperatur?", "de", "definition"),
        ("Wie schwimmt ein Schiff?", "de", "how"),
        ("¿Qué es la temperatura?", "es", "definition"),
        ("Sıcaklık nedir?", "tr", "definition"),
        ("ما هي الحرارة؟", "ar", "definition"),
    ],
)
def test_what_only_sounds_like_a_measure_is_none(question, language, kind):
    assert asking.wanted(question, language) == (kind, ())


@pytest.mark.parametrize(
    ("question", "language", "better", "worse"),
    [
        ("How tall is the tower?", "en", "The tower is 48 metres tall.", "It was built in 1871."),
        ("How tall is the tower?", "en", "The tower is 48 m tall.", "The tower has 12 windows."),
        ("How many lamps has it?", "en", "It has nine lamps.", "It was lit on 4 May 1871."),
        ("How old is the bell?", "en", "The bell is 200 years old.", "The bell weighs 90 kg."),
        ("When was it lit?", "en", "It was lit in 1871.", "It was lit by 14 lamps."),
        ("When was it lit?", "en", "It was lit before the war.", "It was lit by lamps."),
        ("Who built the tower?", "en", "It was built by Ada Moor.", "The tower is built of stone."),
        ("Where is the tower?", "en", "It stands in Porto.", "The tower is white and tall."),
        ("Wie hoch ist der Turm?", "de", "Er ist 48 Meter hoch.", "Er steht dort seit 1871."),
        ("Wie schwer ist sie?", "de", "Sie wiegt zwei Tonnen.", "Sie ist 3 Meter hoch."),
        ("Wer baute den Turm?", "de", "Ihn baute Ada Moor.", "Der Turm besteht aus Stein."),
        ("Wann wurde er gebaut?", "de", "Er wurde 1871 gebaut.", "Er ist 48 Meter hoch."),
        ("Quelle est sa hauteur ?", "fr", "Il mesure 48 mètres.", "Il date de 1871."),
        ("Où se trouve le phare ?", "fr", "Il se dresse à Brest.", "Il est blanc et haut."),
        ("¿Cuánto pesa?", "es", "Pesa 90 kilos.", "Se fundió en 1871."),
        ("¿Cuándo se fundió?", "es", "Se fundió en 1871.", "Pesa noventa kilos."),
        ("Kulenin yüksekliği nedir?", "tr", "Kule 48 metredir.", "Kule 1871 yılında yapıldı."),
        ("Kule nerede?", "tr", "Kule İzmir'de durur.", "Kule beyaz ve yüksektir."),
        ("كم يبلغ ارتفاع البرج؟", "ar", "يبلغ ارتفاعه 48 مترا.", "بني البرج عام 1871."),
        ("متى بني البرج؟", "ar", "بني البرج عام 1871.", "البرج مبني من الحجر."),
    ],
)
def test_the_form_that_is_asked_for_fits_better(question, language, better, worse):
    assert fit(question, better, language) > fit(question, worse, language)


def test_a_name_that_the_question_gives_itself_is_no_answer():
    assert fit("Who founded Rome?", "Rome grew fast.", "en") < fit(
        "Who founded Rome?", "Rome was founded by Romulus.", "en"
    )


def test_a_decade_is_no_duration():
    assert not units.gives("time", "The 1960s were loud.", "en")


def test_digits_of_other_scripts_are_figures():
    assert units.gives("length", "ارتفاعه ٤٨ مترا.", "ar")


def test_the_sentence_with_the_measure_is_quoted_before_the_one_with_the_date():
    text = (
        "The old lighthouse at the end of the mole was built in 1871. The old lighthouse is 48 metres "
        "tall. The old lighthouse has a keeper."
    )
    source = Source("p", "m", "Mole", text, {}, language="en")
    question = evidence.ask("How tall is the old lighthouse?", "en")
    found = evidence.weigh(question, evidence.pieces([source]))
    assert "48 metres" in found[0].piece.text


def test_no_sentence_is_lost_for_its_form():
    source = Source("p", "m", "T", "The tower is taller than any oak around it.", {}, language="en")
    question = evidence.ask("How tall is the tower?", "en")
    found = evidence.weigh(question, evidence.pieces([source]))
    assert len(found) == 1
    assert found[0].score > 0
