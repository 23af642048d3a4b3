"""Pictures in materials: their kind, what they show, and what a teacher writes of them."""

import pytest

from edu.common.errors import NotFound
from edu.multimodal import api
from edu.multimodal.base import Limits
from edu.multimodal.base.looks import look, measures
from edu.multimodal.data import Picture
from edu.multimodal.logic import copies, figures, portraits, storage, sweeping
from edu.multimodal.logic.kinds import KINDS, kind_of
from edu.multimodal.logic.steps import steps_of
from edu.multimodal.models import Figure, Material, Passage, Word
from tests.multimodal import drawn, test_alternatives
from tests.multimodal.helpers import bring


@pytest.mark.parametrize("kind", drawn.KINDS)
def test_it_tells_the_kinds_apart(kind):
    assert drawn.KINDS == KINDS
    for seed in (1, 2):
        picture, lines = drawn.one(kind, seed)
        assert kind_of(measures(picture), lines) == kind


def test_what_cannot_be_drawn_has_no_kind(tmp_path):
    (tmp_path / "a.png").write_bytes(b"no picture")
    found, image = look(tmp_path / "a.png", Limits().pixels)
    assert list(found) == ["mark"] and image is None
    assert kind_of(found, []) == ""


def lines(*said):
    return [{"text": text, "box": box} for text, *box in said]


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ([], []),
        (  # sums are steps, and what stands side by side is one row
            [
                ("2x + 3 =", 0.1, 0.1, 0.3, 0.15),
                ("11", 0.32, 0.1, 0.4, 0.15),
                ("2x = 8", 0.1, 0.2, 0.3, 0.25),
            ],
            ["2x + 3 = 11", "2x = 8"],
        ),
        (  # running text goes on until it ends
            [
                ("Water moves to where", 0.1, 0.1, 0.6, 0.14),
                ("there is more salt.", 0.1, 0.15, 0.5, 0.19),
                ("The cell shrinks", 0.1, 0.2, 0.5, 0.24),
            ],
            ["Water moves to where there is more salt.", "The cell shrinks"],
        ),
        (
            [("a) Draw a cell", 0.1, 0.1, 0.5, 0.14), ("b) Name its parts", 0.1, 0.15, 0.5, 0.19)],
            ["a) Draw a cell", "b) Name its parts"],
        ),
        (  # white space parts
            [("First thought", 0.1, 0.1, 0.5, 0.14), ("another one", 0.1, 0.4, 0.5, 0.44)],
            ["First thought", "another one"],
        ),
    ],
)
def test_written_work_is_told_in_steps(read, expected):
    found = steps_of(lines(*read))
    assert [text for text, _ in found] == expected
    for _, box in found:
        assert 0 <= box[0] < box[2] <= 1
        assert 0 <= box[1] < box[3] <= 1


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("$$E = mc^2$$", "E = mc^2"),
        ("```latex\n\\frac{a}{b}\n```", "\\frac{a}{b}"),
        ("\\[ x_1 + x_2 \\]", "x_1 + x_2"),
        ("The formula says that energy is mass.", ""),
        ("NONE", ""),
        ("\\frac{a}{b", ""),
        ("A picture of 300 by 200 pixels. It says: x = 1", ""),
    ],
)
def test_only_latex_is_taken_for_latex(said, kept):
    assert figures.latex(said) == kept


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        (Picture("a", {"kind": "page", "page": 1}, True, -1, {"wide": 900, "high": 900}), False),
        (Picture("a", {"kind": "page", "page": 1}, False, -1, {"wide": 900, "high": 900}), True),
        (Picture("a", {"kind": "region"}, True, -1, {"wide": 900, "high": 900}), True),
        (Picture("a", {"kind": "slide", "slide": 1}, False, -1, {"wide": 16, "high": 900}), False),
        (Picture("a", {"kind": "slide", "slide": 1}, False), False),
        (
            Picture(
                "a", {"kind": "region"}, True, -1, {"wide": 90, "high": 90, "few": 1.0, "ink": 0.0}
            ),
            False,
        ),
    ],
)
def test_scans_of_pages_and_ornaments_are_no_figures(picture, expected):
    assert figures.is_figure(picture) is expected


