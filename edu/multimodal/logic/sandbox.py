"""Reads files in a process of its own, so that a hostile one kills nothing but its own reading.

The child (base/child.py) has limits on memory, processor time and output, a time in which it must
say something, and dies with its parent. What comes back is JSON and is checked before it is believed.
"""

import contextlib
import dataclasses
import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings

from edu.common.codec import revive
from edu.common.text import gettext_noop as _
from edu.multimodal.base import Limits, Progress, child
from edu.multimodal.data import Document, TooLarge, Unreadable, UnsupportedType

log = logging.getLogger(__name__)

GLANCE = 0.2  # seconds between two looks at whether the work is still wanted
_MOST_RESULT = 400_000_000  # bytes

TOO_MUCH_MEMORY = _(
    "Reading this file takes more memory than one file may use. Split it, or save it without large "
    "pictures, and bring it again."
)
TOO_MUCH_TIME = _(
    "Reading this file takes longer than one file may. Split it and bring the parts, or save it again."
)
CRASHED = _(
    "This file is damaged in a way that stops the reader. Open it where it was made, save it again "
    "and bring it once more."
)


class Stopped(Exception):
    """The caller no longer wants it."""


def limits() -> Limits:
    """Return the limits that the settings ask for."""
    return Limits(
        pages=settings.EDU_MAX_PAGES,
        seconds=settings.EDU_MAX_AUDIO_MINUTES * 60.0,
    )


def read(
    *,
    path: Path,
    kind: str,
    work: Path,
    within: Limits | None = None,
    tell: Progress = lambda share, sentence: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Document:
    """Return what the format named `kind` reads in the file at `path`.

    Pictures and sounds that are still to be read lie in the folder `work`, under the relative paths in
    the Document. `tell` hears of progress, in this thread. Raises Unreadable, TooLarge or
    UnsupportedType with a plain sentence, and Stopped soon after `cancelled` says so.
    """
    found = _run({"do": "read", "path": str(path), "kind": kind}, work, within, tell, cancelled)
    return checked(found["document"], work)


def checked(found: dict[str, Any], work: Path) -> Document:
    """Return the Document that the child wrote down, if its files are where they may be."""
    document: Document = revive(Document, found)
    places = [each.path for each in document.pictures] + [each.path for each in document.sounds]
    places += [each.path for each in document.members] + [each.copy for each in document.pictures]
    for place in places:
        if not (work / place).resolve().is_relative_to(work.resolve()):
            raise Unreadable(CRASHED)
    return document


def picture(*, path: Path, kind: str, page: int, work: Path, width: int = 1400) -> Path:
    """Return a PNG or JPEG, inside the folder `work`, of page `page` (from 1) of the file at `path`.

    Raises Unreadable when there is no such page or it cannot be drawn.
    """
    job = {"do": "picture", "path": str(path), "kind": kind, "page": page, "width": width}
    cheap = dataclasses.replace(limits(), cpu_seconds=60, silent_seconds=60)
    found = _run(job, work, cheap, lambda share, sentence: None, lambda: False)
    place = (work / str(found["picture"])).resolve()
    if not place.is_relative_to(work.resolve()) or not place.is_file():
        raise Unreadable(CRASHED)
    return place


def signs(*, path: Path, kind: str, page: int, work: Path) -> list[Any]:
    """Return the lines of page `page` (from 1) with the places of their words; see Format.signs. What
    comes is JSON that the file had a hand in. Raises Unreadable."""
    job = {"do": "signs", "path": str(path), "kind": kind, "page": page}
    cheap = dataclasses.replace(limits(), cpu_seconds=60, silent_seconds=60)
    found = _run(job, work, cheap, lambda share, sentence: None, lambda: False)
    return list(found["lines"])


def _run(
    job: dict[str, Any],
    work: Path,
    within: Limits | None,
    tell: Progress,
    cancelled: Callable[[], bool],
) -> dict[str, Any]:
    within = within or limits()
    work = work.resolve()
    job |= {"work": str(work), "limits": dataclasses.asdict(within)}
    job["path"] = str(Path(job["path"]).resolve())
    with (
        tempfile.NamedTemporaryFile("w", suffix=".json", dir=work) as order,
        _errors(work) as errors,
    ):
        json.dump(job, order)
        order.flush()
        process = subprocess.Popen(
            [sys.executable, "-m", child.__name__, order.name],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            cwd=work,
            env=_environment(work),
            start_new_session=True,
        )
        try:
            hangs = _listen(process, within.silent_seconds, tell, cancelled)
        finally:
            _end(process)
        if hangs:
            raise Unreadable(TOO_MUCH_TIME)
        if process.returncode:
            raise Unreadable(_why(process.returncode, errors, job["kind"]))
    return _answer(work / child.RESULT)


def _errors(work: Path) -> Any:
    return tempfile.TemporaryFile(dir=work)


def _environment(work: Path) -> dict[str, str]:
    """Nothing of ours: no secrets, no addresses of stores."""
    return {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "PYTHONPATH": str(settings.BASE_DIR),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONSAFEPATH": "1",  # nothing is imported from the work folder
        "LANG": "C.UTF-8",
        "TMPDIR": str(work),
        "HOME": str(work),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
    }


def _listen(
    process: subprocess.Popen[bytes],
    patience: float,
    tell: Progress,
    cancelled: Callable[[], bool],
) -> bool:
    """Pass progress on until the child closes its output; True when it has been silent too long."""
    assert process.stdout is not None  # noqa: S101  (asked for above)
    heard = time.monotonic()
    rest = b""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            if cancelled():
                raise Stopped
            if not selector.select(GLANCE):
                if time.monotonic() - heard > patience:
                    return True
                continue
            data = os.read(process.stdout.fileno(), 65536)
            if not data:
                break
            heard = time.monotonic()
            *lines, rest = (rest + data).split(b"\n")
            rest = rest[-1000:]
            for line in lines[-1:]:
                share, _space, sentence = line.decode("utf-8", "replace").partition(" ")
                with contextlib.suppress(ValueError):
                    tell(min(1.0, max(0.0, float(share))), sentence[:200])
    while process.poll() is None:
        if cancelled():
            raise Stopped
        if time.monotonic() - heard > patience:
            return True
        time.sleep(0.02)
    return False


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout:
        process.stdout.close()


def _why(code: int, errors: Any, kind: str) -> str:
    errors.seek(0)
    said = errors.read()[-4000:].decode("utf-8", "replace")
    log.warning("reading a %s ended with %s: %s", kind, code, said.strip()[-2000:])
    if code == child.MEMORY or "MemoryError" in said or "bad_alloc" in said:
        return TOO_MUCH_MEMORY
    if code == -signal.SIGXCPU or code == -signal.SIGKILL:
        return TOO_MUCH_TIME if code == -signal.SIGXCPU else TOO_MUCH_MEMORY
    return CRASHED


def _answer(place: Path) -> dict[str, Any]:
    try:
        if place.is_symlink() or place.stat().st_size > _MOST_RESULT:
            raise Unreadable(TOO_MUCH_MEMORY)
        found = json.loads(place.read_text())
    except (OSError, ValueError):
        raise Unreadable(CRASHED) from None
    finally:
        place.unlink(missing_ok=True)
    kinds = {"TooLarge": TooLarge, "UnsupportedType": UnsupportedType, "Unreadable": Unreadable}
    if "error" in found:
        raise kinds[found["error"]](found["detail"], **found["params"])
    return dict(found)
