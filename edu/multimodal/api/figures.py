"""Pictures in materials: what they show, and what teachers write of them."""

from django.db import transaction
from django.utils import timezone

from edu.common.ids import parse_id
from edu.common.pages import Page, page_of_list
from edu.multimodal import data, tasks
from edu.multimodal.api import rights
from edu.multimodal.logic import figures as pictures
from edu.multimodal.logic import placing, viewing


def figures(
    *, user: str, material: str, page: int | None = None, cursor: str | None = None, limit: int = 50
) -> Page[data.Figure]:
    """Return the pictures of a material in order, or those of one `page` of it. Raises NoSuchMaterial."""
    row = rights.seen(user, material)
    return page_of_list(pictures.of_material(row.id, page), cursor, limit)


@transaction.atomic
def describe_figure(*, user: str, material: str, figure: str, text: str) -> data.Figure:
    """Keep what a teacher, or who brought the material, writes of a picture in it; with no text it is
    again what a model says. It is found by these words at once, and a new reading keeps them. Raises
    NoSuchMaterial, NoSuchFigure, Denied, NotReadYet, Invalid."""
    row = rights.own(user, material)
    found = pictures.write(row, figure, text, parse_id(user), timezone.now())
    if not row.embedder:
        tasks.make_vectors.delay_on_commit(str(row.id))
    return found


def figures_beside(
    *, user: str, material: str, passages: list[str]
) -> dict[str, list[data.Figure]]:
    """Return the pictures that stand at, or right after, each of some passages of a material. Raises
    NoSuchMaterial."""
    return placing.beside(rights.seen(user, material).id, passages)


def figure_picture(*, user: str, material: str, figure: str) -> data.Drawn:
    """Return a picture of a material to be shown: drawn anew by us, and made smaller. Raises
    NoSuchMaterial, NoPicture (where it cannot be drawn)."""
    return viewing.figure_picture(rights.seen(user, material), parse_id(figure))
