"""Integrators' programs are told what happens, in a way that they can trust, and nobody else is."""

import base64
import hmac
import ipaddress
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from edu.assessments import api as assessments
from edu.common import vault
from edu.courses import api as courses
from edu.courses.data import CourseRemoved
from edu.events import api as events
from edu.gateway import handlers, tasks, webhooks
from edu.gateway.models import Webhook, WebhookMessage
from edu.multimodal.data import MaterialRead
from tests.gateway.listener import listening
from tests.gateway.world import QUESTION

pytestmark = pytest.mark.django_db
EVENT = "0197a3c5-0b1b-7aa0-8e21-0c8f1f6f2b9f"


@pytest.fixture
def program(settings):
    """The integrator's own program; this site may call it."""
    settings.EDU_WEBHOOK_NETWORKS = (ipaddress.ip_network("127.0.0.0/8"),)
    with listening() as made:
        yield made


@pytest.fixture
def address(course):
    return f"/api/v1/courses/{course.id}/webhooks"


@pytest.fixture
def hook(api_of, teacher, address, program):
    """The teacher's webhook of her course: what making it answered."""
    told = api_of(teacher).post(address, {"url": program.url, "events": ["material.ready"]})
    assert told.status_code == 201, told.json()
    return told.json()


def read(course, person, event=EVENT):
    """A fact that comes from below."""
    fact = MaterialRead("0197a3c1-2d0e-7c1e-8a51-5f0f6f2b9f11", course.id, person.id)
    handlers.material_ready(fact, event=event)


