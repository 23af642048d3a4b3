"""Pictures in materials: what they show, and what teachers write of them."""

from django.db import transaction
from django.utils import timezone

from edu.common.ids import parse_id
from edu.common.pages import Page, page_of_list
from edu.multimodal import data, tasks
from edu.multimodal.api import rights
from edu.multimodal.logic import figures as pictures


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
