"""Search finds by words and by meaning, and says when a course does not speak of something."""

import pytest

from edu.multimodal import api

TEXT = """Osmosis is the movement of water through a membrane that lets water pass but not salt.

The mitochondrion turns sugar and oxygen into energy that the cell can use.

Diffusion spreads particles from where there are many to where there are few.
"""


def bring(work, user, course, text, tmp_path, name="cells.txt"):
    path = tmp_path / "upload"
    path.write_text(text)
    with work():
        made = api.add_material(user=user, course=course, file_name=name, path=str(path))
    return api.material(user=user, material=made.id)


@pytest.mark.django_db
def test_a_text_becomes_passages_that_are_found(work, teacher, course, tmp_path):
    material = bring(work, teacher.id, course.id, TEXT, tmp_path)
    assert (material.status, material.passages, material.error) == ("ready", 3, None)
    found = api.search(course=course.id, query="What is osmosis?")
    assert found.results[0].text.startswith("Osmosis is")
    assert found.relevant
    citation = api.cite(passage=found.results[0].passage, quote="movement of  water")
    assert citation.quote == "movement of water"
