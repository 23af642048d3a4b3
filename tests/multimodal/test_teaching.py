"""Every passage teaches an objective, and a course knows its terms."""

import pytest

from edu.common.errors import NotFound
from edu.common.ids import new_id
from edu.courses import api as courses
from edu.courses.data import CourseRemoved, Decision, Objective
from edu.events.api import publish
from edu.inference.data import Vectors
from edu.multimodal import api
from edu.multimodal.data import Chunk
from edu.multimodal.logic import objectives
from edu.multimodal.models import Material, Passage
from tests.multimodal.helpers import CELLS, bring

pytestmark = pytest.mark.django_db


@pytest.fixture
def cells(work, teacher, course, tmp_path):
    return bring(work, teacher, course, CELLS, tmp_path)


def taught(course):
    """Return the title of the objective of each passage, by how the passage begins."""
    titles = {each.id: each.title for each in courses.objectives(course=course.id, status=None)}
    found = api.course_passages(course=course.id)
    return {passage.text.split()[0]: titles[passage.objective] for passage in found}


def test_a_course_without_objectives_is_offered_some_with_their_passages(cells, course):
    proposed = courses.objectives(course=course.id, status="proposed")
    assert [each.title for each in proposed] == ["Osmosis", "Energy", "Diffusion"]
    assert taught(course) == {"Osmosis": "Osmosis", "The": "Energy", "Diffusion": "Diffusion"}


def test_of_files_that_come_together_each_offers_some(work, teacher, course, tmp_path):
    lands = ["River", "Desert", "Forest", "Glacier", "Volcano", "Island", "Meadow", "Swamp", "Cave"]
    parts = ["springs", "dangers", "beasts", "winters", "crossings"]
    with work():
        for land in lands:
            said = [
                f"# {land} {each}\n\n" + f"Of the {land} we know its {each}. " * 40
                for each in parts
            ]
            path = tmp_path / f"{land}.md"
            path.write_text("\n\n".join(said), encoding="utf-8")
            api.add_material(user=teacher.id, course=course.id, file_name=path.name, path=str(path))
    offered = courses.objectives(course=course.id, status="proposed")
    of = [sum(land in each.title for each in offered) for land in lands]
    assert min(of) >= 1
    assert max(of) <= 3


def test_a_learner_alone_accepts_at_once(work, teacher, tmp_path):
    alone = courses.create_course(user=teacher.id, title="Mine", personal=True)
    bring(work, teacher, alone, CELLS, tmp_path)
    assert len(courses.objectives(course=alone.id)) == 4


def test_passages_follow_what_a_teacher_decides(work, cells, teacher, course):
    osmosis, energy, diffusion = courses.objectives(course=course.id, status="proposed")
    with work():
        courses.decide(
            user=teacher.id,
            course=course.id,
            decisions=[
                Decision(osmosis.id, "accept", title="Osmosis and turgor"),
                Decision(energy.id, "drop"),
                Decision(diffusion.id, "merge", into=osmosis.id),
            ],
        )
    titles = {each.id for each in courses.objectives(course=course.id)}
    assert {each.objective for each in api.course_passages(course=course.id)} <= titles
    assert taught(course)["Osmosis"] == "Osmosis and turgor"


def test_a_new_objective_takes_the_passages_that_teach_it(work, cells, teacher, course):
    with work():
        made = courses.add_objective(
            user=teacher.id, course=course.id, title="How mitochondria turn sugar into energy"
        )
    found = api.course_passages(course=course.id, objective=made.id)
    assert len(found) <= 1
    with work():
        made = courses.add_objective(
            user=teacher.id, course=course.id, title="Mitochondrion turns sugar into energy"
        )
    # Its heading still names the proposed objective, so that stays the nearest until it is decided.
    assert taught(course)["The"] in ("Energy", made.title)


def test_materials_are_named_for_an_objective(cells, course):
    osmosis = courses.objectives(course=course.id, status="proposed")[0]
    found = api.materials_of_objective(course=course.id, objective=osmosis.id)
    assert [each.id for each in found] == [cells.id]


def test_every_passage_has_an_objective(work, teacher, course, tmp_path):
    bring(work, teacher, course, "Rain falls on the hills. " * 3, tmp_path, "rain.txt")
    assert not Passage.objects.filter(objective=None).exists()


def test_a_course_knows_its_terms(cells, course):
    found = api.key_terms(course=course.id)
    terms = {each["term"].lower(): each for each in found}
    assert "osmosis" in terms
    assert terms["osmosis"]["definition"].startswith("Osmosis is the movement")
    ids = {each.id for each in api.course_passages(course=course.id)}
    assert all(each["passage"] in ids for each in found)


def test_materials_go_with_their_course(work, cells, course):
    kept = Material.objects.get(id=cells.id).key
    with work():
        publish(CourseRemoved(course.id))
    assert not Material.objects.exists()
    assert not Passage.objects.exists()
    with pytest.raises(NotFound):
        api.fetch(key=kept)


class TestHeadings:
    """A heading says more of what a passage teaches than the words that it happens to use."""

    GOALS = (
        ("root", "Biology"),
        ("choose", "Describe how membranes choose"),
        ("osmosis", "Explain osmosis in plant cells"),
        ("energy", "Understand where cells get their energy"),
    )
    TEXT = (
        "Water passes through a membrane towards the side that holds more sugar. The membrane chooses "
        "what may pass, so the sugar stays where it is."
    )

    def nearest(self, path, language="en", goals=GOALS, text=TEXT, vectors=None):
        found = [
            Objective(str(new_id()), "c", title, "", root=name == "root") for name, title in goals
        ]
        names = {each.id: name for each, (name, _title) in zip(found, goals, strict=True)}
        guide = objectives._compass(found, language)
        guide.vectors = Vectors("m", vectors or [])
        vector = [1.0, 0.0] if vectors else None
        chunk = Chunk(text, {}, path, language)
        return names[str(guide.nearest(chunk, vector, "m" if vectors else "none"))]

    def test_without_one_its_words_decide(self):
        assert self.nearest([]) == "choose"

    @pytest.mark.parametrize("path", [["Osmosis"], ["Cells", "Osmosis"], ["Membranes", "Osmosis"]])
    def test_it_names_a_part_of_the_objective(self, path):
        assert self.nearest(path) == "osmosis"

    def test_it_outweighs_what_an_embedder_finds_a_little_nearer(self):
        rows = [[0.55, 0.0], [0.45, 0.0], [0.1, 0.0]]
        assert self.nearest(["Osmosis"], vectors=rows) == "osmosis"
        assert self.nearest([], vectors=rows) == "choose"

    def test_the_inner_heading_outweighs_the_outer_one(self):
        assert self.nearest(["Osmosis", "Energy of cells"], text="A text.") == "energy"
        assert self.nearest(["Energy of cells", "Osmosis"], text="A text.") == "osmosis"

    def test_the_verb_of_an_objective_is_no_word_of_its_subject(self):
        assert self.nearest(["Explain and describe"], text="Rain falls on the hills.") == "root"

    def test_a_word_that_every_objective_has_decides_nothing(self):
        goals = (("root", "Zellen"), ("wall", "Die Zellwand der Zelle verstehen"),
                 ("core", "Der Zellkern der Zelle"), ("skin", "Die Membran der Zelle"))  # fmt: skip
        assert self.nearest(["Zelle", "Membran"], "de", goals, "Ein Text.") == "skin"
        assert self.nearest(["Die Zellwand"], "de", goals, "Ein Text.") == "wall"
