"""Columns that hold what they hold sealed (see vault.py), each value bound to its table, column and row.

A row is read and saved as ever: a value is opened when it is first looked at, and sealed when the row
is saved. Columns made before they were sealed go on: what is still plain is read as it stands, and is
sealed with the next save, or by `reseal`. Nothing can be searched or sorted by such a column, and
`update()` refuses what is not sealed (`sealed_for` seals it for a row whose id is known); empty
values stay as they are, and can be asked for.
"""

import json
import logging
from collections.abc import Callable
from typing import Any

from django.db import models, transaction
from django.db.models import Model

from edu.common import vault

log = logging.getLogger(__name__)

EMPTY: tuple[Any, ...] = (None, "", b"", [], {})
# Every table with such columns. Services that are split off know of their own alone.
TABLES: dict[type[Model], list["Sealed"]] = {}


class Closed(str):
    """A sealed text as it lies in a column."""

    __slots__ = ()


class ClosedBytes(bytes):
    """Sealed bytes as they lie in a column."""

    __slots__ = ()


CLOSED = (Closed, ClosedBytes)


class Attribute:
    """Opens a column when it is first looked at."""

    def __init__(self, field: "Sealed") -> None:
        self.field = field

    def __get__(self, row: Any, owner: Any = None) -> Any:
        if row is None:
            return self
        held, name = row.__dict__, self.field.attname
        if name not in held:  # deferred
            row.refresh_from_db(fields=[name])
        if isinstance(held[name], CLOSED):
            held[name] = self.field.opened(held[name], row.pk)
        return held[name]

    def __set__(self, row: Any, value: Any) -> None:
        row.__dict__[self.field.attname] = value


class Sealed(models.Field):
    """What the kinds of such columns share. Each comes before Django's field of its kind."""

    descriptor_class = Attribute

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        """Remember the column, unless it is one of a table as it once was."""
        super().contribute_to_class(cls, name, private_only)
        if cls.__module__ != "__fake__" and not cls._meta.abstract:
            TABLES.setdefault(cls, []).append(self)

    def place(self, pk: Any) -> str:
        """Return where a value belongs."""
        return f"{self.model._meta.db_table}/{self.column}/{pk}"

    def opened(self, value: Any, pk: Any) -> Any:
        """Return what lies in the row with this key; raise Unreadable."""
        return vault.unseal(value, self.place(pk))

    def closed(self, value: Any, pk: Any) -> Any:
        """Return a value as it lies in the row with this key."""
        return Closed(vault.seal(str(value), self.place(pk)))

    def pre_save(self, row: Any, add: bool) -> Any:
        """Seal what was looked at or set."""
        value = row.__dict__.get(self.attname)
        if value in EMPTY or isinstance(value, CLOSED) or hasattr(value, "resolve_expression"):
            return value
        return self.closed(value, row.pk)

    def get_transform(self, lookup_name: str) -> Any:
        """Let nobody look into it by a query, who would find nothing there."""

    def get_lookup(self, lookup_name: str) -> Any:
        """Let it only be asked what is empty."""
        return super().get_lookup(lookup_name) if lookup_name in ("exact", "isnull") else None

    def get_prep_value(self, value: Any) -> Any:
        """Let nothing plain through."""
        if value not in EMPTY and not isinstance(value, CLOSED):
            raise TypeError(
                f"{self.model._meta.label}.{self.name} is sealed: save the row instead."
            )
        return value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Mark what is sealed."""
        return Closed(value) if vault.is_sealed(value) else value


class SealedText(Sealed, models.TextField):
    """A text."""


class SealedJSON(Sealed, models.JSONField):
    """A JSON value; sealed, it is a text inside the column."""

    def opened(self, value: Any, pk: Any) -> Any:
        """See Sealed."""
        return json.loads(super().opened(value, pk))

    def closed(self, value: Any, pk: Any) -> Any:
        """See Sealed."""
        return super().closed(json.dumps(value, cls=self.encoder, ensure_ascii=False), pk)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """See Sealed."""
        return Sealed.from_db_value(
            self,
            models.JSONField.from_db_value(self, value, expression, connection),
            expression,
            connection,
        )


class SealedBytes(Sealed, models.BinaryField):
    """Bytes. `before` opens what an older way sealed."""

    def __init__(
        self, *args: Any, before: Callable[[bytes], bytes] | None = None, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.before = before

    def opened(self, value: Any, pk: Any) -> Any:
        """See Sealed."""
        if vault.is_sealed(value):
            return vault.open_bytes(value, self.place(pk))
        return self.before(value) if self.before else value

    def closed(self, value: Any, pk: Any) -> Any:
        """See Sealed."""
        return ClosedBytes(vault.seal_bytes(bytes(value), self.place(pk)))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """See Sealed."""
        if value is None or not bytes(value):
            return value
        return ClosedBytes(bytes(value))


def sealed_for(table: type[Model], column: str, pk: Any, value: Any) -> Any:
    """Return `value` as it lies in one row, for `update()`."""
    found = next(each for each in TABLES[table] if each.name == column)
    return value if value in EMPTY else found.closed(value, pk)


def all_sealed_for(table: type[Model], pk: Any, changes: dict[str, Any]) -> dict[str, Any]:
    """Return values by column as `update()` takes them for one row: those sealed that have to be."""
    names = {each.name for each in TABLES[table]}
    return {
        name: sealed_for(table, name, pk, value) if name in names else value
        for name, value in changes.items()
    }


def reseal(table: type[Model], after: str, most: int = 200) -> str | None:
    """Seal with the current key what is plain or was sealed with another, in at most so many rows
    after the one with the key `after` ("" for the first); return the key to go on from, None at the
    end."""
    fields, now = TABLES[table], vault.current().id
    rows = table._base_manager.order_by("pk").only("pk", *(each.name for each in fields))
    if after:
        rows = rows.filter(pk__gt=after)
    last = None
    for row in rows[:most]:
        last = str(row.pk)
        if any(_stale(row.__dict__[each.attname], now) for each in fields):
            _reseal(table, row.pk, fields, now)
    return last


def _stale(raw: Any, now: str) -> bool:
    return raw not in EMPTY and not (isinstance(raw, CLOSED) and vault.key_of(raw) == now)


def _reseal(table: type[Model], pk: Any, fields: list[Sealed], now: str) -> None:
    """Seal one row anew. Its row alone is held, and only for the moment."""
    with transaction.atomic():
        row = table._base_manager.select_for_update(of=("self",)).filter(pk=pk).first()
        changes = {}
        for each in fields:
            if row is None or not _stale(row.__dict__[each.attname], now):
                continue
            try:
                changes[each.name] = each.closed(getattr(row, each.attname), pk)
            except vault.Unreadable:
                log.error("%s cannot be opened, and stays as it is", each.place(pk))
        if changes:
            table._base_manager.filter(pk=pk).update(**changes)
