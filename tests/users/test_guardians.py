"""The age of consent: asked for neutrally, and below it nothing but a wish until somebody consents."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html

from edu.common.errors import Invalid, NotFound
from edu.courses import api as courses
from edu.users import api
from edu.users.data import BadCredentials, DeadLink, EmailTaken, NoSuchPerson, NotYoursToDecide
from edu.users.logic import addresses, minors
from edu.users.models import Consent, ConsentRequest, Guardian, Mail, Minor, User
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
THIS = timezone.now().year
KID = {"email": "kid@example.org", "password": PASSWORD, "display_name": "Kid"}


@pytest.fixture
def asking(settings):
    settings.EDU_CONSENT_AGE = 16


@pytest.mark.parametrize(
    ("age", "year", "below"),
    [
        (0, None, False),
        (0, 9999, False),
        (16, THIS - 17, False),
        (16, THIS - 16, True),
        (16, THIS, True),
    ],
)
def test_who_is_below_age(settings, age, year, below):
    settings.EDU_CONSENT_AGE = age
    assert api.below_age(birth_year=year) is below


@pytest.mark.parametrize("year", [None, THIS + 1, THIS - 131, -5])
def test_a_year_is_needed_where_it_is_asked(asking, year):
    with pytest.raises(Invalid) as error:
        api.below_age(birth_year=year)
    assert set(error.value.fields) == {"birth_year"}


def wish(**more):
    told = {**KID, "birth_year": THIS - 10, "guardian_email": "mum@example.org", **more}
    return api.ask_consent(**told)


def key_of(row):
    """The link's key is in the letter alone; give the row one that is known."""
    ConsentRequest.objects.filter(id=row.id).update(digest=minors._digest("the-key"))
    return "the-key"


def test_nothing_but_the_wish_is_kept_and_a_guardian_is_asked(asking):
    before = User.objects.count()
    row = wish()
    assert User.objects.count() == before
    assert not ConsentRequest.objects.get().password.endswith(PASSWORD)
    letter = Mail.objects.get()
    assert letter.to == "mum@example.org"
    key = letter.body.partition("/consent/")[2].partition("/")[0]
    assert api.request_of_link(key=key).id == row.id
    with pytest.raises(BadCredentials):
        api.sign_in(email=KID["email"], password=PASSWORD)
    assert minors.forget(timezone.now() + timedelta(days=8)) == 1
    with pytest.raises(DeadLink):
        api.request_of_link(key=key)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"guardian_email": ""}, "guardian_email"),
        ({"guardian_email": "KID@example.org"}, "guardian_email"),
        ({"guardian_email": "mum"}, "guardian_email"),
        ({"password": "x"}, "password"),
    ],
)
def test_a_wish_that_cannot_be_is_refused(asking, more, field):
    with pytest.raises(Invalid) as error:
        wish(**more)
    assert set(error.value.fields) == {field}
    assert not ConsentRequest.objects.exists()


def test_a_guardian_agrees_and_stands_for_the_child(asking, teacher, stranger):
    with pytest.raises(EmailTaken):
        wish(email=stranger.email)
    key = key_of(wish())
    child = api.answer_as_guardian(key=key, by=teacher.id, given=True, purposes=["memory"])
    assert not ConsentRequest.objects.exists()
    assert api.sign_in(email=KID["email"], password=PASSWORD).id == child
    assert Minor.objects.get(user_id=child).until == THIS - 10 + 17
    told = Consent.objects.filter(user_id=child).values_list("purpose", "given", "capacity")
    assert set(told) == {("account", True, "guardian"), ("memory", True, "guardian")}
    assert api.may_see(guardian=teacher.id, child=child)
    assert not api.may_see(guardian=stranger.id, child=child)
    assert not api.may_see(guardian=child, child=teacher.id)
    assert [each.id for each in api.children_of(guardian=teacher.id)] == [child]
    with pytest.raises(NoSuchPerson):
        api.look_at_child(guardian=stranger.id, child=child)
    api.look_at_child(guardian=teacher.id, child=child)
    assert api.history(user=child).items[0].action == "guardian-looked"
    Minor.objects.filter(user_id=child).update(until=THIS)  # of age by now
    assert not api.may_see(guardian=teacher.id, child=child)
    assert api.children_of(guardian=teacher.id) == []


