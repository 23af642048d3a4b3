"""How well the paragraph that answers a question is found: search as it is, beside plain full text of
PostgreSQL and BM25, on SQuAD 2.0 and XQuAD.

The articles of a set are the materials of one course, their paragraphs its passages. A question counts by
the place of its paragraph: nDCG@10 is 1 / log2(place + 1) up to the tenth, R@1 whether it is the first.
"""

import json
import math
import os
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import snowballstemmer
from django.utils import timezone

from benchmarks.people import running
from benchmarks.table import machine, show
from tests.places import DATA

SETS = {"squad2": DATA / "squad2" / "dev.json", "xquad": DATA / "xquad" / "xquad.en.json"}
ABROAD = ("de", "ar", "tr")  # languages in which the questions of xquad are asked too
TOP = 10
STRIDE = int(os.environ.get("EDU_BENCH_STRIDE", "1"))  # every how many questions one is asked
Ranked = Callable[[str], list[int]]


@dataclass
class Set:
    """Paragraphs in a course, and questions with the number of the paragraph that answers."""

    course: str
    paragraphs: list[str]
    asked: dict[str, list[tuple[str, int]]]


def main() -> None:
    """Bring, ask, print."""
    if not all(place.exists() for place in SETS.values()):
        print(f"{DATA} has no squad2 and xquad: nothing to measure on.")
        return
    with running(EDU_CHAT="none") as stack:
        os.environ |= stack.environment()
        os.environ["DJANGO_SETTINGS_MODULE"] = "edu.settings"
        import django

        django.setup()
        measure(bring())


def bring() -> dict[str, Set]:
    """Make each set a course, every paragraph a passage of it with its vectors."""
    from edu.common.ids import new_id
    from edu.multimodal.data import Chunk
    from edu.multimodal.logic import vectors, writing
    from edu.multimodal.models import Job, Material, Passage

    found = {}
    for name, place in SETS.items():
        course = new_id()
        for article in json.loads(place.read_text())["data"]:
            row = Material.objects.create(
                course=course,
                uploaded_by=new_id(),
                title=article["title"],
                file_name="article.txt",
                media_type="text/plain",
                bytes=1,
                sha256="0" * 64,
                key="none",
                status=Job.Status.READY,
                language="en",
                due_at=timezone.now(),
            )
            chunks = [
                Chunk(part["context"], {"kind": "section", "path": [], "paragraph": at}, [], "en")
                for at, part in enumerate(article["paragraphs"])
            ]
            row.passages = writing.replace_passages(row, chunks, None)
            passages = list(Passage.objects.filter(material=row).order_by("ordinal"))
            for at in range(0, len(passages), vectors.BATCH):
                part = passages[at : at + vectors.BATCH]
                row.embedder, made = vectors.make(part)
                vectors.keep([each.id for each in part], row.embedder, made)
            row.save()
        asked = {"en": questions(place)}
        if name == "xquad":
            asked |= {each: questions(place.with_name(f"xquad.{each}.json")) for each in ABROAD}
        found[name] = Set(str(course), [text for text, _ in paragraphs_of(place)], asked)
    return found


def paragraphs_of(place: Path) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the paragraphs of a set, each with its questions."""
    articles = json.loads(place.read_text())["data"]
    return [(part["context"], part["qas"]) for each in articles for part in each["paragraphs"]]


def questions(place: Path) -> list[tuple[str, int]]:
    """Return the questions that can be answered, each with the number of its paragraph."""
    return [
        (each["question"], at)
        for at, (_, asked) in enumerate(paragraphs_of(place))
        for each in asked
        if not each.get("is_impossible")
    ]


def measure(sets: dict[str, Set]) -> None:
    """Ask, and print the table."""
    rows = []
    for name, each in sets.items():
        ours = _search(each)
        words = BM25(each.paragraphs)
        for language, asked in each.asked.items():
            some = asked[::STRIDE]
            peers: list[tuple[str, Ranked]] = [("search", ours)]
            if language == "en":
                peers += [("BM25, stems", words.rank), ("PostgreSQL full text", _plain(each))]
            for title, rank in peers:
                figures = score([(rank(question), gold) for question, gold in some])
                rows.append((name, language, len(some), title, *(f"{one:.3f}" for one in figures)))
    show(
        f"Retrieval; paragraphs in English ({machine()})",
        ("set", "questions in", "questions", "by", "nDCG@10", "R@1"),
        rows,
    )


def score(found: Sequence[tuple[list[int], int]]) -> tuple[float, float]:
    """Return nDCG@10 and R@1 of (numbers of paragraphs, best first; the right one)."""
    gained = [
        1 / math.log2(ranked.index(gold) + 2) if gold in ranked[:TOP] else 0.0
        for ranked, gold in found
    ]
    first = [ranked[:1] == [gold] for ranked, gold in found]
    return sum(gained) / len(found), sum(first) / len(found)


def _search(each: Set) -> Ranked:
    from edu.multimodal import api as multimodal

    numbers = {text: at for at, text in enumerate(each.paragraphs)}

    def rank(question: str) -> list[int]:
        hits = multimodal.search(course=each.course, query=question, limit=TOP).results
        return [numbers[hit.text] for hit in hits]

    return rank


def _plain(each: Set) -> Ranked:
    """PostgreSQL's own search: any of the words, ts_rank, its English configuration."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE IF NOT EXISTS plain (at int, words tsvector)")
        cursor.execute("TRUNCATE plain")
        cursor.executemany(
            "INSERT INTO plain VALUES (%s, to_tsvector('english', %s))",
            list(enumerate(each.paragraphs)),
        )

    def rank(question: str) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT at FROM plain, (SELECT replace(plainto_tsquery('english', %s)::text, '&', '|')"
                "::tsquery AS asked) q WHERE words @@ asked ORDER BY ts_rank(words, asked) DESC, at LIMIT %s",
                [question, TOP],
            )
            return [row[0] for row in cursor.fetchall()]

    return rank


class BM25:
    """The usual formula (k1 1.2, b 0.75) over English stems."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self.stemmer = snowballstemmer.stemmer("english")
        self.counts = [Counter(self._stems(each)) for each in paragraphs]
        self.lengths = [sum(each.values()) for each in self.counts]
        self.mean = sum(self.lengths) / len(self.lengths)
        self.holding = Counter(stem for each in self.counts for stem in each)

    def _stems(self, text: str) -> list[str]:
        stems: list[str] = self.stemmer.stemWords(re.findall(r"\w+", text.lower()))
        return stems

    def rank(self, question: str) -> list[int]:
        """Return the numbers of the best paragraphs."""
        stems, all_ = set(self._stems(question)), len(self.counts)
        scores = []
        for at, counts in enumerate(self.counts):
            total = 0.0
            for stem in stems & counts.keys():
                rare = math.log(1 + (all_ - self.holding[stem] + 0.5) / (self.holding[stem] + 0.5))
                many = counts[stem]
                long = 1.2 * (0.25 + 0.75 * self.lengths[at] / self.mean)
                total += rare * many * 2.2 / (many + long)
            scores.append((-total, at))
        return [at for _, at in sorted(scores)[:TOP]]


if __name__ == "__main__":
    main()
