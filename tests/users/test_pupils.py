"""Pupils without an e-mail address: made by a teacher, signed in by the code of their class."""

import pytest
from django.test import Client

from edu.common.errors import Denied, Invalid, NotFound
from edu.courses import api as courses
from edu.users import api
from edu.users.data import BadCredentials, TooManyFailures
from edu.users.logic import pupils
from edu.users.models import Consent, User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("display_name", "username"),
    [
        ("Anna Kovalenko", "anna.kovalenko"),
        ("  O\u2019Neill, Jo  ", "o.neill.jo"),
        ("\u041e\u043b\u0435\u043d\u0430 \u041a.", "\u043e\u043b\u0435\u043d\u0430.\u043a"),
        ("***", "pupil"),
        ("A" * 100, "a" * 32),
    ],
)
def test_a_name_makes_a_user_name(display_name, username):
    assert pupils.name_for(display_name) == username


@pytest.fixture
def made(teacher, course):
    """Two pupils of the same name, to whose talking with a model elsewhere the school consents."""
    return courses.add_pupils(
        user=teacher.id,
        course=course.id,
        names=["Anna K", "", "Anna K"],
        purposes=["outside-model"],
    )


def keys(course, pupil):
    return {"class_code": course.join_code, "username": pupil.username, "password": pupil.password}


def test_they_are_learners_and_minors_by_the_schools_consent(made, teacher, course):
    first, second = made
    assert (first.username, second.username) == ("anna.k", "anna.k2")
    assert first.password != second.password
    assert {first.user, second.user} <= set(courses.learner_ids(course=course.id))
    assert api.is_minor(user=first.user)
    assert api.allows(user=first.user, purpose="outside-model")
    assert not api.allows(user=first.user, purpose="keep-voice")
    told = Consent.objects.filter(user_id=first.user)
    assert {(str(each.decided_by), each.capacity) for each in told} == {(teacher.id, "school")}
    assert api.person(user=first.user).email == ""
    assert [each.password for each in courses.pupils_of(user=teacher.id, course=course.id)] == [
        ""
    ] * 2


@pytest.mark.parametrize("names", [[], [" "], ["a"] * 61, ["a" * 101]])
def test_a_bad_list_makes_nobody(teacher, course, names):
    with pytest.raises(Invalid) as error:
        courses.add_pupils(user=teacher.id, course=course.id, names=names, purposes=[])
    assert set(error.value.fields) == {"names"}
    assert not User.objects.filter(email=None).exists()


def test_only_who_manages_people_makes_them_and_resets(made, learner, stranger, course):
    for who, error in ((learner, Denied), (stranger, NotFound)):
        with pytest.raises(error):
            courses.add_pupils(user=who.id, course=course.id, names=["B"], purposes=[])
        with pytest.raises(error):
            courses.new_pupil_password(user=who.id, course=course.id, pupil=made[0].user)


def test_they_sign_in_by_any_code_that_the_class_had(made, teacher, course):
    odd = f" {course.join_code[:4].lower()}-{course.join_code[4:]} "
    wanted = keys(course, made[0]) | {"class_code": odd, "username": " ANNA.K "}
    assert api.sign_in(**wanted).id == made[0].user
    newer = courses.new_join_code(user=teacher.id, course=course.id)
    assert api.sign_in(**keys(newer, made[0])).id == made[0].user
    assert api.sign_in(**keys(course, made[0])).id == made[0].user


@pytest.mark.parametrize(
    "wrong",
    [{"class_code": "NOSUCH22"}, {"username": "anna"}, {"password": "x"}, {"username": "\x00"}],
)
def test_what_is_wrong_is_not_told_and_counted(made, course, wrong):
    tried = keys(course, made[0]) | wrong
    for _each in range(10):
        with pytest.raises(BadCredentials):
            api.sign_in(**tried, address="192.0.2.1")
    with pytest.raises(TooManyFailures):
        api.sign_in(**tried, address="192.0.2.1")


def test_a_forgotten_password_is_replaced_by_a_teacher_of_the_class_alone(
    made, teacher, learner, stranger, course
):
    other = courses.create_course(user=stranger.id, title="Other")
    for pupil, place, who in (
        (made[0].user, other.id, stranger),
        (learner.id, course.id, teacher),
    ):
        with pytest.raises(NotFound):
            courses.new_pupil_password(user=who.id, course=place, pupil=pupil)
    fresh = courses.new_pupil_password(user=teacher.id, course=course.id, pupil=made[0].user)
    with pytest.raises(BadCredentials):
        api.sign_in(**keys(course, made[0]))
    assert api.sign_in(**keys(course, fresh)).id == made[0].user
    with pytest.raises(Invalid):
        courses.new_pupil_password(
            user=teacher.id, course=course.id, pupil=made[0].user, password="1234"
        )


