"""Items, quizzes, attempts, hints: the one place that knows the keys.

Every function is keyword-only; ids are strings at this door. What a learner's page may see comes back
as Question, never as Item; the key is in an Attempt only when the rule of the quiz's mode allows it.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone

from edu.assessments.data import (
    Attempt,
    Hint,
    Item,
    ItemDraft,
    NoSuchAttempt,
    NoSuchItem,
    Offered,
    Question,
    Quiz,
    Recall,
    Resting,
    Waiting,
)
from edu.assessments.logic import (
    attempts as attempt_logic,
)
from edu.assessments.logic import (
    bank,
    colleagues,
    draw,
    fill,
    held,
    hints,
    leak,
    lookup,
    moves,
    recall,
    resting,
    review,
)
from edu.common import held as holding
from edu.common.held import Kind, Personal
from edu.common.ids import parse_id
from edu.common.pages import Page
from edu.courses import api as courses
from edu.courses.data import NoSuchCourse
from edu.users import api as users


def kinds() -> list[str]:
    """Return the names of the item kinds, as in `Item.kind`."""
    return bank.kind_names()


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
    courses.course(user=user, course=course, need="edit_items")
    draft = ItemDraft(
        kind=kind,
        stem=stem,
        key=key,
        options=list(options or []),
        objective=objective,
        explanation=explanation,
    )
    return bank.add(user, course, draft)


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
    row = lookup.item_row(item, lock=True)
    _teaches(user, row)
    return bank.change(user, row, stem, key, options, objective, explanation)


def item(*, user: str, item: str) -> Item:
    """Return one item with its key, to a teacher of its course. Raise NoSuchItem to strangers."""
    row = lookup.item_row(item)
    _teaches(user, row)
    return lookup.item(row)


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
    courses.course(user=user, course=course, need="edit_items")
    return lookup.items(course, cursor, limit, source, status)


def resting_on(*, user: str, course: str, passages: list[str]) -> list[Resting]:
    """Return the live items of a course that cite any of `passages`, at most 50, to its teachers."""
    courses.course(user=user, course=course, need="edit_items")
    return resting.on(parse_id(course), passages)


@transaction.atomic
def retire_item(*, user: str, item: str) -> Item:
    """Take an item out of use. Its attempts stay; `restore_item` undoes it."""
    row = lookup.item_row(item, lock=True)
    _teaches(user, row)
    return bank.set_status(row, "retired")


@transaction.atomic
def restore_item(*, user: str, item: str) -> Item:
    """Put a retired item back into use."""
    row = lookup.item_row(item, lock=True)
    _teaches(user, row)
    return bank.set_status(row, "live")


@transaction.atomic
def adopt_item(*, user: str, item: str) -> Item:
    """Put a generated item into the bank for everybody in the course."""
    row = lookup.item_row(item, lock=True)
    _teaches(user, row)
    return bank.adopt(row)


@transaction.atomic
def retire_items(*, items: list[str]) -> int:
    """Retire many items at once, for the admin; return how many were live."""
    return bank.switch_many(items, "live", "retired")


@transaction.atomic
def restore_items(*, items: list[str]) -> int:
    """Put many retired items back into use, for the admin; return how many were retired."""
    return bank.switch_many(items, "retired", "live")


@transaction.atomic
def stop_quizzes(*, quizzes: list[str]) -> int:
    """End the making of quizzes, for the admin; return how many were being made."""
    return fill.stop_many(quizzes, timezone.now())


def bank_state(*, course: str) -> str:
    """Return a word that is another as soon as a question of the course's bank is. No access check:
    nothing can be read from it."""
    return draw.bank_state(parse_id(course))


def questions(*, items: list[str]) -> dict[str, Question]:
    """Return those of `items` that exist, by id, without their keys (for titles in lists)."""
    return lookup.questions(items)


def usable(*, items: list[str]) -> list[str]:
    """Return those of `items` that may still be asked: there, and not retired or refused."""
    return draw.usable(items)


# --- quizzes ------------------------------------------------------------------------------------


def live_items(*, course: str, objectives: list[str] | None = None) -> int:
    """Return how many live items the bank of a course has, on `objectives` if any are given. No access
    check: for the orchestrator, before it asks for a practice question."""
    return draw.count(course, objectives or [])


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
    shown: bool = False,
) -> Quiz:
    """Make a quiz for `user`. "bank": filled at once from live items, those long or never seen first
    (`items` names those that it is to be of, as for reviews; `shown`: the caller shows all at once);
    "generate": queued, and QuizRequested is published for whoever can fill it. Raise Invalid (fields)
    for what does not fit the course."""
    courses.course(user=user, course=course, need="learn")
    return fill.request(
        user,
        course,
        size,
        objectives or [],
        kinds or [],
        source,
        mode,
        items or [],
        shown,
        timezone.now(),
    )


def quiz(*, user: str, quiz: str) -> Quiz:
    """THE access rule of quizzes: return `user`'s own quiz, else raise NoSuchQuiz."""
    return lookup.quiz(lookup.quiz_row(user, quiz))


