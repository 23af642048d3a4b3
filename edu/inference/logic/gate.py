"""One at a time, and who is waited for first: people before work that nobody looks at."""

import heapq
import itertools
import threading
from collections.abc import Callable

from edu.inference.base import Stopped

GLANCE = 0.5  # seconds between two looks at whether somebody who stands in line still waits


class Full(Exception):
    """Too many stand in line already."""


class Gate:
    """Lets one through at a time, in the order in which they came; the patient after all others, and
    in a line of their own, so that they never fill that of the others."""

    def __init__(self, most: int) -> None:
        self.most = most  # in one line, the one who is inside among them
        self._changed = threading.Condition()
        self._line: list[tuple[bool, int]] = []
        self._numbers = itertools.count()
        self._inside = False

    @property
    def waiting(self) -> int:
        """How many stand in line or are inside."""
        with self._changed:
            return len(self._line) + self._inside

    def enter(self, stopped: Callable[[], bool], patient: bool = False) -> None:
        """Wait until it is one's turn; raise Full, or Stopped when `stopped` says so meanwhile."""
        with self._changed:
            before = sum(each[0] == patient for each in self._line)
            if before + self._inside >= self.most:
                raise Full
            ticket = (patient, next(self._numbers))
            heapq.heappush(self._line, ticket)
            while self._inside or self._line[0] != ticket:
                self._changed.wait(GLANCE)
                if stopped():
                    self._line.remove(ticket)
                    heapq.heapify(self._line)
                    self._changed.notify_all()
                    raise Stopped
            heapq.heappop(self._line)
            self._inside = True

    def slip_in(self) -> bool:
        """Enter if nobody is inside or waits; say whether that was so."""
        with self._changed:
            if self._inside or self._line:
                return False
            self._inside = True
            return True

    @property
    def wanted(self) -> bool:
        """Whether anybody stands in line."""
        with self._changed:
            return bool(self._line)

    def leave(self) -> None:
        """Let the next one in."""
        with self._changed:
            self._inside = False
            self._changed.notify_all()