def test_a_minor_is_nobodys_guardian(asking, learner, stranger):
    Minor.objects.create(user_id=learner.id)
    with pytest.raises(NotYoursToDecide):
        api.answer_as_guardian(key=key_of(wish()), by=learner.id, given=True, purposes=[])
    with pytest.raises(NotYoursToDecide):
        api.link_guardian(guardian=learner.id, child=learner.id, by=stranger.id)
    api.link_guardian(guardian=stranger.id, child=learner.id, by=stranger.id)
    assert api.may_see(guardian=stranger.id, child=learner.id)
    api.unlink_guardian(guardian=stranger.id, child=learner.id, by=stranger.id)
    assert not api.may_see(guardian=stranger.id, child=learner.id)


def test_a_guardian_refuses_without_an_account(asking):
    place = f"/consent/{key_of(wish())}/"
    browser = Client()
    assert "Kid" in browser.get(place).content.decode()
    assert browser.post(place, {"answer": "yes"}).status_code == 200  # who agrees is known
    assert ConsentRequest.objects.exists()
    assert browser.post(place, {"answer": "no"}).status_code == 302
    assert not ConsentRequest.objects.exists()
    assert browser.get(place).status_code == 410


def test_the_school_answers_for_its_class_alone(asking, client_of, teacher, stranger, course):
    row = wish(guardian_email="", class_code=course.join_code.lower())
    assert not Mail.objects.exists()
    other = courses.create_course(user=stranger.id, title="Other")
    foreign = f"/courses/{other.id}/people/wishes/{row.id}/"
    assert client_of(stranger).post(foreign, {"answer": "yes"}).status_code == 404
    with pytest.raises(NotYoursToDecide):
        api.answer_as_school(request=row.id, by=teacher.id, given=True, purposes=[])
    browser = client_of(teacher)
    assert "Kid" in browser.get(f"/courses/{course.id}/people/pupils/").content.decode()
    browser.post(
        f"/courses/{course.id}/people/wishes/{row.id}/",
        {"answer": "yes", "purposes": ["outside-model"]},
    )
    child = api.find(email=KID["email"]).id
    assert child in courses.learner_ids(course=course.id)
    assert api.allows(user=child, purpose="outside-model")
    assert set(Consent.objects.values_list("capacity", flat=True)) == {"school"}
    with pytest.raises(NotFound):
        api.answer_as_school(request=row.id, by=teacher.id, given=True, purposes=[], code="A")


def test_of_a_class_code_nothing_is_told_but_that_it_is_to_be_checked(asking, api_of, course):
    told = set()
    for number, code in enumerate((course.join_code, "NOSUCH22")):
        body = {**KID, "email": f"kid{number}@example.org", "birth_year": THIS - 10}
        answer = api_of().post("/api/v1/auth/register", {**body, "class_code": code})
        assert answer.status_code == 202
        told.add((answer.json()["detail"], *answer.json()))
    assert len(told) == 1
    assert "deleted" in told.pop()[0]


def test_a_page_asks_everybody_alike_and_once(asking):
    browser = Client()
    first = browser.get("/sign-up/").content.decode()
    assert "birth_year" in first
    shown = re.sub(r"<[^>]*>", " ", first.partition("<main")[2].partition("</main>")[0])
    assert "16" not in shown
    form = {"email": "kid@example.org", "password": PASSWORD, "display_name": "Kid"}
    browser.post("/sign-up/", {"birth_year": THIS - 10})
    assert "guardian_email" in browser.get("/sign-up/").content.decode()
    browser.post("/sign-up/", {"birth_year": THIS - 40})  # to go back changes nothing
    assert browser.post("/sign-up/", form).status_code == 422
    asked = browser.post("/sign-up/", {**form, "guardian_email": "mum@example.org"})
    assert "Somebody is asked" in asked.content.decode()
    assert "check it with your teacher" in asked.content.decode()
    grown = Client()
    assert grown.post("/sign-up/", form).status_code == 200  # the year is asked first
    grown.post("/sign-up/", {"birth_year": THIS - 40})
    assert grown.post("/sign-up/", {**form, "email": "dad@example.org"}).status_code == 302
    assert not api.is_minor(user=api.find(email="dad@example.org").id)


