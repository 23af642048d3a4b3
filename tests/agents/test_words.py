"""Rules that hold a model's sentences against their sources, and signs against doing anything."""

import threading
import time

import pytest

from edu.agents.base import align, answerable, asking, evidence, markdown, patience, wording
from edu.agents.data import Cancelled
from edu.common.sources import Source

TEXT = (
    "Workers could demand higher wages because so many people had died. The Statute of Labourers of "
    "1351 tried to hold wages down. Water moves from a dilute to a more concentrated solution. "
    "About 1,000 towns were left, and trade fell by half. The hormone makes the walls more permeable."
)


@pytest.fixture
def sentences():
    return evidence.pieces([Source("p", "m", "Plague", TEXT, {}, language="en")])


@pytest.mark.parametrize(
    "said",
    [
        "Workers demanded higher wages because many people had died.",
        "Because so many people had died, workers could demand higher wages.",
        "Many people died, so workers could demand higher wages.",
        "Water moves from a dilute solution to a concentrated one.",
        "About 1000 towns were left.",
    ],
)
def test_what_the_sources_say_passes(sentences, said):
    assert align.align(said, sentences, "en").refused == ""


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("Many people had died because workers demanded higher wages.", "wrong way round"),
        ("Water moves from a concentrated to a dilute solution.", "round"),
        ("Workers could demand lower wages because many had died.", "comparison"),
        ("Workers could not demand higher wages because many had died.", "not"),
        ("The Statute of Labourers of 1352 tried to hold wages down.", "1352"),
        ("King Edward tried to hold wages down.", "Edward"),
        ("Trade fell because towns were left.", "cause"),
        ("The hormone lowers the permeability of the walls.", "comparison"),
        ("Bakers sold bread in the market every morning.", "carry"),
    ],
)
def test_what_they_do_not_say_is_refused_with_the_reason(sentences, said, why):
    found = align.align(said, sentences, "en")
    assert why in found.refused


def test_a_copy_adds_nothing(sentences):
    assert align.copies(sentences[1].text, sentences, "en")
    assert not align.copies("The law wanted low wages.", sentences, "en")


@pytest.mark.parametrize(
    ("question", "language", "kind"),
    [
        ("What is osmosis?", "en", "definition"),
        ("Can you tell me when it was built?", "en", "when"),
        ("How many cells are there?", "en", "how_many"),
        ("What are the stages of mitosis?", "en", "list"),
        ("Wie viele Zellen gibt es?", "de", "how_many"),
        ("Pourquoi l'eau monte ?", "fr", "why"),
        ("¿Cuándo nació?", "es", "when"),
        ("Kim buldu?", "tr", "who"),
        ("osmosis", "en", "other"),
        ("Mikä on osmoosi?", "fi", "other"),
    ],
)
def test_the_first_words_tell_what_kind_of_answer_is_wanted(question, language, kind):
    assert asking.kind_of(question, language) == kind


def test_words_of_the_materials_stay_words():
    hostile = "[x](javascript:alert(1)) <img src=x> `code` *bold* # head | cell"
    shown = markdown.literal(hostile)
    assert "\\[x\\](javascript" in shown
    assert "<img" not in shown.replace("\\<", "")
    assert markdown.spoken(shown) == hostile


def test_an_answer_is_spoken_without_its_marks():
    assert markdown.spoken("**The idea**\n\nWater moves. [1][2] It *stops*. [3]") == (
        "The idea Water moves. It stops."
    )


def test_every_frame_sentence_is_there_in_every_language():
    for name in (
        "abstain",
        "nearest",
        "idea",
        "withheld",
        "withheld_quiz",
        "silence",
        "hello",
        "no_question",
    ):
        said = {wording.words(name, language) for language in wording.LANGUAGES}
        assert len(said) == len(wording.LANGUAGES)
    assert wording.words("abstain", "xx") == wording.words("abstain", "en")


def test_a_model_is_waited_for_only_so_long():
    answered = threading.Event()
    try:
        with pytest.raises(patience.TooSlow):
            patience.within(0.2, lambda: answered.wait(60), lambda: False)
    finally:
        answered.set()


def test_waiting_ends_when_the_person_has_gone():
    with pytest.raises(Cancelled):
        patience.within(5, lambda: time.sleep(3), lambda: True)


def test_an_error_of_the_model_comes_through():
    with pytest.raises(ZeroDivisionError):
        patience.within(5, lambda: 1 // 0, lambda: False)


def test_a_stream_is_closed_when_nobody_listens_any_more():
    closed = []

    def words():
        try:
            for number in range(1000):
                yield number
                time.sleep(0.01)
        finally:
            closed.append(True)

    heard = patience.stream_within(5, words, lambda: False)
    assert next(heard) == 0
    heard.close()
    time.sleep(0.3)
    assert closed


COFFEE = (
    "İlk kahvehane 1554 yılında Tahtakale'de açıldı. Türk kahvesi cezvede pişirilir. Kahvenin yanında "
    "bir bardak su ve lokum sunulur."
)


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("İlk kahvehane ne zaman açıldı?", True),
        ("Kahve nasıl pişirilir?", True),
        ("Fransa'nın başkenti neresidir?", False),
        ("Uçaklar nasıl uçar?", False),
    ],
)
def test_vectors_say_nothing_of_a_language_that_their_model_does_not_know(asked, answered):
    sources = [Source("p", "m", "Kahve", COFFEE, {}, language="tr", similarity=0.85)]
    question = evidence.ask(asked, "tr")
    found = evidence.pieces(sources)
    weighed = evidence.weigh(question, found, [0.9 for _each in found], [0.5])

    def likely(known):
        return answerable.probability(question, sources, weighed, True, known)

    assert likely(True) >= answerable.ANSWER  # to such a model all that is Turkish is alike
    assert (likely(False) >= answerable.ANSWER) == answered


def test_a_question_in_another_language_than_the_sources_has_only_vectors():
    sources = [Source("p", "m", "Plague", TEXT, {}, language="en", similarity=0.55)]
    question = evidence.ask("Wie viele Städte blieben übrig?", "de")
    found = evidence.pieces(sources)
    weighed = evidence.weigh(question, found, [0.6 for _each in found], [0.5])
    one, other = (
        answerable.probability(question, sources, weighed, True, k) for k in (True, False)
    )
    assert one == other > 0


def test_bars_stay_as_they_are_and_still_draw_no_table():
    from edu.gateway.markup import html

    lines = ["Sort | Worst case", "--- | ---", "Bubble | n²"]
    shown = [markdown.literal(line) for line in lines]
    assert shown[0] == lines[0] and shown[2] == lines[2]
    assert "<table" not in html("\n".join(shown))
