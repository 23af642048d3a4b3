"""Quizzes that other teachers of a course made and did not answer to their end: who writes the questions
there may set them aside, and that is written down where their owner reads it."""

from datetime import datetime

from edu.assessments.data import NoSuchQuiz, NotSetAside, Quiz
from edu.assessments.logic import lookup, moves
from edu.assessments.models import Quiz as QuizRow
from edu.assessments.models import QuizItem
from edu.common.errors import Denied
from edu.common.ids import parse_id
from edu.courses import api as courses
from edu.courses.data import TEACHER, NoSuchCourse, NoSuchMember
from edu.users import api as users

NEED = "edit_items"
MODES = ("quiz", "practice", "review")  # a test stays open, a check is the tutor's
MOST = 20  # in the list


def open_quizzes(user: str, course: str) -> list[Quiz]:
    """Return what other teachers have open in a course, the newest first, without questions. Raises as
    courses.course does."""
    courses.course(user=user, course=course, need=NEED)
    everybody = courses.members(user=user, course=course)
    others = [
        parse_id(each.user) for each in everybody if each.role == TEACHER and each.user != user
    ]
    left = QuizItem.objects.filter(status=QuizItem.Status.OPEN, tries=0)
    rows = QuizRow.objects.filter(
        course=parse_id(course),
        user__in=others,
        mode__in=MODES,
        status=QuizRow.Status.READY,
        id__in=left.values("quiz"),
    )
    return [lookup.bare_quiz(row) for row in rows.order_by("-id")[:MOST]]


def set_aside(user: str, quiz: str, now: datetime) -> Quiz:
    """End the work on a quiz: one's own, or that of another teacher of a course whose questions one
    writes. Raises NoSuchQuiz, NotSetAside."""
    try:
        return moves.set_quiz_aside(user, quiz, now)
    except NoSuchQuiz:
        row = _of_colleague(user, quiz)
    if row.mode not in MODES:
        raise NotSetAside
    return moves.set_quiz_aside(str(row.user), quiz, now)


def note(user: str, ended: Quiz) -> None:
    """Write down that `user` set another's quiz aside; not within the transaction that did."""
    seen = courses.course(user=user, course=ended.course)
    told = {"name": seen.title, "course": seen.id, "quiz": ended.id}
    users.audit(action="quiz-aside", by=user, about=ended.user, detail=told)


def _of_colleague(user: str, quiz: str) -> QuizRow:
    row = lookup.any_quiz_row(quiz)
    try:
        courses.course(user=user, course=str(row.course), need=NEED)
        if courses.member(course=str(row.course), user=str(row.user)).role != TEACHER:
            raise NoSuchQuiz
    except (NoSuchCourse, NoSuchMember, Denied):
        raise NoSuchQuiz from None
    return row
