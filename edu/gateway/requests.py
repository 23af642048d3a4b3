"""The id of the request that this thread works for, in every log line and every answer."""

import logging
import re
from contextvars import ContextVar

from edu.common.ids import new_id

HEADER = "X-Request-ID"
current: ContextVar[str] = ContextVar("request_id", default="-")

# What a proxy in front of us may hand in: enough for a UUID or a trace id, nothing that could
# break a log line.
_SANE = re.compile(r"[A-Za-z0-9._-]{8,128}\Z")


def choose(offered: str) -> str:
    """Return the id that came with the request when it is a sane one, else a new one."""
    return offered if _SANE.match(offered) else str(new_id())


class LogFilter(logging.Filter):
    """Adds `request_id` to every record, so that the format may name it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Never drops a record."""
        asked = getattr(record, "request", None)  # Django's own lines come after the answer
        record.request_id = getattr(asked, "request_id", None) or current.get()
        return True
