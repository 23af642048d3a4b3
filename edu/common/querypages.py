"""Cuts a Django queryset into cursor pages by key, so that page 1000 costs what page 1 costs."""

import json
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet

from edu.common.pages import Page, bad_cursor, cursor, read_cursor, sensible

Item = TypeVar("Item")


def page_of(
    queryset: QuerySet[Any],
    *,
    order: str,
    cursor: str | None,
    limit: int,
    to_data: Callable[[Any], Item],
) -> Page[Item]:
    """Return one page of `queryset` as data.

    `order` is a column of the model that is never null, with "-" in front for descending ("-id" is
    newest first, because ids sort by time); rows that are equal there are told apart by their
    primary key. `cursor` is what an earlier page gave as `next` or `previous`, None for the first
    page; Invalid is raised for any other text. `limit` is brought within 1 and 200.
    """
    down, name = order.startswith("-"), order.removeprefix("-")
    limit = sensible(limit)
    place = read_cursor(cursor)
    backwards = place is not None and place[0] == "b"
    if place is not None:
        queryset = queryset.filter(_beyond(queryset.model, name, place[1], down != backwards))
    sign = "-" if down != backwards else ""
    rows = list(queryset.order_by(f"{sign}{name}", f"{sign}pk")[: limit + 1])
    more = len(rows) > limit
    rows = rows[:limit]
    if backwards:
        rows.reverse()
    if not rows:
        return Page([])
    has_next, has_previous = (True, more) if backwards else (more, place is not None)
    return Page(
        [to_data(row) for row in rows],
        _edge("a", rows[-1], name) if has_next else None,
        _edge("b", rows[0], name) if has_previous else None,
    )


def _fields(model: type[Model], name: str) -> "tuple[Field[Any, Any], Field[Any, Any]]":
    """Return the column that orders, and the primary key."""
    field = model._meta.pk if name in ("pk", "id") else model._meta.get_field(name)
    assert isinstance(field, Field)  # noqa: S101  (a programmer's choice, never a person's)
    return field, model._meta.pk


def _edge(direction: str, row: Model, name: str) -> str:
    """Return the cursor that stands at `row`."""
    fields = _fields(type(row), name)
    texts = [each.value_to_string(row) for each in fields]
    return cursor(direction, json.dumps(texts, ensure_ascii=False))


def _beyond(model: type[Model], name: str, key: str, down: bool) -> Q:
    """Return the condition for rows after the edge that `key` describes."""
    fields = _fields(model, name)
    try:
        texts = json.loads(key)
        if not isinstance(texts, list) or "\x00" in "".join(texts):
            raise bad_cursor()
        "".join(texts).encode()
        value, pk = (each.to_python(text) for each, text in zip(fields, texts, strict=True))
    except (ValueError, TypeError, ValidationError, OverflowError, RecursionError):
        raise bad_cursor() from None
    way = "lt" if down else "gt"
    beyond = Q(**{f"pk__{way}": pk})
    if fields[0] is fields[1]:
        return beyond
    return Q(**{f"{name}__{way}": value}) | (Q(**{name: value}) & beyond)
