"""Quizzes: asked for, filled from the bank or by whoever answers QuizRequested, finished or given up."""

import random
import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext, ngettext

from edu.assessments.data import (
    MODES,
    SOURCES,
    BadItem,
    ItemDraft,
    NoSuchQuiz,
    Offered,
    Quiz,
    QuizOver,
    QuizRequested,
    Verdict,
)
from edu.assessments.logic import bank, draw, gates, lookup
from edu.assessments.logic.registry import all_kinds, sheet_of
from edu.assessments.models import Attempt, Item, ItemVersion, QuizItem
from edu.assessments.models import Quiz as QuizRow
from edu.common.errors import Invalid, NotFound
from edu.common.ids import parse_id
from edu.common.text import gettext_noop as _
from edu.courses import api as courses
from edu.events.api import publish

MOST_SIZE = 50
MOST_NAMED = 200
LATELY = 100  # questions that are not asked again while there are others
ASK_AGAIN = timedelta(minutes=2)  # without any progress: whoever was filling it may be dead
GIVE_UP = timedelta(minutes=15)  # since it was asked for
RUNNING = (QuizRow.Status.QUEUED, QuizRow.Status.RUNNING)


def request(
    user: str,
    course: str,
    size: int,
    objectives: list[str],
    kinds: list[str],
    source: str,
    mode: str,
    named: list[str],
    shown: bool,
    now: datetime,
) -> Quiz:
    """Make the quiz; fill it at once from the bank, or ask for it to be filled."""
    _check(course, size, objectives, kinds, source, mode, named)
    row = QuizRow.objects.create(
        course=parse_id(course),
        user=parse_id(user),
        size=size,
        source=source,
        mode=mode,
        objectives=list(dict.fromkeys(str(parse_id(each)) for each in objectives)),
        kinds=list(dict.fromkeys(kinds)),
        seed=secrets.randbits(53),
    )
    if source == "generate":
        publish(QuizRequested(quiz=str(row.id), course=course, user=user))
        return lookup.quiz(row)
    chosen = draw.from_bank(row, named)
    held = {each.id: each for each in Item.objects.filter(id__in=chosen).select_related("latest")}
    places = [
        _place(row, held[each], ordinal, now if shown else None)
        for ordinal, each in enumerate(chosen, start=1)
    ]
    QuizItem.objects.bulk_create(places)
    _finish(row, "", now)
    return lookup.quiz(row)


def _check(
    course: str,
    size: int,
    objectives: list[str],
    kinds: list[str],
    source: str,
    mode: str,
    named: list[str],
) -> None:
    wrong: dict[str, str] = {}
    if isinstance(size, bool) or not isinstance(size, int) or not 1 <= size <= MOST_SIZE:
        wrong["size"] = _("Choose a size from 1 to 50.")
    if source not in SOURCES:
        wrong["source"] = _("Use bank or generate.")
    if mode not in MODES:
        wrong["mode"] = _("Use quiz, practice, review or test.")
    if any(kind not in all_kinds() for kind in kinds):
        wrong["kinds"] = _("There is no such kind of question. Use choice, number, short or cloze.")
    if source == "generate" and kinds and not {"choice", "cloze"} & set(kinds):
        wrong["kinds"] = _("Questions from the materials are choice or cloze.")
    if len(named) > MOST_NAMED:
        wrong["items"] = _("These are too many.")
    try:
        known = {each.id for each in courses.objectives(course=course)} if objectives else set()
        if any(str(parse_id(each)) not in known for each in objectives):
            wrong["objectives"] = _("This course has no such objective.")
    except NotFound:
        wrong["objectives"] = _("This course has no such objective.")
    if wrong:
        raise Invalid(fields=wrong)


def _row(quiz: str, lock: bool = True) -> QuizRow:
    rows = QuizRow.objects.select_for_update() if lock else QuizRow.objects
    row = rows.filter(id=parse_id(quiz)).first()
    if row is None:
        raise NoSuchQuiz
    return row


