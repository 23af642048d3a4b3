"""What a material tells of itself: in its own words, at their places, and made anew when they change."""

import json

import pytest
from django.utils import timezone

from edu.multimodal import api, tasks
from edu.multimodal.logic import portraits
from edu.multimodal.logic.summaries import Said, summary
from edu.multimodal.models import Material, Passage, Portrait
from tests.multimodal.helpers import CELLS, bring

LONG = (
    CELLS
    + """
## Membranes

A membrane is a thin layer that parts the inside of a cell from the outside. Water passes through the
membrane more easily than salt does. Membranes are made of two layers of fat. However, it is not so easy.

## Cell walls

The cell wall gives a plant its shape and keeps its cells from bursting when water comes in by osmosis.
Cell walls are made of long sugars. Animals have no cell walls, so that their cells burst in pure water.
Many of these are eaten every day by cows, sheep and goats in the green meadows of the whole country.
"""
)


def said(*texts, language="en", heads=()):
    heads = heads or [f"Part {at}" for at in range(len(texts))]
    return [
        Said(str(at), text, [head], "text", language)
        for at, (text, head) in enumerate(zip(texts, heads, strict=True))
    ]


def test_a_summary_is_sentences_of_the_text_from_all_its_sections():
    parts = [part for part in LONG.split("\n## ") if "\n" in part.strip()]
    texts = [" ".join(part.split("\n", 1)[1].split()) for part in parts[1:]]
    found = summary(said(*texts), ["membrane", "osmosis"])
    assert 3 <= len(found) <= 7
    assert [int(where) for where, _ in found] == sorted(int(where) for where, _ in found)
    assert all(sentence in texts[int(where)] for where, sentence in found)
    assert len({where for where, _ in found}) == len(found), "one of each section first"
    # What leans on a sentence before says nothing by itself.
    assert not any(
        sentence.startswith(("However", "Many of these", "It ")) for _, sentence in found
    )


@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["Too short to sum up."],
        ["no capital letters here and no full stop either " * 9] * 9,
        ["1 2 3 4 5 6 7 8 9. " * 20] * 5,
        ["What is osmosis, and why do plant cells swell by it in water? " * 4] * 6,
    ],
)
def test_what_has_no_whole_sentences_has_no_summary(texts):
    assert summary(said(*texts)) == []


def test_the_same_sentence_is_said_once():
    text = "Osmosis is the movement of water through a membrane that lets no salt pass."
    other = "The mitochondrion turns sugar and oxygen into energy that the cell can use."
    found = summary(said(*[f"{text} {other}"] * 6))
    assert len({sentence for _, sentence in found}) == len(found)


@pytest.mark.django_db
class TestAbout:
    """On the page and in REST."""

    @pytest.fixture
    def cells(self, work, teacher, course, tmp_path):
        return bring(work, teacher, course, LONG, tmp_path)

    def test_it_is_there_when_the_material_is_ready(self, api_of, client_of, teacher, cells):
        found = api_of(teacher).get(f"/api/v1/materials/{cells.id}/about").json()
        assert found["made"]
        assert len(found["summary"]) >= 3
        passages = {str(each.id): each for each in Passage.objects.filter(material=cells.id)}
        terms = [each["quoted"] for each in found["terms"] if each["defined"]]
        for each in found["summary"] + terms:
            assert each["quote"] in passages[each["passage"]].text
            assert each["locator"] == passages[each["passage"]].locator
            assert f"passage={each['passage']}" in each["url"]
        osmosis = next(each for each in found["terms"] if each["term"].lower() == "osmosis")
        assert osmosis["defined"]
        assert osmosis["quoted"]["quote"].startswith("Osmosis is the movement of water")
        assert found["level"]["formula"] == "Flesch-Kincaid"
        assert found["level"]["band"] in ("5-6", "7-9", "10-12")
        assert found["level"]["words"].startswith("for years")
        page = client_of(teacher).get(f"/materials/{cells.id}/").content.decode()
        assert "What it is about" in page
        assert osmosis["quoted"]["quote"] in page
        assert "Flesch-Kincaid" in page

    def test_it_is_made_anew_when_the_text_is_another(self, teacher, cells):
        assert portraits.lacking() == []
        row = Passage.objects.filter(material=cells.id).earliest("ordinal")
        Passage.objects.filter(id=row.id).update(text="Gone.")
        Material.objects.filter(id=cells.id).update(finished_at=timezone.now())
        # What no longer stands there is not shown meanwhile.
        shown = api.portrait(user=teacher.id, material=cells.id)
        assert all(each.passage != str(row.id) for each in shown.summary)
        assert [str(each) for each in portraits.lacking()] == [cells.id]
        tasks.sum_up(cells.id)
        before = Portrait.objects.get(material=cells.id)
        tasks.sum_up(cells.id)
        after = Portrait.objects.get(material=cells.id)
        assert (before.summary, before.terms) == (after.summary, after.terms)
        assert "Osmosis is" not in json.dumps(after.summary)
        assert portraits.lacking() == []

    def test_a_material_without_one_says_so(self, api_of, client_of, teacher, cells):
        Portrait.objects.all().delete()
        found = api_of(teacher).get(f"/api/v1/materials/{cells.id}/about").json()
        assert found == {"made": False, "summary": [], "terms": [], "level": None, "level_note": ""}
        assert (
            "What it is about"
            not in client_of(teacher).get(f"/materials/{cells.id}/").content.decode()
        )

    def test_a_short_or_spaceless_text_says_why_there_is_no_level(
        self, work, teacher, course, tmp_path, api_of
    ):
        short = bring(work, teacher, course, CELLS, tmp_path)
        chinese = bring(
            work, teacher, course, "# 渗透\n\n" + "水通过膜移动。" * 40, tmp_path, "z.md"
        )
        for made, word in ((short, "too little"), (chinese, "language")):
            found = api_of(teacher).get(f"/api/v1/materials/{made.id}/about").json()
            assert found["level"] is None
            assert word in found["level_note"]