def quizzes(*, user: str, course: str, limit: int = 10) -> list[Quiz]:
    """Return `user`'s last quizzes in a course, newest first."""
    return lookup.quizzes(user, course, limit)


def quizzes_page(
    *, user: str, course: str, cursor: str | None = None, limit: int = 50
) -> Page[Quiz]:
    """Return a page of `user`'s quizzes in a course that they are in, newest first, without questions."""
    courses.course(user=user, course=course, need="learn")
    return lookup.quizzes_page(user, course, cursor, limit)


def quiz_plan(*, quiz: str) -> dict[str, Any]:
    """Return what the filler of a quiz needs: quiz, course, user, size, objectives, kinds, mode,
    status, seed, `have` (accepted so far) and `avoid` (stems that it has and that the learner saw lately).
    No access check: for the orchestrator."""
    return fill.plan(quiz)


@transaction.atomic
def offer(*, course: str, draft: ItemDraft, quiz: str | None = None) -> Offered:
    """Run the gates over `draft`. When all pass it is saved as a generated item, live for `quiz`
    (which gets it as its next question) or, without one, for whoever poses it; when one refuses, it is
    kept as refused with the reasons. A quiz that is full, stopped or not there takes nothing."""
    return fill.offer(course, draft, quiz, timezone.now())


@transaction.atomic
def pose(*, user: str, course: str, draft: ItemDraft, mode: str = "check") -> Offered:
    """Offer `draft` as a question to one learner at once: a ready quiz of one item, shown now
    (`Offered.quiz`). Used for the tutor's check questions."""
    return fill.pose(user, course, draft, mode, timezone.now())


@transaction.atomic
def set_quiz_progress(*, quiz: str, progress: float) -> None:
    """Say how far the making is, 0..1; a queued quiz becomes running. Nothing when it is over."""
    fill.set_progress(quiz, progress)


@transaction.atomic
def finish_quiz(*, quiz: str, note: str = "") -> None:
    """The making is over: ready with what it has, and `note` why it is fewer than asked for (a note is
    written when there is none); failed with `note` when it has nothing. Nothing when it is over."""
    fill.finish(quiz, note, timezone.now())


@transaction.atomic
def fail_quiz(*, quiz: str, error: str) -> None:
    """The making broke; `error` is one plain sentence. What was accepted stays usable: then it is ready."""
    fill.fail(quiz, error, timezone.now())


@transaction.atomic
def cancel_quiz(*, user: str, quiz: str) -> Quiz:
    """The learner does not want to wait. Raise QuizOver when it is not being made any more."""
    return fill.cancel(user, quiz, timezone.now())


def set_quiz_aside(*, user: str, quiz: str) -> Quiz:
    """End the work on a quiz that is not answered to its end: the tutor may speak of its questions again,
    and they count nothing any more. One's own, or that of another teacher where one writes the questions
    of the course, who can read of it. Raise NotSetAside."""
    with transaction.atomic():
        ended = colleagues.set_aside(user, quiz, timezone.now())
    if parse_id(ended.user) != parse_id(user):
        colleagues.note(user, ended)
    return ended


def open_quizzes_of_colleagues(*, user: str, course: str) -> list[Quiz]:
    """Return the quizzes that other teachers of the course have open, the newest first, without
    questions: for those who write its questions, who may set them aside. Raises Denied."""
    return colleagues.open_quizzes(user, course)


@transaction.atomic
def show_question(*, user: str, quiz: str, item: str) -> Question:
    """Return one question of a quiz as the learner sees it and note when it was first shown."""
    return moves.show(user, quiz, item, timezone.now())


@transaction.atomic
def show_questions(*, user: str, quiz: str) -> Quiz:
    """Return the quiz with all its questions, and note that all of them were shown."""
    return moves.show_all(user, quiz, timezone.now())


# --- answers ------------------------------------------------------------------------------------


@transaction.atomic
def attempt(
    *, user: str, quiz: str, item: str, response: Any, seconds: float | None = None
) -> Attempt:
    """Grade `response` (an option's id or text, a list of them, a string, or None for "I don't know")
    and keep it. Publishes AttemptGraded. A response that cannot be read scores 0 with feedback.
    `seconds` is the time on the question as the page measured it; else counted from when it was shown.
    Raise NoSuchQuiz, NoSuchItem, NotReady, AnsweredAlready (mode test)."""
    return attempt_logic.answer(user, quiz, item, response, seconds, timezone.now())


def attempt_of(*, user: str, attempt: str) -> Attempt:
    """Return one attempt to whoever made it; raise NoSuchAttempt to all others."""
    return attempt_logic.attempt_of(user, attempt)


def attempts(
    *,
    user: str,
    course: str | None = None,
    objective: str | None = None,
    quiz: str | None = None,
    limit: int = 50,
) -> list[Attempt]:
    """Return `user`'s attempts, newest first."""
    return attempt_logic.attempts(user, course, objective, quiz, limit)


