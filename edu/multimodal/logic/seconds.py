"""When each part of a spoken text was said.

`times` is a list of [sign, start, end]: from that sign on, up to the sign of the next, a word (or a
segment, where the words are not known) is said from one second to another.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

Times = list[list[float]]
Spells = Sequence[Sequence[float]]


def said_at(times: Spells, begin: int, end: int) -> tuple[float, float]:
    """Return from when to when the signs `begin` to `end` are said, by whole words or segments."""
    signs = [each[0] for each in times]
    first = max(0, bisect_right(signs, begin) - 1)
    last = max(first + 1, bisect_left(signs, end))
    return times[first][1], max(each[2] for each in times[first:last])


class Track:
    """A spoken text with its times."""

    def __init__(self, times: Times, length: int) -> None:
        self.times = times
        self._signs = [int(each[0]) for each in times]
        # A blank parts a word from the next; where there is none the last sign is given away.
        self._ends = [*(sign - 1 for sign in self._signs[1:]), length]

    def second(self, sign: int, *, over: bool = False) -> float:
        """Return when the sign is said; within a segment speech is taken to be even. `over`: when what
        ends before that sign is over, which is earlier where a pause follows."""
        at = max(0, (bisect_left if over else bisect_right)(self._signs, sign) - 1)
        begin, start, end = self.times[at]
        share = (sign - begin) / max(1, self._ends[at] - begin)
        return round(start + (end - start) * min(1.0, max(0.0, share)), 2)

    def part(self, begin: int, end: int) -> Times:
        """Return the times of the signs from `begin` to `end`, counted from `begin`."""
        found: Times = []
        at = max(0, bisect_right(self._signs, begin) - 1)
        for sign, start, stop in self.times[at:]:
            if sign >= end:
                break
            if sign < begin:
                start = self.second(begin)
            found.append([max(0, int(sign) - begin), start, stop])
        if found:
            found[-1][2] = max(found[-1][1], min(found[-1][2], self.second(end, over=True)))
        return found
