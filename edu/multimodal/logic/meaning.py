"""What a question means: its vector, by each model that made vectors in the course.

Usually that is the model in force. While another one takes its place, and where somebody's materials may
not be sent to a model elsewhere, a course has vectors of several, and each is compared with its own.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextvars import copy_context
from threading import Thread

from edu.inference import api as inference
from edu.inference.data import ModelUnavailable
from edu.multimodal.logic.candidates import Asked
from edu.multimodal.models import DIMENSIONS

LONGEST = 2000  # characters of a question that count


def begin(query: str, embedders: Sequence[str]) -> Callable[[list[str]], list[Asked]]:
    """Have `query` embedded by the model in force and by `embedders`, and return what waits for the
    vectors. It is given the words of the question that stand in the materials: only once these are
    known may anything leave this site, so that there it begins then. A model that does not answer is
    left out."""
    if inference.calls_outside():
        return lambda matter: asked(query, embedders, matter)
    found: Future[list[Asked]] = Future()

    def work() -> None:
        try:
            found.set_result(asked(query, embedders, []))
        except BaseException as error:
            found.set_exception(error)

    Thread(target=copy_context().run, args=(work,), daemon=True).start()
    return lambda matter: found.result()


def asked(query: str, embedders: Sequence[str], matter: list[str]) -> list[Asked]:
    """Return the vectors of `query`, that of the model in force first."""
    found: dict[str, Asked] = {}
    for model in ("", *embedders):
        if model in found:
            continue
        try:
            made = inference.embed(
                texts=[query[:LONGEST]], purpose="query", matter=matter, model=model
            )
        except ModelUnavailable:
            continue
        if made.rows and len(made.rows[0]) == DIMENSIONS:
            found[made.model[:100]] = Asked(made.model[:100], made.rows[0])
    return list(found.values())
