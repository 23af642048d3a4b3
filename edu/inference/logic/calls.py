"""Calls at work in the inference process, by an id, so that one can be stopped from another thread."""

import threading

_stops: dict[str, threading.Event] = {}
_lock = threading.Lock()


def begin(call: str) -> threading.Event:
    """Remember a call; the event is set when nobody waits for it any more."""
    with _lock:
        return _stops.setdefault(call, threading.Event())


def stop(call: str) -> None:
    """Have the work for `call` given up soon."""
    begin(call).set()


def end(call: str) -> None:
    """Forget it."""
    with _lock:
        _stops.pop(call, None)


def stop_all() -> None:
    """Have all work given up soon."""
    with _lock:
        for event in _stops.values():
            event.set()
