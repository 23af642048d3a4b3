"""The course pages as somebody without script uses them."""

import pytest

from edu.courses import api

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


def test_an_empty_list_says_what_to_do(client_of, stranger):
    page = text(client_of(stranger).get("/courses/"))
    assert "No course yet" in page
    assert 'href="/courses/new/"' in page


def test_a_course_is_made_from_the_list(client_of, stranger):
    browser = client_of(stranger)
    answer = browser.post("/courses/new/", {"new-title": "Cells", "new-description": ""})
    made = api.courses_of(user=stranger.id).items[0]
    assert answer.url == f"/courses/{made.id}/"
    assert "Cells" in text(browser.get("/courses/"))


def test_a_course_without_a_title_is_not_made(client_of, stranger):
    for form in ({"title": ""}, {"new-title": " "}, {"title": "\u200b"}, {"title": "T" * 100_000}):
        answer = client_of(stranger).post("/courses/new/", form)
        assert answer.status_code == 422
        assert 'aria-invalid="true"' in text(answer)
    assert api.courses_of(user=stranger.id).items == []


def test_a_link_brings_the_code_and_joins_nobody_by_itself(client_of, stranger, course):
    browser = client_of(stranger)
    page = text(browser.get(f"/courses/join/?code={course.join_code}"))
    assert f'value="{course.join_code}"' in page
    assert api.courses_of(user=stranger.id).items == []
    answer = browser.post("/courses/join/", {"join_code": course.join_code})
    assert answer.url == f"/courses/{course.id}/"
    assert api.course(user=stranger.id, course=course.id).role == "learner"


def test_a_wrong_code_is_told_beside_the_field(client_of, stranger):
    answer = client_of(stranger).post("/courses/join/", {"join-join_code": "NOTTHERE"})
    assert answer.status_code == 404
    assert "No course has this code" in text(answer)


def test_settings_are_kept(client_of, teacher, course):
    browser, url = client_of(teacher), f"/courses/{course.id}/settings/"
    form = {"title": "Cell biology", "description": "", "learner_uploads": "on"}
    assert browser.post(url, form).status_code == 302
    now = api.course(user=teacher.id, course=course.id)
    assert (now.title, now.description, now.learner_uploads) == ("Cell biology", "", True)
    browser.post(url, {"title": "Cell biology"})
    assert not api.course(user=teacher.id, course=course.id).learner_uploads
    assert browser.post(url, {"title": ""}).status_code == 422


def test_removing_a_course_offers_to_undo_it(client_of, teacher, course):
    browser = client_of(teacher)
    answer = browser.post(f"/courses/{course.id}/remove/")
    page = text(browser.get(answer.url))
    assert "Cells is removed for everybody in it." in page
    assert f'action="/courses/{course.id}/restore/"' in page
    assert "1 removed course" in text(browser.get("/courses/"))
    assert browser.post(f"/courses/{course.id}/restore/").url == f"/courses/{course.id}/"
    assert api.course(user=teacher.id, course=course.id)


def test_leaving_asks_once_and_names_what_is_lost(client_of, learner, course):
    browser, url = client_of(learner), f"/courses/{course.id}/leave/"
    page = text(browser.get(url))
    assert "your mastery of its objectives" in page
    assert api.course(user=learner.id, course=course.id)
    assert browser.post(url).url == "/courses/"
    assert api.courses_of(user=learner.id).items == []


def test_the_owner_is_told_why_not(client_of, teacher, course):
    browser, url = client_of(teacher), f"/courses/{course.id}/leave/"
    assert "A course needs its owner" in text(browser.get(url))
    answer = browser.post(url, follow=True)
    assert "A course needs its owner" in text(answer)


def test_roles_are_changed_and_people_taken_out(client_of, teacher, learner, course):
    browser, url = client_of(teacher), f"/courses/{course.id}/people/"
    page = text(browser.get(url))
    assert "Levko" in page
    assert "Before you leave it, hand it over" in page  # and no way to leave that would be refused
    assert "/leave/" not in page
    assert "/leave/" in text(client_of(learner).get(url))
    browser.post(f"{url}{learner.id}/role/", {"role": "teacher"})
    assert api.course(user=learner.id, course=course.id).role == "teacher"
    browser.post(f"{url}{learner.id}/role/", {"role": "learner"})
    page = text(browser.get(f"{url}{learner.id}/remove/"))
    assert "Take Levko out of the course" in page
    browser.post(f"{url}{learner.id}/remove/")
    assert api.learner_ids(course=course.id) == []
    said = browser.post(f"{url}{teacher.id}/role/", {"role": "learner"}, follow=True)
    assert "A course needs its owner" in text(said)


def test_people_come_in_pages(client_of, teacher, course, django_assert_max_num_queries):
    from tests.cast import sign_up

    for n in range(60):
        api.join(user=sign_up(f"p{n}").id, join_code=course.join_code)
    browser, url = client_of(teacher), f"/courses/{course.id}/people/"
    with django_assert_max_num_queries(8):
        page = text(browser.get(url))
    assert "p47" in page
    assert "p55" not in page
    following = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert "p55" in text(browser.get(url + following.replace("&amp;", "&")))


def test_a_new_code_is_shown(client_of, teacher, course):
    page = text(client_of(teacher).post(f"/courses/{course.id}/join-code/", follow=True))
    assert course.join_code not in page
    assert api.course(user=teacher.id, course=course.id).join_code in page


def test_objectives_are_added_changed_and_taken_out(client_of, teacher, course):
    browser, url = client_of(teacher), f"/courses/{course.id}/objectives/"
    assert "No objectives yet" in text(browser.get(url))
    browser.post(url, {"title": "Diffusion"})
    first = api.objectives(course=course.id)[1]
    browser.post(url, {"title": "Osmosis", "description": "Water.", "prerequisites": [first.id]})
    second = api.objectives(course=course.id)[2]
    assert second.prerequisites == [first.id]
    page = text(browser.get(url))
    assert "Comes after:" in page
    # A circle is told beside the field.
    answer = browser.post(f"{url}{first.id}/", {"title": "Diffusion", "prerequisites": [second.id]})
    assert answer.status_code == 422
    assert "cannot come before itself" in text(answer)
    # No box ticked means none.
    browser.post(f"{url}{second.id}/", {"title": "Explain osmosis"})
    assert api.objectives(course=course.id)[2].prerequisites == []
    assert api.objectives(course=course.id)[2].title == "Explain osmosis"
    assert "Take out: Diffusion" in text(browser.get(f"{url}{first.id}/remove/"))
    browser.post(f"{url}{first.id}/remove/")
    assert [each.title for each in api.objectives(course=course.id)] == ["Cells", "Explain osmosis"]


def test_the_root_is_changed_in_the_settings(client_of, teacher, course):
    root = api.root(course=course.id)
    answer = client_of(teacher).get(f"/courses/{course.id}/objectives/{root.id}/")
    assert answer.url == f"/courses/{course.id}/settings/"


def test_hostile_words_stay_words(client_of, teacher, learner, course):
    from edu.users import api as users

    bad = "<img src=x onerror=alert(1)>"
    users.update_me(user=learner.id, display_name=bad)
    api.update_course(user=teacher.id, course=course.id, title=bad, description=bad)
    api.add_objective(user=teacher.id, course=course.id, title=bad, description=bad)
    browser = client_of(teacher)
    for place in ("people/", "settings/", "objectives/", "leave/", f"people/{learner.id}/remove/"):
        assert "<img src=x" not in text(browser.get(f"/courses/{course.id}/{place}")), place
    assert "<img src=x" not in text(browser.get("/courses/"))
