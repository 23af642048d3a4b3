"""What says the same is one hit, with the other places where it stands."""

import pytest

from edu.common.sources import Source
from edu.multimodal import api
from edu.multimodal.logic.fingerprints import apart, fingerprint, folded, same, shingles
from tests.multimodal.helpers import CELLS, bring

OSMOSIS = (
    "Osmosis is the movement of water through a membrane that lets water pass but not salt. Plant cells "
    "swell by it until their wall holds them back, which is called turgor, and animal cells may burst."
)
SECOND = OSMOSIS.replace("movement", "passage").replace(
    "animal cells may burst", "animals' cells burst"
)
CHINESE = (
    "渗透是水通过半透膜从低浓度溶液向高浓度溶液移动的现象，植物细胞因此膨胀，直到细胞壁阻止它们。"
)


def hits(*texts):
    return [
        Source(str(at), f"m{at}", f"Book {at}", text, {"kind": "page", "page": at})
        for at, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("one", "two", "alike"),
    [
        (OSMOSIS, OSMOSIS, True),
        (OSMOSIS, OSMOSIS.upper().replace(" ", "\n"), True),
        (OSMOSIS, SECOND, True),
        (CHINESE, CHINESE.replace("植物", "动物"), True),
        ("Biology I · Cells · 3", "Biology I · Cells · 14", True),
        (OSMOSIS, CELLS.split("## ")[2], False),
        ("Solve 3 + 4 = x by counting on", "Solve 3 + 5 = x by counting on", False),
        ("What is the area of a square with sides of 3 cm?",) * 2 + (True,),
        (
            "What is the area of a square with sides of 3 cm each?",
            "What is the area of a square with sides of 5 cm each?",
            False,
        ),
        ("Water boils.", "Water freezes.", False),
        ("!!", "??", False),
    ],
)
def test_versions_of_a_text_are_told_from_others(one, two, alike):
    near = apart(fingerprint(one), fingerprint(two)) <= 16
    assert (near and same(shingles(one), shingles(two))) is alike
    first = folded(hits(one, two), {})
    assert len(first) == (1 if alike else 2)
    assert [place.material for place in first[0].also] == (["m1"] if alike else [])


def test_a_fingerprint_fits_its_column():
    assert all(-(2**63) <= fingerprint(text) < 2**63 for text in ("", "a", OSMOSIS, CHINESE))


@pytest.mark.django_db
def test_a_second_version_does_not_crowd_out_what_else_there_is(
    work, teacher, course, tmp_path, api_of, client_of
):
    for number in range(4):
        text = f"# Cells\n\n{SECOND if number else OSMOSIS}\n"
        bring(work, teacher, course, text, tmp_path, f"script{number}.md", f"Script {number}")
    bring(
        work, teacher, course, "# Salt\n\nSalt dissolves in water.\n", tmp_path, "salt.md", "Salt"
    )
    address = f"/api/v1/courses/{course.id}/search?q=water+osmosis&limit=2"
    found = api_of(teacher).get(address).json()["results"]
    assert {each["title"] for each in found} >= {"Salt"}
    first = next(each for each in found if each["title"] != "Salt")
    assert len(first["also"]) == 3
    assert {each["title"] for each in [first, *first["also"]]} == {f"Script {n}" for n in range(4)}
    assert first["also"][0]["url"].startswith(
        f"/materials/{first['also'][0]['material']}/?passage="
    )
    # Who looks in one material finds its own copy.
    for place in first["also"]:
        own = api.search(course=course.id, query="osmosis", material=place["material"])
        assert own.results[0].passage == place["passage"]
    page = client_of(teacher).get(f"/courses/{course.id}/search/?q=osmosis").content.decode()
    assert page.count("Also at:") == 1
