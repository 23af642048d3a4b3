"""How long until `manage.py up` is ready: the first time, and again."""

import time

from benchmarks.table import machine, show
from tests.journeys.stack import fresh


def main() -> None:
    """Start a fresh stack, stop it, start it three times more."""
    stack = fresh()
    rows = []
    for name in ("first start (models are there)", "again", "again", "again"):
        begun = time.monotonic()
        stack.start(600)
        ready = time.monotonic() - begun
        begun = time.monotonic()
        stack.stop()
        rows.append((name, f"{ready:.1f}", f"{time.monotonic() - begun:.1f}"))
    show(f"Start of the stack ({machine()})", ("start", "ready after, s", "stopped after, s"), rows)


if __name__ == "__main__":
    main()
