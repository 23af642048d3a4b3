"""Makes an example of any type that may stand at a door, so that a new function needs no further line."""

import collections.abc
import dataclasses
import types
import typing
from datetime import UTC, datetime, timedelta
from enum import Enum
from random import Random
from typing import Any

WORDS = (
    "",
    "Osmosis",
    "Zellwand \u00e4\u00df",
    "\u0627\u0644\u062e\u0644\u064a\u0629",
    'say "so"\n',
    "0",
    "null",
)


class NoExample(Exception):
    """A type that no JSON value can stand for."""


def example(kind: Any, chance: Random, depth: int = 0) -> Any:
    """Return a value of type `kind`; raise NoExample for a type that cannot cross a wire."""
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    if isinstance(kind, typing.TypeVar):
        raise NoExample(f"{kind} was left open")
    if kind is Any or kind is object:
        return chance.choice([None, True, 3, 2.5, "text", ["a", 1], {"key": {"deep": [1]}}])
    if kind is None or kind is types.NoneType:
        return None
    if origin in (typing.Union, types.UnionType):
        return example(chance.choice(inside), chance, depth)
    if origin is typing.Literal:
        return chance.choice(inside)
    if origin is typing.Annotated:
        return example(inside[0], chance, depth)
    if origin in (list, collections.abc.Sequence, collections.abc.Iterable) or kind is list:
        return [
            example(inside[0] if inside else Any, chance, depth + 1)
            for _each in range(_few(chance, depth))
        ]
    if origin is tuple:
        if len(inside) == 2 and inside[1] is Ellipsis:
            return tuple(
                example(inside[0], chance, depth + 1) for _each in range(_few(chance, depth))
            )
        return tuple(example(each, chance, depth + 1) for each in inside)
    if origin in (dict, collections.abc.Mapping) or kind is dict:
        key, value = inside or (str, Any)
        if key is not str:
            raise NoExample("the keys of a JSON object are strings")
        names = [f"key{each}" for each in range(_few(chance, depth))]
        return {name: example(value, chance, depth + 1) for name in names}
    return _plain(kind, origin or kind, dict(_bound(kind, origin, inside)), chance, depth)


def _few(chance: Random, depth: int) -> int:
    return chance.randrange(3) if depth < 4 else 0


def _bound(kind: Any, origin: Any, inside: tuple[Any, ...]) -> Any:
    """The type variables of a generic dataclass, each with what it stands for here."""
    names = getattr(origin, "__parameters__", ())
    return zip(names, inside, strict=False)


def _plain(kind: Any, made: Any, bound: dict[Any, Any], chance: Random, depth: int) -> Any:
    if dataclasses.is_dataclass(made):
        hints = typing.get_type_hints(made)
        return made(
            **{
                each.name: example(_filled(hints[each.name], bound), chance, depth + 1)
                for each in dataclasses.fields(made)
            }
        )
    if isinstance(made, type) and issubclass(made, Enum):
        return chance.choice(list(made))
    simple = {
        bool: lambda: chance.random() < 0.5,
        int: lambda: chance.randrange(-5, 10_000),
        float: lambda: round(chance.uniform(-2, 100), 6),
        str: lambda: chance.choice(WORDS),
        bytes: lambda: chance.randbytes(chance.randrange(6)),
        datetime: lambda: (
            datetime(2026, 1, 1, tzinfo=UTC) + timedelta(milliseconds=chance.randrange(10**11))
        ),
    }
    if made in simple:
        return simple[made]()
    raise NoExample(f"{kind} has no form in JSON")


def _filled(kind: Any, bound: dict[Any, Any]) -> Any:
    """`kind` with its type variables replaced by what they are bound to."""
    if isinstance(kind, typing.TypeVar):
        return bound.get(kind, kind)
    inside = typing.get_args(kind)
    if bound and any(isinstance(each, typing.TypeVar) for each in inside):
        return typing.get_origin(kind)[tuple(bound.get(each, each) for each in inside)]
    return kind