def test_a_program_is_asked_too(asking, api_of):
    program = api_of()
    missing = program.post("/api/v1/auth/register", KID)
    assert [each["field"] for each in missing.json()["errors"]] == ["birth_year"]
    young = {**KID, "birth_year": THIS - 10, "guardian_email": "mum@example.org"}
    answer = program.post("/api/v1/auth/register", young)
    assert (answer.status_code, answer.json()["status"]) == (202, "waiting")
    assert api.find(email=KID["email"]) is None


@pytest.mark.parametrize("strict", [False, True])
def test_a_wish_holds_no_address_and_takes_nothing_over(
    asking, api_of, teacher, client_of, settings, work, strict
):
    settings.EDU_REQUIRE_VERIFIED_EMAIL = strict
    place = f"/consent/{key_of(wish())}/"
    grown = {**KID, "password": "violet-lantern-83", "birth_year": THIS - 40}
    assert api_of().post("/api/v1/auth/register", grown).status_code == 201
    owner = User.objects.get(email=KID["email"])
    addresses.confirm(owner)
    Mail.objects.all().delete()
    with work():
        answer = client_of(teacher).post(place, {"answer": "yes"})
    assert answer.status_code == (302 if strict else 422)
    assert [each.subject for each in Mail.objects.filter(to=KID["email"])] == (
        ["You have an account already"] if strict else []
    )
    assert api.sign_in(email=KID["email"], password=grown["password"]).id == str(owner.id)
    with pytest.raises(BadCredentials):
        api.sign_in(email=KID["email"], password=PASSWORD)
    assert not api.is_minor(user=str(owner.id))
    assert not Guardian.objects.exists()


def test_a_guardian_cannot_tell_whose_address_it_was(
    asking, client_of, teacher, stranger, settings
):
    settings.EDU_REQUIRE_VERIFIED_EMAIL = True
    addresses.confirm(User.objects.get(id=teacher.id))
    browser, seen = client_of(teacher), []
    for email in (KID["email"], stranger.email):
        row = wish(email=email)
        answer = browser.post(f"/consent/{key_of(row)}/", {"answer": "yes"}, follow=True)
        seen.append(html.fromstring(answer.content).text_content())
    assert seen[0] == seen[1]
    assert "when its address is confirmed" in seen[0]
    child = api.find(email=KID["email"]).id
    assert not api.may_see(guardian=teacher.id, child=child)
    addresses.confirm(User.objects.get(id=child))
    assert [each.id for each in api.children_of(guardian=teacher.id)] == [child]


def test_without_the_setting_nobody_is_asked(api_of):
    answer = api_of().post("/api/v1/auth/register", {**KID, "birth_year": THIS - 10})
    assert answer.status_code == 201
    assert "birth_year" not in Client().get("/sign-up/").content.decode()


def test_an_administrator_links_and_consents(asking, client_of, teacher, learner):
    root = api.make_admin(email="root@example.org", password=PASSWORD, display_name="Root")
    browser = client_of(root)
    Minor.objects.create(user_id=learner.id)
    who = {"guardian": teacher.id, "child": learner.id}
    assert browser.post("/admin/users/guardian/add/", who).status_code == 302
    assert api.may_see(guardian=teacher.id, child=learner.id)
    assert browser.post("/admin/users/guardian/add/", {**who, "guardian": ""}).status_code == 200
    swapped = {"guardian": learner.id, "child": teacher.id}
    assert browser.post("/admin/users/guardian/add/", swapped).status_code == 200
    link = Guardian.objects.get()
    browser.post(f"/admin/users/guardian/{link.id}/delete/", {"post": "yes"})
    assert not api.may_see(guardian=teacher.id, child=learner.id)
    row = wish()
    chosen = {"action": "consent", "_selected_action": [row.id]}
    browser.post("/admin/users/consentrequest/", chosen)
    assert api.is_minor(user=api.find(email=KID["email"]).id)