def test_a_program_gets_tokens_and_is_told_that_there_is_no_address(made, course, api_of):
    program = api_of()
    answer = program.post("/api/v1/auth/token", keys(course, made[0]))
    assert answer.status_code == 200
    program.credentials(HTTP_AUTHORIZATION=f"Bearer {answer.json()['access']}")
    assert program.get("/api/v1/me").json()["email"] is None
    for body, field in (
        ({"password": "x"}, "email"),
        ({"password": "x", "class_code": course.join_code}, "username"),
        (keys(course, made[0]) | {"email": "a@example.org"}, "class_code"),
    ):
        refused = api_of().post("/api/v1/auth/token", body)
        assert refused.status_code == 400
        assert [each["field"] for each in refused.json()["errors"]] == [field]
    told = set()  # the same, whatever there is
    for wrong in ({"password": "y"}, {"username": "nobody"}, {"class_code": "NOSUCH22"}):
        refused = api_of().post("/api/v1/auth/token", keys(course, made[0]) | wrong)
        assert refused.status_code == 401
        told.add(refused.json()["detail"])
    assert "ask your teacher" in told.pop()
    assert not told


def test_a_pupil_goes_about_the_site(made, course, settings):
    settings.EDU_REQUIRE_VERIFIED_EMAIL = True  # they have none, and their teacher vouches for them
    browser = Client()
    wrong = browser.post("/sign-in/class/", keys(course, made[0]) | {"password": "x"})
    assert wrong.status_code == 401
    assert "ask your teacher" in wrong.content.decode()
    entered = browser.post("/sign-in/class/", keys(course, made[0]))
    assert (entered.status_code, entered["Location"]) == (302, "/")
    for page in ("/", "/profile/", "/profile/security/", "/profile/password/"):
        assert browser.get(page).status_code == 200, page
    assert browser.post("/profile/confirm/").status_code == 302
    changed = {"old": made[0].password, "new": "violet-harbour-77", "again": "violet-harbour-77"}
    assert browser.post("/profile/password/", changed).status_code == 302
    again = browser.post("/sign-in/again/", {"password": "violet-harbour-77"})
    assert again.status_code in (200, 302)


def test_the_page_shows_passwords_once_and_makes_no_list_twice(client_of, teacher, course):
    browser, place = client_of(teacher), f"/courses/{course.id}/people/pupils/"
    once = browser.get(place).context["once"]
    body = {"names": "Anna K\nBo", "once": once, "purposes": ["memory"]}
    shown = browser.post(place, body)
    made = shown.context["made"]
    assert all(each.password in shown.content.decode() for each in made)
    assert browser.post(place, body).status_code == 302
    assert len(courses.pupils_of(user=teacher.id, course=course.id)) == 2
    one = f"{place}{made[0].user}/"
    assert made[0].password not in browser.get(one).content.decode()
    browser.post(one, {"purpose": "keep-voice", "given": "yes"})
    assert api.allows(user=made[0].user, purpose="keep-voice")
    fresh = browser.post(one, {"new-password": "1", "password": ""}).context["made"][0]
    assert api.sign_in(**keys(course, fresh)).id == made[0].user


def test_erasing_one_takes_the_user_name_along(made, teacher):
    assert api.erase_person(user=made[0].user)["users.pupil"] == 1
    assert api.erase_person(user=teacher.id)["users.pupil"] == 1


def test_a_teacher_notes_that_a_pupil_is_of_age(
    made, teacher, learner, stranger, course, api_of, client_of
):
    path = f"/api/v1/courses/{course.id}/pupils"
    assert api_of(learner).post(f"{path}/{made[0].user}/of-age").status_code == 403
    assert api_of(stranger).post(f"{path}/{made[0].user}/of-age").status_code == 404
    assert api_of(teacher).post(f"{path}/{learner.id}/of-age").status_code == 404
    assert api.is_minor(user=made[0].user)
    for _again in range(2):
        assert api_of(teacher).post(f"{path}/{made[0].user}/of-age").status_code == 204
    assert not api.is_minor(user=made[0].user)
    told = [each for each in api.history(user=made[0].user).items if each.action == "of-age"]
    assert [each.actor for each in told] == [teacher.id]
    place = f"/courses/{course.id}/people/pupils/{made[1].user}/"
    page = client_of(teacher)
    assert b'name="of-age"' in page.get(place).content
    page.post(place, {"of-age": "1"})
    assert not api.is_minor(user=made[1].user)
    assert b'name="of-age"' not in page.get(place).content
