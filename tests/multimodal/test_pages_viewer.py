"""The viewer, and the bytes behind it, as somebody without script uses them."""

import html
from urllib.parse import parse_qs, urlsplit

import pytest

from edu.multimodal import api
from edu.multimodal.models import Material, Passage
from tests.multimodal import samples
from tests.multimodal.helpers import CELLS, bring

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


def body(answer):
    return b"".join(answer.streaming_content)


@pytest.fixture
def cells(work, teacher, course, tmp_path):
    return bring(work, teacher, course, CELLS, tmp_path)


@pytest.fixture
def paper(work, teacher, course, tmp_path):
    content = samples.pdf([(f"Part {n}", [samples.prose(n)]) for n in (1, 2, 3)])
    return bring(work, teacher, course, content, tmp_path, "paper.pdf")


def read_by_hand(teacher, course, folder, name, content, passages):
    """Bring a file and write down what a model would have heard or seen: [(text, locator)]."""
    path = folder / "upload"
    path.write_bytes(content)
    made = api.add_material(user=teacher.id, course=course.id, file_name=name, path=str(path))
    for ordinal, (words, locator) in enumerate(passages):
        Passage.objects.create(
            material_id=made.id,
            course=course.id,
            ordinal=ordinal,
            text=words,
            locator=locator,
            kind="text",
            language="en",
        )
    Material.objects.filter(id=made.id).update(status="ready", passages=len(passages))
    return api.material(user=teacher.id, material=made.id)


@pytest.fixture
def talk(teacher, course, tmp_path):
    said = [
        ("Water moves through a membrane. Salt stays where it is.", 0.0, 4.0),
        ("Plant cells swell by it. That is called turgor.", 4.0, 9.0),
    ]
    places = [(words, {"kind": "time", "start": a, "end": b}) for words, a, b in said]
    return read_by_hand(teacher, course, tmp_path, "talk.wav", samples.tone(0.5), places)


def first(user, material):
    return api.passages(user=user.id, material=material.id).items[0]


def test_a_text_is_read_by_its_headings(client_of, learner, cells):
    page = text(client_of(learner).get(f"/materials/{cells.id}/"))
    assert "<bdi>Osmosis</bdi></h" in page
    for passage in api.passages(user=learner.id, material=cells.id).items:
        assert f'id="p-{passage.id}"' in page


def test_a_citation_opens_its_passage_with_the_quote_marked(client_of, learner, cells):
    passage = first(learner, cells)
    cited = api.cite(passage=passage.id, quote="movement of water")
    page = text(client_of(learner).get(cited.url.partition("#")[0]))
    assert "<mark>movement of water</mark>" in page
    assert page.count("data-here") == 1


def test_white_space_in_a_quote_does_not_matter(client_of, learner, cells):
    passage = first(learner, cells)
    where = {"passage": passage.id, "quote": "lets  water\npass"}
    assert "<mark>lets water pass</mark>" in text(
        client_of(learner).get(f"/materials/{cells.id}/", where)
    )


def test_a_passage_that_is_gone_is_told(client_of, work, teacher, course, cells, paper):
    gone = "01900000-0000-7000-8000-000000000000"
    for passage in (gone, "x", first(teacher, paper).id):
        page = text(client_of(teacher).get(f"/materials/{cells.id}/", {"passage": passage}))
        assert "no longer here" in page
    where = {"passage": gone, "quote": "movement  of water"}
    page = text(client_of(teacher).get(f"/materials/{cells.id}/", where))
    assert "no longer here" not in page and "<mark>movement of water</mark>" in page
    where["quote"] = "movement of sand"
    assert "no longer here" in text(client_of(teacher).get(f"/materials/{cells.id}/", where))


def test_what_could_not_be_read_is_told_on_the_page(client_of, learner, api_of, cells):
    why = "These pages are damaged and could not be read."
    Material.objects.filter(id=cells.id).update(left=[["p. 2, <b>3", why]])
    page = text(client_of(learner).get(f"/materials/{cells.id}/"))
    assert f"This file is not whole: p. 2, &lt;b&gt;3: {why}" in page
    found = api_of(learner).get(f"/api/v1/materials/{cells.id}").json()
    assert found["left"] == [{"name": "p. 2, <b>3", "why": why}]


