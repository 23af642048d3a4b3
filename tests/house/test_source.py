"""Walls in the source that an import linter does not see."""

import ast
import re

from tests.house.registry import (
    EDU,
    ROOT,
    app_names,
    app_of,
    place,
    python_files,
    tables,
    tracked,
    tree,
)

MOST_LINES = 500
TEXTS = {".py", ".html", ".css", ".js", ".txt", ".toml", ".md", ".svg", ".json"}
ROOMS = {
    "web",
    "handlers",
    "admin",
    "management",
    "templatetags",
    "api",
    "tasks",
    "logic",
    "team",
    "formats",
    "kinds",
    "backends",
    "base",
    "models",
    "data",
}
BESIDE_ROOMS = {"apps", "migrations", "static", "templates", "locale", "__init__", "__pycache__"}
WITHOUT_ROOMS = {"common", "gateway"}  # a library of pure functions, and the front door
ABOUT_ME = {"id", "pk", "is_authenticated", "is_staff"}


def test_edu_itself_is_empty():
    assert (EDU / "__init__.py").read_text() == ""


def test_no_file_is_longer_than_500_lines():
    long = [
        f"{place(each)} has {count} lines"
        for each in sorted(EDU.rglob("*"))
        if each.suffix in TEXTS and each.is_file()
        for count in [len(each.read_text().splitlines())]
        if count > MOST_LINES
    ]
    assert long == []


def test_an_app_has_rooms_and_nothing_else():
    strange = [
        place(each)
        for app in sorted(set(app_names()) - WITHOUT_ROOMS)
        for each in (EDU / app).iterdir()
        if each.name.removesuffix(".py") not in ROOMS | BESIDE_ROOMS
        # The default models' list lies beside the app that reads it.
        and each.suffix in ("", ".py")
    ]
    assert strange == []


def test_one_kind_is_one_file():
    """A folder inside team, formats, kinds or backends would be a kind with neighbours of its own."""
    folders = [
        place(each)
        for room in ("team", "formats", "kinds", "backends")
        for home in EDU.glob(f"*/{room}")
        for each in home.iterdir()
        if each.is_dir() and each.name != "__pycache__"
    ]
    assert folders == []


def test_nobody_fetches_tables_of_others_by_name():
    found = []
    for path in python_files():
        for node in ast.walk(tree(path)):
            name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
            if name in ("get_model", "get_models") or (
                name == "get_user_model" and app_of(path) != "users"
            ):
                found.append(f"{place(path, node)} {name}")
    assert found == []


def test_nobody_asks_the_signed_in_person_for_more_than_an_id():
    """Only users knows what an account is: `request.user.courses` would be a query through a wall."""
    found = []
    for path in python_files():
        if app_of(path) == "users":
            continue
        for node in ast.walk(tree(path)):
            if not (
                isinstance(node, ast.Attribute) and node.attr == "user" and _request(node.value)
            ):
                continue
            above = node.parent  # type: ignore[attr-defined]
            asked = above.attr if isinstance(above, ast.Attribute) else "the whole account"
            if asked not in ABOUT_ME:
                found.append(f"{place(path, node)} takes {asked}")
    assert found == []


def _request(node: ast.AST) -> bool:
    """Whether an expression is the request, as in `request` or `self.request`."""
    return (isinstance(node, ast.Name) and node.id == "request") or (
        isinstance(node, ast.Attribute) and node.attr in ("request", "_request")
    )


def test_nobody_writes_the_name_of_a_table_of_another_app():
    """Raw SQL that joins over a wall."""
    owners = tables()
    names = re.compile(r"\b(" + "|".join(map(re.escape, sorted(owners))) + r")\b")
    found = []
    for path in python_files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                strangers = {
                    each for each in names.findall(node.value) if owners[each] != app_of(path)
                }
                found += [f"{place(path, node)} names {each}" for each in sorted(strangers)]
    assert found == []


def test_one_app_takes_nothing_of_another_by_a_string():
    """`import_string("edu.courses.models.Course")` would go around the linter. Settings and the
    gateway name web rooms by string; that is what they are for."""
    inside = re.compile(r"\bedu\.(\w+)\.(models|logic|tasks|base|kinds|team|formats|backends)\b")
    found = []
    for path in python_files():
        if app_of(path) in ("", "gateway"):
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                strangers = {m[1] for m in inside.finditer(node.value) if m[1] != app_of(path)}
                found += [f"{place(path, node)} names edu.{each}" for each in sorted(strangers)]
    assert found == []


def test_the_tree_names_no_machine_and_no_registry():
    """Where packages come from is set on each machine, and no path of one machine works on another."""
    hosts = (
        ("py" + "pi", "org"),
        ("files.python" + "hosted", "org"),
        ("registry" + ".npmjs", "org"),
        ("registry-1.docker", "io"),
        ("proxy.go" + "lang", "org"),
        ("index.crates", "io"),
    )
    forms = [re.escape(f"{name}.{end}") for name, end in hosts]
    forms += [r"--(?:extra-)?index-" + "url", r"--trusted-" + "host"]
    forms += [rf"(?<![\w.~}}-])/{top}/[\w.-]" for top in ("wo" + "rk", "ro" + "ot", "Us" + "ers")]
    forms += [r"(?<![\w.~}-])/ho" + r"me/(?!edu\b)\w"]
    wrong = re.compile("|".join(forms))
    found = []
    for path in tracked():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            hit = wrong.search(line)
            if hit:
                found.append(f"{path.relative_to(ROOT)}:{number} {hit[0]}")
    assert found == []
