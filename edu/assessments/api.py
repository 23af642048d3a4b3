"""Items, quizzes, attempts, hints: the one place that knows the keys.

Every function is keyword-only; ids are strings at this door. What a learner's page may see comes back
as Question, never as Item; the key is in an Attempt only when the rule of the quiz's mode allows it.
"""

from typing import Any

from django.db import transaction

from edu.assessments.data import (
    Attempt,
    Hint,
    Item,
    ItemDraft,
    Offered,
    Question,
    Quiz,
    Waiting,
)
from edu.common.pages import Page


def kinds() -> list[str]:
    """Return the names of the item kinds, as in `Item.kind`."""
    raise NotImplementedError


# --- the bank -----------------------------------------------------------------------------------


@transaction.atomic
def add_item(
    *,
    user: str,
    course: str,
    kind: str,
    stem: str,
    key: dict[str, Any],
    options: list[str] | None = None,
    objective: str | None = None,
    explanation: str = "",
) -> Item:
    """Put a teacher's question into the bank, live at once. `key` and `options` as in rest.md; without
    `objective` it gets the course's root. Raise BadItem (fields), Denied for learners."""
    raise NotImplementedError


@transaction.atomic
def change_item(
    *,
    user: str,
    item: str,
    stem: str | None = None,
    key: dict[str, Any] | None = None,
    options: list[str] | None = None,
    objective: str | None = None,
    explanation: str | None = None,
) -> Item:
    """Make the next version of an item; what is None stays. Attempts keep the version they answered."""
    raise NotImplementedError


def item(*, user: str, item: str) -> Item:
    """Return one item with its key, to a teacher of its course. Raise NoSuchItem to strangers."""
    raise NotImplementedError


def items(
    *,
    user: str,
    course: str,
    cursor: str | None = None,
    limit: int = 50,
    source: str = "bank",
    status: str = "live",
) -> Page[Item]:
    """Return a page of a course's items, newest first, to its teachers. `source` is "bank" (which
    takes in generated items that were adopted) or "generated" (made for one quiz); `status` as in Item."""
    raise NotImplementedError


@transaction.atomic
def retire_item(*, user: str, item: str) -> Item:
    """Take an item out of use. Its attempts stay; `restore_item` undoes it."""
    raise NotImplementedError


@transaction.atomic
def restore_item(*, user: str, item: str) -> Item:
    """Put a retired item back into use."""
    raise NotImplementedError


@transaction.atomic
def adopt_item(*, user: str, item: str) -> Item:
    """Put a generated item into the bank for everybody in the course."""
    raise NotImplementedError


@transaction.atomic
def retire_items(*, items: list[str]) -> int:
    """Retire many items at once, for the admin; return how many were live."""
    raise NotImplementedError


def questions(*, items: list[str]) -> dict[str, Question]:
    """Return those of `items` that exist, by id, without their keys (for titles in lists)."""
    raise NotImplementedError


# --- quizzes ------------------------------------------------------------------------------------


@transaction.atomic
def request_quiz(
    *,
    user: str,
    course: str,
    size: int,
    objectives: list[str] | None = None,
    kinds: list[str] | None = None,
    source: str = "bank",
    mode: str = "quiz",
    items: list[str] | None = None,
) -> Quiz:
    """Make a quiz for `user`. "bank": filled at once from live items, those long or never seen first
    (`items` names some that must be in it, as for reviews); "generate": queued, and QuizRequested is
    published for whoever can fill it. Raise Invalid (fields) for what does not fit the course."""
    raise NotImplementedError


def quiz(*, user: str, quiz: str) -> Quiz:
    """THE access rule of quizzes: return `user`'s own quiz, else raise NoSuchQuiz."""
    raise NotImplementedError


def quizzes(*, user: str, course: str, limit: int = 10) -> list[Quiz]:
    """Return `user`'s last quizzes in a course, newest first."""
    raise NotImplementedError


def quiz_plan(*, quiz: str) -> dict[str, Any]:
    """Return what the filler of a quiz needs: quiz, course, user, size, objectives, kinds, mode,
    status, `have` (accepted so far) and `avoid` (stems that it has and that the learner saw lately).
    No access check: for the orchestrator."""
    raise NotImplementedError


@transaction.atomic
def offer(*, course: str, draft: ItemDraft, quiz: str | None = None) -> Offered:
    """Run the gates over `draft`. When all pass it is saved as a generated item, live for `quiz`
    (which gets it as its next question) or, without one, for whoever poses it; when one refuses, it is
    kept as refused with the reasons. A quiz that is full, stopped or not there takes nothing."""
    raise NotImplementedError


@transaction.atomic
def pose(*, user: str, course: str, draft: ItemDraft, mode: str = "check") -> Offered:
    """Offer `draft` as a question to one learner at once: a ready quiz of one item, shown now
    (`Offered.quiz`). Used for the tutor's check questions."""
    raise NotImplementedError


