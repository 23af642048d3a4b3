"""Search among very many passages, with made-up words and vectors: how long it takes, and how many of the
nearest it finds.

`python -m benchmarks.searching [passages] [courses]`: by default 100 000 in one course (1 000 000 take an
hour to index); several courses of the same size share one table. Beside the time that passes stands the
processor's, of Python and of PostgreSQL, which says more on a machine that has other work too. Started by
root, the processes that answer go before all others while they are measured, so that the time that passes
is nearly that of a machine at rest.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.first import first
from benchmarks.people import running
from benchmarks.table import machine, percentile, show

PASSAGES, COURSES = 100_000, 1
QUERIES = 300
EXACT = 60  # of them are also answered by comparing all passages
TOP = 10
Nearest = dict[str, set[Any]]  # by the passage that a question is about
WIDTHS = (200, 300, 400, 600, 800, 1000)  # of the search in the index


def main() -> None:
    """Fill a stack of its own and ask."""
    passages = int(sys.argv[1]) if len(sys.argv) > 1 else PASSAGES
    courses = int(sys.argv[2]) if len(sys.argv) > 2 else COURSES
    with running(EDU_CHAT="none") as stack:
        os.environ |= stack.environment()
        os.environ["DJANGO_SETTINGS_MODULE"] = "edu.settings"
        import django

        django.setup()
        from benchmarks.filling import fill
        from edu.common.ids import new_id
        from edu.inference import api as inference
        from edu.multimodal.logic.candidates import one_by_one

        model = inference.embedder()
        filled = fill([str(new_id()) for _ in range(courses)], passages, model)
        about = f"{passages} passages, {courses} courses ({filled.told})"
        with first(server(), *stack.children("inference")) as how:
            asked = filled.asked[:: max(1, len(filled.asked) // QUERIES)][:QUERIES]
            nearest = _nearest(asked)
            ask(asked, model, f"{about}; {how}", nearest)
            if not one_by_one(passages // courses):
                widths(asked, model, nearest)


def server() -> int:
    """Return the process of PostgreSQL that answers us."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def ask(asked: list[Any], model: str, about: str, nearest: Nearest) -> None:
    """Ask questions about passages that are there, and print the figures."""
    from edu.inference import api as inference
    from edu.multimodal.logic import search
    from edu.multimodal.logic.candidates import Asked
    from edu.multimodal.logic.scope import scope_of

    clock = Clock()
    embedding: list[list[float]] = [[], []]
    searching: list[list[float]] = [[], []]
    first = found = 0

    def look(question: Any) -> Any:
        scope = scope_of(question.course, None, None)
        terms = search.words_of(scope, question.words)
        return search.found(scope, question.words, terms, [Asked(model, question.vector)], 8)

    for question in asked[:20]:  # what was not read yet is read from the disk once
        look(question)
    for question in asked:
        answer = clock.of(lambda question=question: look(question), searching)
        first += answer.results[0].passage == question.passage
        found += any(each.passage == question.passage for each in answer.results)
    for question in asked:
        clock.of(
            lambda question=question: inference.embed(texts=[question.words], purpose="query"),
            embedding,
        )
    both = [a + b for a, b in zip(searching[0], embedding[0], strict=True)]
    rows = [
        _row("search, the question's vector given", searching),
        _row("embedding of the question (processor: without the model's)", embedding),
        ("both, one after the other", _ms(percentile(both, 0.5)), _ms(percentile(both, 0.95))),
    ]
    show(
        f"Search in {about} ({machine()})",
        ("part", "p50, ms", "p95, ms", "processor, p50", "processor, p95"),
        [(*row, *[""] * (5 - len(row))) for row in rows],
    )
    show(
        "What it finds",
        ("what", "share"),
        [
            (
                f"of the {TOP} nearest vectors, {len(nearest)} questions",
                f"{_recall(asked, model, nearest):.3f}",
            ),
            ("the passage asked about, first", f"{first / len(asked):.3f}"),
            ("the passage asked about, among eight", f"{found / len(asked):.3f}"),
        ],
    )


def widths(asked: list[Any], model: str, nearest: Nearest) -> None:
    """Print what a search in the index finds, and what it takes, that is narrower or wider than ours."""
    from edu.multimodal.logic import candidates, search
    from edu.multimodal.logic.scope import scope_of

    ours = candidates.BREADTH
    rows = []
    for breadth in WIDTHS:
        candidates.BREADTH = breadth
        clock = Clock()
        taken: list[list[float]] = [[], []]
        for question in asked:
            scope = scope_of(question.course, None, None)
            near = [candidates.Asked(model, question.vector)]
            terms = search.words_of(scope, question.words)
            clock.of(
                lambda terms=terms, near=near, scope=scope, question=question: search.found(
                    scope, question.words, terms, near, 8
                ),
                taken,
            )
        share = _recall(asked, model, nearest)
        rows.append((f"{breadth}", f"{share:.3f}", *_row("", taken)[1:]))
    candidates.BREADTH = ours
    show(
        "Wider and narrower, without counting words",
        ("width", f"of the {TOP} nearest", "p50, ms", "p95, ms", "processor, p50", "p95"),
        rows,
    )


class Clock:
    """Measures calls: the time that passes, and that of the processor."""

    def __init__(self) -> None:
        self.place = Path(f"/proc/{server()}/schedstat")

    def _server(self) -> float:
        """Return the seconds of processor that PostgreSQL has spent for us; 0 when it is elsewhere."""
        try:
            return int(self.place.read_text().split()[0]) / 1e9
        except OSError:
            return 0.0

    def of(self, call: Callable[[], Any], into: list[list[float]]) -> Any:
        """Return what `call` returns; add the milliseconds that passed, and those of processors."""
        spent, begun = self._server() + time.thread_time(), time.perf_counter()
        answer = call()
        into[0].append((time.perf_counter() - begun) * 1000)
        into[1].append((self._server() + time.thread_time() - spent) * 1000)
        return answer


def _nearest(asked: list[Any]) -> Nearest:
    """Return the nearest passages of some of the questions, found by comparing all."""
    from django.db import connection

    found = {}
    for question in asked[:: max(1, len(asked) // EXACT)][:EXACT]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM multimodal_passage WHERE course = %s "
                "ORDER BY (vector <=> %s::halfvec) + 0 LIMIT %s",
                [question.course, str(question.vector), TOP],
            )
            found[question.passage] = {row[0] for row in cursor.fetchall()}
    return found


def _recall(asked: list[Any], model: str, nearest: Nearest) -> float:
    """Return the share of the nearest passages that search weighs."""
    from edu.multimodal.logic.candidates import Asked, candidates
    from edu.multimodal.logic.scope import scope_of

    shares = []
    for question in asked:
        if question.passage not in nearest:
            continue
        scope = scope_of(question.course, None, None)
        hits = candidates(scope, [], [Asked(model, question.vector)])
        best = sorted(hits, key=lambda hit: -(hit.similarity or 0.0))[:TOP]
        shares.append(len(nearest[question.passage] & {hit.passage for hit in best}) / TOP)
    return sum(shares) / max(1, len(shares))


def _row(name: str, taken: list[list[float]]) -> tuple[str, ...]:
    return (
        name,
        *(_ms(percentile(each, share)) for each in taken for share in (0.5, 0.95)),
    )


def _ms(value: float) -> str:
    return f"{value:.1f}"


if __name__ == "__main__":
    main()