def _place(quiz: QuizRow, item: Item, ordinal: int, now: datetime | None) -> QuizItem:
    """Return an item's place in a quiz, not yet saved, its options in an order of this quiz's own."""
    version = item.latest
    assert version is not None  # noqa: S101  (items without a version are never chosen)
    order = [each["id"] for each in version.options]
    random.Random(quiz.seed * 1000 + ordinal).shuffle(order)  # noqa: S311  (repeatable, no secret)
    return QuizItem(
        quiz=quiz, item=item, version=version, ordinal=ordinal, option_order=order, shown_at=now
    )


# --- for the filler -----------------------------------------------------------------------------


def plan(quiz: str) -> dict[str, Any]:
    """Return what the filler needs to know."""
    row = _row(quiz, lock=False)
    held = list(row.quiz_items.values_list("version__stem", flat=True))
    stems, known = _lately(row)
    return {
        "quiz": str(row.id),
        "course": str(row.course),
        "user": str(row.user),
        "size": row.size,
        "objectives": list(row.objectives),
        "kinds": [each for each in row.kinds if each in ("choice", "cloze")] or ["choice", "cloze"],
        "mode": row.mode,
        "status": row.status,
        "have": len(held),
        "seed": row.seed,
        "held": held,
        "avoid": list(dict.fromkeys([*held, *stems])),
        "known": known,
    }


def _lately(row: QuizRow) -> tuple[list[str], list[str]]:
    """Return the stems, and the answers, of what the learner was asked or shown last in this course."""
    tried = Attempt.objects.filter(user=row.user, course=row.course).order_by("-id")
    shown = QuizItem.objects.filter(quiz__user=row.user, quiz__course=row.course)
    shown = shown.exclude(quiz=row.id).order_by("-id")
    ids = [
        *tried.values_list("version", flat=True)[:LATELY],
        *shown.values_list("version", flat=True)[:LATELY],
    ]
    versions = ItemVersion.objects.filter(id__in=ids).select_related("item")
    return (
        [each.stem for each in versions],
        [all_kinds()[each.item.kind].key_text(sheet_of(each)) for each in versions],
    )


def offer(course: str, draft: ItemDraft, quiz: str | None, now: datetime) -> Offered:
    """Run the gates; keep the item, live or refused."""
    row = None
    if quiz is not None:
        row = _row(quiz)
        refused = _takes(row, course)
        if refused:
            return Offered(None, [refused])
    return _offer(course, draft, row)


def _takes(row: QuizRow, course: str) -> Verdict | None:
    if row.course != parse_id(course):
        raise NoSuchQuiz
    if row.status not in RUNNING:
        return Verdict("wanted", False, gettext("This quiz takes no more questions."))
    if row.quiz_items.count() >= row.size:
        return Verdict("wanted", False, gettext("This quiz has all its questions."))
    return None


def _offer(course: str, draft: ItemDraft, row: QuizRow | None) -> Offered:
    try:
        ready = bank.checked(draft)
    except BadItem as error:
        why = " ".join(gettext(each) for each in error.fields.values())
        return Offered(None, [Verdict("shape", False, why)])
    others = []
    if row is not None:
        held = ItemVersion.objects.filter(id__in=row.quiz_items.values("version"))
        others = [
            gates.Other(each.stem, each.key, [o["text"] for o in each.options]) for each in held
        ]
    draft = replace(draft, stem=ready.stem, options=ready.options, key=ready.key)
    verdicts = [Verdict("shape", True, ""), *gates.run(draft, others)]
    passed = all(verdict.passed for verdict in verdicts)
    refused = [[v.name, v.detail] for v in verdicts if not v.passed]
    item = bank.store(
        course,
        draft,
        ready,
        _nearest(course, draft.objective),
        source=Item.Source.GENERATED,
        quiz=row.id if row else None,
        status=Item.Status.LIVE if passed else Item.Status.REFUSED,
        refused_because=refused,
    )
    if not passed:
        return Offered(None, verdicts)
    if row is not None:
        held_now = row.quiz_items.count() + 1
        _place(row, item, held_now, None).save()
        if row.status == QuizRow.Status.QUEUED:
            row.status = QuizRow.Status.RUNNING
        row.progress = max(row.progress, min(0.99, held_now / row.size))
        row.save(update_fields=["status", "progress", "updated_at"])
    return Offered(str(item.id), verdicts, str(row.id) if row else None)


