"""Which objective a passage teaches: the one that its headings name, or that is nearest in words and
in meaning; the course's root when none is near."""

import contextlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
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

NAMED = 2.0  # a heading of the passage is the objective's title
HEADED = 1.2  # a heading says just what the objective does: more than all words of the text can
FAINT = 0.4  # below this a heading shares a word with an objective by chance
OUTER = 0.7  # of a heading's weight has the one above it
LEAST = 0.30  # of likeness, below which a passage teaches nothing in particular
BATCH = 500
MOST_READ = 2000  # passages that proposals are made from
OFFERED = 24  # objectives that the materials of a course share
MOST_OFFERED = 40  # with those that come one by one after that


# What objectives are put with, which says nothing of what they are about.
_TELLING = """
describe explain understand know define identify compare calculate apply analyse analyze evaluate recognise
recognize name list state outline discuss interpret use tell relate learn demonstrate distinguish summarise
summarize classify choose introduction basics overview beschreiben erklären verstehen kennen definieren nennen
vergleichen berechnen anwenden analysieren bewerten erkennen erläutern unterscheiden einführung grundlagen
décrire expliquer comprendre connaître définir identifier comparer calculer appliquer analyser évaluer nommer
distinguer introduction describir explicar comprender conocer definir identificar comparar calcular aplicar
analizar evaluar nombrar distinguir introducción descrivere spiegare capire conoscere definire confrontare
descrever explicar compreender entender beschrijven uitleggen begrijpen kennen açıklamak açıklar tanımlamak
tanımlar anlamak karşılaştırmak karşılaştırır hesaplamak hesaplar ayırt etmek eder giriş описать объяснить
понимать знать определить сравнить вычислить назвать введение وصف شرح فهم معرفة تعريف مقارنة حساب يصف يشرح
يفهم يعرف يقارن يحسب مقدمة
"""


@dataclass(frozen=True)
class Target:
    """An objective as passages are compared with it: `title` the lexemes of its title, `about` those
    that say what it is about, `words` these with its terms and description."""

    id: UUID
    title: frozenset[str]
    about: frozenset[str]
    words: frozenset[str]
    text: str


Tags = list[tuple[UUID, UUID]]


class Compass:
    """Points from a passage to the objective that it teaches."""

    def __init__(self, goals: list[Target], root: UUID) -> None:
        self.goals = goals
        self.counts = Counter(word for goal in goals for word in goal.about)
        self.root = root
        self.vectors = Vectors("", [])

    def learn(self) -> "Compass":
        """Ask the embedder what the objectives mean; without an answer words alone decide."""
        if self.goals:
            with contextlib.suppress(ModelUnavailable):
                self.vectors = inference.embed(
                    texts=[goal.text for goal in self.goals], patient=True
                )
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
        headed = self._headed(headings)
        scores = []
        for at, (goal, likeness) in enumerate(zip(self.goals, near, strict=True)):
            if goal.title and goal.title in headings:
                # The innermost heading that names an objective decides.
                depth = max(level for level, each in enumerate(headings) if each == goal.title)
                scores.append(NAMED + 0.1 * depth)
                continue
            shared = self._share(goal.about & own, goal.about)
            related = self._share(goal.words & own, goal.words)
            words = 0.7 * shared + 0.3 * related
            meant = 0.5 * words + 0.5 * max(0.0, float(likeness))
            scores.append(HEADED * headed[at] + (0.8 * words if vector is None else meant))
        return scores

    def _headed(self, headings: list[frozenset[str]]) -> list[float]:
        """Return how much the innermost heading that speaks of any objective speaks of each, 0..1."""
        for outwards, heading in enumerate(reversed(headings)):
            found = [self._likeness(goal, heading - telling() or heading) for goal in self.goals]
            if max(found, default=0.0) >= FAINT:
                return [OUTER**outwards * each if each >= FAINT else 0.0 for each in found]
        return [0.0] * len(self.goals)

    def _likeness(self, goal: Target, heading: frozenset[str]) -> float:
        together = 2 * self._weight(goal.about & heading)
        titled = together / max(0.1, self._weight(goal.about) + self._weight(heading))
        return max(titled, 0.7 * self._share(goal.words & heading, heading))

    def _weight(self, words: frozenset[str]) -> float:
        """Return what words weigh: little when many objectives are about them."""
        return sum(1.0 / max(1, self.counts[word]) for word in words)

    def _share(self, some: frozenset[str], of: frozenset[str]) -> float:
        return self._weight(some) / self._weight(of) if of else 0.0


@cache
def telling() -> frozenset[str]:
    """Return the lexemes of the words that objectives are put with, in all languages."""
    languages = ("en", "de", "fr", "es", "it", "pt", "nl", "tr", "ru", "ar")
    return frozenset(each for code in languages for each in lexemes(_TELLING, code))


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
        more = lexemes(f"{' '.join(each.terms)} {each.description}", language)
        about = title - telling() or title
        text = ". ".join([each.title, each.description, ", ".join(each.terms[:8])])
        goals.append(
            Target(
                UUID(each.id), title, about, about | frozenset(more) - telling(), text.strip(" .,")
            )
        )
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
    with inference.on_behalf(user=str(row.uploaded_by), course=str(row.course)):
        guide = compass(row.course, row.language).learn()
    passages = Passage.objects.filter(material=row).defer("search", "breaks", "sentences")
    write(
        [
            (each.id, guide.nearest(each, each.vector, each.model))
            for each in passages.iterator(BATCH)
        ]
    )


def offer(watch: Watch, row: Material, chunks: list[Chunk], language: str) -> None:
    """Offer the course objectives that were found in a material: its share of what a course is offered."""
    wanted = _share(row.course)
    if wanted <= 0:
        return
    said = [
        outline.Said(each.text, tuple(each.path), each.language, str(row.id))
        for each in chunks[:MOST_READ]
    ]
    proposals = watch.call(outline.propose, said, language, wanted)
    if proposals:
        courses.propose(course=str(row.course), proposals=proposals[:wanted])


def _share(course: UUID) -> int:
    """Return how many objectives a material may offer: of files that come together each some, whichever
    is read first; of those that come when a course has many, one each."""
    there = sum(not each.root for each in courses.objectives(course=str(course), status=None))
    live = Material.objects.filter(course=course, removed_at=None)
    materials = live.exclude(status__in=(Job.Status.FAILED, Job.Status.CANCELLED)).count()
    fair = max(1, min(outline.MOST, OFFERED // max(1, materials)))
    return min(fair, max(1, OFFERED - there), MOST_OFFERED - there)
