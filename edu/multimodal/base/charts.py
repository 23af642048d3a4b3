"""Charts of sheets: their title, what stands at their axes, and the figures of each series, in words."""

from collections.abc import Mapping
from itertools import islice
from typing import Any

from edu.multimodal.base import tidy
from edu.multimodal.base.cells import Box, Sheet, box_of
from edu.multimodal.base.packed import Package, attribute, children, local

MOST = 200  # charts of one file
MOST_SERIES = 12
MOST_POINTS = 30  # of one series that are said
LONGEST = 1300  # signs of one chart
_LONGEST_NAME = 200
_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")


def of_sheet(package: Package, part: str, sheets: Mapping[str, Sheet]) -> list[tuple[Box, str]]:
    """Return (where it stands, what it says) of each chart that lies on the sheet `part`. Figures that
    the chart itself does not hold are looked up in `sheets`, which know nothing of hidden cells."""
    found: list[tuple[Box, str]] = []
    for kind, drawing in package.related(part).values():
        if kind != "drawing":
            continue
        links = package.related(drawing)
        root = package.xml(drawing)
        for anchor in children(root, *_ANCHORS):
            for each in anchor.iter("{*}chart"):
                kind, target = links.get(attribute(each, "id"), ("", ""))
                text = _said(package.xml(target), sheets) if kind == "chart" else ""
                if text and len(found) < MOST:
                    found.append((_box(anchor), text))
    return found


def drawn_on(package: Package, part: str) -> list[tuple[Box, bytes, list[str | None]]]:
    """Return the pictures and other drawings that lie on the sheet `part`: where, their bytes (none for
    what is drawn of shapes), and the title and description that an author gave them."""
    found: list[tuple[Box, bytes, list[str | None]]] = []
    for kind, drawing in package.related(part).values():
        if kind != "drawing":
            continue
        links = package.related(drawing)
        for anchor in children(package.xml(drawing), *_ANCHORS):
            for each in anchor.iter("{*}pic", "{*}sp", "{*}graphicFrame", "{*}grpSp", "{*}cxnSp"):
                named = next((n for group in each for n in children(group, "cNvPr")), None)
                said: list[str | None] = (
                    [] if named is None else [attribute(named, "title"), attribute(named, "descr")]
                )
                blob = b""
                if local(each) == "pic":
                    blip = next(each.iter("{*}blip"), None)
                    target = links.get("" if blip is None else attribute(blip, "embed"), ("", ""))[
                        1
                    ]
                    blob = package.read(target) if target else b""
                if (blob or any(said)) and len(found) < MOST:
                    found.append((_box(anchor), blob, said))
    return found


def _box(anchor: Any) -> Box:
    """Return the cells that a chart covers, from 1."""
    corners = []
    for corner in children(anchor, "from", "to"):
        at = {local(each): int(each.text or 0) for each in children(corner, "row", "col")}
        corners.append((max(0, at.get("row", 0)) + 1, max(0, at.get("col", 0)) + 1))
    first = corners[0] if corners else (1, 1)
    last = corners[-1] if corners else (1, 1)
    return (first[0], first[1], max(first[0], last[0]), max(first[1], last[1]))


def _said(root: Any, sheets: Mapping[str, Sheet]) -> str:
    """Return a chart in lines: its title; what the points are; each series with its figures."""
    chart = next(children(root, "chart"), None)
    area = next(children(chart, "plotArea"), None)
    if area is None:
        return ""
    title = _title(chart, sheets)
    across, upright = _axes(area, sheets)
    lines = []
    points: list[str] = []
    for series in islice(area.iter("{*}ser"), MOST_SERIES):
        name = next((_values(each, sheets) for each in children(series, "tx")), [])
        at = next((_values(each, sheets) for each in children(series, "cat", "xVal")), [])
        figures = next((_values(each, sheets) for each in children(series, "val", "yVal")), [])
        if not figures:
            continue
        if at and at != points:
            points = at
            lines.append(_line(across, points))
        called = " ".join(name)[:_LONGEST_NAME]
        lines.append(_line(called or upright, figures))
    if not lines:
        return ""
    head = " – ".join(part for part in (title, upright if lines else "") if part)
    return "\n".join(part for part in (head, *lines) if part)[:LONGEST]


def _line(name: str, values: list[str]) -> str:
    said = ", ".join(values[:MOST_POINTS]) + (" …" if len(values) > MOST_POINTS else "")
    return f"{name}: {said}" if name else said


def _title(node: Any, sheets: Mapping[str, Sheet]) -> str:
    for title in children(node, "title"):
        for said in children(title, "tx"):
            rich = tidy("".join(each.text or "" for each in said.iter("{*}t")))
            return (rich or " ".join(_values(said, sheets)))[:_LONGEST_NAME]
    return ""


def _axes(area: Any, sheets: Mapping[str, Sheet]) -> tuple[str, str]:
    """Return what stands at the axis of the points, and at that of the figures."""
    across, upright = "", ""
    numbers = [_title(each, sheets) for each in children(area, "valAx")]
    for axis in children(area, "catAx", "dateAx", "serAx"):
        across = across or _title(axis, sheets)
    if not any(True for _ in children(area, "catAx", "dateAx")) and len(numbers) > 1:
        across, numbers = numbers[0], numbers[1:]  # points in a plane
    upright = next((each for each in numbers if each), "")
    return across, upright


def _values(node: Any, sheets: Mapping[str, Sheet]) -> list[str]:
    """Return what a reference came to when the file was saved, or what its cells show."""
    for cache in node.iter("{*}strCache", "{*}numCache", "{*}strLit", "{*}numLit", "{*}lvl"):
        held = {}
        for point in children(cache, "pt"):
            value = next((each.text or "" for each in children(point, "v")), "")
            held[int(point.get("idx") or 0)] = _short(tidy(value))
        if held:
            return [held[at] for at in sorted(held)]
    plain = [tidy(each.text or "") for each in children(node, "v")]
    if plain:
        return plain
    for reference in node.iter("{*}f"):
        return _cells(reference.text or "", sheets)
    return []


def _short(value: str) -> str:
    """Return a number without the digits that a binary one has too many."""
    try:
        return f"{float(value):.10g}" if len(value) > 12 else value
    except ValueError:
        return value


def _cells(reference: str, sheets: Mapping[str, Sheet]) -> list[str]:
    """Return what the cells of a reference such as 'Rain'!$B$2:$B$5 show."""
    name, _mark, cells = reference.rpartition("!")
    sheet = sheets.get(name.strip("'").replace("''", "'"))
    box = box_of(cells.replace("$", ""))
    if sheet is None or box is None:
        return []
    top, left, bottom, right = box
    found = []
    for row in range(top, min(bottom, top + 10_000) + 1):
        cells_of = sheet.rows.get(row, {})
        for column in range(left, min(right, left + 200) + 1):
            if column in cells_of:
                found.append(cells_of[column].text)
        if len(found) > MOST_POINTS:
            break
    return found
