"""JSON as RFC 8259 has it, and only what a database column takes: what others send, whichever way."""

import json
import math
from typing import Any, NoReturn

MOST_DEPTH = 32


def read(text: str) -> Any:
    """Return the value that `text` is, without NaN, Infinity and numbers beyond all bounds. Raise
    ValueError, or RecursionError. Its texts are `check`'s."""
    return json.loads(text, parse_constant=_refuse, parse_float=_finite)


def check(value: Any, depth: int = MOST_DEPTH) -> None:
    """Raise ValueError for what no database column takes, before anything below has to think of it:
    a NUL, half a character, more than `depth` levels."""
    if depth == 0:
        raise ValueError("it is nested too deeply")
    if isinstance(value, str):
        if "\0" in value:
            raise ValueError("a text holds a NUL character")
        if any("\ud800" <= letter <= "\udfff" for letter in value):
            raise ValueError("a text holds half a character")
    elif isinstance(value, dict):
        for key, each in value.items():
            check(key, depth)
            check(each, depth - 1)
    elif isinstance(value, list):
        for each in value:
            check(each, depth - 1)


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a JSON number")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("a number is too large")
    return value
