"""What there is: apps, files, tables, doors. Found by looking, so that new code is covered at once."""

import ast
import functools
import importlib
import inspect
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType

from django.apps import apps
from django.db.models import Model

ROOT = Path(__file__).resolve().parents[2]
EDU = ROOT / "edu"
DJANGO = {"admin", "auth", "contenttypes", "messages", "postgres", "sessions", "sites"}


def app_names() -> list[str]:
    """The names of our installed apps."""
    return sorted(each.label for each in apps.get_app_configs() if each.name.startswith("edu."))


def models() -> list[type[Model]]:
    """Every table of ours, those that Django makes for many-to-many fields too."""
    return [
        each for each in apps.get_models(include_auto_created=True) if each.__module__[:4] == "edu."
    ]


def tables() -> dict[str, str]:
    """Table -> app that owns it."""
    return {each._meta.db_table: each._meta.app_label for each in models()}


def python_files() -> list[Path]:
    """Every Python file of edu but migrations."""
    return sorted(each for each in EDU.rglob("*.py") if "migrations" not in each.parts)


@functools.cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file, each node with its `parent`."""
    found = ast.parse(path.read_text(), str(path))
    for node in ast.walk(found):
        for child in ast.iter_child_nodes(node):
            child.parent = node  # type: ignore[attr-defined]
    return found


def app_of(path: Path) -> str:
    """The app that a file belongs to; "" for what stands beside the apps."""
    parts = path.relative_to(EDU).parts
    return parts[0] if len(parts) > 1 else ""


def place(path: Path, node: ast.AST | None = None) -> str:
    """Where something stands, to be named in a failure."""
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


def doors() -> list[str]:
    """The apps that have an api: a file, or a folder of files where one would be too long."""
    return [
        each
        for each in app_names()
        if (EDU / each / "api.py").exists() or (EDU / each / "api").is_dir()
    ]


def functions(app: str) -> dict[str, FunctionType]:
    """The public functions that an app's api defines."""
    module = importlib.import_module(f"edu.{app}.api")
    return {
        name: each
        for name, each in vars(module).items()
        if inspect.isfunction(each)
        and not name.startswith("_")
        and f"{each.__module__}.".startswith(f"{module.__name__}.")
    }


def all_functions() -> Iterator[tuple[str, FunctionType]]:
    """Every function of every door, by "app.name"."""
    for app in doors():
        for name, each in functions(app).items():
            yield f"{app}.{name}", each


def tracked() -> list[Path]:
    """Every file that is, or would be, part of the repository."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if ran.returncode:  # an unpacked copy without its history
        homes = [ROOT / name for name in ("edu", "tests", "docs", "deploy", "benchmarks")]
        paths = [*ROOT.glob("*"), *(each for home in homes for each in home.rglob("*"))]
        kept = (each for each in paths if each.suffix not in (".pyc", ".log"))
        return sorted(each for each in kept if each.is_file() and "output" not in each.parts)
    names = [name for name in ran.stdout.split(b"\0") if name]
    return sorted(each for each in (ROOT / name.decode() for name in names) if each.is_file())
