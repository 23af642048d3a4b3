"""Finds rows, checks whose they are, and turns them into the nouns of data.py."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from edu.assessments.data import (
    Attempt,
    Item,
    NoSuchItem,
    NoSuchQuiz,
    Option,
    Question,
    Quiz,
)
from edu.assessments.logic.registry import all_kinds, sheet_of
from edu.assessments.models import Attempt as AttemptRow
from edu.assessments.models import Item as ItemRow
from edu.assessments.models import ItemVersion, QuizItem
from edu.assessments.models import Quiz as QuizRow
from edu.common.codec import revive
from edu.common.errors import NotFound
from edu.common.ids import parse_id
from edu.common.pages import Page
from edu.common.querypages import page_of
from edu.common.sources import Citation
from edu.courses import api as courses


def item_row(item: str, lock: bool = False) -> ItemRow:
    """Return an item's row with its latest version; raise NoSuchItem."""
    rows = ItemRow.objects.select_related("latest")
    if lock:
        rows = rows.select_for_update(of=("self",))
    row = rows.filter(id=_id(item, NoSuchItem)).exclude(latest=None).first()
    if row is None:
        raise NoSuchItem
    return row


def quiz_row(user: str, quiz: str, lock: bool = False) -> QuizRow:
    """Return the quiz if it is `user`'s own, in a course that they are still in; raise NoSuchQuiz: to
    anybody else it is not there."""
    rows = QuizRow.objects.select_for_update() if lock else QuizRow.objects
    row = rows.filter(id=_id(quiz, NoSuchQuiz), user=parse_id(user)).first()
    if row is None or not still_in(user, row.course):
        raise NoSuchQuiz
    return row


def any_quiz_row(quiz: str) -> QuizRow:
    """Return a quiz, whosever it is: the caller asks who may; raise NoSuchQuiz."""
    row = QuizRow.objects.filter(id=_id(quiz, NoSuchQuiz)).first()
    if row is None:
        raise NoSuchQuiz
    return row


def still_in(user: str, course: UUID) -> bool:
    """Whether the person is in the course: whoever has left it has left what they did there."""
    return bool(courses.courses_by_id(courses=[str(course)], user=user, need="learn"))


def quiz_item_row(quiz: QuizRow, item: str, lock: bool = False) -> QuizItem:
    """Return the item's place in the quiz; raise NoSuchItem."""
    rows = QuizItem.objects.select_related("item", "version", "quiz")
    if lock:
        rows = rows.select_for_update(of=("self",))
    row = rows.filter(quiz=quiz, item_id=_id(item, NoSuchItem)).first()
    if row is None:
        raise NoSuchItem
    return row


def _id(text: str, error: type[NotFound]) -> UUID:
    try:
        return parse_id(text)
    except NotFound:
        raise error from None


def citations(version: ItemVersion) -> list[Citation]:
    """Return the snapshots that a version keeps."""
    return [revive(Citation, each) for each in version.citations]


def item(row: ItemRow) -> Item:
    """Return the item as its teachers see it."""
    version = row.latest
    assert version is not None  # noqa: S101  (item_row and items leave out the others)
    return Item(
        id=str(row.id),
        course=str(row.course),
        kind=row.kind,
        stem=version.stem,
        options=[Option(each["id"], each["text"]) for each in version.options],
        key=version.key,
        objective=str(row.objective),
        source=row.source,
        status=row.status,
        version=version.number,
        explanation=version.explanation,
        citations=citations(version),
        created_at=row.created_at,
    )


def items(course: str, cursor: str | None, limit: int, source: str, status: str) -> Page[Item]:
    """Return a page of a course's items, newest first."""
    rows = ItemRow.objects.filter(course=parse_id(course), status=status).exclude(latest=None)
    rows = rows.filter(quiz=None) if source == "bank" else rows.exclude(quiz=None)
    return page_of(
        rows.select_related("latest"), order="-id", cursor=cursor, limit=limit, to_data=item
    )


def bare_question(row: ItemRow, version: ItemVersion) -> Question:
    """Return an item as a learner may see it, outside of any quiz."""
    kind, sheet = all_kinds()[row.kind], sheet_of(version)
    return Question(
        id=str(row.id),
        kind=row.kind,
        stem=version.stem,
        options=sheet.options,
        objective=str(row.objective),
        source=row.source,
        blanks=kind.blanks(sheet),
        unit=kind.unit(sheet),
        several=kind.several(sheet),
        language=version.language,
    )


def question(place: QuizItem, mode: str) -> Question:
    """Return one item of a quiz as its learner sees it: options in this quiz's order."""
    plain = bare_question(place.item, place.version)
    by_id = {option.id: option for option in plain.options}
    order = [by_id[each] for each in place.option_order if each in by_id] or plain.options
    return Question(
        id=plain.id,
        kind=plain.kind,
        stem=plain.stem,
        options=order,
        objective=plain.objective,
        source=plain.source,
        blanks=plain.blanks,
        unit=plain.unit,
        several=plain.several,
        language=plain.language,
        quiz=str(place.quiz_id),
        mode=mode,
        position=place.ordinal,
        status=place.status,
        tries=place.tries,
        hint_level=place.hint_level,
    )


