"""The folder of models: what is there, checked how, and fetched how.

A file is written beside its place as `name.part`, which a later pull goes on with, and takes its
place only when its hash is that of the manifest. `checked.json` remembers size and time of what was
checked, so that a file is not read again as long as it is the same.
"""

import contextlib
import fcntl
import hashlib
import json
import shutil
import time
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings

from edu.common.errors import Invalid
from edu.inference.base.files import chosen, folder, manifest
from edu.inference.data import CannotPull, Model, ModelFile, Progress
from edu.inference.logic.sources import SourceFailed, sources

SPARE = 300_000_000  # bytes that stay free on the disk; a wheel lies beside its content for a while
BLOCK = 1 << 20


def models() -> list[Model]:
    """Return every model of the manifest with its state, by sizes and the notes of earlier checks."""
    return [replace(each, **_state(each)) for each in manifest()]


def wanted(names: list[str]) -> list[Model]:
    """Return the models that `names` name, or for none those that the settings ask for."""
    if not names:
        kinds = dict.fromkeys(each.kind for each in manifest())
        return [model for kind in kinds if (model := chosen(kind))]
    known = {each.name: each for each in manifest()}
    for name in names:
        if name not in known:
            raise Invalid(
                "There is no model %(name)s. There are: %(known)s.",
                name=name,
                known=", ".join(known),
            )
    return [known[name] for name in names]


def _state(model: Model) -> dict[str, Any]:
    missing = [file.name for file in model.files if not _there(model, file)]
    in_force = chosen(model.kind)
    if not missing:
        checked = all(_present(model, file) for file in model.files)
        return {"state": "present", "detail": "" if checked else "Not checked yet."}
    if model.kind == "chat" and in_force is None:
        return {"state": "off", "detail": "Left out by EDU_CHAT=none."}
    if in_force is None or in_force.name != model.name:
        return {"state": "optional", "detail": f"manage.py models pull {model.name}"}
    return {"state": "missing", "detail": f"Not there: {', '.join(missing)}"}


def check(names: list[str]) -> Iterator[Model]:
    """Read every file of the wanted models again and yield each with its state after that."""
    for model in wanted(names):
        bad = []
        for file in model.files:
            place = folder(model) / file.name
            if not place.is_file():
                bad.append(f"{file.name} is not there")
            elif _hash(place).hexdigest() != file.sha256:
                _forget(model, file)
                bad.append(f"{file.name} is not what it should be")
            else:
                _remember(model, file)
        there = any((folder(model) / file.name).is_file() for file in model.files)
        state = "present" if not bad else "damaged" if there else "missing"
        yield replace(model, state=state, detail="; ".join(bad))


def pull(names: list[str]) -> Iterator[Progress]:
    """Fetch what is missing of the wanted models; raise CannotPull with what each source said."""
    home = Path(settings.EDU_MODELS)
    todo = [(model, file) for model in wanted(names) for file in model.files]
    if all(_present(model, file) for model, file in todo):
        return
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = (home / ".lock").open("w")
    except OSError as error:
        raise CannotPull(
            "The folder %(home)s cannot be written (%(why)s). Set EDU_MODELS to one that can.",
            home=home,
            why=error.strerror,
        ) from error
    with lock:
        yield from _wait(lock)
        todo = [each for each in todo if not _present(*each)]
        _room(home, sum(file.bytes for _, file in todo))
        with contextlib.ExitStack() as open_sources:
            ways = [open_sources.enter_context(each) for each in sources(home)]
            for model, file in todo:
                if not _adopted(model, file):
                    yield from _fetch(model, file, ways)


def _wait(lock: Any) -> Iterator[Progress]:
    """Take the lock; say so once when another pull holds it."""
    said = False
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if not said:
                yield Progress("", "", 0, 0, note="Another pull is running; waiting for it to end.")
            said = True
            time.sleep(1)


def _room(home: Path, need: int) -> None:
    free = shutil.disk_usage(home).free + sum(
        part.stat().st_size for part in home.glob("*/*.part") if part.is_file()
    )
    if free < need + SPARE:
        raise CannotPull(
            "%(home)s has %(free)d MB free and the models need %(need)d MB. Make room, or set "
            "EDU_MODELS to another folder.",
            home=home,
            free=free // 1_000_000,
            need=(need + SPARE) // 1_000_000,
        )


