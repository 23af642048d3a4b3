"""Waits for a model only so long, and stops waiting when the person has gone."""

import contextvars
import queue
import threading
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from edu.agents.data import Cancelled

Answer = TypeVar("Answer")
LOOK_SECONDS = 0.1


class TooSlow(Exception):
    """The time was up before the model had answered."""


def within(seconds: float, ask: Callable[[], Answer], cancelled: Callable[[], bool]) -> Answer:
    """Return what `ask` returns; raise TooSlow after `seconds`, Cancelled when the person stopped it.
    `ask` then runs to its end unheard, in a thread of its own; it must not touch the database."""
    return next(_listen(seconds, lambda: iter((ask(),)), cancelled))


def stream_within(
    seconds: float, start: Callable[[], Iterator[Answer]], cancelled: Callable[[], bool]
) -> Iterator[Answer]:
    """Yield what the iterator made by `start` yields. The time is for all of it; the iterator is
    closed when time is up, when the person stopped it, or when the caller wants no more."""
    return _listen(seconds, start, cancelled)


def _listen(
    seconds: float, start: Callable[[], Iterator[Answer]], cancelled: Callable[[], bool]
) -> Iterator[Answer]:
    heard: queue.Queue[tuple[str, Answer | BaseException | None]] = queue.Queue()
    enough = threading.Event()

    def fetch() -> None:
        try:
            source = start()
            for each in source:
                heard.put(("word", each))
                if enough.is_set():
                    close = getattr(source, "close", None)
                    if close:
                        close()
                    return
            heard.put(("end", None))
        except BaseException as error:  # handed to the thread that listens, which raises it
            heard.put(("error", error))

    context = contextvars.copy_context()  # for whom it is asked
    threading.Thread(target=context.run, args=(fetch,), daemon=True, name="model-call").start()
    until = time.monotonic() + seconds
    try:
        while True:
            try:
                kind, value = heard.get(timeout=LOOK_SECONDS)
            except queue.Empty:
                if cancelled():
                    raise Cancelled from None
                if time.monotonic() > until:
                    raise TooSlow from None
                continue
            if kind == "end":
                return
            if kind == "error":
                assert isinstance(value, BaseException)  # noqa: S101
                raise value
            yield value  # type: ignore[misc]
            if cancelled():
                raise Cancelled
            if time.monotonic() > until:
                raise TooSlow
    finally:
        enough.set()
