"""Reads settings from the environment: NAME, or NAME_FILE for a secret kept in a file.

A bad value ends the start with the exact words to use instead.
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit


class BadSetting(SystemExit):
    """A setting that cannot work: the message says which one, why, and what to write."""


def text(name: str, default: str = "") -> str:
    """Return the value of `name`, or the content of the file that `name`_FILE names, or `default`."""
    if os.environ.get(name):
        return os.environ[name]
    place = os.environ.get(f"{name}_FILE")
    if not place:
        return default
    try:
        return Path(place).read_text().strip()
    except OSError as error:
        raise BadSetting(f"{name}_FILE={place} cannot be read ({error.strerror}).") from None


def flag(name: str, default: bool = False) -> bool:
    """Return the truth of `name`: 1, true, yes, on or 0, false, no, off."""
    value = text(name).lower()
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    if value:
        raise BadSetting(f"{name}={value} is not a yes or a no. Use {name}=1 or {name}=0.")
    return default


def number(name: str, default: int, low: int = 0, high: int = 2**31) -> int:
    """Return the whole number in `name`, which lies within `low` and `high`."""
    value = text(name)
    if not value:
        return default
    if not value.isdigit() or not low <= int(value) <= high:
        raise BadSetting(f"{name}={value} does not work. Use a whole number from {low} to {high}.")
    return int(value)


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Return the comma-separated words of `name`."""
    value = text(name)
    return [word.strip() for word in value.split(",") if word.strip()] if value else list(default)


def database(url: str) -> dict[str, object]:
    """Return Django's settings for a postgresql:// `url` (query keys become connection options)."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise BadSetting(
            "DATABASE_URL does not name a PostgreSQL database. "
            "Use DATABASE_URL=postgresql://user:password@host:5432/name"
        )
    options = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or 5432),
        "OPTIONS": options,
    }


def load(path: Path) -> None:
    """Put the NAME=value lines of `path` into the environment where they are not set already."""
    if not path.is_file():
        return
    for line in path.read_text().splitlines():
        name, mark, value = line.partition("=")
        if mark and not name.lstrip().startswith("#"):
            os.environ.setdefault(name.strip(), value.strip())


def secret(folder: Path, name: str) -> str:
    """Return the secret kept as `folder`/`name`; make it at random (mode 0600) the first time."""
    import secrets

    place = folder / name
    if not place.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return place.read_text().strip()
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(32))
    return place.read_text().strip()