def _nearest(course: str, objective: str | None) -> UUID:
    """An objective that is gone by now gives way to the root."""
    try:
        return bank.objective_of(course, objective)
    except BadItem:
        return bank.objective_of(course, None)


def pose(user: str, course: str, draft: ItemDraft, mode: str, now: datetime) -> Offered:
    """Offer a draft and put it to one learner at once."""
    offered = _offer(course, draft, None)
    if offered.item is None:
        return offered
    row = QuizRow.objects.create(
        course=parse_id(course),
        user=parse_id(user),
        size=1,
        source="generate",
        mode=mode,
        seed=secrets.randbits(53),
        status=QuizRow.Status.READY,
        progress=1.0,
        finished_at=now,
    )
    item = Item.objects.select_related("latest").get(id=parse_id(offered.item))
    item.quiz = row.id
    item.save(update_fields=["quiz", "updated_at"])
    _place(row, item, 1, now).save()
    return replace(offered, quiz=str(row.id))


def set_progress(quiz: str, progress: float) -> None:
    """Move the bar, never back."""
    row = _row(quiz)
    if row.over():
        return
    row.status = QuizRow.Status.RUNNING
    row.progress = max(row.progress, min(0.99, max(0.0, progress)))
    row.save(update_fields=["status", "progress", "updated_at"])


def finish(quiz: str, note: str, now: datetime) -> None:
    """End the making well."""
    row = _row(quiz)
    if not row.over():
        _finish(row, note, now)


def _finish(row: QuizRow, note: str, now: datetime) -> None:
    held = row.quiz_items.count()
    row.finished_at, row.progress = now, 1.0
    if held == 0:
        row.status = QuizRow.Status.FAILED
        row.error = note or _nothing(row)
        row.progress = 0.0
    else:
        row.status = QuizRow.Status.READY
        row.note = note or _fewer(row, held)
    row.save()


def _nothing(row: QuizRow) -> str:
    if row.source == "bank":
        return gettext(
            "There are no questions for this yet. Let them be made from the materials instead."
        )
    return gettext(
        "The materials gave no question that holds. Bring more of them, or choose another part."
    )


def _fewer(row: QuizRow, held: int) -> str:
    if held >= row.size:
        return ""
    if row.source == "bank":
        said = ngettext(
            "There is only %(held)d question for this.",
            "There are only %(held)d questions for this.",
            held,
        )
    else:
        said = ngettext(
            "Only %(held)d question of %(size)d passed the checks. Rather one less than a bad one.",
            "Only %(held)d questions of %(size)d passed the checks. Rather one less than a bad one.",
            held,
        )
    return said % {"held": held, "size": row.size}


def fail(quiz: str, error: str, now: datetime) -> None:
    """End the making badly; what is there stays of use."""
    row = _row(quiz)
    if row.over():
        return
    if row.quiz_items.exists():
        _finish(row, error, now)
        return
    row.status, row.error, row.finished_at = QuizRow.Status.FAILED, error, now
    row.save()


def cancel(user: str, quiz: str, now: datetime) -> Quiz:
    """Stop the making."""
    row = lookup.quiz_row(user, quiz, lock=True)
    if row.over():
        raise QuizOver
    row.status, row.finished_at = QuizRow.Status.CANCELLED, now
    row.save()
    return lookup.quiz(row)


def stop_many(quizzes: list[str], now: datetime) -> int:
    """Cancel those that are being made; return how many."""
    rows = QuizRow.objects.filter(id__in=[parse_id(each) for each in quizzes], status__in=RUNNING)
    return rows.update(status=QuizRow.Status.CANCELLED, finished_at=now)


def sweep(now: datetime) -> int:
    """Ask again for quizzes that nobody moves, and end those that were never made. Return how many."""
    stuck = QuizRow.objects.filter(status__in=RUNNING, updated_at__lt=now - ASK_AGAIN)
    rows = list(stuck.select_for_update(skip_locked=True)[:100])
    for row in rows:
        if row.created_at < now - GIVE_UP:
            fail(str(row.id), gettext("Making this quiz took too long. Try again."), now)
        else:
            row.save(update_fields=["updated_at"])
            publish(QuizRequested(quiz=str(row.id), course=str(row.course), user=str(row.user)))
    return len(rows)
