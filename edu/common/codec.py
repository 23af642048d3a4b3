"""Dataclasses to JSON values and back, so that any api could be called over a wire."""

import base64
import dataclasses
import types
import typing
from datetime import UTC, datetime
from enum import Enum
from typing import Any


def rfc3339(moment: datetime) -> str:
    """Return `moment` in UTC with milliseconds and a Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def plain(value: Any) -> Any:
    """Return `value` as JSON values: dataclasses as objects, times as RFC 3339, bytes as base64."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, datetime):
        return rfc3339(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, Enum):
        return value.value
    return value


def revive(kind: Any, value: Any) -> Any:
    """Undo `plain` for the type `kind`."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if value is None or kind is Any:
        return value
    if origin in (typing.Union, types.UnionType):
        wanted = [each for each in arguments if each is not type(None)]
        return revive(wanted[0], value) if len(wanted) == 1 else value
    if origin is tuple and not (len(arguments) == 2 and arguments[1] is Ellipsis):
        return tuple(revive(each, one) for each, one in zip(arguments, value, strict=True))
    if origin in (list, tuple):
        return origin(revive(arguments[0] if arguments else Any, each) for each in value)
    if origin is dict:
        return {key: revive(arguments[1], each) for key, each in value.items()}
    if dataclasses.is_dataclass(kind if origin is None else origin):
        made = typing.cast(type, kind if origin is None else origin)
        bound = dict(zip(getattr(made, "__parameters__", ()), arguments, strict=False))
        hints = typing.get_type_hints(made)
        return made(
            **{name: revive(_filled(hints[name], bound), each) for name, each in value.items()}
        )
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind is bytes:
        return base64.b64decode(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    return value


def _filled(kind: Any, bound: dict[Any, Any]) -> Any:
    """Return `kind` with its type variables, as in Page[Course], replaced by what they stand for."""
    if isinstance(kind, typing.TypeVar):
        return bound.get(kind, Any)
    inside = typing.get_args(kind)
    if bound and any(isinstance(each, typing.TypeVar) for each in inside):
        return typing.get_origin(kind)[tuple(bound.get(each, each) for each in inside)]
    return kind
