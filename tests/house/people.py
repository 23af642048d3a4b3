"""The world of the access matrix: two courses with one of everything, and whoever may come to the door.

It is made once; each call is tried in a savepoint of its own, which is then taken back.
"""

import io
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client, TestCase, override_settings
from django.utils import timezone
from oauth2_provider.models import AccessToken, Application
from PIL import Image

from edu.assessments import api as assessments
from edu.celery import app
from edu.courses import api as courses
from edu.courses.models import Objective
from edu.gateway import webhooks
from edu.inference import api as inference
from edu.multimodal import api as multimodal
from edu.multimodal.models import Passage
from edu.orchestrator import api as orchestrator
from edu.orchestrator.logic import notices
from edu.orchestrator.models import Notification
from edu.users import api as users
from edu.users.data import SCOPES
from edu.users.logic import access
from edu.users.models import TokenFamily
from tests.cast import PASSWORD, sign_up
from tests.gateway.world import QUESTION, TEXT

NOBODY, LEARNER, TEACHER, ADMIN = "nobody", "learner", "teacher", "admin"
ASSISTANT, OBSERVER, AUDITOR = "assistant", "observer", "auditor"
OTHER_LEARNER, OTHER_TEACHER = "learner of another course", "teacher of another course"
LEFT, BLOCKED = "who has left the course", "blocked account"
EXPIRED, WRONG_SCOPE = "expired token", "token of another scope"

QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@dataclass
class World:
    """`things`: by the name of a parameter, the id of what stands in the course; `foreign`: of what
    stands in another; `own`: who -> what is theirs alone."""

    people: dict[str, str]
    things: dict[str, str]
    foreign: dict[str, str]
    own: dict[str, dict[str, str]]
    browsers: dict[str, Client]
    tokens: dict[str, str]
    expired: dict[str, str]
    limited: dict[tuple[str, str], str] = field(default_factory=dict)

    def of(self, who):
        """Return the ids that `who` tries: those of the course, and their own where they have some."""
        return {**self.things, **self.own.get(who, {})}

    def token_without(self, who, scope):
        """Return a personal token of `who` with every scope but one."""
        if (who, scope) not in self.limited:
            others = [each for each in SCOPES if each != scope]
            made = users.make_token(user=self.people[who], name="A script", scopes=others, days=1)
            self.limited[who, scope] = made.token
        return self.limited[who, scope]


@contextmanager
def _done_at_once():
    before = app.conf.task_always_eager
    app.conf.task_always_eager = True
    try:
        with TestCase.captureOnCommitCallbacks(execute=True):
            yield
    finally:
        app.conf.task_always_eager = before


def _photo():
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(file, "PNG")
    return file.getvalue()


def build(folder):
    """Make it all, in the transaction that is open."""
    with override_settings(PASSWORD_HASHERS=QUICK):
        return _build(folder)


def _build(folder):
    names = (LEARNER, TEACHER, OTHER_LEARNER, OTHER_TEACHER, LEFT, BLOCKED)
    names += (ASSISTANT, OBSERVER, AUDITOR)
    cast = {each: sign_up(each.replace(" ", "-")) for each in names}
    cast[ADMIN] = users.make_admin(
        email="admin@example.org", password=PASSWORD, display_name="Admin"
    )
    things, own = _course(cast[TEACHER], [cast[LEARNER], cast[LEFT], cast[BLOCKED]], folder)
    for each in (ASSISTANT, OBSERVER):
        who, place = {"user": cast[TEACHER].id, "course": things["course"]}, cast[each].id
        courses.join(user=place, join_code=things["join_code"])
        courses.set_role(**who, member=place, role=each)
    get_user_model().objects.filter(id=cast[AUDITOR].id).update(site_roles=["auditor"])
    foreign, others = _course(cast[OTHER_TEACHER], [cast[OTHER_LEARNER]], folder)
    people = {who: person.id for who, person in cast.items()}
    world = World(
        people,
        {**things, **own[people[LEARNER]]},
        {**foreign, **others[people[OTHER_LEARNER]], "member": people[OTHER_LEARNER]},
        {LEFT: own[people[LEFT]], BLOCKED: own[people[BLOCKED]]},
        {NOBODY: Client()} | {who: _browser(id) for who, id in people.items()},
        {},
        {},
    )
    world.things |= _private(cast[LEARNER], folder) | {"member": people[LEARNER]}
    for place, who in ((world.things, TEACHER), (world.foreign, OTHER_TEACHER)):
        made = courses.add_pupils(
            user=people[who], course=place["course"], names=["Olena"], purposes=[]
        )
        place["pupil"] = made[0].user
        place["child"] = people[LEARNER]  # of whom nobody here is the guardian
        place["wish"] = users.ask_consent(
            email=f"{who.replace(' ', '-')}-class@example.org",
            password=PASSWORD,
            display_name="Ivanko",
            birth_year=2020,
            class_code=courses.course(user=people[who], course=place["course"]).join_code,
        ).id
    world.foreign |= _private(cast[OTHER_LEARNER], folder)
    world.things |= _hook(cast[TEACHER], things["course"])
    world.foreign |= _hook(cast[OTHER_TEACHER], foreign["course"])
    for who, person in cast.items():
        world.tokens[who] = users.issue_tokens(email=person.email, password=PASSWORD).access
        family = TokenFamily.objects.filter(user_id=person.id).latest("id")
        long_ago = timezone.now() - timedelta(days=1)
        world.expired[who] = access.make(family.user_id, family.id, long_ago)
    _leave(world, cast)
    get_user_model().objects.filter(id=people[BLOCKED]).update(is_active=False)
    return world


