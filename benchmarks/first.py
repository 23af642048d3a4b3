"""Lets a few processes go before all others, so that a busy machine measures nearly as one at rest."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

EARLY = -15  # as `nice` counts


@contextlib.contextmanager
def first(*others: int) -> Iterator[str]:
    """Have this process and `others` go first; give how it was taken, for people. Only root may ask for
    it; what is not allowed is not done, and said."""
    pids = [os.getpid(), *others]
    before = {pid: _nice(pid, EARLY) for pid in pids}
    done = all(each is not None for each in before.values())
    try:
        yield f"nice {EARLY} while asked" if done else "asked beside all other work"
    finally:
        for pid, nice in before.items():
            if nice is not None:
                _nice(pid, nice)


def _nice(pid: int, nice: int) -> int | None:
    """Set it, for every thread and for the group in which the kernel schedules a session; return what
    it was, None where that is not allowed."""
    try:
        was = os.getpriority(os.PRIO_PROCESS, pid)
        for thread in Path(f"/proc/{pid}/task").iterdir():
            os.setpriority(os.PRIO_PROCESS, int(thread.name), nice)
        with contextlib.suppress(FileNotFoundError):  # kernels without such groups
            Path(f"/proc/{pid}/autogroup").write_text(str(nice))
    except OSError:
        return None
    return was
