"""A course with something to read, and a learner who asks about it."""

import io

import pytest
from PIL import Image, PngImagePlugin

from edu.inference.backends import echo
from edu.multimodal import api as multimodal
from edu.orchestrator import api

CELLS = """# Osmosis

Osmosis is the movement of water across a partially permeable membrane. It goes from a dilute solution
to a more concentrated one. For example, raisins swell when they lie in water. This happens because the
raisin holds more sugar than the water around it. A solution with less water than the cell is called a
hypertonic solution. A cell that lies in a hypertonic solution loses water and shrinks.

# Diffusion

Diffusion is the spreading of particles from where there are many to where there are few. The difference
in concentration between two places is called the concentration gradient. Diffusion needs no energy from
the cell. Warm particles move faster, so diffusion is faster in warm water. Oxygen enters the blood in the
lungs by diffusion. Carbon dioxide leaves the blood in the same way. Robert Brown saw the restless motion
of pollen grains in water in 1827.

# Cell walls

The cell wall is stiff. In 1665 Robert Hooke saw cell walls in a thin slice of cork. A plant cell that
is full of water presses on its wall, and this is called turgor. The cell wall of plants is made of
cellulose. The wall of fungi is made of chitin instead.

# Mitochondria

Mitochondria release energy from sugar. A liver cell has between 1000 and 2000 of them. Muscles have
many mitochondria because they need much energy. The folds of the inner membrane are called cristae.
Mitochondria have their own DNA, which is inherited from the mother.
"""


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
    settings.EDU_SERVERS = {**settings.EDU_SERVERS, "model": {"url": "", "key": "", "name": ""}}


@pytest.fixture
def reader(work, teacher, course, tmp_path):
    """A function: text -> a material of the course that was read."""

    def bring(text=CELLS, name="cells.md"):
        path = tmp_path / "upload"
        path.write_text(text)
        with work():
            made = multimodal.add_material(
                user=teacher.id, course=course.id, file_name=name, path=str(path)
            )
        found = multimodal.material(user=teacher.id, material=made.id)
        assert found.status == "ready", found.error
        return found

    return bring


@pytest.fixture
def material(reader):
    """The material about cells."""
    return reader()


@pytest.fixture
def session(learner, course, material):
    """The learner's session with the tutor."""
    return api.start_session(user=learner.id, course=course.id)


@pytest.fixture
def ask(work, learner, session):
    """A function: what a learner brings -> the turn when it is over."""

    def make(text="", where=None, **more):
        with work():
            made = api.ask(user=learner.id, session=(where or session).id, text=text, **more)
        return api.turn(user=learner.id, turn=made.id)

    return make


@pytest.fixture
def photo():
    """A function: words -> a picture in which they are read."""

    def make(words):
        info = PngImagePlugin.PngInfo()
        if words:
            info.add_text("say", words)
        file = io.BytesIO()
        Image.new("RGB", (60, 40), "white").save(file, "PNG", pnginfo=info)
        return file.getvalue()

    return make
