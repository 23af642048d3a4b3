"""A question that comes back to be recalled without writing: its key for whoever has answered it before.

The key stays closed while the question stands open elsewhere, and showing it is written down, so that
an answer given soon after counts as given with the key.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from edu.assessments.data import KeyClosed, NoSuchItem, Recall
from edu.assessments.logic import lookup
from edu.assessments.logic.leak import OPEN_FOR
from edu.assessments.logic.registry import all_kinds, sheet_of
from edu.assessments.models import Attempt, Item, Quiz, QuizItem
from edu.common.ids import parse_id

ASKED = (Quiz.Status.READY, Quiz.Status.RUNNING)


def recallable(user: UUID, items: Iterable[UUID], now: datetime) -> list[str]:
    """Return those of `items`, in their order, that `user` has answered, that may still be asked, and
    that do not stand open in a quiz of theirs."""
    wanted = list(items)
    known = set(
        Attempt.objects.filter(user=user, item__in=wanted, item__status=Item.Status.LIVE)
        .exclude(item__latest=None)
        .values_list("item", flat=True)
    )
    known -= _open(user, wanted, now)
    return [str(item) for item in wanted if item in known]


def _open(user: UUID, items: list[UUID], now: datetime) -> set[UUID]:
    """Those that wait for an answer: shown lately, or held by a test that is not done."""
    waiting = QuizItem.objects.filter(quiz__user=user, quiz__status__in=ASKED, tries=0)
    lately = Q(status=QuizItem.Status.OPEN, shown_at__gte=now - OPEN_FOR)
    tests = waiting.filter(quiz__mode="test").values("quiz")
    held = QuizItem.objects.filter(quiz__in=tests, item__in=items)
    shown = waiting.filter(lately, item__in=items)
    return {*shown.values_list("item", flat=True), *held.values_list("item", flat=True)}


def show(user: str, item: str, now: datetime) -> Recall:
    """Return the question with its key and note that the key was seen."""
    who, row = parse_id(user), lookup.item_row(item)
    if not Attempt.objects.filter(user=who, item=row).exists() or row.latest is None:
        raise NoSuchItem
    if not recallable(who, [row.id], now):
        raise KeyClosed
    place = (
        QuizItem.objects.select_for_update(of=("self",))
        .filter(quiz__user=who, item=row, tries__gt=0)
        .order_by("-id")
        .first()
    )
    if place is not None:
        place.key_seen_at = now
        place.save(update_fields=["key_seen_at"])
    kind, sheet = all_kinds()[row.kind], sheet_of(row.latest)
    return Recall(
        question=lookup.bare_question(row, row.latest),
        key_text=kind.key_text(sheet),
        explanation=row.latest.explanation,
        citations=lookup.citations(row.latest),
    )
