"""What happens while somebody looks elsewhere is told to them, once, and to nobody else."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from edu.analytics import api as analytics
from edu.analytics.models import ReviewCard
from edu.assessments import api as assessments
from edu.courses import api as courses
from edu.courses.data import PERMISSIONS
from edu.multimodal.data import MaterialRead
from edu.orchestrator import api, tasks
from edu.orchestrator.data import NOTIFICATIONS, NoSuchNotification
from edu.orchestrator.logic import notices
from edu.orchestrator.models import Notification
from edu.orchestrator.web.notice_words import ICONS, words
from edu.users import api as users
from edu.users.models import Guardian, Minor

pytestmark = pytest.mark.django_db


def told(person, **more):
    return api.notifications(user=person.id, **more).items


def kinds(person):
    return sorted(each.kind for each in told(person))


def give(person, kind="material_read", thing="1", **more):
    url = more.pop("url", "/materials/1/")
    notices.add([person.id], kind, thing, timezone.now(), url=url, **more)


def test_whoever_brought_a_material_is_told_that_it_is_read(teacher, learner, material):
    notice = next(each for each in told(teacher) if each.kind == "material_read")
    assert notice.title == material.title
    assert notice.url == f"/materials/{material.id}/"
    assert notice.read_at is None
    assert told(learner) == []


def test_a_teacher_is_told_of_objectives_that_wait(work, teacher, learner, material, course):
    waiting = courses.objectives(course=course.id, status="proposed")
    assert waiting
    notice = next(each for each in told(teacher) if each.kind == "objectives_proposed")
    assert notice.count == len(waiting)
    assert notice.url == f"/courses/{course.id}/objectives/"


def test_a_fact_that_comes_twice_makes_one_notice(teacher, course, material):
    before = kinds(teacher)
    api.tell_of_material(fact=MaterialRead(material.id, course.id, teacher.id))
    assert kinds(teacher) == before


def test_nobody_is_told_of_what_is_gone(work, teacher, stranger, course, material):
    Notification.objects.all().delete()
    nowhere = "01900000-0000-7000-8000-000000000000"
    api.tell_of_material(fact=MaterialRead(nowhere, course.id, teacher.id))
    api.tell_of_material(fact=MaterialRead(material.id, course.id, stranger.id))
    assert not Notification.objects.exists()


def test_a_quiz_that_was_made_is_told(work, learner, course, material):
    with work():
        quiz = assessments.request_quiz(
            user=learner.id, course=course.id, size=2, source="generate"
        )
    notice = told(learner)[0]
    assert notice.kind == "quiz_ready"
    assert notice.url == f"/quizzes/{quiz.id}/"
    made = assessments.quiz(user=learner.id, quiz=quiz.id)
    assert notice.count == len(made.items)


def test_a_quiz_that_cannot_be_made_is_told(work, learner, course):
    with work():
        assessments.request_quiz(user=learner.id, course=course.id, size=2, source="generate")
    assert kinds(learner) == ["quiz_failed"]


def test_reviews_are_told_once_a_day(learner):
    now = timezone.now()
    notices.remind(learner.id, 3, now)
    notices.remind(learner.id, 5, now + timedelta(hours=1))
    assert [(each.kind, each.count) for each in told(learner)] == [("reviews_due", 5)]
    api.read_notifications(user=learner.id)
    notices.remind(learner.id, 6, now + timedelta(hours=2))
    assert len(told(learner)) == 1
    notices.remind(learner.id, 7, now + timedelta(hours=30))
    assert [each.count for each in told(learner)] == [7, 5]


def test_the_reminder_goes_to_those_whose_questions_are_due(work, learner, teacher, course):
    item = assessments.add_item(
        user=teacher.id,
        course=course.id,
        kind="short",
        stem="What moves?",
        key={"accept": ["water"]},
    )
    with work():
        quiz = assessments.request_quiz(user=learner.id, course=course.id, size=1)
        assessments.attempt(user=learner.id, quiz=quiz.id, item=item.id, response="salt")
    assert analytics.due_people() == {}
    tasks.remind()
    assert told(learner) == []
    ReviewCard.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    assert analytics.due_people() == {learner.id: 1}
    tasks.remind()
    assert [(each.kind, each.count) for each in told(learner)] == [("reviews_due", 1)]
    assert told(teacher) == []


def test_being_there_is_reading_it(client_of, learner, course):
    give(learner, "quiz_ready", "1", url=f"/courses/{course.id}/people/", title="Cells", count=2)
    give(learner, "quiz_ready", "2", url="/quizzes/2/", title="Cells", count=2)
    browser = client_of(learner)
    assert api.unread(user=learner.id) == 2
    page = browser.get("/courses/").content.decode()
    assert "data-bell-count>2<" in page
    browser.get(f"/courses/{course.id}/people/")
    assert api.unread(user=learner.id) == 1


def test_the_list_leads_to_what_it_tells_of(client_of, learner):
    give(learner, title="<b>Zellen</b>")
    browser = client_of(learner)
    page = browser.get("/notifications/").content.decode()
    assert "“&lt;b&gt;Zellen&lt;/b&gt;” is read" in page
    notice = told(learner)[0]
    assert f'href="/notifications/{notice.id}/"' in page
    answer = browser.get(f"/notifications/{notice.id}/")
    assert answer.url == "/materials/1/"
    assert told(learner)[0].read_at
    assert "Mark all as read" not in browser.get("/notifications/").content.decode()


def test_all_can_be_marked_as_read(client_of, learner, stranger):
    for person in (learner, stranger):
        for each in "123":
            give(person, thing=each)
    assert client_of(learner).post("/notifications/read/").url == "/notifications/"
    assert (api.unread(user=learner.id), api.unread(user=stranger.id)) == (0, 3)


def test_an_empty_list_says_what_will_be_there(client_of, learner):
    assert "Nothing happened yet" in client_of(learner).get("/notifications/").content.decode()


def test_a_notice_is_its_persons_alone(client_of, api_of, learner, stranger):
    give(learner)
    notice = told(learner)[0]
    with pytest.raises(NoSuchNotification):
        api.notification(user=stranger.id, notification=notice.id)
    for wrong in (notice.id, "x", "01900000-0000-7000-8000-000000000000"):
        assert client_of(stranger).get(f"/notifications/{wrong}/").status_code == 404
        url = f"/api/v1/me/notifications/{wrong}/read"
        assert api_of(stranger).post(url).status_code == 404
    assert client_of().get("/notifications/").url.startswith("/sign-in/")
    assert told(learner)[0].read_at is None


def test_programs_list_and_read_them(api_of, learner):
    for each in "12":
        give(learner, thing=each, title="Cells")
    program = api_of(learner)
    found = program.get("/api/v1/me/notifications").json()["results"]
    assert found[0]["text"] == "“Cells” is read. You can ask about it now."
    done = program.post(f"/api/v1/me/notifications/{found[0]['id']}/read").json()
    assert done["read_at"]
    left = program.get("/api/v1/me/notifications?unread=true").json()["results"]
    assert [each["id"] for each in left] == [found[1]["id"]]
    assert program.post("/api/v1/me/notifications/read").json() == {"read": 1}
    assert api_of(None).get("/api/v1/me/notifications").status_code == 401


def test_whose_course_somebody_else_removes_is_told(work, client_of, teacher, learner, course):
    with work():  # by the owner: nobody is told
        courses.remove_course(user=teacher.id, course=course.id)
        courses.restore_course(user=teacher.id, course=course.id)
    assert kinds(teacher) == []
    courses.set_role(user=teacher.id, course=course.id, member=learner.id, role="teacher")
    courses.staff_set_role(role="teacher", permissions=list(PERMISSIONS))
    with work():
        courses.remove_course(user=learner.id, course=course.id)
    assert (kinds(teacher), kinds(learner)) == (["course_removed"], [])
    assert "Somebody else removed your course “Cells”" in words(told(teacher)[0])
    page = client_of(teacher).get(told(teacher)[0].url).content.decode()
    assert f"/courses/{course.id}/restore/" in page
    with work():  # from the admin too
        courses.restore_course(user=teacher.id, course=course.id)
        courses.staff_remove(courses=[course.id], by=learner.id)
    assert kinds(teacher) == ["course_removed"] * 2


def test_a_child_over_whose_no_a_guardian_goes_is_told_once(work, learner, stranger):
    Minor.objects.create(user_id=learner.id)
    link = {"guardian_id": stranger.id, "child_id": learner.id, "made_by": stranger.id}
    Guardian.objects.create(**link, created_at=timezone.now())

    def say(by, given):
        with work():
            users.decide(user=learner.id, purpose="memory", given=given, by=by.id)
        return kinds(learner)

    assert say(stranger, True) == say(stranger, False) == say(stranger, True) == []
    assert say(learner, False) == []
    assert say(stranger, True) == say(stranger, True) == ["consent_overruled"]
    assert "“Remember from one conversation to the next”" in words(told(learner)[0])
    assert told(learner)[0].url == reverse("consents")


def test_every_kind_has_words_and_a_picture(client_of, learner):
    for kind in NOTIFICATIONS:
        give(learner, kind, kind, title="Cells", count=2)
    assert set(ICONS) == set(NOTIFICATIONS)
    assert client_of(learner).get("/notifications/").status_code == 200


def test_a_title_from_right_to_left_does_not_turn_the_sentence(learner):
    give(learner, title="مقدمة")
    assert words(told(learner)[0]).startswith("“\u2068مقدمة\u2069” is read")


def test_they_go_with_their_course_and_with_time(learner, course):
    give(learner, thing="1", course=course.id)
    give(learner, thing="2")
    notices.forget_course(course.id)
    assert [each.course for each in told(learner)] == [None]
    notices.forget_old(timezone.now() + timedelta(days=91))
    assert told(learner) == []
