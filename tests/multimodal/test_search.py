"""Search finds by words and by meaning, and says when a course does not speak of something."""

import pytest

from edu.multimodal import api
from tests.multimodal.helpers import CELLS, bring

pytestmark = pytest.mark.django_db


@pytest.fixture
def cells(work, teacher, course, tmp_path):
    return bring(work, teacher, course, CELLS, tmp_path)


def first(course, query, **more):
    return api.search(course=course.id, query=query, **more).results[0].text


def test_a_text_becomes_passages_that_are_found(cells, course):
    assert (cells.status, cells.passages, cells.error) == ("ready", 3, None)
    found = api.search(course=course.id, query="What is osmosis?")
    assert found.relevant
    best = found.results[0]
    assert best.text.startswith("Osmosis is")
    assert (best.material, best.title) == (cells.id, "cells")
    assert best.path == ["Cells", "Osmosis"]
    assert 0 < best.score <= 1
    assert best.coverage == 1


def test_it_finds_other_forms_of_a_word(cells, course):
    assert first(course, "spreading a particle").startswith("Diffusion")


def test_it_finds_misspelt_words(cells, course):
    found = api.search(course=course.id, query="mitochondrien")
    assert found.results[0].text.startswith("The mitochondrion")
    assert found.results[0].coverage > 0


def test_rare_words_count_more_than_common_ones(cells, course):
    assert first(course, "water in a cell, warm").startswith("Diffusion")


def test_a_question_about_something_else_is_not_relevant(cells, course):
    found = api.search(course=course.id, query="Who painted the ceiling of the Sistine Chapel?")
    assert not found.relevant
    assert all(hit.score < 0.3 for hit in found.results)


def test_a_question_of_small_words_only_finds_nothing_relevant(cells, course):
    assert not api.search(course=course.id, query="what is it then?").relevant


def test_a_course_without_materials_has_no_answer(course):
    assert api.search(course=course.id, query="osmosis").results == []


def test_an_empty_question_has_no_answer(cells, course):
    assert api.search(course=course.id, query="  ").results == []


def test_quotes_and_other_signs_in_a_question_are_only_signs(cells, course):
    for query in ("osmosis' | !() & <-> :*", "'; DROP TABLE multimodal_passage; --", "\\'osmosis"):
        api.search(course=course.id, query=query)
    assert first(course, "'osmosis' & !water \\").startswith("Osmosis")


def test_it_keeps_to_one_material(work, cells, teacher, course, tmp_path):
    other = bring(work, teacher, course, "Osmosis also dries salted fish.", tmp_path, "fish.txt")
    found = api.search(course=course.id, query="osmosis", material=other.id)
    assert {hit.material for hit in found.results} == {other.id}


def test_it_keeps_to_the_course(cells, teacher):
    from edu.courses import api as courses

    other = courses.create_course(user=teacher.id, title="Another")
    assert api.search(course=other.id, query="osmosis").results == []


def test_what_was_removed_is_not_found(cells, teacher, course):
    api.remove(user=teacher.id, material=cells.id)
    assert api.search(course=course.id, query="osmosis").results == []
    api.restore(user=teacher.id, material=cells.id)
    assert api.search(course=course.id, query="osmosis").results


def test_a_heading_helps_to_find_what_stands_under_it(work, teacher, course, tmp_path):
    text = (
        "# Rivers\n\nThey carry sand to the sea.\n\n# Deserts\n\nThey carry sand with the wind.\n"
    )
    bring(work, teacher, course, text, tmp_path, "sand.md")
    assert first(course, "sand in deserts") == "They carry sand with the wind."


@pytest.mark.parametrize(
    ("language", "text", "query", "found"),
    [
        ("de", "Die Häuser der Stadt sind aus rotem Ziegel gebaut.", "Haus", "Die Häuser"),
        ("fr", "Les écoles du village ferment pendant les vacances d'été.", "ecole", "Les écoles"),
        ("tr", "Kitapların çoğu kütüphanede okunur ve evde saklanır.", "kitap", "Kitapların"),
        ("ru", "Растения получают энергию от солнечного света.", "растение", "Растения"),
        ("ar", "تتحرك المياه عبر الغشاء من جانب إلى آخر.", "المياه", "تتحرك"),
        ("zh", "细胞通过渗透作用吸收水分，直到细胞壁阻止它。", "渗透作用", "细胞"),
    ],
)
def test_it_knows_the_forms_of_words_in_many_languages(
    work, teacher, course, tmp_path, language, text, query, found
):
    more = {
        "de": "Der Fluss fließt langsam durch das Tal und in das Meer.",
        "fr": "Le fleuve coule lentement à travers la vallée vers la mer.",
        "tr": "Nehir vadiden geçerek yavaşça denize doğru akar.",
        "ru": "Река медленно течёт через долину и впадает в море.",
        "ar": "يجري النهر ببطء عبر الوادي إلى البحر.",
        "zh": "河流缓慢地流过山谷，最后进入大海。",
    }[language]
    bring(work, teacher, course, f"# 1\n\n{text}\n\n# 2\n\n{more}\n", tmp_path, "text.md")
    hits = api.search(course=course.id, query=query).results
    assert hits[0].text.startswith(found)
    assert hits[0].coverage == 1


def test_without_an_embedder_words_alone_decide(work, teacher, course, tmp_path, settings):
    settings.EDU_SERVERS = {
        **settings.EDU_SERVERS,
        "embed": {"url": "http://127.0.0.1:9/v1", "key": "", "name": "none"},
    }
    material = bring(work, teacher, course, CELLS, tmp_path)
    assert material.status == "ready"
    assert material.words_only
    found = api.search(course=course.id, query="What is osmosis?")
    assert found.relevant
    assert found.results[0].text.startswith("Osmosis")
    assert not api.search(course=course.id, query="the history of Rome").relevant
