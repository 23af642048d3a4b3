"""A course, or many, with very many passages: made-up words of a natural frequency, and vectors that lie
as those of real paragraphs do.

Rows and indexes are those of the migrations; only the way in is shorter than reading files. Vectors of
paragraphs are not spread evenly: twenty books treat the same fifty topics, a book has a chapter on each,
and a chapter has sections. Cosines are about those of multilingual-e5-small on XQuAD: of two paragraphs of
one article .33 (there .37), of others .10 (.12), of a question and its paragraph .55 (.54), another of its
article .29 (.29), any other .11 (.10); and so is the number of directions in which a question's neighbours
lie, which makes an index find them or miss them (23 among 240 paragraphs of 48 articles, there 23). Vectors
drawn evenly in 384 directions have 100, and an index misses most of their neighbours.
"""

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
from django.db import connection
from django.utils import timezone

from edu.common.ids import new_id, parse_id
from edu.multimodal.logic import portraits
from edu.multimodal.logic.candidates import FEW
from edu.multimodal.logic.lexemes import lexemes, quoted
from edu.multimodal.logic.vectors import shrink
from edu.multimodal.models import DIMENSIONS, Job, Material

PER_MATERIAL = 1000
PER_CHAPTER = 20
PER_SECTION = 5
PER_SUBJECT = 20  # books
WORDS = 100  # of a passage
SENTENCES = 5
SHARED, OWN = 2500, 2500  # words that all books use, and those that a book has of the rest
INDEXES = ("passage_meaning", "passage_words", "word_spelling")
_FINE = 10_000
_NUMBERS = {number: f"{number / _FINE:.4f}" for number in range(-_FINE, _FINE + 1)}
_syllables = (
    "ba",
    "den",
    "fir",
    "gos",
    "hul",
    "jin",
    "kor",
    "lam",
    "mev",
    "nop",
    "rat",
    "sul",
    "tov",
    "wex",
    "zir",
)


@dataclass
class Filled:
    """Questions about what was added, and, for people, how long it took."""

    asked: list["Asked"]
    told: str


@dataclass(frozen=True)
class Asked:
    """A question made from a passage: its words, its vector, its passage and its course."""

    words: str
    vector: list[float]
    passage: str
    course: str


def vocabulary(size: int = 50_000) -> list[str]:
    """Return made-up words, the most frequent first."""
    chance = random.Random(7)
    words: dict[str, None] = {}
    while len(words) < size:
        words.setdefault("".join(chance.choices(_syllables, k=chance.randint(2, 5))))
    return list(words)


