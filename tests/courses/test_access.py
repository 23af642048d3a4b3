"""Who may do what: every endpoint and page x nobody, stranger, learner, teacher."""

import pytest

from edu.courses import api
from edu.courses.data import MayNotBring, NoSuchCourse, NotTeacher

pytestmark = pytest.mark.django_db
UNKNOWN = "0197a3c0-5d0e-7c1e-8a51-5f0f6f2b9f11"

# method, path, body, then the answers to: nobody, stranger, learner, teacher
CALLS = [
    ("get", "courses", None, 401, 200, 200, 200),
    ("post", "courses", {"title": "New"}, 401, 201, 201, 201),
    ("post", "courses/join", {"join_code": "{code}"}, 401, 200, 200, 200),
    ("get", "courses/{course}", None, 401, 404, 200, 200),
    ("patch", "courses/{course}", {"title": "Other"}, 401, 404, 403, 200),
    ("delete", "courses/{course}", None, 401, 404, 403, 204),
    ("post", "courses/{course}/restore", None, 401, 404, 404, 404),
    ("post", "courses/{course}/join-code", None, 401, 404, 403, 200),
    ("post", "courses/{course}/leave", None, 401, 404, 204, 409),
    ("get", "courses/{course}/members", None, 401, 404, 200, 200),
    ("patch", "courses/{course}/members/{learner}", {"role": "teacher"}, 401, 404, 403, 200),
    ("delete", "courses/{course}/members/{learner}", None, 401, 404, 403, 204),
    ("delete", "courses/{course}/members/{stranger}", None, 401, 404, 403, 404),
    ("get", "courses/{course}/objectives", None, 401, 404, 200, 200),
    ("post", "courses/{course}/objectives", {"title": "Third"}, 401, 404, 403, 201),
    ("get", "courses/{course}/objectives/{objective}", None, 401, 404, 200, 200),
    ("patch", "courses/{course}/objectives/{objective}", {"title": "X"}, 401, 404, 403, 200),
    ("delete", "courses/{course}/objectives/{objective}", None, 401, 404, 403, 204),
    ("get", "courses/{course}/objectives/{foreign}", None, 401, 404, 404, 404),
    ("patch", "courses/{course}/objectives/{foreign}", {"title": "X"}, 401, 404, 403, 404),
    ("delete", "courses/{course}/objectives/{foreign}", None, 401, 404, 403, 404),
    (
        "post",
        "courses/{course}/objectives/decisions",
        {"decisions": [{"objective": "{objective}", "verdict": "drop"}]},
        401,
        404,
        403,
        200,
    ),
]
PAGES = [
    ("get", "/courses/", None, 302, 200, 200, 200),
    ("get", "/courses/new/", None, 302, 200, 200, 200),
    ("post", "/courses/new/", {"title": "New"}, 302, 302, 302, 302),
    ("get", "/courses/join/?code=x", None, 302, 200, 200, 200),
    ("get", "/courses/{course}/people/", None, 302, 404, 200, 200),
    ("get", "/courses/{course}/settings/", None, 302, 404, 403, 200),
    ("post", "/courses/{course}/settings/", {"title": "Other"}, 302, 404, 403, 302),
    ("get", "/courses/{course}/leave/", None, 302, 404, 200, 200),
    ("post", "/courses/{course}/remove/", None, 302, 404, 403, 302),
    ("post", "/courses/{course}/restore/", None, 302, 404, 404, 404),
    ("post", "/courses/{course}/join-code/", None, 302, 404, 403, 302),
    ("post", "/courses/{course}/people/{learner}/role/", {"role": "teacher"}, 302, 404, 403, 302),
    ("get", "/courses/{course}/people/{learner}/remove/", None, 302, 404, 403, 200),
    ("get", "/courses/{course}/people/{stranger}/remove/", None, 302, 404, 403, 404),
    ("post", "/courses/{course}/people/{learner}/remove/", None, 302, 404, 403, 302),
    ("get", "/courses/{course}/objectives/", None, 302, 404, 403, 200),
    ("post", "/courses/{course}/objectives/", {"title": "Third"}, 302, 404, 403, 302),
    ("post", "/courses/{course}/objectives/decide/", {}, 302, 404, 403, 302),
    ("get", "/courses/{course}/objectives/{objective}/", None, 302, 404, 403, 200),
    ("post", "/courses/{course}/objectives/{objective}/", {"title": "X"}, 302, 404, 403, 302),
    ("get", "/courses/{course}/objectives/{foreign}/", None, 302, 404, 403, 404),
    ("get", "/courses/{course}/objectives/{objective}/remove/", None, 302, 404, 403, 200),
    ("post", "/courses/{course}/objectives/{objective}/remove/", None, 302, 404, 403, 302),
    ("post", "/courses/{course}/objectives/{foreign}/remove/", None, 302, 404, 403, 404),
]


@pytest.fixture
def names(teacher, learner, stranger, course):
    objective = api.add_objective(user=teacher.id, course=course.id, title="Osmosis")
    theirs = api.create_course(user=stranger.id, title="Elsewhere")
    foreign = api.add_objective(user=stranger.id, course=theirs.id, title="Foreign")
    return {
        "course": course.id,
        "code": course.join_code,
        "learner": learner.id,
        "stranger": stranger.id,
        "objective": objective.id,
        "foreign": foreign.id,
    }