@transaction.atomic
def set_quiz_progress(*, quiz: str, progress: float) -> None:
    """Say how far the making is, 0..1; a queued quiz becomes running. Nothing when it is over."""
    raise NotImplementedError


@transaction.atomic
def finish_quiz(*, quiz: str, note: str = "") -> None:
    """The making is over: ready with what it has, and `note` why it is fewer than asked for (a note is
    written when there is none); failed with `note` when it has nothing. Nothing when it is over."""
    raise NotImplementedError


@transaction.atomic
def fail_quiz(*, quiz: str, error: str) -> None:
    """The making broke; `error` is one plain sentence. What was accepted stays usable: then it is ready."""
    raise NotImplementedError


@transaction.atomic
def cancel_quiz(*, user: str, quiz: str) -> Quiz:
    """The learner does not want to wait. Raise QuizOver when it is not being made any more."""
    raise NotImplementedError


@transaction.atomic
def show_question(*, user: str, quiz: str, item: str) -> Question:
    """Return one question of a quiz as the learner sees it and note when it was first shown."""
    raise NotImplementedError


@transaction.atomic
def show_questions(*, user: str, quiz: str) -> Quiz:
    """Return the quiz with all its questions, and note that all of them were shown."""
    raise NotImplementedError


# --- answers ------------------------------------------------------------------------------------


@transaction.atomic
def attempt(
    *, user: str, quiz: str, item: str, response: Any, seconds: float | None = None
) -> Attempt:
    """Grade `response` (an option's id or text, a list of them, a string, or None for "I don't know")
    and keep it. Publishes AttemptGraded. A response that cannot be read scores 0 with feedback.
    `seconds` is the time on the question as the page measured it; else counted from when it was shown.
    Raise NoSuchQuiz, NoSuchItem, NotReady, AnsweredAlready (mode test)."""
    raise NotImplementedError


def attempt_of(*, user: str, attempt: str) -> Attempt:
    """Return one attempt to whoever made it; raise NoSuchAttempt to all others."""
    raise NotImplementedError


def attempts(
    *,
    user: str,
    course: str | None = None,
    objective: str | None = None,
    quiz: str | None = None,
    limit: int = 50,
) -> list[Attempt]:
    """Return `user`'s attempts, newest first."""
    raise NotImplementedError


@transaction.atomic
def hint(*, user: str, quiz: str, item: str) -> Hint:
    """Climb one rung of the ladder: nudge, idea, similar example, last step, answer; by rule. The key
    stands in none below the last, which counts as having seen it. Mode "test" gives none (KeyClosed)."""
    raise NotImplementedError


@transaction.atomic
def show_key(*, user: str, quiz: str, item: str) -> dict[str, Any]:
    """Return {"key", "text", "explanation"} when the rule allows it (after the first try, or the
    fifth hint; in a test after all are answered), else raise KeyClosed."""
    raise NotImplementedError


def open_question(*, user: str, course: str) -> Question | None:
    """Return the question that `user` was shown last and has not answered, or None. `Question.quiz`
    and `.mode` say where it stands; mode "check" is the tutor's own check question."""
    raise NotImplementedError


@transaction.atomic
def set_aside(*, user: str, course: str) -> int:
    """Put the tutor's unanswered check questions in this course aside; return how many."""
    raise NotImplementedError


def leaks(*, user: str, course: str, text: str) -> bool:
    """Whether `text` would give away the key of a practice or quiz item that `user` has open."""
    raise NotImplementedError


def redact(*, user: str, course: str, text: str) -> str:
    """Return `text` with the key words of `user`'s open items masked by "…"."""
    raise NotImplementedError


# --- a teacher's grades -------------------------------------------------------------------------


def waiting(*, user: str, course: str, limit: int = 50) -> list[Waiting]:
    """Return the responses that wait for a teacher of the course, oldest first."""
    raise NotImplementedError


@transaction.atomic
def accept_points(*, user: str, attempt: str, score: float) -> Attempt:
    """Give `score` (0..1) to a response that waited, as a teacher of its course; publishes
    AttemptGraded. Raise Conflict when it was graded before."""
    raise NotImplementedError


# --- housekeeping -------------------------------------------------------------------------------


@transaction.atomic
def move_objectives(*, course: str, moved: dict[str, str]) -> None:
    """Objectives were merged or dropped: items, open quizzes and attempts go to those that take over."""
    raise NotImplementedError


@transaction.atomic
def forget_course(*, course: str) -> None:
    """Delete all that hangs on a course that is gone for good."""
    raise NotImplementedError


def export_person(*, user: str) -> dict[str, Any]:
    """Return all that is held about a person here, as JSON values."""
    raise NotImplementedError


def _teaches(user: str, row: Any) -> None:
    """Strangers to the course learn nothing: NotFound comes from courses as it is."""
    raise NotImplementedError
