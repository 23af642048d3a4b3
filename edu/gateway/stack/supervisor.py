"""Runs the parts in order, restarts what dies, stops them in the reverse order."""

import signal
import threading
import time
from collections.abc import Callable
from types import FrameType

from edu.gateway.stack.children import Child

STEADY = 30.0  # seconds after which a part counts as having started well
LONGEST_PAUSE = 30.0


class Supervisor:
    """Watches `children` (started by the caller, in order); `say` prints one line for people."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.children: list[Child] = []
        self.say = say
        self.stopping = threading.Event()

    def catch_signals(self) -> None:
        """From now on Ctrl-C, SIGTERM and a closed terminal ask for an orderly stop."""

        def stop(number: int, frame: FrameType | None) -> None:
            self.stopping.set()

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, stop)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup asked to outlive it
            signal.signal(signal.SIGHUP, stop)

    def add(self, child: Child) -> None:
        """Watch a child that runs already, or start it now."""
        self.children.append(child)
        if not child.alive:
            child.start()

    def watch(self, once: bool = False) -> None:
        """Restart what died, until asked to stop; with `once` look a single time."""
        while not self.stopping.wait(0 if once else 0.2):
            now = time.monotonic()
            for child in self.children:
                if not child.alive and now >= child.retry_at:
                    self._restart(child, now)
            if once:
                return

    def stop(self) -> None:
        """Stop all, last started first."""
        for child in reversed(self.children):
            child.halt()

    def _restart(self, child: Child, now: float) -> None:
        """Start it again; each failure in a row doubles the pause before the next try."""
        code = child.process.returncode if child.process else None
        child.failures = 0 if now - child.started > STEADY else child.failures + 1
        child.retry_at = now + min(LONGEST_PAUSE, 0.25 * 2**child.failures)
        self.say(f"{child.name} ended (exit code {code}); starting it again")
        child.halt()  # what is left of its group
        child.start()
