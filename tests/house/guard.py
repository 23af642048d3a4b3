"""Watches the database: which app's tables are written within one transaction.

`watch()` looks at every statement that runs while it is open. What is written between the beginning and
the end of one outermost atomic block belongs together; the atomic blocks that a test itself runs in do
not count. The outbox may be written along with any app, that is what it is for; Django's own tables
(sessions, the admin's log) belong to nobody.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from tests.house.registry import tables

WRITES = re.compile(
    r'^\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE)\s+(?:ONLY\s+)?"?(\w+)"?', re.I
)
ANYWHERE = {"events"}


@dataclass
class Guard:
    """`spans` are the transactions that wrote tables of more than one app, as {app: [statements]}."""

    base: int
    owners: dict[str, str] = field(default_factory=tables)
    spans: list[dict[str, list[str]]] = field(default_factory=list)
    written: dict[str, list[str]] = field(default_factory=dict)
    block: Any = None

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Django's hook around each statement."""
        blocks = connection.atomic_blocks
        block = blocks[self.base] if len(blocks) > self.base else None
        if block is None or block is not self.block:
            self.end()
            self.block = block
        wrote = WRITES.match(sql)
        app = self.owners.get(wrote[1]) if wrote else None
        if block is not None and app and app not in ANYWHERE:
            self.written.setdefault(app, []).append(sql[:120])
        return execute(sql, params, many, context)

    def end(self) -> None:
        """A transaction is over."""
        if len(self.written) > 1:
            self.spans.append(self.written)
        self.written = {}


@contextmanager
def watch() -> Iterator[Guard]:
    """Watch until the end of the block; fail when a transaction spanned two apps."""
    guard = Guard(base=len(connection.atomic_blocks))
    with connection.execute_wrapper(guard):
        yield guard
    guard.end()
    assert guard.spans == [], "a transaction wrote the tables of two apps"
