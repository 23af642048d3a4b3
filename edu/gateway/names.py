"""Names in camelCase for clients that ask for them: snake_case is what all else here speaks."""

import re
from collections.abc import Collection
from typing import Any

_SNAKE = re.compile(r"(?<=[a-z0-9])_([a-z0-9])")
_HUMP = re.compile(r"(?<=[a-z0-9])([A-Z])")


def camel(name: str) -> str:
    """Return `updated_at` as `updatedAt`; what is no name in snake_case stays."""
    return _SNAKE.sub(lambda found: found[1].upper(), name) if name.islower() else name


def snake(name: str) -> str:
    """Return `updatedAt` as `updated_at`; what is no name in camelCase stays."""
    return _HUMP.sub(lambda found: "_" + found[1].lower(), name) if name[:1].islower() else name


def camelised(value: Any) -> Any:
    """Return a JSON value with its names in camelCase, also where a problem names a field."""
    if isinstance(value, list):
        return [camelised(each) for each in value]
    if not isinstance(value, dict):
        return value
    made = {camel(name): camelised(each) for name, each in value.items()}
    if made.keys() == {"field", "detail"} and isinstance(made["field"], str):
        made["field"] = ".".join(camel(part) for part in made["field"].split("."))
    return made


def snaked(value: Any, spared: Collection[str] = ()) -> Any:
    """Return a JSON value with its names in snake_case; what stands in the fields `spared` is kept."""
    if isinstance(value, list):
        return [snaked(each) for each in value]
    if not isinstance(value, dict):
        return value
    named = ((snake(name), each) for name, each in value.items())
    return {name: each if name in spared else snaked(each) for name, each in named}
