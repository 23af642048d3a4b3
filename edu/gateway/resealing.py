"""Sealing with the newest data key what is plain still or was sealed with an older one, little by little.

How far each place is (a table with sealed columns, the store of files, the secrets of libraries) stands
with the key itself, so that whoever is stopped is gone on from.
"""

import time
from collections.abc import Callable

from django.core.cache import cache

from edu.common import sealedfields
from edu.common.held import name as name_of
from edu.events import api as events
from edu.multimodal import api as multimodal
from edu.users import api as users

SPELL = 10.0  # seconds that a worker does this before it sees to something else
LOCK = "resealing"

Step = Callable[[str], str | None]


def places() -> dict[str, Step]:
    """Return every place, with what seals some of it from one position on and says the next (None: the
    end)."""
    found: dict[str, Step] = {
        name_of(table): lambda at, table=table: sealedfields.reseal(table, at)  # type: ignore[misc]
        for table in sealedfields.TABLES
    }
    found["second steps"] = lambda at: users.reseal_second_steps(after=at)
    found["accounts elsewhere"] = lambda at: users.reseal_outside(after=at)
    found["files"] = lambda at: multimodal.reseal(after=at)
    return found


def run(seconds: float = SPELL) -> bool:
    """Go on for so long; True when there is nothing left to do, or nothing yet."""
    progress = events.sealing_progress()
    if progress is None or not cache.add(LOCK, 1, int(seconds) + 600):
        return progress is None
    end = time.monotonic() + seconds
    try:
        for place, step in places().items():
            at = progress.get(place, "")
            while at is not None:
                if time.monotonic() > end:
                    return False
                at = step(at)
                events.note_sealing(place=place, at=at)
        events.finish_sealing()
        return True
    finally:
        cache.delete(LOCK)
