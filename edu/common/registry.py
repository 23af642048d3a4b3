"""Kinds are found, not listed: one file in a folder is one more agent, format, item kind or backend."""

import importlib
import pkgutil
from types import ModuleType
from typing import TypeVar

Kind = TypeVar("Kind")


def scan(package: str) -> list[ModuleType]:
    """Import every module directly inside the dotted `package`, in order of name, and return them."""
    home = importlib.import_module(package)
    names = sorted(info.name for info in pkgutil.iter_modules(home.__path__))
    return [importlib.import_module(f"{package}.{name}") for name in names]


def kinds(package: str, base: type[Kind]) -> list[type[Kind]]:
    """Return the concrete subclasses of `base` that are defined inside `package`, by module name."""
    found: list[type[Kind]] = []
    for module in scan(package):
        for value in vars(module).values():
            own = isinstance(value, type) and value.__module__ == module.__name__
            if own and issubclass(value, base) and not getattr(value, "__abstractmethods__", None):
                found.append(value)
    return found
