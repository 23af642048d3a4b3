"""Passages: lists, search, citations, key terms."""

from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any

from django.db import transaction

from edu.common.ids import parse_id
from edu.common.pages import Page
from edu.common.sources import Citation
from edu.inference import api as inference
from edu.multimodal import data, tasks
from edu.multimodal.api import rights
from edu.multimodal.logic import (
    citations,
    fingerprints,
    glossary,
    objectives,
    reads,
    reranking,
    sweeping,
)
from edu.multimodal.logic import search as searching


def passages(
    *, user: str, material: str, cursor: str | None = None, limit: int = 50
) -> Page[data.Passage]:
    """Return the passages of a material in their order; any member of its course may ask."""
    row = rights.seen(user, material)
    # Those that are there while it is being read are not for anybody yet.
    return reads.passages(row.id, cursor, limit) if row.passages else Page([])


def passages_by_id(*, passages: list[str]) -> dict[str, data.Passage]:
    """Return those of the passages that there are, by id. No access check."""
    return reads.passages_by_id(passages)


def course_passages(
    *, course: str, objective: str | None = None, material: str | None = None, limit: int = 200
) -> list[data.Passage]:
    """Return passages of a course that may be shown, in the order of its materials: all, or those of
    one objective or material. No access check."""
    return reads.course_passages(course, objective, material, limit)


def materials_of_objective(*, course: str, objective: str) -> list[data.Material]:
    """Return the materials that teach an objective, the most thorough first. No access check."""
    return reads.materials_of_objective(course, objective)


def search(
    *,
    course: str,
    query: str,
    limit: int = 8,
    objective: str | None = None,
    material: str | None = None,
    kinds: Sequence[str] = (),
    user: str = "",
) -> data.Found:
    """Return the passages of a course that speak of `query`, best first, by words and by meaning; for
    `user`, or for whom the caller works. `kinds` are those of materials (pdf, audio, ...), all if none.

    What says the same as a better hit is no hit of its own, but one of its places `also`. `relevant` is
    False when nothing in the course does; the nearest are returned all the same. When
    the embedder does not answer, words alone decide. Where a re-ranker is set, it puts the best in order.
    No access check.
    """
    with inference.on_behalf(user=user, course=course) if user else nullcontext():
        most = fingerprints.LOOKED_AT
        found = searching.search(course, query, most, objective, material, kinds)
        return fingerprints.once(reranking.reranked(query, found), limit)


def kinds_found(*, course: str) -> list[str]:
    """Return the kinds of materials among which `search` may choose. No access check."""
    return searching.kinds(course)


def search_state(*, course: str) -> str:
    """Return a word that is another as soon as a search may find something else. No access check."""
    return searching.state(course)


def cite(*, passage: str, quote: str) -> Citation | None:
    """Return a citation (marker 0) of `quote`, its words as they stand in the passage; None when
    they do not stand there. White space, ligatures, and the forms of quotation marks and hyphens may
    differ. No access check."""
    return citations.cite(passage, quote)


def link(*, material: str, passage: str, quote: str = "") -> str:
    """Return the address that opens a material at a passage, with `quote` marked."""
    return citations.link(material, passage, quote)


def find_quote(*, text: str, quote: str) -> list[int] | None:
    """Return [start, end] of `quote` in `text`, found as `cite` finds it; None when it is not there."""
    span = citations.find_quote(text, quote)
    return list(span) if span else None


def key_terms(*, course: str, limit: int = 40) -> list[dict[str, Any]]:
    """Return the key terms of a course, best first: `term`, `count`, `passage` (the id of one that
    speaks of it) and, where the materials give one, `definition`. No access check."""
    return glossary.key_terms(course, limit)


@transaction.atomic
def retag(*, course: str, moved: dict[str, str]) -> None:
    """The objectives of a course changed: give the passages of those that are gone (`moved`, to what
    takes them) away at once, and have a worker look at all of them again. No access check."""
    objectives.move(course, moved)
    tasks.retag.delay_on_commit(course)


def forget_course(*, course: str) -> None:
    """Delete all materials of a course that is gone for good, with their files. No access check."""
    sweeping.remove_course(parse_id(course))