def test_a_page_of_a_pdf_stands_beside_its_words(client_of, learner, paper):
    browser = client_of(learner)
    page = text(browser.get(f"/materials/{paper.id}/"))
    assert f"/materials/{paper.id}/pages/1/?width=1400" in page
    assert 'loading="lazy"' in page
    assert 'rel="next" href="?page=2"' in page
    second = text(browser.get(f"/materials/{paper.id}/?page=2"))
    passage = next(
        each
        for each in api.passages(user=learner.id, material=paper.id).items
        if each.locator["page"] == 2
    )
    assert html.escape(passage.text[:40]) in second
    assert f'data-box="{passage.id}"' in second
    cited = text(browser.get(f"/materials/{paper.id}/?passage={passage.id}"))
    assert f'class="box here" data-box="{passage.id}"' in cited


@pytest.mark.parametrize("bad", ["0", "-1", "99", "1e9", "nan", "x", "9" * 500])
def test_a_page_that_is_not_there_is_the_nearest_that_is(client_of, learner, paper, bad):
    assert client_of(learner).get(f"/materials/{paper.id}/?page={bad}").status_code == 200
    assert client_of(learner).get(f"/materials/{paper.id}/?t={bad}&part={bad}").status_code == 200


def test_the_picture_of_a_page_is_drawn_and_kept(client_of, learner, paper):
    browser = client_of(learner)
    for width in (700, 1400):
        answer = browser.get(f"/materials/{paper.id}/pages/2/?width={width}")
        assert answer["Content-Type"] == "image/png"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"].startswith("private")
        assert answer.content.startswith(b"\x89PNG")
    size = api.page_size(user=learner.id, material=paper.id, page=2)
    assert abs(size[0] - 1400) < 10
    assert f'height="{size[1]}"' in text(browser.get(f"/materials/{paper.id}/?page=2"))
    assert browser.get(f"/materials/{paper.id}/pages/9/").status_code == 404


def test_a_text_has_no_pictures_and_no_sound(client_of, learner, cells):
    assert client_of(learner).get(f"/materials/{cells.id}/pages/1/").status_code == 404
    assert client_of(learner).get(f"/materials/{cells.id}/media/").status_code == 404


def test_a_picture_shows_its_words(client_of, teacher, course, tmp_path):
    places = [("Osmosis moves water.", {"kind": "region", "box": [0.08, 0.05, 0.6, 0.1]})]
    photo = read_by_hand(teacher, course, tmp_path, "board.png", samples.png(), places)
    page = text(client_of(teacher).get(f"/materials/{photo.id}/"))
    assert f"/materials/{photo.id}/pages/1/?width=1400" in page
    assert "What stands in it" in page
    assert "Osmosis moves water." in page
    assert 'x="72" y="46" width="536" height="58"' in page
    drawn = client_of(teacher).get(f"/materials/{photo.id}/pages/1/")
    assert drawn.content.startswith(b"\x89PNG")


def test_slides_stand_one_by_one(client_of, work, teacher, course, tmp_path):
    slides = bring(work, teacher, course, samples.pptx(), tmp_path, "slides.pptx")
    page = text(client_of(teacher).get(f"/materials/{slides.id}/?page=2"))
    assert 'id="slide-1"' in page
    assert 'id="slide-2"' in page


def test_a_recording_plays_from_the_second_of_a_citation(client_of, learner, talk):
    passage = first(learner, talk)
    browser = client_of(learner)
    page = text(browser.get(f"/materials/{talk.id}/?passage={passage.id}"))
    assert "<audio controls" in page
    assert '<track kind="captions"' in page
    assert f'id="p-{passage.id}"' in page
    cited = text(browser.get(f"/materials/{talk.id}/", {"passage": passage.id, "quote": "Salt"}))
    assert "<mark>Salt</mark> stays where it is." in cited
    assert f"/materials/{talk.id}/media/#t=2.33" in cited  # where its sentence begins
    assert f"/materials/{talk.id}/media/#t=4.5" in text(browser.get(f"/materials/{talk.id}/?t=4.5"))


def test_captions_are_webvtt(client_of, learner, talk):
    answer = client_of(learner).get(f"/materials/{talk.id}/captions/")
    assert answer["Content-Type"].startswith("text/vtt")
    assert text(answer).startswith("WEBVTT\n\n")
    assert "00:00:00.000 --> 00:00:02.250" in text(answer)
    assert "That is called turgor." in text(answer)


