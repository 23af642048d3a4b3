"""Sets the demo up through the same apis that people use, each part only where it is missing: a start
that was cut off is made whole by the next one."""

import logging
import secrets
import tempfile
from pathlib import Path

from edu.assessments import api as assessments
from edu.assessments.data import Question
from edu.courses import api as courses
from edu.courses.data import Course
from edu.inference import api as inference
from edu.inference.data import ModelUnavailable
from edu.multimodal import api as multimodal
from edu.orchestrator.logic.demo import lesson
from edu.orchestrator.logic.demo.bank import ENTRIES, Entry
from edu.users import api as users

log = logging.getLogger(__name__)

HOME = Path(__file__).parent
TEACHER = "teacher@demo.localhost"
LEARNER = "learner@demo.localhost"
SECOND = "learner2@demo.localhost"
PEOPLE = [
    ("teacher", TEACHER, "Demo teacher"),
    ("learner", LEARNER, "Demo learner"),
    ("learner", SECOND, "Second demo learner"),
]
DESCRIPTION = "A short course to try edu with: one text, its slides, one talk."
# Which goals each demo learner gets right, in the order of lesson.GOALS: one is on the way, the other
# has only begun. Wrong answers are as much part of a history as right ones.
STRENGTHS = {LEARNER: (1, 1, 1, 1, 0, 0), SECOND: (1, 0, 1, 0, 0, 0)}


def set_up() -> list[dict[str, str]]:
    """Make what is missing; return {"role", "email", "password"} of accounts made now."""
    made = []
    for role, email, name in PEOPLE:
        if users.find(email=email) is None:
            password = secrets.token_urlsafe(12)
            users.register(email=email, password=password, display_name=name)
            made.append({"role": role, "email": email, "password": password})
    teacher = _id(TEACHER)
    course = find()
    if course is None:
        # Only a new teacher gets the course: one who removed it does not want it back.
        if not any(account["email"] == TEACHER for account in made):
            return made
        course = courses.create_course(user=teacher, title=lesson.TITLE, description=DESCRIPTION)
    goals = _objectives(teacher, course.id)
    _bank(teacher, course.id, goals)
    _materials(teacher, course.id)
    for email in (LEARNER, SECOND):
        _history(email, course, goals)
    return made


def find() -> Course | None:
    """Return the demo course as its teacher sees it; None when there is none."""
    teacher = users.find(email=TEACHER)
    if teacher is None:
        return None
    for course in courses.courses_of(user=teacher.id).items:
        if course.title == lesson.TITLE:
            return course
    return None


def _id(email: str) -> str:
    person = users.find(email=email)
    if person is None:
        raise LookupError(email)
    return person.id


def _objectives(teacher: str, course: str) -> dict[str, str]:
    """Return the objectives' ids by title."""
    known = {each.title: each.id for each in courses.objectives(course=course)}
    for goal in lesson.GOALS:
        if goal.title not in known:
            made = courses.add_objective(
                user=teacher,
                course=course,
                title=goal.title,
                description=goal.description,
                prerequisites=[known[need] for need in goal.needs],
            )
            known[goal.title] = made.id
    return known


def _bank(teacher: str, course: str, goals: dict[str, str]) -> None:
    known = {item.stem for item in assessments.items(user=teacher, course=course).items}
    for entry in ENTRIES:
        if entry.stem not in known:
            assessments.add_item(
                user=teacher,
                course=course,
                kind=entry.kind,
                stem=entry.stem,
                key=entry.key,
                options=entry.options or None,
                objective=goals[entry.goal],
                explanation=entry.why,
            )


def _materials(teacher: str, course: str) -> None:
    """Bring the text, the slides, and the talk as the text-to-speech model speaks it."""
    known = {each.title for each in multimodal.materials(user=teacher, course=course).items}
    for name, title in (
        ("diffusion-and-osmosis.pdf", lesson.TITLE),
        ("diffusion-and-osmosis.pptx", f"{lesson.TITLE}: slides"),
    ):
        if title not in known:
            multimodal.add_material(
                user=teacher, course=course, file_name=name, path=str(HOME / name), title=title
            )
    if lesson.TALK_TITLE in known:
        return
    try:
        wav = inference.speak(text=lesson.TALK).wav
    except ModelUnavailable as error:
        log.warning("the demo has no talk until the next start: %s", error.detail)
        return
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        file.write(wav)
        file.flush()
        multimodal.add_material(
            user=teacher,
            course=course,
            file_name="limp-lettuce.wav",
            path=file.name,
            title=lesson.TALK_TITLE,
        )


def _history(email: str, course: Course, goals: dict[str, str]) -> None:
    """Let a demo learner join and take two quizzes from the bank."""
    user = _id(email)
    if course.join_code and course.id not in courses.courses_by_id(courses=[course.id], user=user):
        courses.join(user=user, join_code=course.join_code)
    if assessments.attempts(user=user, course=course.id, limit=1):
        return
    knows = {
        goals[goal.title]: bool(strong)
        for goal, strong in zip(lesson.GOALS, STRENGTHS[email], strict=True)
    }
    entries = {entry.stem: entry for entry in ENTRIES}
    for _ in range(2):
        quiz = assessments.request_quiz(user=user, course=course.id, size=6)
        for question in quiz.items:
            entry = entries.get(question.stem)
            if entry is None:
                continue
            right = knows.get(question.objective, False)
            shown = assessments.show_question(user=user, quiz=quiz.id, item=question.id)
            assessments.attempt(
                user=user, quiz=quiz.id, item=question.id, response=_response(entry, shown, right)
            )


def _response(entry: Entry, question: Question, right: bool) -> object:
    """Return a right or a wrong response to one question."""
    if entry.kind == "choice":
        wanted = {entry.options[at] for at in entry.key["correct"]}
        ids = {option.text: option.id for option in question.options}
        if right:
            return [ids[text] for text in wanted]
        return [next(each for text, each in ids.items() if text not in wanted)]
    if not right:
        return None  # an honest "I don't know"
    if entry.kind == "number":
        return f"{entry.key['value']} {entry.key.get('unit', '')}".strip()
    if entry.kind == "short":
        return entry.key["accept"][0]
    return entry.key["blanks"][0][0]
