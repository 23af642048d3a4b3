"""A check question is about what was asked, and not the sentence that stands on the screen."""

import pytest

from edu.assessments import api as assessments
from edu.assessments.data import ItemDraft
from edu.orchestrator.logic import asked
from edu.orchestrator.models import Turn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_chat")]

WEAVING = (
    "A loom is a frame that holds the warp threads under tension. The weft is the thread that the shuttle "
    "carries across the warp. Joseph Marie Jacquard built his loom in Lyon in 1804. Punched cards told the "
    "Jacquard loom which warp threads to raise. Charles Babbage took the punched cards for his engine. "
    "The selvedge is the edge of a fabric that keeps it from fraying."
)


def test_the_sentence_that_was_just_shown_is_not_asked_for(ask, teacher, reader):
    reader(WEAVING, "weaving.txt")
    turn = ask("What is the weft?")
    assert turn.citations
    assert turn.question is not None
    asked_of = assessments.item(user=teacher.id, item=turn.question.item).citations[0].quote
    assert asked_of in WEAVING
    assert asked_of not in {each.quote for each in turn.citations}


def test_nor_is_it_when_the_learner_asks_to_be_asked(ask, teacher, reader):
    reader(WEAVING, "weaving.txt")
    answered = ask("What is the weft?")
    turn = ask(wants="check_me")
    assert turn.question is not None
    asked_of = assessments.item(user=teacher.id, item=turn.question.item).citations[0].quote
    assert asked_of not in {each.quote for each in answered.citations}
    assert turn.question.stem != answered.question.stem


def test_what_speaks_of_the_question_comes_first():
    def draft(sentence):
        return ItemDraft("cloze", "_____", {}, explanation=sentence, language="en")

    fabric, weft = draft("A selvedge keeps fabric from fraying."), draft("The weft crosses it.")
    turn = Turn(text="What is the weft?")
    assert asked._nearest(turn, [fabric, weft]) == [weft, fabric]
    assert asked._nearest(Turn(text="And why?"), [fabric, weft]) == [fabric, weft]