class Maker:
    """Makes books."""

    def __init__(self, seed: int = 11) -> None:
        self.chance = np.random.default_rng(seed)
        self.words = vocabulary()
        self.lexemes = [lexemes(word, "en")[0] for word in self.words]
        self.weights = 1 / (np.arange(SHARED + OWN) + 50)
        self.weights /= self.weights.sum()
        self.spread = np.sqrt(1 / (np.arange(DIMENSIONS) + 10))
        self.flatter = np.sqrt(1 / (np.arange(DIMENSIONS) + 60))
        self.middle = self._draw(1)[0]
        self.books = 0
        self.topics: Any = None

    def _draw(self, count: int, spread: Any = None) -> Any:
        drawn = self.chance.normal(size=(count, DIMENSIONS))
        return _unit(drawn * (self.spread if spread is None else spread))

    def _strength(self, count: int, varied: float) -> Any:
        return np.exp(self.chance.normal(0, varied, size=(count, 1)))

    def vectors(self, count: int) -> Any:
        """Return the vectors of the passages of one book, in their order."""
        chapters = -(-count // PER_CHAPTER)
        if self.books % PER_SUBJECT == 0:
            self.topics = self._draw(PER_MATERIAL // PER_CHAPTER)
        self.books += 1
        treated = self.chance.permutation(self.topics)[:chapters]
        treated = 0.43 * treated + 0.22 * self._draw(chapters)
        sections = 0.35 * self._draw(-(-count // PER_SECTION)).repeat(PER_SECTION, 0)[:count]
        own = 0.74 * self._strength(count, 0.45) * self._draw(count)
        return _unit(0.32 * self.middle + treated.repeat(PER_CHAPTER, 0)[:count] + sections + own)

    def question(self, vectors: Any, at: int) -> Any:
        """Return the vector of a question that the passage of that place among `vectors` answers."""
        first = at - at % PER_CHAPTER
        chapter = _unit(vectors[first : first + PER_CHAPTER].mean(0))
        own = 0.8 * self._strength(1, 0.35)[0] * self._draw(1, self.flatter)[0]
        return _unit(0.4 * vectors[at] + 0.22 * chapter + 0.1 * self.middle + own)

    def texts(self, count: int) -> list[list[int]]:
        """Return the words of the passages of one book, by their numbers."""
        own = self.chance.choice(len(self.words) - SHARED, OWN, replace=False) + SHARED
        known = np.concatenate([np.arange(SHARED), own])
        # What a book has of its own takes places among the frequent words as well as the rare ones.
        known[SHARED // 2 :] = self.chance.permutation(known[SHARED // 2 :])
        picked = self.chance.choice(len(known), (count, WORDS), p=self.weights)
        return [list(row) for row in known[picked]]


def fill(courses: Sequence[str], passages: int, model: str) -> Filled:
    """Add `passages` passages, evenly to all `courses`, searchable by word and by vector of `model`;
    return questions about some of them. Where no course is so large that the index of vectors is asked,
    that index is left out: it takes longest."""
    maker = Maker()
    asked: list[Asked] = []
    with connection.cursor() as cursor:
        again = _drop(cursor)
    begun = time.monotonic()
    each = passages // len(courses)
    for course in courses:
        for first in range(0, each, PER_MATERIAL):
            asked += _book(maker, course, min(PER_MATERIAL, each - first), model)
    told = [f"written in {time.monotonic() - begun:.0f} s"]
    print(told[0], flush=True)
    if each <= FEW:
        again.pop("passage_meaning")
    told += index(again)
    return Filled(asked, ", ".join(told))


def _drop(cursor: Any) -> dict[str, str]:
    """Drop the indexes that are dear to keep up row by row; return how to make them again."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE indexname = ANY(%s)", [list(INDEXES)]
    )
    found = dict(cursor.fetchall())
    for name in found:
        cursor.execute(f"DROP INDEX {name}")
    return {name: found[name] for name in reversed(INDEXES) if name in found}


def index(statements: dict[str, str]) -> list[str]:
    """Make the indexes by their names; return how long each took and how large it is."""
    told = []
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '3GB'")
        cursor.execute("SET max_parallel_maintenance_workers = 2")
        for name, statement in statements.items():
            begun = time.monotonic()
            cursor.execute(statement)
            cursor.execute("SELECT pg_relation_size(%s::regclass) / 1048576", [name])
            size = cursor.fetchone()[0]
            told.append(f"{name} in {time.monotonic() - begun:.0f} s, {size} MB")
            print(told[-1], flush=True)
        cursor.execute("VACUUM ANALYZE multimodal_passage")
        cursor.execute("VACUUM ANALYZE multimodal_word")
    return told


def _book(maker: Maker, course: str, size: int, model: str) -> list[Asked]:
    now = timezone.now()
    material = Material.objects.create(
        course=parse_id(course),
        uploaded_by=new_id(),
        title="Volume",
        file_name="volume.txt",
        media_type="text/plain",
        bytes=1,
        sha256="0" * 64,
        key="none",
        kind="text",
        status=Job.Status.READY,
        progress=1,
        language="en",
        passages=size,
        embedder=model,
        due_at=now + timedelta(days=1),
        finished_at=now,
    )
    portraits.keep(
        material, portraits.Made()
    )  # or a worker would make one, beside what is measured
    texts, vectors = maker.texts(size), maker.vectors(size)
    documents: Counter[str] = Counter()
    ids = [new_id() for _ in texts]
    small, part = _small(maker, vectors), SENTENCES * (DIMENSIONS + 4)
    spelt_out = np.round(vectors * _FINE).astype(int).tolist()
    with connection.cursor() as cursor:
        columns = (
            "id, material_id, course, ordinal, text, locator, times, path, kind, language, search, "
            "breaks, vector, sentences, model"
        )
        with cursor.copy(f"COPY multimodal_passage ({columns}) FROM STDIN") as copy:
            for at, (text, row) in enumerate(zip(texts, spelt_out, strict=True)):
                spelt = _vector(maker, text, documents)
                copy.write_row(
                    (
                        ids[at],
                        material.id,
                        material.course,
                        at,
                        " ".join(_sentences(maker, text)),
                        f'{{"kind": "section", "path": [], "paragraph": {at}}}',
                        "[]",
                        "{}",
                        "text",
                        "en",
                        spelt,
                        "{20,40,60,80,100}",
                        "[" + ",".join([_NUMBERS[number] for number in row]) + "]",
                        small[at * part : (at + 1) * part],
                        model,
                    )
                )
        with cursor.copy(
            "COPY multimodal_word (course, lexeme, material_id, documents) FROM STDIN"
        ) as copy:
            for lexeme, count in sorted(documents.items()):
                copy.write_row((material.course, lexeme, material.id, count))
    asked = []
    for at in maker.chance.choice(size, 2, replace=False):
        words = dict.fromkeys(int(each) for each in maker.chance.choice(texts[at], 6))
        query = "what about the " + " ".join(maker.words[each] for each in words)
        vector = maker.question(vectors, int(at))
        asked.append(Asked(query, vector.tolist(), str(ids[at]), str(material.course)))
    return asked


def _sentences(maker: Maker, text: list[int]) -> Iterator[str]:
    size = WORDS // SENTENCES
    for start in range(0, WORDS, size):
        yield " ".join(maker.words[each] for each in text[start : start + size]) + "."


def _vector(maker: Maker, text: list[int], documents: Counter[str]) -> str:
    """Return the tsvector of a passage, spelt out as `lexemes.index` does."""
    places: dict[str, list[str]] = {}
    for at, each in enumerate(text, 1):
        places.setdefault(maker.lexemes[each], []).append(str(at))
    documents.update(places.keys())
    return " ".join(f"{quoted(word)}:{','.join(each)}" for word, each in places.items())


def _small(maker: Maker, vectors: Any) -> bytes:
    """Return the vectors of the sentences of a book, shrunk: each like its passage, with its own part."""
    own = maker.chance.normal(size=(PER_CHAPTER * SENTENCES, DIMENSIONS)).astype(np.float32) * 0.04
    rows = vectors.astype(np.float32).repeat(SENTENCES, 0)
    rows += np.resize(own, rows.shape)
    return shrink(_unit(rows))


def _unit(rows: Any) -> Any:
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)