@transaction.atomic
def hint(*, user: str, quiz: str, item: str) -> Hint:
    """Climb one rung of the ladder: nudge, idea, similar example, last step, answer; by rule. The key
    stands in none below the last, which counts as having seen it. Mode "test" gives none (KeyClosed)."""
    return hints.climb(user, quiz, item, timezone.now())


@transaction.atomic
def show_key(*, user: str, quiz: str, item: str) -> dict[str, Any]:
    """Return {"key", "text", "explanation"} when the rule allows it (after the first try, or the
    fifth hint; in a test after all are answered), else raise KeyClosed."""
    return moves.show_key(user, quiz, item, timezone.now())


def recallable(*, user: str, items: list[str]) -> list[str]:
    """Return those of `items`, in their order, that `user` may recall without writing: answered before,
    still in use, and not open in a quiz of theirs."""
    return recall.recallable(parse_id(user), [parse_id(each) for each in items], timezone.now())


@transaction.atomic
def show_recall(*, user: str, item: str) -> Recall:
    """Return a question that `user` has answered before together with its key, and note that they saw
    it: an answer given soon after counts nothing. Raise NoSuchItem, or KeyClosed while it is open in a
    quiz of theirs."""
    return recall.show(user, item, timezone.now())


def open_question(*, user: str, course: str) -> Question | None:
    """Return the question that `user` was shown last and has not answered, or None. `Question.quiz`
    and `.mode` say where it stands; mode "check" is the tutor's own check question."""
    return moves.open_question(user, course, timezone.now())


@transaction.atomic
def set_aside(*, user: str, course: str) -> int:
    """Put the tutor's unanswered check questions in this course aside; return how many."""
    return moves.set_aside(user, course)


def leaks(*, user: str, course: str, text: str) -> bool:
    """Whether `text` would give away the key of a practice or quiz item that `user` has open."""
    return bool(leak.found(user, course, text, timezone.now()))


def guarded(*, user: str, course: str, text: str, question: str) -> str | None:
    """Return the id of the quiz that `user` works on of which `text`, said in answer to `question`,
    would give away an open item; None when there is none."""
    return leak.guarded(user, course, text, question, timezone.now())


def resembles(*, user: str, quiz: str, item: str, text: str) -> bool:
    """Whether `text` could be meant as an answer to an item of `user`'s quiz; nothing is graded."""
    return leak.resembles(lookup.quiz_item_row(lookup.quiz_row(user, quiz), item), text)


def redact(*, user: str, course: str, text: str) -> str:
    """Return `text` with the key words of `user`'s open items masked by "…"."""
    return leak.redact(user, course, text, timezone.now())


# --- a teacher's grades -------------------------------------------------------------------------


def waiting(*, user: str, course: str, limit: int = 50) -> list[Waiting]:
    """Return the responses that wait for a teacher of the course, oldest first."""
    courses.course(user=user, course=course, need="grade")
    return review.waiting(course, limit)


def may_grade(*, user: str, attempt: str) -> None:
    """THE access rule of a teacher's grades: raise NoSuchAttempt to strangers, and Denied to learners
    of the course."""
    try:
        courses.course(user=user, course=review.course_of(attempt), need="grade")
    except NoSuchCourse:
        raise NoSuchAttempt from None


def accept_points(*, user: str, attempt: str, score: float) -> Attempt:
    """Give `score` (0..1) to a response that waited, as a teacher of its course; publishes
    AttemptGraded, and writes it down where the learner can read it. Raise Conflict when it was graded
    before."""
    with transaction.atomic():
        row = review.row(attempt)
        course = courses.course(user=user, course=str(row.course), need="grade")
        made = review.accept(user, row, score, timezone.now())
    told = {"name": course.title, "course": course.id, "attempt": made.id, "score": score}
    told |= {"proposed": row.proposed}
    users.audit(action="graded", by=user, about=str(row.user), detail=told)
    return made


# --- housekeeping -------------------------------------------------------------------------------


@transaction.atomic
def move_objectives(*, course: str, moved: dict[str, str]) -> None:
    """Objectives were merged or dropped: items, open quizzes and attempts go to those that take over."""
    bank.move(course, moved)


@transaction.atomic
def forget_course(*, course: str) -> None:
    """Delete all that hangs on a course that is gone for good."""
    bank.forget_course(course)


def _teaches(user: str, row: Any) -> None:
    """Strangers to the course learn nothing, not even that there is such a question."""
    try:
        courses.course(user=user, course=str(row.course), need="edit_items")
    except NoSuchCourse:
        raise NoSuchItem from None


# --- privacy ------------------------------------------------------------------------------------


def held_of_person(*, user: str) -> list[Kind]:
    """Return what is held of a person."""
    return holding.kinds(held.RULES, {"id": parse_id(user)})


def export_person(*, user: str) -> Personal:
    """Return all that is held of a person."""
    return held.export(parse_id(user))


def erase_person(*, user: str) -> dict[str, int]:
    """Erase a person; return how many rows of each table went, or name nobody now."""
    return held.erase(parse_id(user))
