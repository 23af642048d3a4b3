"""Rows of a table as lines that can be read, and quoted, without the rest of it.

A reader sees at once what a cell stands under; a sentence cut out of a table does not say it. So each
row is kept with the names of its columns: "Price (euro): 2; Demanded: 80; Supplied: 50".
"""

import re

BETWEEN = "; "  # between the cells of a row
_BAR = re.compile(r"\s*\|\s*")
_RULE = re.compile(r":?[-=]{2,}:?")
_YEAR = re.compile(r"(?:1[0-9]|20|21)\d\d")
_LONG_NAME = 8  # words; what is longer is no name of a column
_LONG_SIGNS = 60


def rows(text: str) -> list[str]:
    """Return the rows of a table whose cells stand between bars, each with the names of its columns
    where the first row gives them; that row itself is then left out."""
    cells = [_BAR.split(line.strip(" \t")) for line in text.split("\n") if line.strip(" |\t")]
    cells = _without_edges([row for row in cells if not _is_rule(row)])
    if len(cells) > 1 and _names_columns(cells[0]):
        lines = [_named(cells[0], row) for row in cells[1:]]
    else:
        lines = [_plain(row) for row in cells]
    return [line for line in lines if line]


def _is_rule(row: list[str]) -> bool:
    return any(row) and all(_RULE.fullmatch(cell) or not cell for cell in row)


def _without_edges(cells: list[list[str]]) -> list[list[str]]:
    """Take off the empty columns that bars at both ends of each line make."""
    while cells and all(len(row) > 1 and not row[0] for row in cells):
        cells = [row[1:] for row in cells]
    while cells and all(len(row) > 1 and not row[-1] for row in cells):
        cells = [row[:-1] for row in cells]
    return cells


def _names_columns(row: list[str]) -> bool:
    """Whether a first row names columns: short, each another, and no figures but years."""
    names = [cell for cell in row if cell]
    if len(row) < 2 or not all(row[1:]) or len({name.casefold() for name in names}) < len(names):
        return False
    if any(name.endswith((".", "!", "?", "…", "。")) for name in names):
        return False
    if any(len(name) > _LONG_SIGNS or len(name.split()) > _LONG_NAME for name in names):
        return False
    if not any(sign.isalpha() for name in names for sign in name):
        return False
    return all(_YEAR.fullmatch(name) or any(s.isalpha() for s in name) for name in names)


def _named(names: list[str], row: list[str]) -> str:
    said = []
    for at, cell in enumerate(row):
        name = names[at].rstrip(":") if at < len(names) else ""
        if cell:
            said.append(f"{name}: {cell}" if name else cell)
    return BETWEEN.join(said)


def _plain(row: list[str]) -> str:
    said = [cell for cell in row if cell]
    return f"{said[0].rstrip(':')}: {said[1]}" if len(said) == 2 else BETWEEN.join(said)
