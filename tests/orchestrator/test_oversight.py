"""What teachers read of what learners say to the tutor: where the course says so, and the learner knows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from edu.common.errors import NotFound
from edu.courses import api as courses
from edu.courses.data import NoSuchCourse, NoSuchMember, NotTeacher, TalksClosed
from edu.orchestrator import api
from edu.orchestrator.models import Session, Turn
from edu.users import api as users
from edu.users.models import AuditRecord
from tests.cast import sign_up

pytestmark = pytest.mark.django_db
TOLD = "may read what you say here"


def said(learner, course, text, ago=timedelta(0)):
    """A talk of one question, some time ago."""
    at = timezone.now() - ago
    about = {"user": learner.id, "course": course.id, "created_at": at}
    row = Session.objects.create(**about, title=text, status="open", turn_count=1, updated_at=at)
    words = {"text": text, "answer": "So it is.", "image_key": "photo", "image_type": "image/png"}
    Turn.objects.create(**about, **words, session=row, ordinal=1, status="ready")
    return row


@pytest.fixture
def opened(teacher, course):
    """The switch of the course is on."""
    return courses.update_course(user=teacher.id, course=course.id, teachers_see_talks=True)


def look(user, course, learner, **more):
    return api.sessions_of_learner(user=user.id, course=course.id, learner=learner.id, **more)


def test_nobody_reads_along_unless_the_course_says_so(teacher, learner, stranger, course):
    said(learner, course, "What is osmosis?")
    for person, error in ((teacher, TalksClosed), (learner, NotTeacher), (stranger, NoSuchCourse)):
        with pytest.raises(error):
            look(person, course, learner)
    assert not AuditRecord.objects.filter(action="talks-seen").exists()


@pytest.mark.parametrize(("role", "error"), [("assistant", NotTeacher), ("observer", NotTeacher)])
def test_only_teachers_read_and_only_what_learners_say(
    teacher, learner, stranger, opened, role, error
):
    courses.join(user=stranger.id, join_code=opened.join_code)
    courses.set_role(user=teacher.id, course=opened.id, member=stranger.id, role=role)
    with pytest.raises(error):
        look(stranger, opened, learner)
    with pytest.raises(NoSuchMember):  # of those who do not learn nobody reads
        look(teacher, opened, stranger)
    with pytest.raises(NoSuchMember):
        look(teacher, opened, sign_up("Gerda"))


def test_what_was_said_before_stays_with_the_learner(teacher, learner, opened):
    old = said(learner, opened, "A secret", ago=timedelta(hours=1))
    new = said(learner, opened, "What is osmosis?")
    assert [each.title for each in look(teacher, opened, learner).items] == ["What is osmosis?"]
    ask = {"user": teacher.id, "course": opened.id, "learner": learner.id}
    page = api.turns_of_learner(**ask, session=str(new.id))
    assert [(each.text, each.image_url) for each in page.items] == [("What is osmosis?", None)]
    with pytest.raises(NotFound):
        api.turns_of_learner(**ask, session=str(old.id))
    # It goes on: what is added is read, its old name and its old words are not.
    Turn.objects.create(
        user=learner.id,
        course=opened.id,
        session=old,
        ordinal=2,
        created_at=timezone.now(),
        text="And?",
    )
    assert {each.title for each in look(teacher, opened, learner).items} == {"", "What is osmosis?"}
    page = api.turns_of_learner(**ask, session=str(old.id))
    assert [each.text for each in page.items] == ["And?"]


def test_each_look_is_written_down_and_the_learner_reads_it(
    client_of, api_of, teacher, learner, opened
):
    row = said(learner, opened, "What is osmosis?")
    place, program = f"/courses/{opened.id}/people/{learner.id}/talks/", api_of(teacher)
    browser = client_of(teacher)
    assert b"What is osmosis?" in browser.get(place).content
    page = browser.get(f"{place}{row.id}/").content
    assert b"So it is." in page
    assert b"<form" not in page.split(b"<main")[1].split(b"</main>")[0]
    calls = f"/api/v1/courses/{opened.id}/members/{learner.id}/sessions"
    assert len(program.get(calls).json()["results"]) == 1
    assert program.get(f"{calls}/{row.id}/turns").json()["results"][0]["text"] == "What is osmosis?"
    records = AuditRecord.objects.filter(action="talks-seen", about=learner.id, actor=teacher.id)
    assert records.count() == 4
    history = client_of(learner).get("/profile/history/").content
    assert b"What you said to the tutor was looked at" in history
    assert b"by Tamara" in history


def test_the_learner_is_told_on_the_page_whenever_the_switch_is_on(
    client_of, teacher, learner, course
):
    row, browser = said(learner, course, "What is osmosis?"), client_of(learner)
    pages = [f"/tutor/{row.id}/", f"/tutor/{row.id}/about/", f"/courses/{course.id}/tutor/"]
    assert all(TOLD not in browser.get(each).content.decode() for each in pages)
    settings = {"title": course.title, "teachers_see_talks": "on"}
    client_of(teacher).post(f"/courses/{course.id}/settings/", settings)
    assert all(TOLD in browser.get(each).content.decode() for each in pages)
    assert api_says(client_of(learner), course)
    client_of(teacher).post(f"/courses/{course.id}/settings/", {"title": course.title})
    assert all(TOLD not in browser.get(each).content.decode() for each in pages)
    with pytest.raises(TalksClosed):
        look(teacher, course, learner)


def api_says(browser, course):
    return browser.get(f"/api/v1/courses/{course.id}").json()["teachers_see_talks"]


def test_the_way_there_is_shown_only_while_it_is_open(client_of, teacher, learner, course):
    link, browser = f"/people/{learner.id}/talks/", client_of(teacher)
    pages = [f"/courses/{course.id}/people/", f"/courses/{course.id}/insights/"]
    assert all(link not in browser.get(each).content.decode() for each in pages)
    assert browser.get(f"/courses/{course.id}{link}").status_code == 403
    courses.update_course(user=teacher.id, course=course.id, teachers_see_talks=True)
    assert all(link in browser.get(each).content.decode() for each in pages)
    assert users.history(user=learner.id).items == []
