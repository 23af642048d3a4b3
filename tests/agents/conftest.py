"""A small library of passages, and a toolbox over it that remembers what it was used for."""

from dataclasses import dataclass, field

import pytest

from edu.agents.data import Toolbox
from edu.common import language
from edu.common.sources import Citation, Source
from edu.inference.backends import echo

CELLS = [
    "Osmosis is the movement of water across a partially permeable membrane. It goes from a dilute "
    "solution to a more concentrated one. For example, raisins swell when they lie in water. This "
    "happens because the raisin holds more sugar than the water around it.",
    "Diffusion is the spreading of particles from where there are many to where there are few. It "
    "needs no energy. Warm particles move faster, so diffusion is faster in warm water.",
    "The cell wall is stiff. In 1665 Robert Hooke saw cell walls in a thin slice of cork. A plant "
    "cell that is full of water presses on its wall, and this is called turgor.",
    "Mitochondria release energy from sugar. A liver cell has between 1000 and 2000 of them.",
]


@dataclass
class Library:
    """Passages of one course, and what an agent did with them."""

    texts: list[str]
    spoken: str = "en"
    said: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    shown: list[Citation] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    stopped: bool = False

    def search(self, query, limit):
        self.asked.append(query)
        wanted = set(language.content_words(query, self.spoken))
        hits = [
            Source(
                passage=f"p{number}",
                material="m1",
                title="Cells",
                text=text,
                locator={"kind": "page", "page": number + 1},
                language=self.spoken,
                coverage=len(wanted & set(language.content_words(text, self.spoken)))
                / max(1, len(wanted)),
                objective=f"o{number}",
            )
            for number, text in enumerate(self.texts)
        ]
        return sorted(hits, key=lambda hit: -hit.coverage)[:limit]

    def cite(self, source, quote):
        if quote not in source.text:
            return None
        return Citation(
            0,
            source.passage,
            source.material,
            source.title,
            source.locator,
            quote,
            "/materials/m1/",
        )

    def tools(self):
        return Toolbox(
            search=self.search,
            say=self.said.append,
            cite=self.cite,
            mastery_of=lambda objective: None,
            cancelled=lambda: self.stopped,
            leaks=lambda text: any(secret in text.lower() for secret in self.secrets),
            note=self.notes.append,
            show=self.shown.append,
        )


@pytest.fixture
def library():
    return Library(list(CELLS))


@pytest.fixture
def shelf():
    """A function: texts and their language -> a library of them."""
    return lambda texts, spoken="en": Library(list(texts), spoken)


@pytest.fixture(autouse=True)
def quiet_model():
    """Each test begins with a model that nobody has told anything."""
    echo.clear()
    yield
    echo.clear()


@pytest.fixture
def no_chat(settings):
    """There is no chat model."""
    settings.EDU_CHAT = "none"
    settings.EDU_SERVERS = {
        **settings.EDU_SERVERS,
        "model": {"url": "", "key": "", "name": ""},
    }