def _leave(world, cast):
    """One has left who was a teacher for a while, and had a webhook."""
    who, place = {"user": cast[TEACHER].id, "course": world.things["course"]}, cast[LEFT].id
    courses.set_role(**who, member=place, role="teacher")
    world.own[LEFT] |= _hook(cast[LEFT], world.things["course"])
    courses.set_role(**who, member=place, role="learner")
    courses.leave(user=place, course=world.things["course"])


def _course(teacher, learners, folder):
    """A course with one of everything -> its things, and what each learner has there."""
    made = courses.create_course(user=teacher.id, title="Tides", description="Of the sea.")
    courses.update_course(user=teacher.id, course=made.id, teachers_see_talks=True)
    path = folder / "tides"
    path.write_text(TEXT)
    with _done_at_once():
        material = multimodal.add_material(
            user=teacher.id, course=made.id, file_name="tides.md", path=str(path)
        )
        item = assessments.add_item(user=teacher.id, course=made.id, **QUESTION)
    objective = courses.add_objective(user=teacher.id, course=made.id, title="Spring tides")
    # What a reader of materials would have proposed.
    proposed = courses.add_objective(user=teacher.id, course=made.id, title="Neap tides")
    Objective.objects.filter(id=proposed.id).update(status="proposed")
    things = {
        "course": made.id,
        "proposed": proposed.id,
        "join_code": made.join_code,
        "material": material.id,
        "passage": str(Passage.objects.filter(material_id=material.id).first().id),
        "figure": "0197a3c9-2c11-7a60-9c1e-2b1f0f6f2b11",  # in a text there are none
        "cue": "1000",  # of a recording: of a text there are none
        "upload": "01979e00-0000-7000-8000-000000000001",  # none is on its way
        "earlier": "01979e00-0000-7000-8000-000000000000",  # a file of before: it was never replaced
        "item": item.id,
        "objective": objective.id,
    }
    own = {}
    for each in learners:
        courses.join(user=each.id, join_code=made.join_code)
        own[each.id] = _learnt(each, made.id, item.id)
    return things, own


def _learnt(learner, course, item):
    """What a learner does in a course."""
    quiz = assessments.request_quiz(user=learner.id, course=course, size=1)
    assessments.show_questions(user=learner.id, quiz=quiz.id)
    with _done_at_once():
        attempt = assessments.attempt(user=learner.id, quiz=quiz.id, item=item, response="Venus")
    session = orchestrator.start_session(user=learner.id, course=course)
    sound = inference.speak(text="Why are there tides?").wav
    with _done_at_once():
        turn = orchestrator.ask(
            user=learner.id, session=session.id, image=_photo(), audio=sound, aloud=True
        )
    return {"quiz": quiz.id, "attempt": attempt.id, "session": session.id, "turn": turn.id}


def _private(person, folder):
    """What is a person's own, in no course."""
    notices.add([person.id], "material_read", "tides", timezone.now(), url="/courses/")
    path = folder / "sound"
    path.write_bytes(inference.speak(text="The tide rises.").wav)
    with _done_at_once():
        heard = multimodal.start_transcription(
            user=person.id, file_name="sound.wav", path=str(path)
        )
        said = multimodal.start_speech(user=person.id, text="The tide rises.")
    token = users.make_token(user=person.id, name="Script", scopes=["profile"], days=2)
    return {
        "notification": str(Notification.objects.filter(user=person.id).first().id),
        "transcription": heard.id,
        "speech": said.id,
        "token": str(next(iter(users.tokens_of(user=person.id).items)).id),
        "secret": token.token,
        "program": _program(person),
        "device": _device(person),
    }


def _program(person):
    made = Application.objects.create(
        name=f"Reader of {person.display_name}",
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
        redirect_uris="https://reader.example.org/back",
    )
    AccessToken.objects.create(
        user_id=person.id,
        application=made,
        token=f"token-of-{person.id}",
        scope="profile",
        expires=timezone.now() + timedelta(hours=1),
    )
    return str(users.programs_of(user=person.id)[0].id)


def _device(person):
    browser = Client()
    browser.post("/sign-in/", {"email": person.email, "password": PASSWORD})
    browser.get("/profile/")
    return users.security(user=person.id).devices[0].id


def _hook(teacher, course):
    row, _secret = webhooks.make(
        teacher.id, course, "https://1.1.1.1/", ["material.ready"], timezone.now()
    )
    return {"webhook": str(row.id), "message": str(webhooks.ping(row, timezone.now()).id)}


def _browser(user):
    client = Client(raise_request_exception=False)
    client.force_login(
        get_user_model().objects.get(id=user), "edu.users.web.backends.CountingBackend"
    )
    return client


@contextmanager
def taken_back():
    """Do something that leaves nothing behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