def filled(value, names):
    if isinstance(value, str):
        return value.format(**names)
    if isinstance(value, list):
        return [filled(each, names) for each in value]
    if isinstance(value, dict):
        return {key: filled(each, names) for key, each in value.items()}
    return value


@pytest.mark.parametrize("who", ["nobody", "stranger", "learner", "teacher"])
@pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call[0]} {call[1]}")
def test_every_call_has_its_rule(request, api_of, names, who, call):
    method, path, body, *answers = call
    person = None if who == "nobody" else request.getfixturevalue(who)
    answer = getattr(api_of(person), method)(
        f"/api/v1/{filled(path, names)}", filled(body, names), format="json"
    )
    expected = answers[["nobody", "stranger", "learner", "teacher"].index(who)]
    assert answer.status_code == expected, answer.content
    if answer.status_code >= 400:
        assert answer["Content-Type"].startswith("application/problem+json")


@pytest.mark.parametrize("who", ["nobody", "stranger", "learner", "teacher"])
@pytest.mark.parametrize("call", PAGES, ids=lambda call: f"{call[0]} {call[1]}")
def test_every_page_has_its_rule(request, client_of, names, who, call):
    method, path, body, *answers = call
    person = None if who == "nobody" else request.getfixturevalue(who)
    answer = getattr(client_of(person), method)(filled(path, names), body or {})
    expected = answers[["nobody", "stranger", "learner", "teacher"].index(who)]
    assert answer.status_code == expected, answer.content
    if who == "nobody":
        assert answer.url.startswith("/sign-in/?next=")


@pytest.mark.parametrize("course", [UNKNOWN, "x", "0", "..%2f", "%F0%9F%A6%8A", "a" * 3000])
def test_ids_that_are_none_are_nothing(api_of, client_of, learner, course):
    assert api_of(learner).get(f"/api/v1/courses/{course}").status_code in (400, 404)
    assert client_of(learner).get(f"/courses/{course}/people/").status_code in (400, 404)


def test_the_rule_itself(teacher, learner, stranger, course):
    assert api.course(user=teacher.id, course=course.id, need="teach").role == "teacher"
    assert api.course(user=learner.id, course=course.id).role == "learner"
    with pytest.raises(NotTeacher):
        api.course(user=learner.id, course=course.id, need="teach")
    with pytest.raises(MayNotBring):
        api.course(user=learner.id, course=course.id, need="bring")
    api.update_course(user=teacher.id, course=course.id, learner_uploads=True)
    assert api.course(user=learner.id, course=course.id, need="bring").learner_uploads
    for need in ("view", "bring", "teach"):
        with pytest.raises(NoSuchCourse):
            api.course(user=stranger.id, course=course.id, need=need)
    with pytest.raises(ValueError, match="need"):
        api.course(user=teacher.id, course=course.id, need="rule")


def test_the_rule_takes_one_query(teacher, course, django_assert_num_queries):
    with django_assert_num_queries(1):
        api.course(user=teacher.id, course=course.id, need="teach")


def test_courses_by_id_leaves_out_those_of_others(learner, stranger, course):
    theirs = api.create_course(user=stranger.id, title="Elsewhere")
    found = api.courses_by_id(courses=[course.id, theirs.id, UNKNOWN], user=learner.id)
    assert list(found) == [course.id]


def test_only_teachers_see_the_code_and_the_addresses(api_of, client_of, teacher, learner, course):
    assert api_of(teacher).get(f"/api/v1/courses/{course.id}").json()["join_code"]
    assert api_of(learner).get(f"/api/v1/courses/{course.id}").json()["join_code"] is None
    seen = api_of(learner).get(f"/api/v1/courses/{course.id}/members").json()["results"]
    assert [each["display_name"] for each in seen] == ["Tamara", "Levko"]
    assert [each["email"] for each in seen] == [None, None]
    page = client_of(learner).get(f"/courses/{course.id}/people/").content.decode()
    assert teacher.email not in page
    assert course.join_code not in page
    page = client_of(teacher).get(f"/courses/{course.id}/people/").content.decode()
    assert learner.email in page
    assert course.join_code in page


def test_learners_do_not_see_what_is_only_proposed(api_of, teacher, learner, course):
    from edu.courses.data import Proposal

    made = api.propose(course=course.id, proposals=[Proposal("Osmosis")])[0]
    assert made.status == "proposed"
    url = f"/api/v1/courses/{course.id}/objectives"
    assert len(api_of(learner).get(f"{url}?status=all").json()["results"]) == 1
    assert len(api_of(teacher).get(f"{url}?status=all").json()["results"]) == 2
    wrong = api_of(teacher).get(f"{url}?status=rejected")
    assert wrong.status_code == 400 and wrong.json()["errors"][0]["field"] == "status"
    assert api_of(learner).get(f"{url}/{made.id}").status_code == 404
    assert api_of(teacher).get(f"{url}/{made.id}").status_code == 200


def test_an_admin_is_a_stranger_on_the_site(api_of, course):
    from edu.users import api as users
    from tests.cast import PASSWORD

    admin = users.make_admin(email="root@example.org", password=PASSWORD, display_name="Root")
    assert api_of(admin).get(f"/api/v1/courses/{course.id}").status_code == 404
