"""Which kinds of work can be done now, asked of the servers and remembered for a few seconds."""

import threading
import time
from typing import Any, NamedTuple

from django.conf import settings

from edu.inference.base import CHAT, LOCAL_KINDS, RERANK
from edu.inference.data import Part
from edu.inference.logic.doors import ECHO, SEE, door, outside, server

_FRESH = {True: 3.0, False: 15.0}  # seconds; by whether the server is our own process
_PATIENCE = 30.0  # seconds for which an earlier answer stands in for one that is late


class _Answer(NamedTuple):
    """What a server said, when it was asked last, and when it last answered."""

    said: dict[str, Any]
    asked: float
    answered: float


_answers: dict[str, _Answer] = {}
_lock = threading.Lock()


def parts() -> list[Part]:
    """Return the state of every kind; `see` and `rerank` only when a server for it was set."""
    known = [_part(kind) for kind in LOCAL_KINDS]
    return known + [_part(kind) for kind in (SEE, RERANK) if server(kind)["url"]]


def works(kind: str) -> bool:
    """Whether a call of `kind` may be expected to be answered."""
    return _part(kind).state in ("ready", "idle")


def _part(kind: str) -> Part:
    at = server(kind)
    if at["url"] == ECHO:
        return Part(kind, ECHO, "ready", "A stand-in for tests.")
    if kind == CHAT and not at["url"] and settings.EDU_CHAT == "none":
        return Part(kind, "none", "off", "Left out by EDU_CHAT=none.")
    said = _health(kind)
    if outside(kind):
        name = at["name"] or "default"
        if said.get("error"):
            return Part(
                kind, name, "down", f"The server set for it does not answer: {said['error']}."
            )
        return Part(kind, name, "ready", "Served by the server that is set.")
    for each in said.get("parts") or []:
        if each.get("kind") == kind:
            return Part(kind, str(each["name"]), str(each["state"]), str(each.get("detail", "")))
    return Part(kind, kind, "down", "The inference process does not answer.")


def _health(kind: str) -> dict[str, Any]:
    """Return the server's own words, at most a few seconds old.

    On a machine at its limit it may be slow to say how it is: a late answer alone does not make it
    down as long as an earlier one is not too old.
    """
    backend: Any = door(kind)
    now = time.monotonic()
    with _lock:
        known = _answers.get(backend.url)
    if known and now - known.asked < _FRESH[backend.own]:
        return known.said
    said = backend.health()
    answered = now
    if known and "Timeout" in str(said.get("error")) and now - known.answered < _PATIENCE:
        said, answered = known.said, known.answered
    with _lock:
        _answers[backend.url] = _Answer(said, time.monotonic(), answered)
    return dict(said)


def forget() -> None:
    """Ask again at the next call."""
    with _lock:
        _answers.clear()
