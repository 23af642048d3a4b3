"""Reads settings: from the environment, then from files of NAME=value lines; NAME_FILE names a file
that holds the value, for secrets. A bad value ends the start with the exact words to use instead.
"""

import contextlib
import ipaddress
import os
import re
import secrets
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey as _Ed25519
from cryptography.hazmat.primitives.serialization import load_pem_private_key

# What the person wrote into .env, and what a running stack says of its embedded parts.
_written: dict[str, str] = {}
_running: dict[str, str] = {}


_OTHER_HOST = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/([A-Za-z0-9._~-]+/)*")


class BadSetting(SystemExit):
    """A setting that cannot work: the message says which one, why, and what to write."""


def given(name: str) -> str:
    """Return what the person set for `name`, in the environment or in .env; "" for nothing."""
    return os.environ.get(name) or _written.get(name, "")


def text(name: str, default: str = "") -> str:
    """Return the value of `name`, or the content of the file that `name`_FILE names, or what the
    running stack says, or `default`."""
    if given(name):
        return given(name)
    place = given(f"{name}_FILE")
    if not place:
        return _running.get(name, default)
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


def networks(name: str) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    """Return the comma-separated networks or single addresses of `name`."""
    try:
        return tuple(ipaddress.ip_network(each) for each in words(name))
    except ValueError as error:
        raise BadSetting(f"{name} does not work: {error}. Use {name}=10.2.0.0/16.") from None


def hosts(name: str) -> list[str]:
    """Return the comma-separated host names, addresses and networks of `name`."""
    for each in words(name):
        try:
            ipaddress.ip_network(each, strict=False)
        except ValueError:
            if not re.fullmatch(r"[\w-]+(\.[\w-]+)*\.?", each) or each.replace(".", "").isdigit():
                raise BadSetting(
                    f"{name}={each} is no host. Use {name}=gpu.example.org,10.2.0.0/16, without scheme "
                    f"and port."
                ) from None
    return words(name)


def one_of(name: str, *values: str) -> str:
    """Return which of `values` is set for `name`; the first is the default."""
    value = text(name, values[0])
    if value not in values:
        raise BadSetting(f"{name}={value} is not known. Use one of: {', '.join(values)}.")
    return value


def model(name: str, manifest: str, kind: str, *words: str) -> str:
    """Return which model of `kind` is set for `name`: one of `words`, the first by default, or one that
    the TOML file `manifest` names."""
    try:
        rows = tomllib.loads(Path(manifest).read_text()).get("model", [])
        names = [each["name"] for each in rows if each["kind"] == kind]
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadSetting(
            f"EDU_MODELS_MANIFEST={manifest} cannot be read ({error}). "
            "Use EDU_MODELS_MANIFEST=/srv/edu/models.toml, or leave it out."
        ) from None
    return one_of(name, *words, *names)


def signing_keys(name: str) -> str:
    """Return the Ed25519 keys in `name`, PEM after PEM; "" when none are set. What does not work is not
    repeated: it is secret."""
    value = text(name)
    begin, end = "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----"
    pems = [f"{begin}{part.partition(begin)[2]}{end}\n" for part in value.split(end)[:-1]]
    try:
        good = [isinstance(load_pem_private_key(pem.encode(), None), _Ed25519) for pem in pems]
    except (ValueError, TypeError, UnsupportedAlgorithm):
        good = []
    if value and not (good and all(good)):
        raise BadSetting(
            f"{name} does not hold private Ed25519 keys as PEM. "
            f"Use {name}= with what this prints: openssl genpkey -algorithm ed25519"
        )
    return value


def address(name: str, default: str, example: str, *schemes: str, also: str = "") -> str:
    """Return the address in `name`, with one of `schemes` and a host; or the word `also`, or `default`.
    The value is not repeated when it is refused: it may hold a password."""
    value = text(name, default)
    if value in (default, also):
        return value
    try:
        parts = urlsplit(value)
        # A broker's or a store's host may be left out where it is a socket of this machine.
        good = parts.scheme in schemes and bool(parts.hostname or parts.scheme == "unix")
        good = good and (parts.port is None or parts.port > 0)
    except ValueError:
        good = False
    if not good:
        raise BadSetting(f"{name} is no address that works here. Use {name}={example}")
    return value


def of_form(name: str, form: str, example: str) -> str:
    """Return the value of `name`, which has the form of a regular expression; "" where there is none."""
    value = text(name)
    if value and not re.fullmatch(form, value):
        raise BadSetting(f"{name}={value} is not understood. Use {name}={example}.")
    return value


def only_with(needed: str, there: object, **settings: object) -> None:
    """Refuse settings that say nothing without another one."""
    for name, value in settings.items():
        if value and not there:
            raise BadSetting(
                f"{name} says nothing without {needed}. Use {name}= to leave it out, or set both."
            )


def listening(name: str, default: str) -> str:
    """Return the network address of this machine in `name`, on which to listen."""
    value = text(name, default)
    try:
        ipaddress.ip_address(value)
    except ValueError:
        raise BadSetting(
            f"{name}={value} is no network address of this machine. Use {name}=127.0.0.1 for this "
            f"machine alone, or {name}=0.0.0.0 for its network."
        ) from None
    return value


