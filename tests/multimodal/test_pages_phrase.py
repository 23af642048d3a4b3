"""Words of a material to be chosen: at their places over the picture of a page, and a way to ask."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import html

from edu.multimodal import api
from edu.multimodal.data import NoPicture, PageLine, Placed
from edu.multimodal.logic import sandbox, signs, storage
from edu.multimodal.web.signs import drawn
from tests.multimodal import samples
from tests.multimodal.helpers import CELLS, bring
from tests.multimodal.test_pages_viewer import read_by_hand

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(work, teacher, course, tmp_path):
    content = samples.pdf([(f"Part {n}", [samples.prose(n)]) for n in (1, 2, 3)])
    return bring(work, teacher, course, content, tmp_path, "paper.pdf")


def words(lines):
    return " ".join(word.text for line in lines for word in line.words)


def test_the_words_of_a_page_have_places_and_passages(learner, paper):
    lines = api.page_lines(user=learner.id, material=paper.id, page=2)
    passages = api.page_passages(user=learner.id, material=paper.id, page=2)
    assert passages[0].text[:60] in words(lines)
    assert {each.passage for each in lines} >= {each.id for each in passages}
    for line in lines:
        assert not line.rough
        for word in line.words:
            assert 0 <= word.box[0] < word.box[2] <= 1
            assert 0 <= word.box[1] < word.box[3] <= 1
    tops = [line.words[0].box[1] for line in lines]
    assert tops == sorted(tops)


def test_they_are_read_from_the_file_once(learner, paper, monkeypatch):
    before = api.page_lines(user=learner.id, material=paper.id, page=1)
    monkeypatch.setattr(sandbox, "signs", None)
    assert api.page_lines(user=learner.id, material=paper.id, page=1) == before


def test_they_go_with_the_material(paper):
    keys = set(storage.page_keys(paper.id, paper.pages))
    assert storage.page_key(paper.id, 2, storage.SIGNS) in keys


def test_a_page_that_a_model_has_read_has_lines_of_about_the_right_place(
    client_of, teacher, course, tmp_path
):
    said = "Osmosis moves water through a membrane that holds back salt. " * 4
    places = [(said.strip(), {"kind": "region", "box": [0.1, 0.2, 0.9, 0.3]})]
    photo = read_by_hand(teacher, course, tmp_path, "board.png", samples.png(), places)
    lines = api.page_lines(user=teacher.id, material=photo.id, page=1)
    assert words(lines) == said.strip()
    assert len(lines) > 1
    assert all(line.rough for line in lines)
    assert lines[0].words[0].box[1] == pytest.approx(0.2)
    assert lines[-1].words[0].box[3] == pytest.approx(0.3)
    page = client_of(teacher).get(f"/materials/{photo.id}/pages/1/words/").content.decode()
    assert f'data-passage="{lines[0].passage}"' in page


@pytest.mark.parametrize("found", [
    [["x"]], ["x"], [[["", 0, 0, 1, 1]]], [[["x", 0, 0, 1]]], [[["x", 0.5, 0, 0.5, 1]]],
    [[["x", "0", 0, 1, 1]]], [[[1, 0, 0, 1, 1]]], [[["x", float("nan"), 0, 1, 1]]], [None],
])  # fmt: skip
def test_odd_words_of_a_file_are_left_out(found):
    assert signs._lines(found) == []


def test_endless_words_of_a_file_have_an_end():
    many = [[["x" * 999, 0, 0, 1, 1]] * 10] * signs.MOST_WORDS
    lines = signs._lines(many)
    assert sum(len(line) for line in lines) == signs.MOST_WORDS
    assert len(lines[0][0].text) == signs.MOST_LETTERS


def test_lines_are_drawn_from_where_they_begin():
    left = drawn(PageLine([Placed("Water", [0.1, 0.2, 0.2, 0.22])], "p"))
    assert (left.right_to_left, left.words[0].x, left.words[0].length) == (False, 100.0, 100.0)
    right = drawn(PageLine([Placed("الماء", [0.8, 0.2, 0.9, 0.22])], "p"))
    assert (right.right_to_left, right.words[0].x) == (True, 900.0)


def test_words_of_a_page_stay_words(client_of, work, teacher, course, tmp_path):
    content = samples.pdf(
        [("Code", ["Write <script>alert(1)</script> and </svg><b>bold</b> here."])]
    )
    made = bring(work, teacher, course, content, tmp_path, "bad.pdf")
    page = client_of(teacher).get(f"/materials/{made.id}/pages/1/words/").content.decode()
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "<b>" not in page
    assert " style=" not in page


def test_what_has_no_picture_has_no_words_on_it(
    client_of, learner, work, teacher, course, tmp_path
):
    cells = bring(work, teacher, course, CELLS, tmp_path)
    with pytest.raises(NoPicture):
        api.page_lines(user=learner.id, material=cells.id, page=1)
    assert client_of(learner).get(f"/materials/{cells.id}/pages/1/words/").status_code == 404


@pytest.mark.parametrize("page", [0, 4, 10**9])
def test_a_page_that_is_not_there_has_none(client_of, learner, paper, page):
    assert client_of(learner).get(f"/materials/{paper.id}/pages/{page}/words/").status_code == 404


def test_strangers_choose_nothing(client_of, stranger, paper):
    assert client_of(stranger).get(f"/materials/{paper.id}/pages/1/words/").status_code == 404


def test_each_passage_leads_to_the_tutor_without_script(client_of, learner, course, paper):
    browser = client_of(learner)
    tree = html.fromstring(browser.get(f"/materials/{paper.id}/").content)
    passages = api.page_passages(user=learner.id, material=paper.id, page=1)
    links = tree.xpath("//a[@data-ask-passage]")
    assert [each.get("data-ask-passage") for each in links] == [each.id for each in passages]
    assert links[0].text_content() == "Ask about this passage"
    asked = html.fromstring(browser.get(links[0].get("href")).content)
    quote = asked.xpath("//figure//blockquote")[0].text_content()
    assert quote[:100] == passages[0].text[:100]
    back = asked.xpath("//figure//figcaption/a/@href")[0]
    assert parse_qs(urlsplit(back).query)["passage"] == [passages[0].id]
    assert asked.xpath("//input[@name='passage']/@value") == [passages[0].id]


def test_a_phrase_comes_along_to_the_tutor(client_of, learner, course, paper):
    passage = api.page_passages(user=learner.id, material=paper.id, page=1)[0]
    where = {"passage": passage.id, "quote": "through  a\nsemipermeable membrane"}
    page = client_of(learner).get(f"/courses/{course.id}/tutor/", where).content.decode()
    assert "through a semipermeable membrane</blockquote>" in page
    asked = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.S)[1]
    assert asked == "What does this mean: “through a semipermeable membrane”?"


def test_a_passage_of_another_course_is_not_shown(client_of, learner, stranger, course, paper):
    from edu.courses import api as courses

    passage = api.page_passages(user=learner.id, material=paper.id, page=1)[0]
    own = courses.create_course(user=stranger.id, title="Mine")
    for wrong in (passage.id, "x", "01900000-0000-7000-8000-000000000000"):
        page = client_of(stranger).get(f"/courses/{own.id}/tutor/", {"passage": wrong})
        assert page.status_code == 200
        assert "<figure" not in page.content.decode()
