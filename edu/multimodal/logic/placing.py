"""Where pictures stand among the passages of a material: at the passage that says what one shows, or
after the last one before it of its page, slide, section, cell or sheet."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from edu.common.ids import parse_id
from edu.multimodal import data
from edu.multimodal.logic.chunks import PICTURE
from edu.multimodal.logic.figures import MOST, figure_data
from edu.multimodal.models import Figure, Passage

Row = tuple[UUID, int, Mapping[str, Any], str, str]  # id, ordinal, locator, kind, text of a picture
NAMES = ("page", "slide", "sheet", "path")


def beside(material: UUID, passages: list[str]) -> dict[str, list[data.Figure]]:
    """Return the figures of a material that stand at some of its passages, by their ids."""
    figures = list(Figure.objects.filter(material=material).order_by("ordinal")[:MOST])
    if not figures or not passages:
        return {}
    rows = Passage.objects.filter(material=material).order_by("ordinal")
    said = dict(rows.filter(kind=PICTURE).values_list("id", "text"))
    found = [
        (id, ordinal, locator, kind, said.get(id, ""))
        for id, ordinal, locator, kind in rows.values_list("id", "ordinal", "locator", "kind")
    ]
    wanted = {parse_id(each) for each in passages}
    placed: dict[str, list[data.Figure]] = {}
    by_place = _by_place(found)
    last: UUID | None = None
    for figure in figures:
        at = anchor(figure, found, by_place) or last or (found[0][0] if found else None)
        last = at
        if at in wanted:
            placed.setdefault(str(at), []).append(figure_data(figure))
    return placed


def _by_place(rows: list[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(_place(row[2]), []).append(row)
    return found


def _place(locator: Mapping[str, Any]) -> str:
    return repr([locator.get(name) for name in NAMES])


def anchor(figure: Figure, rows: list[Row], by_place: Mapping[str, list[Row]]) -> UUID | None:
    """Return the passage that a figure stands at; None where none is of its place."""
    text = figure.edited or figure.authored or figure.described
    near = by_place.get(_place(figure.locator), [])
    if text:
        for own in (near, rows):
            for id, _ordinal, locator, kind, said in own:
                if kind == PICTURE and said == text and locator == figure.locator:
                    return id
    words = [row for row in near if row[3] not in (PICTURE, "notes")] or near
    before = [row for row in words if _order(row[2]) <= _order(figure.locator)]
    chosen = before[-1] if before else words[0] if words else None
    return chosen[0] if chosen else None


def _order(locator: Mapping[str, Any]) -> tuple[int, int]:
    """Return what tells whether one place of a section comes before another."""
    return int(locator.get("cell") or 0) if isinstance(locator.get("cell"), int) else 0, int(
        locator.get("paragraph") or 0
    )