def test_a_player_gets_the_ranges_that_it_asks_for(client_of, learner, talk):
    browser, where = client_of(learner), f"/materials/{talk.id}/media/"
    whole = body(browser.get(where))
    assert len(whole) == talk.bytes
    for asked, expected in (
        ("bytes=0-99", whole[:100]),
        ("bytes=100-", whole[100:]),
        ("bytes=-50", whole[-50:]),
        (f"bytes=10-{10**15}", whole[10:]),
    ):
        answer = browser.get(where, headers={"Range": asked})
        assert answer.status_code == 206
        assert body(answer) == expected
        start = len(whole) - len(expected) if asked != "bytes=0-99" else 0
        end = start + len(expected) - 1
        assert answer["Content-Range"] == f"bytes {start}-{end}/{len(whole)}"
    beyond = browser.get(where, headers={"Range": f"bytes={len(whole)}-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(whole)}")
    for odd in ("bytes=-", "bytes=x-1", "lines=1-2", "bytes=0-1,4-5"):
        assert browser.get(where, headers={"Range": odd}).status_code == 200
    assert browser.head(where)["Content-Length"] == str(len(whole))


def test_the_original_is_only_ever_saved(client_of, work, teacher, course, tmp_path):
    name = 'ev"il\\ <b>ä.html'
    page = bring(
        work, teacher, course, "<h1>Hi</h1><p>Some words here.</p>", tmp_path, name, "Page"
    )
    answer = client_of(teacher).get(f"/materials/{page.id}/file/")
    assert body(answer) == b"<h1>Hi</h1><p>Some words here.</p>"
    assert answer["Content-Disposition"].startswith('attachment; filename="')
    assert "filename*=UTF-8''" in answer["Content-Disposition"]
    assert '"il' not in answer["Content-Disposition"]
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_words_of_a_material_stay_words(client_of, work, teacher, course, tmp_path):
    bad = "# <script>alert(1)</script>\n\nText with <img src=x onerror=alert(2)>."
    made = bring(work, teacher, course, bad, tmp_path, "bad.md", "<script>alert(3)</script>")
    page = text(client_of(teacher).get(f"/materials/{made.id}/"))
    for live in ("<script>alert", "<img src=x"):
        assert live not in page


def test_what_is_being_read_says_how_far_it_is(client_of, teacher, course, tmp_path):
    path = tmp_path / "upload"
    path.write_text(CELLS)
    made = api.add_material(user=teacher.id, course=course.id, file_name="a.md", path=str(path))
    browser = client_of(teacher)
    page = text(browser.get(f"/materials/{made.id}/"))
    assert "still being read" in page
    assert "<progress" in page
    part = browser.get(f"/materials/{made.id}/", headers={"HX-Request": "true"})
    assert "<html" not in text(part)
    assert "HX-Refresh" not in part
    api.cancel(user=teacher.id, material=made.id)
    part = browser.get(f"/materials/{made.id}/", headers={"HX-Request": "true"})
    assert part["HX-Refresh"] == "true"
    assert "The reading was stopped" in text(browser.get(f"/materials/{made.id}/"))


def test_a_failure_is_told_in_a_sentence(client_of, work, teacher, course, tmp_path):
    broken = bring(work, teacher, course, samples.locked_pdf(), tmp_path, "locked.pdf")
    assert "locked with a password" in text(client_of(teacher).get(f"/materials/{broken.id}/"))


def test_a_source_stands_beside_something_else(client_of, learner, cells):
    passage = first(learner, cells)
    where = {"passage": passage.id, "quote": "movement of water"}
    page = text(client_of(learner).get(f"/materials/{cells.id}/source/", where))
    assert "<html" not in page
    assert "<mark>movement of water</mark>" in page
    link = urlsplit(html.unescape(page.split('href="')[1].split('"')[0]))
    assert parse_qs(link.query) == {"passage": [passage.id], "quote": ["movement of water"]}


@pytest.mark.parametrize("path", ["", "source/", "pages/1/", "file/", "media/", "captions/"])
def test_strangers_see_nothing(client_of, stranger, talk, path):
    where = f"/materials/{talk.id}/{path}"
    assert client_of(stranger).get(where).status_code == 404
    assert client_of(stranger).get(f"/materials/nothing/{path}").status_code == 404
    assert client_of().get(where).url.startswith("/sign-in/")


def test_a_long_text_is_shown_in_parts(client_of, work, teacher, course, tmp_path):
    long = "\n\n".join(f"## Chapter {n}\n\n{samples.prose(n)}" for n in range(60))
    made = bring(work, teacher, course, long, tmp_path, "long.md")
    browser = client_of(teacher)
    page = text(browser.get(f"/materials/{made.id}/"))
    assert "part 1 of" in page
    assert "Contents" in page
    last = api.passages_from(user=teacher.id, material=made.id, ordinal=made.passages - 1)[0]
    found = text(browser.get(f"/materials/{made.id}/?passage={last.id}"))
    assert f'id="p-{last.id}"' in found
    assert found.count("data-here") == 1
