"""Which objective a passage teaches: the one that its headings name, or that is nearest in words and
in meaning; the course's root when none is near."""

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.db import connection

from edu.common.ids import parse_id
from edu.courses import api as courses
from edu.courses.data import Objective
from edu.inference import api as inference
from edu.inference.data import ModelUnavailable, Vectors
from edu.multimodal.data import Chunk
from edu.multimodal.logic import outline
from edu.multimodal.logic.jobs import Watch
from edu.multimodal.logic.lexemes import lexemes
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


Tags = list[tuple[UUID, UUID]]


class Compass:
    """Points from a passage to the objective that it teaches."""

    def __init__(self, goals: list[Target], root: UUID) -> None:
        self.goals = goals
        self.root = root
        self.vectors = Vectors("", [])

    def learn(self) -> "Compass":
        """Ask the embedder what the objectives mean; without an answer words alone decide."""
        if self.goals:
            with contextlib.suppress(ModelUnavailable):
                self.vectors = inference.embed(texts=[goal.text for goal in self.goals])
        return self

    def nearest(self, passage: Chunk | Passage, vector: Sequence[float] | None, model: str) -> UUID:
        """Return the objective of a passage, whose vector was made by `model`."""
        if not self.goals:
            return self.root
        scores = self._scores(passage, vector if model == self.vectors.model else None)
        best = int(np.argmax(scores))
        return self.goals[best].id if scores[best] >= LEAST else self.root

    def _scores(self, passage: Chunk | Passage, vector: Sequence[float] | None) -> list[float]:
        headings = [frozenset(lexemes(each, passage.language)) for each in passage.path]
        own = frozenset(lexemes(passage.text, passage.language))
        near = np.zeros(len(self.goals), np.float32)
        if vector is not None:
            near = np.asarray(self.vectors.rows, np.float32) @ np.asarray(vector, np.float32)
        scores = []
        for goal, likeness in zip(self.goals, near, strict=True):
            if goal.title and goal.title in headings:
                # The innermost heading that names an objective decides.
                depth = max(at for at, each in enumerate(headings) if each == goal.title)
                scores.append(NAMED + 0.1 * depth)
                continue
            shared = len(goal.title & own) / len(goal.title) if goal.title else 0.0
            related = len(goal.words & own) / len(goal.words) if goal.words else 0.0
            words = 0.7 * shared + 0.3 * related
            meant = 0.5 * words + 0.5 * max(0.0, float(likeness))
            scores.append(0.8 * words if vector is None else meant)
        return scores


def compass(course: UUID, language: str) -> Compass:
    """Return a compass of the objectives of a course, proposed ones too; it has yet to `learn`."""
    return _compass(courses.objectives(course=str(course), status=None), language)


def _compass(found: Iterable[Objective], language: str) -> Compass:
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
    return Compass(goals, root)


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
    rows = Material.objects.filter(course=course, status=Job.Status.READY, removed_at=None)
    for row in rows.order_by("id"):
        retag_material(row)


def retag_material(row: Material) -> None:
    """Look again at what the passages of a material teach."""
    guide = compass(row.course, row.language).learn()
    passages = Passage.objects.filter(material=row).defer("search", "breaks", "sentences")
    write(
        [
            (each.id, guide.nearest(each, each.vector, each.model))
            for each in passages.iterator(BATCH)
        ]
    )


def offer(watch: Watch, row: Material, chunks: list[Chunk], language: str) -> None:
    """Offer the course objectives that were found in a material, as long as it has few."""
    there = [
        each for each in courses.objectives(course=str(row.course), status=None) if not each.root
    ]
    room = outline.MOST - len(there)
    if room <= 0:
        return
    said = [
        outline.Said(each.text, tuple(each.path), each.language, str(row.id))
        for each in chunks[:MOST_READ]
    ]
    proposals = watch.call(outline.propose, said, language)
    if proposals:
        courses.propose(course=str(row.course), proposals=proposals[:room])
