"""The list of materials and the search, as somebody without script uses them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from edu.courses import api as courses
from edu.multimodal import api
from tests.multimodal.helpers import CELLS, bring

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


def url(course):
    return f"/courses/{course.id}/materials/"


def file(content=CELLS, name="cells.md"):
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


@pytest.fixture
def cells(work, teacher, course, tmp_path):
    return bring(work, teacher, course, CELLS, tmp_path)


def test_an_empty_course_offers_to_bring_something(client_of, teacher, course):
    page = text(client_of(teacher).get(url(course)))
    assert "Bring something to learn from" in page
    assert 'enctype="multipart/form-data"' in page


def test_a_learner_who_may_not_bring_is_told_why(client_of, learner, course):
    page = text(client_of(learner).get(url(course)))
    assert "Only teachers bring materials" in page
    assert 'type="file"' not in page
    answer = client_of(learner).post(url(course), {"file": file()})
    assert answer.status_code == 403
    assert api.materials(user=learner.id, course=course.id).items == []


def test_a_learner_may_bring_where_it_is_allowed(client_of, teacher, learner, course):
    courses.update_course(user=teacher.id, course=course.id, learner_uploads=True)
    client_of(learner).post(url(course), {"file": file()})
    assert len(api.materials(user=learner.id, course=course.id).items) == 1


def test_many_files_are_brought_at_once_and_the_bad_one_is_named(client_of, teacher, course):
    files = [file(), file("Second.", "two.txt"), file(b"MZ\x90\x00\x03", "bad.exe")]
    page = text(client_of(teacher).post(url(course), {"file": files}, follow=True))
    assert "2 files are being read." in page
    assert "bad.exe" in page
    assert "cannot read this kind of file" in page
    assert len(api.materials(user=teacher.id, course=course.id).items) == 2


def test_no_file_is_told(client_of, teacher, course):
    assert "Choose a file first" in text(client_of(teacher).post(url(course), {}, follow=True))


def test_a_script_is_answered_with_the_row(client_of, teacher, course):
    browser = client_of(teacher)
    answer = browser.post(url(course), {"file": file()}, headers={"HX-Request": "true"})
    made = api.materials(user=teacher.id, course=course.id).items[0]
    assert answer.status_code == 201
    assert f'id="m-{made.id}"' in text(answer)
    assert "Waiting for its turn" in text(answer)
    assert "<html" not in text(answer)
    for bad, status in ((file(b"", "none.pdf"), 422), (file(b"MZ\x90\x00", "a.exe"), 415)):
        answer = browser.post(url(course), {"file": bad}, headers={"HX-Request": "true"})
        assert answer.status_code == status
        assert bad.name in text(answer)


def test_what_is_being_read_is_watched(client_of, work, teacher, course, cells):
    browser = client_of(teacher)
    browser.post(url(course), {"file": file("Something else.", "more.txt")})
    waiting = api.materials(user=teacher.id, course=course.id).items[0]
    page = text(browser.get(url(course)))
    assert 'hx-trigger="every 1s"' in page
    assert f'name="live" value="{waiting.id}"' in page
    look = text(browser.get(f"{url(course)}live/?live={waiting.id}&live={cells.id}&live=no"))
    assert f'id="state-{waiting.id}" hx-swap-oob="true"' in look
    assert "<progress" in look
    assert "cells is ready." in look
    assert 'hx-trigger="every 1s"' in look
    done = text(browser.get(f"{url(course)}live/?live={cells.id}"))
    assert "hx-trigger" not in done


def test_what_is_read_leads_on(client_of, work, teacher, course, tmp_path):
    client = client_of(teacher)
    assert 'id="next" hidden' in text(client.get(url(course)))
    made = bring(work, teacher, course, CELLS, tmp_path)
    assert 'id="next">' in text(client.get(url(course)))
    told = text(client.get(f"{url(course)}live/?live={made.id}"))
    assert 'id="next" hx-swap-oob="true"' in told
    assert f"/courses/{course.id}/tutor/" in told
    assert f"/courses/{course.id}/practise/" in told


def test_reading_is_stopped_and_tried_again(client_of, teacher, course):
    browser = client_of(teacher)
    browser.post(url(course), {"file": file()})
    made = api.materials(user=teacher.id, course=course.id).items[0]
    assert browser.post(f"/materials/{made.id}/cancel/").url == url(course)
    page = text(browser.get(url(course)))
    assert "The reading was stopped." in page
    assert "Try again" in page
    browser.post(f"/materials/{made.id}/retry/")
    assert api.material(user=teacher.id, material=made.id).status == "queued"
    answer = browser.post(f"/materials/{made.id}/cancel/", {"from": "material"})
    assert answer.url == f"/materials/{made.id}/"
    assert browser.post(f"/materials/{made.id}/cancel/").status_code == 302  # twice does no harm


def test_a_failure_says_why_and_what_to_do(client_of, work, teacher, course, tmp_path):
    broken = bring(work, teacher, course, "%PDF-1.7\nnothing", tmp_path, "broken.pdf")
    page = text(client_of(teacher).get(url(course)))
    assert broken.status == "failed"
    assert broken.error.split(".")[0] in page
    assert f"/materials/{broken.id}/retry/" in page
    assert f"/materials/{broken.id}/remove/" in page


def test_a_material_is_renamed(client_of, teacher, learner, course, cells):
    browser, where = client_of(teacher), f"/materials/{cells.id}/rename/"
    assert 'value="cells"' in text(browser.get(where))
    assert browser.post(where, {"title": "All about cells"}).url == url(course)
    assert api.material(user=teacher.id, material=cells.id).title == "All about cells"
    for bad in ("", " \u200b ", "T" * 201):
        assert browser.post(where, {"title": bad}).status_code == 422
    assert client_of(learner).get(where).status_code == 403
    assert client_of(learner).post(where, {"title": "Mine"}).status_code == 403


def test_a_removal_can_be_undone_at_once_and_later(client_of, teacher, learner, course, cells):
    browser = client_of(teacher)
    answer = browser.post(f"/materials/{cells.id}/remove/")
    page = text(browser.get(answer.url))
    assert "cells is removed." in page
    assert f"/materials/{cells.id}/restore/" in page
    assert browser.get(f"/materials/{cells.id}/").status_code == 404
    assert "1 removed material" in text(browser.get(url(course)))
    assert f"/materials/{cells.id}/restore/" not in text(client_of(learner).get(url(course)))
    assert browser.post(f"/materials/{cells.id}/restore/").url == url(course)
    assert browser.get(f"/materials/{cells.id}/").status_code == 200


def test_the_list_pages(client_of, teacher, course):
    browser = client_of(teacher)
    for number in range(4):
        files = [file(f"Text {number} {one}", f"{number}-{one}.txt") for one in range(9)]
        browser.post(url(course), {"file": files})
    page = text(browser.get(url(course)))
    assert "Older" in page
    cursor = page.split('rel="next"')[0].rpartition("cursor=")[2].split('"')[0]
    assert "Newer" in text(browser.get(f"{url(course)}?cursor={cursor}"))


@pytest.mark.parametrize("path", ["materials/", "materials/live/", "search/?q=osmosis"])
def test_strangers_see_nothing(client_of, stranger, course, path):
    where = f"/courses/{course.id}/{path}"
    assert client_of(stranger).get(where).status_code == 404
    assert client_of().get(where).url.startswith("/sign-in/")


@pytest.mark.parametrize("act", ["rename", "cancel", "retry", "remove", "restore"])
def test_strangers_change_nothing(client_of, stranger, cells, act):
    answer = client_of(stranger).post(f"/materials/{cells.id}/{act}/", {"title": "Mine"})
    assert answer.status_code == 404
    assert client_of(stranger).post(f"/materials/nothing/{act}/").status_code == 404


def test_names_stay_words(client_of, teacher, course):
    bad = "<img src=x onerror=alert(1)>.txt"
    page = text(client_of(teacher).post(url(course), {"file": file("Hello.", bad)}, follow=True))
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


# --- search -------------------------------------------------------------------------------------


def search(browser, course, query):
    return text(browser.get(f"/courses/{course.id}/search/", {"q": query}))


def test_a_search_marks_the_words_and_leads_to_the_place(client_of, learner, course, cells):
    page = search(client_of(learner), course, "osmosis membrane")
    assert "<mark>Osmosis</mark>" in page
    assert "<mark>membrane</mark>" in page
    first = api.passages(user=learner.id, material=cells.id).items[0]
    assert f"/materials/{cells.id}/?passage={first.id}" in page
    assert f"#p-{first.id}" in page


def test_what_the_materials_do_not_say_is_said(client_of, learner, teacher, course, cells):
    page = search(client_of(learner), course, "zebra crossings")
    assert "Your materials do not say" in page
    assert "Bring a source" not in page
    assert "Bring a source" in search(client_of(teacher), course, "zebra crossings")


def test_a_search_needs_words_and_materials(client_of, learner, course):
    assert "There is nothing to search yet" in search(client_of(learner), course, "osmosis")
    assert "Your materials do not say" not in search(client_of(learner), course, " ")


def test_a_query_stays_words(client_of, learner, course, cells):
    page = search(client_of(learner), course, '"><script>alert(1)</script>')
    assert "<script>alert" not in page
    assert client_of(learner).get(f"/courses/{course.id}/search/?q={'a' * 9000}").status_code == 200
