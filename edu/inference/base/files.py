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
    wanted = settings.EDU_CHAT if kind == "chat" else "default"
    if wanted == "none":
        return None
    of_kind = [each for each in manifest() if each.kind == kind]
    for each in of_kind:
        if each.name == wanted or (wanted == "default" and each.default):
            return each
    names = ", ".join(["default", "none", *(each.name for each in of_kind)])
    raise SystemExit(f"EDU_CHAT={wanted} is not known. Use one of: {names}.")


def folder(model: Model) -> Path:
    """Return where the files of `model` lie."""
    return Path(settings.EDU_MODELS) / model.name


def absent(kind: str) -> str:
    """Return "" when all files of the model in force are there in full length, else one sentence."""
    model = chosen(kind)
    if model is None:
        return "It is left out by EDU_CHAT=none."
    for file in model.files:
        place = folder(model) / file.name
        if not place.is_file() or place.stat().st_size != file.bytes:
            return f"The files of {model.name} are not there. Run: manage.py models pull"
    return ""


def model_file(kind: str, ending: str) -> Path:
    """Return the path of the file of the model in force whose name ends in `ending`."""
    model = chosen(kind)
    if model is None:
        raise FileNotFoundError(f"There is no {kind} model.")
    names = [file.name for file in model.files if file.name.endswith(ending)]
    return folder(model) / names[0]
