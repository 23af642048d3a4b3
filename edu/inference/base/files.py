"""The manifest of models, and where their files lie on this machine."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from edu.inference.data import Carrier, Model, ModelFile


def manifest() -> tuple[Model, ...]:
    """Return every model of the manifest (models.toml) in its order."""
    return _read(Path(settings.EDU_MODELS_MANIFEST))


@cache
def _read(place: Path) -> tuple[Model, ...]:
    return tuple(_model(each) for each in tomllib.loads(place.read_text())["model"])


def _model(row: dict[str, Any]) -> Model:
    files = [
        ModelFile(
            name=each["name"],
            bytes=each["bytes"],
            sha256=each["sha256"],
            carriers=[Carrier(**carrier) for carrier in each.get("carriers", [])],
        )
        for each in row["file"]
    ]
    return Model(**{name: value for name, value in row.items() if name != "file"}, files=files)


def chosen(kind: str) -> Model | None:
    """Return the model in force for `kind`, None when it is left out by a setting."""
    setting = {"chat": "EDU_CHAT", "embed": "EDU_EMBED"}.get(kind, "")
    wanted = getattr(settings, setting) if setting else "default"
    if wanted == "none" and kind == "chat":
        return None
    of_kind = [each for each in manifest() if each.kind == kind]
    for each in of_kind:
        if each.name == wanted or (wanted == "default" and each.default):
            return each
    words = ["default", "none"] if kind == "chat" else ["default"]
    names = ", ".join([*words, *(each.name for each in of_kind)])
    raise SystemExit(f"{setting}={wanted} is not known. Use one of: {names}.")


def folder(model: Model) -> Path:
    """Return where the files of `model` lie."""
    return Path(settings.EDU_MODELS) / model.name


def absent(kind: str, name: str = "") -> str:
    """Return "" when all files of the model in force (or of the one of that `name`) are there in full
    length, else one sentence."""
    model = _of(kind, name)
    if model is None:
        return "It is left out by EDU_CHAT=none."
    for file in model.files:
        place = folder(model) / file.name
        if not place.is_file() or place.stat().st_size != file.bytes:
            ask = "" if model == chosen(kind) else f" {model.name}"
            return f"The files of {model.name} are not there. Run: manage.py models pull{ask}"
    return ""


def model_file(kind: str, ending: str, name: str = "") -> Path:
    """Return the path of the file of the model in force (or of the one of that `name`) whose name ends
    in `ending`."""
    model = _of(kind, name)
    if model is None:
        raise FileNotFoundError(f"There is no {kind} model.")
    names = [file.name for file in model.files if file.name.endswith(ending)]
    return folder(model) / names[0]


def _of(kind: str, name: str) -> Model | None:
    if not name:
        return chosen(kind)
    return next(each for each in manifest() if each.name == name)