def verified(secret, headers, body):
    """Check a message as any library of Standard Webhooks does; return what it says."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mine = base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
    assert f"v1,{mine}" in headers["webhook-signature"].split(" ")
    assert abs(int(headers["webhook-timestamp"]) - timezone.now().timestamp()) < 300
    return json.loads(body)


class TestTelling:
    def test_a_program_is_told_and_can_check_who_tells_it(
        self, work, hook, program, course, teacher
    ):
        with work():
            read(course, teacher)
        _path, headers, body = program.heard[0]
        told = verified(hook["secret"], headers, body)
        assert headers["webhook-id"] == EVENT
        assert told["type"] == "material.ready"
        assert told["data"]["course"] == course.id

    def test_another_body_or_time_does_not_fit_the_signature(self, hook):
        row = Webhook.objects.get()
        key = row.secret
        now = timezone.now()
        right = webhooks.headers("1", now, key, b"{}")["webhook-signature"]
        others = [
            webhooks.headers("2", now, key, b"{}"),
            webhooks.headers("1", now + timedelta(seconds=1), key, b"{}"),
            webhooks.headers("1", now, key, b"[]"),
        ]
        assert all(each["webhook-signature"] != right for each in others)

    def test_a_fact_that_comes_twice_is_told_once(self, work, hook, program, course, teacher):
        with work():
            read(course, teacher)
        with work():
            read(course, teacher)
        assert len(program.heard) == 1

    def test_only_what_was_chosen_is_told(self, work, hook, program, course, teacher):
        with work():
            courses.add_objective(user=teacher.id, course=course.id, title="Turgor")
            events.deliver_due()
        assert program.heard == []

    def test_a_grade_reaches_the_teachers_program(
        self, work, api_of, address, program, teacher, learner, course
    ):
        hook = api_of(teacher).post(address, {"url": program.url, "events": ["attempt.graded"]})
        with work():
            item = assessments.add_item(user=teacher.id, course=course.id, **QUESTION)
            quiz = assessments.request_quiz(user=learner.id, course=course.id, size=1)
            assessments.show_questions(user=learner.id, quiz=quiz.id)
            assessments.attempt(user=learner.id, quiz=quiz.id, item=item.id, response="the Moon")
        told = verified(hook.json()["secret"], *program.heard[0][1:])
        assert told["data"]["user"] == learner.id
        assert told["data"]["score"] == 1.0

    def test_people_are_told_about_themselves_alone(
        self, work, api_of, program, teacher, learner, course
    ):
        body = {"url": program.url, "events": ["material.ready"]}
        api_of(learner).post("/api/v1/me/webhooks", body)
        with work():
            read(course, teacher)
        assert program.heard == []
        with work():
            read(course, learner, event="another")
        assert len(program.heard) == 1

    def test_whoever_teaches_no_more_is_told_no_more(
        self, work, api_of, hook, program, course, teacher, learner
    ):
        courses.set_role(user=teacher.id, course=course.id, member=learner.id, role="owner")
        courses.set_role(user=learner.id, course=course.id, member=teacher.id, role="learner")
        with work():
            read(course, learner)
        assert program.heard == []

    def test_a_course_that_is_gone_takes_its_webhooks_along(self, hook, course):
        handlers.course_removed(CourseRemoved(course.id), event=EVENT)
        assert not Webhook.objects.exists()


class TestFailing:
    def attempt(self, now):
        """Let the time come for the one message; return its row."""
        row = WebhookMessage.objects.get()
        webhooks.send(row.id, now)
        row.refresh_from_db()
        return row

    def test_what_is_not_taken_is_tried_again_ever_later(self, hook, program, course, teacher):
        program.answer = 500
        read(course, teacher)
        now, waits = timezone.now(), []
        for _ in webhooks.WAITS:
            row = self.attempt(now)
            waits.append((row.due_at - now).total_seconds())
            now = row.due_at
        assert waits == list(webhooks.WAITS)
        assert row.status == "queued"
        assert self.attempt(now).status == "failed"
        assert [each["status"] for each in row.attempts] == [500] * len(webhooks.WAITS)

    def test_it_is_not_tried_before_its_time(self, hook, program, course, teacher):
        program.answer = 500
        read(course, teacher)
        now = timezone.now()
        self.attempt(now)
        self.attempt(now + timedelta(seconds=1))
        assert len(program.heard) == 1

    def test_the_sweep_finds_what_waits(self, work, hook, program, course, teacher):
        read(course, teacher)
        with work():
            tasks.sweep_webhooks()
        assert len(program.heard) == 1
        assert WebhookMessage.objects.get().status == "delivered"

    def test_a_worker_that_died_holds_a_message_for_a_minute(self, hook, course, teacher):
        read(course, teacher)
        row, now = WebhookMessage.objects.get(), timezone.now()
        WebhookMessage.objects.filter(id=row.id).update(due_at=now + webhooks.LEASE)
        assert webhooks.due(now) == []
        assert webhooks.due(now + webhooks.LEASE) == [row.id]

    def test_after_five_days_without_success_it_is_turned_off(self, hook, program, course, teacher):
        program.answer = 503
        read(course, teacher)
        now = timezone.now()
        self.attempt(now)
        row = Webhook.objects.get()
        assert (row.active, row.failing_since) == (True, now)
        WebhookMessage.objects.update(due_at=now)
        self.attempt(now + webhooks.GIVE_UP + timedelta(seconds=1))
        row.refresh_from_db()
        assert (row.active, row.stopped) == (False, "failing")
        read(course, teacher, event="another")
        assert WebhookMessage.objects.count() == 1

    def test_one_success_clears_the_record(self, hook, program, course, teacher):
        program.answer = 503
        read(course, teacher)
        now = timezone.now()
        row = self.attempt(now)
        program.answer = 200
        assert self.attempt(row.due_at).status == "delivered"
        assert Webhook.objects.get().failing_since is None

    def test_who_answers_gone_is_not_called_again(self, hook, program, course, teacher):
        program.answer = 410
        read(course, teacher)
        self.attempt(timezone.now())
        assert (Webhook.objects.get().active, Webhook.objects.get().stopped) == (False, "gone")

    def test_an_address_that_leads_inside_by_then_is_not_called(
        self, hook, program, course, teacher, settings
    ):
        settings.EDU_WEBHOOK_NETWORKS = ()
        read(course, teacher)
        row = self.attempt(timezone.now())
        assert program.heard == []
        assert row.attempts[0]["status"] is None
        assert "public" in row.attempts[0]["error"]

    def test_old_messages_are_forgotten(self, hook, course, teacher):
        read(course, teacher)
        assert webhooks.forget(timezone.now()) == 0
        assert webhooks.forget(timezone.now() + webhooks.KEEP + timedelta(days=1)) == 1


class TestCalls:
    def test_the_secret_is_told_once_and_kept_encrypted(self, api_of, teacher, hook):
        key = base64.b64decode(hook["secret"].removeprefix("whsec_"))
        assert len(key) == 32
        assert vault.is_sealed(Webhook.objects.values_list("secret", flat=True).get())
        again = api_of(teacher).get(f"/api/v1/webhooks/{hook['id']}").json()
        assert "secret" not in again

    def test_a_new_secret_signs_from_then_on(self, work, api_of, teacher, hook, program, course):
        new = api_of(teacher).post(f"/api/v1/webhooks/{hook['id']}/secret").json()["secret"]
        assert new != hook["secret"]
        with work():
            read(course, teacher)
        verified(new, *program.heard[0][1:])

    def test_strangers_and_learners_see_none(
        self, api_of, learner, stranger, teacher, hook, address, course
    ):
        one = f"/api/v1/webhooks/{hook['id']}"
        body = {"url": "https://1.1.1.1/", "events": ["material.ready"]}
        assert api_of(stranger).post(address, body).status_code == 404
        assert api_of(learner).post(address, body).status_code == 403
        for other in (stranger, learner):
            theirs = api_of(other)
            assert theirs.get(one).status_code == 404
            assert theirs.patch(one, {"active": False}).status_code == 404
            assert theirs.delete(one).status_code == 404
            assert theirs.post(f"{one}/secret").status_code == 404
            assert theirs.get(f"{one}/messages").status_code == 404
        courses.set_role(user=teacher.id, course=course.id, member=learner.id, role="teacher")
        assert api_of(learner).get(one).status_code == 404
        assert Webhook.objects.get().active

    @pytest.mark.parametrize(
        ("field", "body"),
        [
            ("url", {"url": "https://127.0.0.1/", "events": ["material.ready"]}),
            ("url", {"url": "http://1.1.1.1/", "events": ["material.ready"]}),
            ("url", {"url": "https://169.254.169.254/latest", "events": ["material.ready"]}),
            ("url", {"url": "https://1.1.1.1/#f", "events": ["material.ready"]}),
            ("events", {"url": "https://1.1.1.1/", "events": []}),
            ("events", {"url": "https://1.1.1.1/", "events": ["turn.finished"]}),
            ("events.0", {"url": "https://1.1.1.1/", "events": ["course.burnt"]}),
        ],
    )
    def test_what_cannot_be_told_is_refused(self, api_of, teacher, address, field, body):
        told = api_of(teacher).post(address, body)
        assert told.status_code == 400
        assert told.json()["errors"][0]["field"] == field
        assert not Webhook.objects.exists()

    def test_a_try_and_a_replay_have_the_id_of_the_message(
        self, work, api_of, teacher, hook, program
    ):
        mine, one = api_of(teacher), f"/api/v1/webhooks/{hook['id']}"
        with work():
            tried = mine.post(f"{one}/ping")
        assert tried.status_code == 202
        with work():
            again = mine.post(f"{one}/messages/{tried.json()['id']}/replay")
        assert again.status_code == 202
        ids = [headers["webhook-id"] for _path, headers, _body in program.heard]
        assert ids == [tried.json()["event"]] * 2
        seen = mine.get(f"{one}/messages").json()["results"][0]
        assert seen["status"] == "delivered"
        assert [each["status"] for each in seen["attempts"]] == [204, 204]

    def test_what_is_turned_off_is_told_nothing_until_it_is_on(
        self, work, api_of, teacher, hook, program, course
    ):
        mine, one = api_of(teacher), f"/api/v1/webhooks/{hook['id']}"
        assert mine.patch(one, {"active": False}).json()["active"] is False
        assert mine.post(f"{one}/ping").status_code == 409
        with work():
            read(course, teacher)
        assert program.heard == []
        mine.patch(one, {"active": True})
        with work():
            read(course, teacher)
        assert len(program.heard) == 1

    def test_there_is_an_end_to_how_many(self, api_of, teacher, hook, address, program):
        row = Webhook.objects.get()
        for _ in range(webhooks.MOST - 1):
            row.pk = webhooks.new_id()
            row.save(force_insert=True)
        body = {"url": program.url, "events": ["material.ready"]}
        assert api_of(teacher).post(address, body).status_code == 409

    def test_it_is_removed_with_its_messages(self, api_of, teacher, hook, course, address):
        read(course, teacher)
        assert api_of(teacher).delete(f"/api/v1/webhooks/{hook['id']}").status_code == 204
        assert not WebhookMessage.objects.exists()
        assert api_of(teacher).get(address).json()["results"] == []
