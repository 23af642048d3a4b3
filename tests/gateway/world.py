"""One of everything, so that a call can be tried on what is there, and whoever may try it."""

from dataclasses import dataclass, field

from django.core.wsgi import get_wsgi_application
from django.utils import timezone

from edu.assessments import api as assessments
from edu.courses import api as courses
from edu.gateway import webhooks
from edu.multimodal import api as multimodal
from edu.orchestrator import api as orchestrator
from edu.orchestrator.logic import notices
from edu.orchestrator.models import Notification
from edu.users import api as users
from tests.cast import PASSWORD

NOWHERE = "0197a3c0-0000-7000-8000-00000000000f"
TEXT = """# Tides

The tide rises and falls twice a day because the Moon pulls the water of the sea. At new moon the Sun
pulls in the same line, and the spring tide is higher. A neap tide comes when they pull across.
"""
QUESTION = {
    "kind": "choice",
    "stem": "What pulls the water of the sea?",
    "options": ["the Moon", "Venus", "the wind", "ships"],
    "key": {"correct": [0]},
}


@dataclass
class World:
    """`ids` of what is there, by the name of the parameter in a path; `headers` of whoever asks."""

    ids: dict[str, list[str]]
    headers: dict[str, dict[str, str]] = field(default_factory=dict)

    def there(self, name):
        """Return the ids for a parameter; one that means nothing where there is no such thing."""
        return self.ids.get(name, [NOWHERE])


def build(work, teacher, learner, course, folder):
    """Make one of everything in the course; done at once, with the stand-in models."""
    path = folder / "tides"
    path.write_text(TEXT)
    with work():
        material = multimodal.add_material(
            user=teacher.id, course=course.id, file_name="tides.md", path=str(path)
        )
        item = assessments.add_item(user=teacher.id, course=course.id, **QUESTION)
    quiz = assessments.show_questions(
        user=learner.id,
        quiz=assessments.request_quiz(user=learner.id, course=course.id, size=1).id,
    )
    attempt = assessments.attempt(user=learner.id, quiz=quiz.id, item=item.id, response="Venus")
    session = orchestrator.start_session(user=learner.id, course=course.id)
    with work():
        turn = orchestrator.ask(user=learner.id, session=session.id, text="Why are there tides?")
    notices.add([teacher.id, learner.id], "material_read", "tides", timezone.now(), url="/")
    objective = courses.add_objective(user=teacher.id, course=course.id, title="Spring tides")
    hook, _secret = webhooks.make(
        teacher.id, course.id, "https://1.1.1.1/", ["material.ready"], timezone.now()
    )
    ids = {
        "attempt": [attempt.id],
        "course": [course.id],
        "item": [item.id],
        "material": [material.id],
        "member": [learner.id, teacher.id],
        "notification": [str(each) for each in Notification.objects.values_list("id", flat=True)],
        "objective": [objective.id],
        "quiz": [quiz.id],
        "session": [session.id],
        "turn": [turn.id],
        "webhook": [str(hook.id)],
        "message": [str(webhooks.ping(hook, timezone.now()).id)],
    }
    return World(ids, {"nobody": {}, "teacher": signed(teacher), "learner": signed(learner)})


def signed(person):
    """Return the headers of a program with this person's token."""
    access = users.issue_tokens(email=person.email, password=PASSWORD).access
    return {"Authorization": f"Bearer {access}"}


def application():
    """The whole front door, in this thread, so that a test's transaction is seen."""
    return get_wsgi_application()
