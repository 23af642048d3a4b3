"""A search may keep to kinds of materials, to one material, or to what teaches an objective."""

import pytest

from edu.multimodal import api
from tests.multimodal.helpers import CELLS, bring

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(work, teacher, course, tmp_path):
    made = [
        bring(work, teacher, course, CELLS, tmp_path),
        bring(work, teacher, course, "Osmosis also dries salted fish.", tmp_path, "fish.txt"),
    ]
    assert [each.kind for each in made] == ["markdown", "text"]
    return made


@pytest.mark.parametrize(
    ("narrower", "titles"),
    [
        ({}, {"cells", "fish"}),
        ({"kinds": ["text"]}, {"fish"}),
        ({"kinds": ["text", "markdown"]}, {"cells", "fish"}),
        ({"kinds": ["pdf"]}, set()),
    ],
)
def test_it_keeps_to_kinds_of_materials(both, course, narrower, titles):
    found = api.search(course=course.id, query="osmosis", **narrower)
    assert {hit.title for hit in found.results} == titles
    assert found.relevant == bool(titles)


def test_by_rest_several_kinds_may_be_named(both, teacher, course, api_of):
    client = api_of(teacher)
    place = f"/api/v1/courses/{course.id}/search?q=osmosis"
    for query, titles in (
        ("&kind=text", {"fish"}),
        ("&kind=text&kind=markdown", {"cells", "fish"}),
    ):
        answer = client.get(place + query).json()
        assert {hit["title"] for hit in answer["results"]} == titles


def test_the_page_offers_what_there_is_and_keeps_the_choice(both, teacher, course, client_of):
    client, place = client_of(teacher), f"/courses/{course.id}/search/"
    page = client.get(place, {"q": "osmosis", "in": "kind:text"}).content.decode()
    assert '<option value="kind:text" selected>' in page
    assert f'value="material:{both[0].id}"' in page
    assert "salted" in page
    assert "membrane" not in page
    page = client.get(place, {"q": "osmosis", "in": f"material:{both[0].id}"}).content.decode()
    assert "salted" not in page
    for odd in ("material:1", "kind:", "objective:'", "what:ever"):
        assert client.get(place, {"q": "osmosis", "in": odd}).status_code == 200
