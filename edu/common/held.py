"""What an app's tables hold of people: declared table by table in its `logic/held.py`, and from there
shown, exported and erased. A table that is not declared fails a test."""

import base64
import mimetypes
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model, Q, QuerySet

ERASE = "erase"  # the row goes
UNNAME = "unname"  # the row stays for others, and names nobody any more
KEEP = "keep"  # the row stays as it is; `why` says why
NOBODY = UUID(int=0)  # stands where an erased person's id was


@dataclass(frozen=True)
class Held:
    """What one table holds of people.

    `of` says by which columns a row names somebody and what is done with it when they are erased: a path
    of field names, with "@email" after it where the column holds an e-mail address instead of an id. The
    first is whose row it is: to them it is exported whole, to the others only that they are named.
    `kind` is what to call such rows, `why` why they are held or kept. `hide` are columns that are in no
    export (secrets, and what only machines read), `files` those that hold the keys of stored files, each
    with the column that says their media type; `inside` those that hold a small file itself as base64,
    with its media type.
    """

    kind: str
    why: str
    of: dict[str, str] = field(default_factory=dict)
    hide: tuple[str, ...] = ()
    files: dict[str, str] = field(default_factory=dict)
    inside: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """One kind of rows that name a person: how many there are, and whether they `end` with them
    (ERASE, UNNAME or KEEP)."""

    name: str
    kind: str
    why: str
    count: int
    end: str


@dataclass(frozen=True)
class Personal:
    """All that one app holds of one person: rows by table, and by the name that the rows give them the
    keys of their stored files, and the files that stand in the rows themselves."""

    rows: dict[str, list[dict[str, Any]]]
    files: dict[str, str] = field(default_factory=dict)
    inside: dict[str, bytes] = field(default_factory=dict)


Rules = dict[type[Model], Held]
Names = dict[str, Any]  # what a person is called in columns: by "id", by "email"


def name(model: type[Model]) -> str:
    """Return how a table is called in exports and receipts."""
    return model._meta.label_lower


def _column(path: str) -> str:
    return path.partition("@")[0]


def _named(path: str, names: Names) -> Q:
    """The condition that a column names the person; no row at all where they have no such name."""
    column, _, by = path.partition("@")
    value = names.get(by or "id")
    # Inside JSON an id is text.
    return Q(**{column: str(value) if "__" in column else value}) if value else Q(pk__in=[])


def _rows(model: type[Model], path: str, names: Names) -> QuerySet[Any]:
    return model._default_manager.filter(_named(path, names))


def kinds(rules: Rules, names: Names) -> list[Kind]:
    """Return what is held of a person, one for each table that names them."""
    found = []
    for model, held in rules.items():
        any_of = Q(pk__in=[])
        for path in held.of:
            any_of |= _named(path, names)
        count = model._default_manager.filter(any_of).count() if held.of else 0
        if count:
            end = next(iter(held.of.values()))
            found.append(Kind(name(model), held.kind, held.why, count, end))
    return found


def export(rules: Rules, names: Names) -> Personal:
    """Return all rows of a person as JSON values, and the keys of the files that they name."""
    rows: dict[str, list[dict[str, Any]]] = {}
    files: dict[str, str] = {}
    inside: dict[str, bytes] = {}
    for model, held in rules.items():
        for number, path in enumerate(held.of):
            told = rows.setdefault(name(model), [])
            for row in _rows(model, path, names).order_by("pk").iterator(chunk_size=500):
                if number:
                    told.append(_mention(row, path, names))
                else:
                    called, keys = _stored(row, held)
                    within, found = _within(row, held)
                    told.append(_whole(row, held, names) | called | within)
                    files |= keys
                    inside |= found
    return Personal({each: told for each, told in rows.items() if told}, files, inside)


def _mention(row: Model, path: str, names: Names) -> dict[str, Any]:
    return {"id": value(row.pk), _column(path): value(names["id"])}


def _stored(row: Model, held: Held) -> tuple[dict[str, str], dict[str, str]]:
    """Return what the files of a row are called in an export, by column, and their keys by that."""
    called, keys = {}, {}
    for column, typed in held.files.items():
        if key := getattr(row, column):
            ending = mimetypes.guess_extension(getattr(row, typed) or "") or ""
            called[column] = f"files/{key.rpartition('/')[2]}{ending}"
            keys[called[column]] = key
    return called, keys


def _within(row: Model, held: Held) -> tuple[dict[str, str], dict[str, bytes]]:
    """Return what the files that stand in a row are called in an export, by column, and they by that."""
    called, found = {}, {}
    for column, media_type in held.inside.items():
        if text := getattr(row, column):
            ending = mimetypes.guess_extension(media_type, strict=False) or ""
            called[column] = f"files/{row._meta.model_name}-{row.pk}-{column}{ending}"
            found[called[column]] = base64.b64decode(text)
    return called, found


def _whole(row: Model, held: Held, names: Names) -> dict[str, Any]:
    """Return a row without its secrets, and without the ids of other people."""
    told = {}
    others = {_column(path) for path in held.of}
    apart = {*held.hide, *held.files, *held.inside}
    for each in row._meta.concrete_fields:
        found = each.value_from_object(row)
        if each.name in apart or isinstance(found, memoryview):
            continue
        if each.name in others and str(found) not in map(str, names.values()):
            continue
        told[each.name] = value(found)
    return told


def value(found: Any) -> Any:
    """Return a column's value as JSON can carry it."""
    if found is None or isinstance(found, bool | int | float | str):
        return found
    if isinstance(found, datetime | date):
        return found.isoformat()
    if isinstance(found, dict):
        return {str(key): value(each) for key, each in found.items()}
    if isinstance(found, list | tuple):
        return [value(each) for each in found]
    return str(found)


@transaction.atomic
def erase(rules: Rules, names: Names) -> dict[str, int]:
    """Erase a person from the tables, in the order in which they are declared; return how many rows of
    each went, or name nobody now. Doing it again finds nothing, and is no error."""
    done: dict[str, int] = {}
    for model, held in rules.items():
        for path, end in held.of.items():
            found = _rows(model, path, names)
            if end == ERASE:
                ids = list(found.values_list("pk", flat=True))
                model._default_manager.filter(pk__in=ids).delete()
                count = len(ids)
            elif end == UNNAME:
                count = found.update(**{_column(path): NOBODY})
            else:
                continue
            if count:
                done[name(model)] = done.get(name(model), 0) + count
    return done
