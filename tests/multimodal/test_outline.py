"""Objectives that are proposed from what a course says."""

import pytest

from edu.multimodal.logic.outline import Said, clean, propose
from tests.multimodal import samples

TOPICS = {
    "Osmosis": "Osmosis is the movement of water through a membrane. Osmosis needs a membrane. "
    "Water moves by osmosis.",
    "Photosynthesis": "Photosynthesis is the making of sugar from light. Chlorophyll catches light for "
    "photosynthesis.",
    "Respiration": "Respiration is the burning of sugar in cells. Mitochondria do the respiration. "
    "Respiration frees heat.",
    "Transpiration": "Transpiration is the loss of water vapour through stomata. Stomata open and close. "
    "Wind helps transpiration.",
}


def titles(passages) -> list[str]:
    return [proposal.title for proposal in propose(passages)]


def test_headings_that_people_wrote_become_the_titles():
    passages = [
        Said(text, ("Biology for all", f"{n}. {heading}"), "en", "m")
        for n, (heading, text) in enumerate(TOPICS.items(), 1)
    ]
    found = propose(passages)
    assert [proposal.title for proposal in found] == list(TOPICS)
    assert "stomata" in [term.lower() for term in found[3].terms]
    assert found[0].description == "Osmosis is the movement of water through a membrane."


def test_introductions_and_exercises_are_no_objectives():
    passages = [Said(text, (heading,), "en", "m") for heading, text in TOPICS.items()]
    passages.insert(0, Said("This book is about plants.", ("Introduction",), "en", "m"))
    passages.append(Said("Answer the following.", ("5 Exercises",), "en", "m"))
    assert titles(passages) == list(TOPICS)


def test_forty_headings_become_at_most_ten_in_their_order():
    passages = []
    for number, (heading, text) in enumerate(TOPICS.items()):
        passages += [
            Said(f"{text} {samples.prose(number * 10 + n, 2)}", (f"{heading} part {n}",), "en", "m")
            for n in range(10)
        ]
    found = titles(passages)
    assert 3 <= len(found) <= 10 and len(set(found)) == len(found)
    order = [list(TOPICS).index(title.split()[0]) for title in found]
    assert order == sorted(order)


def test_without_headings_key_terms_stand_in_for_them():
    passages = [Said(f"{text} {text}", (), "en", "m") for text in TOPICS.values()]
    found = propose(passages)
    assert 3 <= len(found) <= 6
    assert {"Osmosis", "Photosynthesis"} & {proposal.title for proposal in found}
    assert all(proposal.terms for proposal in found)


def test_one_short_text_still_gives_something():
    found = titles([Said(" ".join(TOPICS.values()), (), "en", "m")])
    assert len(found) == 3 and len(set(found)) == 3
    assert propose([]) == []


def test_titles_are_in_the_language_of_the_material():
    german = [
        "Die Osmose ist die Wanderung von Wasser. Die Osmose braucht eine Membran.",
        "Die Photosynthese baut Zucker auf. Das Chlorophyll fängt das Licht für die Photosynthese ein.",
        "Die Atmung verbrennt Zucker. Die Mitochondrien sind der Ort der Atmung.",
    ]
    assert {"Osmose", "Photosynthese", "Atmung"} & set(
        titles([Said(each, (), "de", "m") for each in german])
    )
    arabic = [
        Said("التناضح هو انتقال الماء عبر غشاء شبه منفذ.", ("الفصل الأول: التناضح",), "ar", "m"),
        Said("البناء الضوئي يصنع السكر من الضوء.", ("الفصل الثاني: البناء الضوئي",), "ar", "m"),
        Said("التنفس يحرق السكر في الخلايا.", ("الفصل الثالث: التنفس",), "ar", "m"),
    ]
    assert titles(arabic) == ["التناضح", "البناء الضوئي", "التنفس"]


def test_the_same_heading_in_two_materials_is_one_objective():
    passages = [
        Said(text, (heading,), "en", material)
        for material in ("book", "slides")
        for heading, text in TOPICS.items()
    ]
    assert titles(passages) == list(TOPICS)


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("Chapter 3: Cells and tissues", "Cells and tissues"),
        ("2.1.4 Osmosis", "Osmosis"),
        ("Kapitel IV – Die Zelle", "Die Zelle"),
        ("THE CELL WALL", "The cell wall"),
        ("1973 oil crisis", "1973 oil crisis"),
        ("3 Summary", ""),
        ("Zusammenfassung", ""),
        ("Osmosis (continued)", "Osmosis"),
        ("?", ""),
        ("Chapter 7", ""),
    ],
)
def test_headings_are_cleaned(heading, title):
    assert clean(heading) == title
