"""Facts: what one app tells the apps above it. A fact is true when it is published, and stays so.
And the keys that lock what is kept."""

from dataclasses import dataclass
from datetime import datetime

from edu.common.errors import Unavailable
from edu.common.text import gettext_noop as _


@dataclass(frozen=True)
class Fact:
    """Base of all facts. Subclasses are frozen dataclasses of JSON values: ids as strings, times as
    RFC 3339 strings, numbers, lists and dicts of these."""


class WrongMasterKey(Unavailable):
    """A data key was wrapped with a master key that is not given."""

    detail = _(
        "EDU_MASTER_KEY is not the key that this database was locked with (its mark is %(mark)s). Set"
        " the one that was, or give it as EDU_MASTER_KEY_OLD beside the new one."
    )


@dataclass(frozen=True)
class DataKeyState:
    """One data key: whether the master key of now wraps it, and since when all that is kept is sealed
    with it (None: not yet, or a newer one came)."""

    id: str
    created_at: datetime
    wrapped_by_current: bool
    done_at: datetime | None