@pytest.mark.django_db
class TestDescribing:
    """With a model that sees, and by hand. The one of the tests says how large a picture is."""

    @pytest.fixture
    def drawing(self, work, teacher, course, tmp_path):
        return bring(
            work, teacher, course, drawn.png(drawn.one("diagram", 1)[0]), tmp_path, "cell.png"
        )

    def first(self, program, material):
        return program.get(f"/api/v1/materials/{material.id}/figures").json()["results"][0]

    def test_a_model_says_what_it_shows_and_the_picture_is_found_by_that(
        self, api_of, client_of, teacher, course, drawing
    ):
        found = self.first(api_of(teacher), drawing)
        assert found["kind"] == "diagram"
        assert found["alt"].startswith("A picture of 640 by 440 pixels.")
        assert found["alt_by"] == "model"
        assert found["locator"]["kind"] == "region"
        passage = Passage.objects.get(material=drawing.id)
        assert (passage.text, passage.kind) == (found["alt"], "picture")
        # It is not the material's own word.
        assert portraits.make(portraits.said(drawing.id), "en").summary == []
        page = client_of(teacher).get(f"/materials/{drawing.id}/").content.decode()
        assert 'alt="A picture of 640 by 440 pixels.' in page
        assert "described by a model" in page

    def test_a_teacher_says_it_better_and_that_is_kept(
        self, work, api_of, client_of, teacher, learner, course, drawing
    ):
        figure = self.first(api_of(teacher), drawing)
        address = f"/api/v1/materials/{drawing.id}/figures/{figure['id']}"
        words = "A plasmolysed cell: its membrane has left the wall."
        assert api_of(learner).patch(address, {"alt": words}, format="json").status_code in (
            403,
            404,
        )
        with work():
            told = api_of(teacher).patch(address, {"alt": words}, format="json").json()
        assert (told["alt"], told["alt_by"]) == (words, "person")
        hit = api.search(course=course.id, query="plasmolysed membrane").results[0]
        assert hit.text == words
        assert not Word.objects.filter(material=drawing.id, lexeme__startswith="pixel").exists()
        # Read once more, it is still what the teacher wrote.
        from edu.multimodal.api import reread

        with work():
            reread(user=teacher.id, material=drawing.id)
        assert self.first(api_of(teacher), drawing)["alt"] == words
        assert [each.text for each in Passage.objects.filter(material=drawing.id)] == [words]
        # By the page's form, without words: the model's again.
        now = self.first(api_of(teacher), drawing)
        form = f"/materials/{drawing.id}/figures/{now['id']}/"
        answer = client_of(teacher).post(form, {"alt": "  "})
        assert answer.status_code == 302
        assert self.first(api_of(teacher), drawing)["alt_by"] == "model"
        assert Passage.objects.get(material=drawing.id).text.startswith("A picture of 640")

    def test_where_nobody_described_it_the_kind_and_the_words_say_so(
        self, api_of, client_of, teacher, drawing
    ):
        Figure.objects.update(described="", words=["Cell wall", "Membrane", "Cell wall"])
        found = self.first(api_of(teacher), drawing)
        assert (
            found["alt"]
            == "Diagram with the words: Cell wall, Membrane. No model has described it."
        )
        assert found["alt_by"] == "rule"
        Figure.objects.update(words=[], kind="photo", steps=[])
        assert self.first(api_of(teacher), drawing)["alt"].startswith("Photo without words")

    def test_steps_stand_beside_the_photo(self, api_of, client_of, teacher, drawing):
        Figure.objects.update(
            kind="handwriting",
            steps=[["2x = 8", [0.1, 0.1, 0.4, 0.2]], ["x = 4", [0.1, 0.3, 0.4, 0.4]]],
        )
        found = self.first(api_of(teacher), drawing)
        assert found["steps"][1] == {"number": 2, "text": "x = 4", "box": [0.1, 0.3, 0.4, 0.4]}
        page = client_of(teacher).get(f"/materials/{drawing.id}/").content.decode()
        assert page.count('class="box step"') == 2
        assert '<li dir="auto" data-step="step-2">x = 4</li>' in page


