"""Which objective a passage teaches: the one that its headings name, or that is nearest in words and
in meaning; the course's root when none is near."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.db import connection

from edu.common.ids import parse_id
from edu.courses import api as courses
from edu.courses.data import Objective
from edu.inference import api as inference
from edu.inference.data import ModelUnavailable, Vectors
from edu.multimodal.logic import outline
from edu.multimodal.logic.jobs import Watch
from edu.multimodal.logic.lexemes import lexemes
from edu.multimodal.logic.reads import lean
from edu.multimodal.models import Job, Material, Passage

NAMED = 1.0  # a heading of the passage is the objective's title
LEAST = 0.30  # of likeness, below which a passage teaches nothing in particular
BATCH = 500
MOST_READ = 2000  # passages that proposals are made from


@dataclass(frozen=True)
class Target:
    """An objective as passages are compared with it."""

    id: UUID
    title: frozenset[str]
    words: frozenset[str]
    text: str


@dataclass(frozen=True)
class Candidate:
    """A passage as objectives are compared with it."""

    id: UUID
    headings: tuple[frozenset[str], ...]
    words: frozenset[str]
    vector: list[float] | None
    model: str


Tags = list[tuple[UUID, UUID]]


def targets(found: Iterable[Objective], language: str) -> tuple[list[Target], UUID]:
    """Return what passages are compared with, and the root."""
    goals, root = [], None
    for each in found:
        if each.root:
            root = UUID(each.id)
            continue
        title = frozenset(lexemes(each.title, language))
        more = lexemes(" ".join(each.terms), language)
        text = ". ".join([each.title, each.description, ", ".join(each.terms[:8])])
        goals.append(Target(UUID(each.id), title, title | frozenset(more), text.strip(" .,")))
    if root is None:
        raise LookupError("a course without a root objective")
    return goals, root


def candidate(row: Passage) -> Candidate:
    """Return a passage as it is compared; reads no further column."""
    return Candidate(
        id=row.id,
        headings=tuple(frozenset(lexemes(each, row.language)) for each in row.path),
        words=frozenset(lexemes(row.text, row.language)),
        vector=None if row.vector is None else list(row.vector),
        model=row.model,
    )


def nearest(goals: list[Target], root: UUID, passages: list[Candidate]) -> Tags:
    """Return (passage, objective) for every passage. Needs no database; without an embedder words
    alone decide."""
    if not goals:
        return [(each.id, root) for each in passages]
    try:
        vectors = inference.embed(texts=[goal.text for goal in goals])
    except ModelUnavailable:
        vectors = Vectors("", [])
    tags = []
    for passage in passages:
        scores = _scores(goals, vectors, passage)
        best = int(np.argmax(scores))
        tags.append((passage.id, goals[best].id if scores[best] >= LEAST else root))
    return tags


def _scores(goals: list[Target], vectors: Vectors, passage: Candidate) -> list[float]:
    meant = passage.vector is not None and passage.model == vectors.model
    near = (
        np.asarray(vectors.rows, np.float32) @ np.asarray(passage.vector, np.float32)
        if meant
        else np.zeros(len(goals))
    )
    scores = []
    for goal, likeness in zip(goals, near, strict=True):
        if goal.title and goal.title in passage.headings:
            # The innermost heading that names an objective decides.
            depth = max(at for at, each in enumerate(passage.headings) if each == goal.title)
            scores.append(NAMED + 0.1 * depth)
            continue
        shared = len(goal.title & passage.words) / len(goal.title) if goal.title else 0.0
        related = len(goal.words & passage.words) / len(goal.words) if goal.words else 0.0
        words = 0.7 * shared + 0.3 * related
        scores.append(0.5 * words + 0.5 * max(0.0, float(likeness)) if meant else 0.8 * words)
    return scores


def material(row: Material) -> tuple[list[Target], UUID, list[Candidate]]:
    """Return what `nearest` takes, for all passages of a material."""
    found = courses.objectives(course=str(row.course), status=None)
    goals, root = targets(found, row.language)
    passages = Passage.objects.filter(material=row).defer("search", "breaks", "sentences")
    return goals, root, [candidate(each) for each in passages.iterator(BATCH)]


def write(tags: Tags) -> None:
    """Write objectives to passages, where they differ from what stands there."""
    with connection.cursor() as cursor:
        for at in range(0, len(tags), BATCH):
            part = tags[at : at + BATCH]
            cursor.execute(
                "UPDATE multimodal_passage p SET objective = t.objective "
                "FROM unnest(%s::uuid[], %s::uuid[]) AS t(id, objective) "
                "WHERE p.id = t.id AND p.objective IS DISTINCT FROM t.objective",
                [[passage for passage, _ in part], [goal for _, goal in part]],
            )


def move(course: str, moved: dict[str, str]) -> None:
    """Give the passages of objectives that are gone to those that take them."""
    for gone, taker in moved.items():
        Passage.objects.filter(course=parse_id(course), objective=parse_id(gone)).update(
            objective=parse_id(taker)
        )


def retag(course: UUID) -> None:
    """Look again at what every passage of a course teaches: its objectives changed."""
    for row in Material.objects.filter(
        course=course, status=Job.Status.READY, removed_at=None
    ).order_by("id"):
        write(nearest(*material(row)))


def offer(watch: Watch, row: Material) -> None:
    """Offer the course objectives that were found in a material, as long as it has few."""
    there = [
        each for each in courses.objectives(course=str(row.course), status=None) if not each.root
    ]
    room = outline.MOST - len(there)
    if room <= 0:
        return
    passages = lean(Passage.objects.filter(material=row)).order_by("ordinal")[:MOST_READ]
    said = [
        outline.Said(each.text, tuple(each.path), each.language, str(row.id)) for each in passages
    ]
    proposals = watch.call(outline.propose, said, row.language)
    if proposals:
        courses.propose(course=str(row.course), proposals=proposals[:room])