def _fetch(model: Model, file: ModelFile, ways: list[Any]) -> Iterator[Progress]:
    place = folder(model) / file.name
    part = place.with_name(file.name + ".part")
    place.parent.mkdir(parents=True, exist_ok=True)
    said: list[str] = []
    for way in ways:
        # What an earlier run left is gone on with; when the whole turns out wrong, once from scratch.
        for resumed in (True, False):
            if not resumed:
                part.unlink(missing_ok=True)
            elif not part.exists() or part.stat().st_size > file.bytes:
                part.unlink(missing_ok=True)
                continue
            try:
                digest = yield from _append(model, file, part, way)
            except SourceFailed as failure:
                said.append(f"{way.name}: {failure}")
                break
            except OSError as error:
                raise CannotPull(
                    "%(place)s cannot be written (%(why)s).", place=part, why=error.strerror
                ) from error
            if digest == file.sha256:
                part.replace(place)
                _remember(model, file)
                yield Progress(model.name, file.name, file.bytes, file.bytes, way.name, "complete")
                return
            said.append(f"{way.name}: other bytes than the publisher's")
        if said:
            yield Progress(model.name, file.name, 0, file.bytes, way.name, said[-1])
    if part.exists() and part.stat().st_size >= file.bytes:
        part.unlink()
    raise CannotPull(
        "%(model)s could not be fetched (%(said)s). Connect this machine and run `manage.py models "
        "pull` again, or put the file %(file)s into a folder and name it in EDU_MODELS_FROM%(none)s.",
        model=model.name,
        said="; ".join(said) or "no source",
        file=file.name,
        none=", or do without a chat model: EDU_CHAT=none" if model.kind == "chat" else "",
    )


def _append(model: Model, file: ModelFile, part: Path, way: Any) -> Generator[Progress, None, str]:
    """Write the rest of the file to `part` and return the hash of the whole."""
    digest = _hash(part) if part.exists() else hashlib.sha256()
    done = part.stat().st_size if part.exists() else 0
    with part.open("ab") as out:
        for block in _taken(way.blocks(model, file, done)):
            out.write(block)
            digest.update(block)
            done += len(block)
            if done > file.bytes:
                break
            yield Progress(model.name, file.name, done, file.bytes, way.name)
    return str(digest.hexdigest())


def _taken(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Pass on the blocks of a source; what goes wrong on its side is its failure, not the disk's."""
    try:
        yield from blocks
    except OSError as error:
        raise SourceFailed(str(error)) from error


def _adopted(model: Model, file: ModelFile) -> bool:
    """Whether a file that somebody put in place is the right one; a wrong one is fetched anew."""
    place = folder(model) / file.name
    if _there(model, file) and _hash(place).hexdigest() == file.sha256:
        _remember(model, file)
        return True
    return False


def _hash(place: Path) -> Any:
    digest = hashlib.sha256()
    with place.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest


def _there(model: Model, file: ModelFile) -> bool:
    place = folder(model) / file.name
    return place.is_file() and place.stat().st_size == file.bytes


def _present(model: Model, file: ModelFile) -> bool:
    place = folder(model) / file.name
    if not place.is_file():
        return False
    return bool(_notes(model).get(file.name) == _note(place, file))


def _note(place: Path, file: ModelFile) -> dict[str, Any]:
    stat = place.stat()
    return {"bytes": stat.st_size, "mtime_ns": stat.st_mtime_ns, "sha256": file.sha256}


def _notes(model: Model) -> dict[str, Any]:
    try:
        return dict(json.loads((folder(model) / "checked.json").read_text()))
    except (OSError, ValueError):
        return {}


def _remember(model: Model, file: ModelFile) -> None:
    _write(model, _notes(model) | {file.name: _note(folder(model) / file.name, file)})


def _forget(model: Model, file: ModelFile) -> None:
    _write(model, {name: note for name, note in _notes(model).items() if name != file.name})


def _write(model: Model, notes: dict[str, Any]) -> None:
    place = folder(model) / "checked.json"
    with contextlib.suppress(
        OSError
    ):  # a read-only store works; it is only read once more each time
        fresh = place.with_suffix(".new")
        fresh.write_text(json.dumps(notes, indent=1))
        fresh.replace(place)