def origins(name: str) -> list[str]:
    """Return the comma-separated origins of `name`, each a scheme, a host and perhaps a port."""
    for each in words(name):
        parts = urlsplit(each)
        if each != f"{parts.scheme}://{parts.netloc}" or parts.scheme not in ("http", "https"):
            raise BadSetting(f"{name}={each} is no origin. Use {name}=https://app.example.org.")
    return words(name)


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for a postgresql:// `url` (query keys become connection options)."""
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("postgres", "postgresql") and bool(parts.path.strip("/"))
        good = good and (parts.port or 5432) > 0
    except ValueError:
        good = False
    if not good:
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


def mail(url: str) -> dict[str, Any]:
    """Return where mail goes out, as arguments of Django's SMTP backend; nothing for an empty `url`.
    smtps:// speaks TLS from the first byte; smtp:// turns to it before it says a password, except
    on this machine, or with ?tls=0."""
    if not url:
        return {}
    words = (
        "EMAIL_URL does not name a mail server. "
        "Use EMAIL_URL=smtps://user:password@mail.example.org:465 or smtp://...:587"
    )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise BadSetting(words) from None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise BadSetting(words)
    whole = parts.scheme == "smtps"
    open_way = "tls=0" in parts.query.split("&") or parts.hostname in (
        "localhost",
        "127.0.0.1",
        "::1",
    )
    return {
        "host": parts.hostname,
        "port": port or (465 if whole else 587),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": whole,
        "use_tls": not whole and not open_way,
        "timeout": 20,
    }


def files_address(name: str, default: str) -> str:
    """Return where the site's own files are: a path of this site, or the address of another host."""
    value = text(name, default)
    parts = urlsplit(value)
    here = value.startswith("/") and not value.startswith("//")
    if not value.endswith("/") or not (here or _OTHER_HOST.fullmatch(value)) or parts.query:
        raise BadSetting(
            f"{name}={value} does not work. Use {name}=https://cdn.example.org/edu/ with a slash at "
            "the end, or leave it out."
        )
    return value


def budgets(name: str, kinds: tuple[str, ...]) -> dict[str, tuple[int, int]]:
    """Return, by kind, how much may be used a day and a minute: `name` is kind=day or kind=day/minute,
    comma-separated; 0 is no limit."""
    found = {}
    for each in words(name):
        kind, _, limits = each.partition("=")
        day, _, minute = limits.partition("/")
        if (
            kind not in kinds
            or not day.isdigit()
            or not (minute or "0").isdigit()
            or len(limits) > 18
        ):
            raise BadSetting(
                f"{name}={text(name)} does not work. Use {name}="
                + ",".join(f"{kind}=1000/60" for kind in kinds)
            )
        found[kind] = (int(day), int(minute or 0))
    return found


def memcached(name: str) -> str:
    """Return the address of a Memcached server in `name`: memcached://host:port, or nothing."""
    value = text(name)
    try:
        parts = urlsplit(value)
        good = not value or (
            parts.scheme == "memcached"
            and bool(parts.hostname)
            and not (parts.username or parts.path.strip("/") or parts.query)
            and (parts.port or 11211) > 0
        )
    except ValueError:
        good = False
    if not good:
        raise BadSetting(
            f"{name} does not name a Memcached server. Use {name}=memcached://cache.example.org:11211"
        )
    return value


def registration(name: str) -> tuple[str, list[str]]:
    """Return who may make an account, and for "domains" of which: `name` is open, closed, invitation, or
    domains:example.org,school.org."""
    mode, _colon, rest = (text(name) or "open").partition(":")
    domains = [each.strip().lower().lstrip("@") for each in rest.split(",") if each.strip()]
    if mode not in ("open", "closed", "invitation", "domains") or (mode == "domains") != bool(
        domains
    ):
        raise BadSetting(
            f"{name}={text(name)} does not work. Use {name}=open, closed, invitation, "
            "or domains:example.org,school.org"
        )
    return mode, domains


def master_keys(name: str, folder: Path) -> list[str]:
    """Return the master keys that are given, the one in force first: `name`, `name`_OLD, and the one
    that was made (mode 0600) in `folder` when none was given."""
    given_key, made = text(name), folder / "master_key"
    found = [given_key or secret(folder, "master_key"), text(f"{name}_OLD")]
    if given_key and made.is_file():
        found.append(made.read_text().strip())
    for each, called in zip(found, (name, f"{name}_OLD"), strict=False):
        if 0 < len(each) < 32:
            raise BadSetting(
                f"{called} is too short for a key: it needs 32 characters at the least. "
                f"Make one with: openssl rand -base64 32"
            )
    return [each for each in dict.fromkeys(found) if each]


def load(path: Path, *, running: bool = False) -> None:
    """Remember the NAME=value lines of `path`; `running` for those that a stack wrote of itself."""
    if not path.is_file():
        return
    store = _running if running else _written
    for line in path.read_text().splitlines():
        name, mark, value = line.strip().partition("=")
        if mark and not name.startswith("#"):
            store[name.strip()] = value.strip().strip("\"'")


def secret(folder: Path, name: str) -> str:
    """Return the secret kept as `folder`/`name`; make it at random (mode 0600) the first time."""
    place = folder / name
    try:
        return _secret(folder, name, place)
    except OSError as error:
        raise BadSetting(
            f"The folder {folder} cannot be used ({error.strerror}). Set EDU_DATA to a folder that can "
            "be written to."
        ) from None


def _secret(folder: Path, name: str, place: Path) -> str:
    if not place.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Linked into place, so that of two processes one wins and none reads half a secret.
        draft = folder / f".{name}-{secrets.token_hex(4)}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(32))
        with contextlib.suppress(FileExistsError):
            os.link(draft, place)
        draft.unlink()
    return place.read_text().strip()