def questions(ids: list[str]) -> dict[str, Question]:
    """Return those of the items that exist, by id."""
    rows = ItemRow.objects.filter(id__in=[parse_id(each) for each in ids]).exclude(latest=None)
    return {
        str(row.id): bare_question(row, row.latest)
        for row in rows.select_related("latest")
        if row.latest
    }


def quiz(row: QuizRow) -> Quiz:
    """Return a quiz with its questions."""
    places = list(row.quiz_items.select_related("item", "version").order_by("ordinal"))
    shown = [question(place, row.mode) for place in places]
    return _quiz(row, shown, sum(place.tries > 0 for place in places), len(places))


def bare_quiz(row: QuizRow) -> Quiz:
    """Return a quiz without its questions."""
    places = row.quiz_items.values_list("tries", flat=True)
    return _quiz(row, [], sum(tries > 0 for tries in places), len(places))


def quizzes(user: str, course: str, limit: int) -> list[Quiz]:
    """Return the last quizzes without their questions."""
    return quizzes_page(user, course, None, limit).items


def quizzes_page(user: str, course: str, cursor: str | None, limit: int) -> Page[Quiz]:
    """Return a page of quizzes without their questions; `answered` is there, `size` is what they hold
    once they are made. The tutor's check questions are no quizzes to people."""
    rows = QuizRow.objects.filter(user=parse_id(user), course=parse_id(course))
    rows = rows.exclude(mode="check")
    page = page_of(rows, order="-id", cursor=cursor, limit=limit, to_data=lambda row: row)
    counts = {
        quiz: (held, tried)
        for quiz, held, tried in QuizItem.objects.filter(quiz__in=[row.id for row in page.items])
        .values_list("quiz")
        .annotate(held=Count("id"), tried=Count("id", filter=Q(tries__gt=0)))
        .values_list("quiz", "held", "tried")
    }
    made = []
    for row in page.items:
        held, tried = counts.get(row.id, (0, 0))
        row.size = held if row.over() else row.size
        made.append(_quiz(row, [], tried, held))
    return Page(made, page.next, page.previous)


def _quiz(row: QuizRow, shown: list[Question], answered: int, count: int) -> Quiz:
    return Quiz(
        id=str(row.id),
        course=str(row.course),
        user=str(row.user),
        status=row.status,
        progress=row.progress,
        size=row.size,
        source=row.source,
        mode=row.mode,
        items=shown,
        objectives=list(row.objectives),
        kinds=list(row.kinds),
        answered=answered,
        count=count,
        note=row.note,
        error=row.error,
        created_at=row.created_at,
        finished_at=row.finished_at,
    )


def orders(rows: Iterable[AttemptRow]) -> dict[Any, list[str]]:
    """Return the option ids as each attempt's learner saw them, by the attempt's id."""
    held = {row.id: (row.quiz_id, row.item_id) for row in rows if row.quiz_id}
    places = QuizItem.objects.filter(
        quiz__in={quiz for quiz, _ in held.values()},
        item__in={item for _, item in held.values()},
    ).values_list("quiz", "item", "option_order")
    seen: dict[Any, list[str]] = {(quiz, item): order for quiz, item, order in places}
    return {attempt: seen.get(place, []) for attempt, place in held.items()}


def attempt(row: AttemptRow, key_open: bool, order: list[str] | None = None) -> Attempt:
    """Return an attempt; the key and what tells it only when `key_open`. `order` is the option ids
    as the learner saw them, looked up when it is left out."""
    kind, sheet = all_kinds()[row.item.kind], sheet_of(row.version)
    if order is None and key_open and sheet.options:
        order = orders([row]).get(row.id)
    return Attempt(
        id=str(row.id),
        user=str(row.user),
        quiz=str(row.quiz_id) if row.quiz_id else None,
        item=str(row.item_id),
        item_version=row.version.number,
        objective=str(row.objective),
        response=row.response,
        status=row.status,
        score=row.score,
        correct=row.correct,
        feedback=row.feedback,
        confidence=row.confidence,
        needs_review=row.status == AttemptRow.Status.NEEDS_REVIEW,
        key=kind.key_shown(sheet, order or []) if key_open else None,
        key_text=kind.key_text(sheet) if key_open else "",
        citations=citations(row.version) if key_open else [],
        hint_level=row.hint_level,
        try_number=row.try_number,
        key_seen=row.key_seen,
        counts=row.counts,
        shown_at=row.shown_at,
        answered_at=row.answered_at,
        course=str(row.course),
        kind=row.item.kind,
        stem=row.version.stem,
        response_text=_read(row.response, sheet),
        explanation=row.version.explanation if key_open else "",
        seconds=row.seconds,
    )


def _read(response: Any, sheet: Any) -> str:
    """Return a raw response in words: option ids as their texts."""
    by_id = {option.id: option.text for option in sheet.options}
    given = response if isinstance(response, list) else [response]
    said = [by_id.get(str(each), str(each)) for each in given if each not in (None, "")]
    return ", ".join(said)[:1000]