@pytest.mark.django_db
def test_pictures_of_a_file_are_described_by_its_author_and_drawn_at_their_place(
    work, teacher, learner, stranger, course, api_of, client_of, tmp_path
):
    content = test_alternatives.word()
    material = bring(work, teacher, course, content, tmp_path, "cells.docx")
    listed = f"/api/v1/materials/{material.id}/figures"
    first, second, third = api_of(learner).get(listed).json()["results"]
    assert (first["alt"], first["alt_by"]) == (test_alternatives.SAYS, "author")
    assert second["alt_by"] == "model" and third["alt_by"] == "model"
    hit = api.search(course=course.id, query="salt water membrane").results[0]
    assert hit.text == test_alternatives.SAYS
    assert Passage.objects.get(id=hit.passage).kind == "picture"
    # The picture itself, to whoever may see the material.
    shown = api_of(learner).get(first["image"])
    assert shown["Content-Type"] == "image/png" and shown.content.startswith(b"\x89PNG")
    assert shown["X-Content-Type-Options"] == "nosniff" and "sandbox" in shown.headers.get(
        "Content-Security-Policy"
    )
    assert api_of(stranger).get(first["image"]).status_code == 404
    address = f"/materials/{material.id}/figures/{first['id']}/image/"
    assert client_of(learner).get(address).content == shown.content
    assert client_of(stranger).get(address).status_code == 404
    page = client_of(learner).get(f"/materials/{material.id}/").content.decode()
    drawn = page.index(address)
    assert f'alt="{first["alt"]}"' in page[drawn : drawn + 400]
    assert page.index("Paragraph 0") < drawn < page.index("Paragraph 1") < page.index("Paragraph 2")
    assert page.count("figure-picture") == 3 and "Describe it" not in page
    # A person goes before the author, who goes before models.
    one = f"{listed}/{first['id']}"
    with work():
        told = api_of(teacher).patch(one, {"alt": "A shrunken cell"}, format="json").json()
    assert (told["alt"], told["alt_by"]) == ("A shrunken cell", "person")
    with work():
        told = api_of(teacher).patch(one, {"alt": ""}, format="json").json()
    assert (told["alt"], told["alt_by"]) == (test_alternatives.SAYS, "author")
    # Read anew, and removed for good: no copy is left over.
    before = set(Figure.objects.values_list("key", flat=True))
    with work():
        api.reread(user=teacher.id, material=material.id)
    after = set(Figure.objects.values_list("key", flat=True))
    assert len(before) == len(after) == 3 and not before & after
    assert all(_gone(key) for key in before) and not any(map(_gone, after))
    assert after & copies.named(after) == after
    sweeping.remove_course(Material.objects.get(id=material.id).course)
    assert all(map(_gone, after))


def _gone(key):
    try:
        storage.fetch(key)
    except NotFound:
        return True
    return False


@pytest.mark.django_db
def test_copies_are_limited(tmp_path, settings):
    settings.EDU_OBJECTS = tmp_path / "objects"
    names = {"a": b"\x89PNG\r\n\x1a\n" + bytes(9), "b": b"<svg/>", "c": b"\xff\xd8\xff" + bytes(90)}
    for name, content in names.items():
        (tmp_path / name).write_bytes(content)
    page = {"kind": "slide", "slide": 1}
    given = [Picture("x", page, False, copy=each, look={"mark": each}) for each in "abca"]
    kept = copies.keep([*given, Picture("x", page, False)], tmp_path, most=50)
    assert list(kept) == [0, 3] and kept[0] == kept[3]  # no markup, not too much, the same once
    assert kept[0][1] == "image/png"
