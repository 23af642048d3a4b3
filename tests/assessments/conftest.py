"""A bank, a passage and drafts to play with."""

import pytest

from edu.assessments import api
from edu.assessments.data import ItemDraft
from edu.common.sources import Citation

PASSAGE = (
    "Osmosis is the movement of water through a membrane that lets water pass but not the dissolved "
    "substances. Plant cells swell when water enters them by osmosis. The cell wall keeps them from "
    "bursting. Diffusion spreads particles from where they are many to where they are few. Active "
    "transport moves ions against the gradient and needs energy from ATP. In 1877 Wilhelm Pfeffer "
    "measured the osmotic pressure of sugar solutions with clay cells."
)


@pytest.fixture
def bank(teacher, course):
    """Four items of the teacher's, one of each kind: {kind: Item}."""
    made = {
        "choice": {
            "stem": "What moves water through a membrane?",
            "options": ["osmosis", "diffusion", "lysis", "mitosis"],
            "key": {"correct": [0]},
            "explanation": "Osmosis is the movement of water through a membrane.",
        },
        "number": {
            "stem": "How long is it?",
            "key": {"value": 12.5, "tolerance": 0.1, "unit": "m"},
        },
        "short": {"stem": "Who found radium?", "key": {"accept": ["Marie Curie", "Curie"]}},
        "cloze": {"stem": "Cells are bounded by a _____.", "key": {"blanks": [["membrane"]]}},
    }
    return {
        kind: api.add_item(user=teacher.id, course=course.id, kind=kind, **parts)
        for kind, parts in made.items()
    }


@pytest.fixture
def quiz_of(course):
    """A function: person, kinds -> a quiz from the bank, shown."""

    def make(person, *kinds, size=10, mode="quiz"):
        quiz = api.request_quiz(
            user=person.id, course=course.id, size=size, kinds=list(kinds) or None, mode=mode
        )
        return api.show_questions(user=person.id, quiz=quiz.id)

    return make


@pytest.fixture
def draft():
    """A function: changes -> a draft that every gate lets through, but for the changes."""

    def make(**changes):
        parts = {
            "kind": "choice",
            "stem": "What is the movement of water through a membrane called?",
            "options": ["osmosis", "mitosis", "respiration", "photosynthesis"],
            "key": {"correct": [0]},
            "passage_text": PASSAGE,
            "citations": [
                Citation(
                    1, "p1", "m1", "Cells", {"kind": "page", "page": 3},
                    "Osmosis is the movement of water through a membrane",
                    "/materials/m1/?passage=p1&quote=Osmosis%20is#p-p1",
                )
            ],
            "explanation": "Osmosis is the movement of water through a membrane.",
            "language": "en",
        }  # fmt: skip
        return ItemDraft(**{**parts, **changes})

    return make
