"""Copies of the pictures in materials, kept to be shown: drawn anew and made smaller by the child that
reads files, so that nothing of the file itself reaches a browser. Each is named by the row of its figure."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from edu.multimodal.data import Picture
from edu.multimodal.logic import storage
from edu.multimodal.models import Figure

KIND = "figure"
HEAVIEST = 2_000_000  # bytes of one
ALL = 60_000_000  # bytes of those of one material; what is beyond is described, not shown
MOST = 300
_BEGINS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
Kept = dict[int, tuple[str, str]]
"""Key and media type by the number of the picture."""


def keep(pictures: Iterable[Picture], folder: Path, most: int = ALL) -> Kept:
    """Put the copies of pictures, which lie in `folder`, into the store. The same picture is kept once,
    and of all together `most` bytes. Rows are to name them soon: what none names is swept."""
    kept: Kept = {}
    known: dict[str, tuple[str, str]] = {}
    total = 0
    for number, picture in enumerate(pictures):
        place = folder / picture.copy
        if not picture.copy or not place.is_file():
            continue
        mark = str(picture.look.get("mark", ""))
        size = place.stat().st_size
        media_type = _type_of(place)
        if mark not in known:
            if not media_type or size > HEAVIEST or total + size > most or len(known) >= MOST:
                continue
            total += size
            known[mark] = storage.keep_file(KIND, place, media_type).key, media_type
        kept[number] = known[mark]
    return kept


def _type_of(place: Path) -> str:
    """Return what a copy is by its first bytes; "" for what is no copy."""
    with place.open("rb") as file:
        head = file.read(8)
    return next((kind for begins, kind in _BEGINS.items() if head.startswith(begins)), "")


def drop(rows: QuerySet[Figure]) -> None:
    """Throw the copies of figures away once it is written down that they have none. What the store does
    not do then, the sweeper does."""
    for key in set(rows.exclude(key="").values_list("key", flat=True)):
        transaction.on_commit(partial(storage.objects().drop, key), robust=True)


def keys(material: UUID) -> set[str]:
    """Return the keys of the copies of a material's figures."""
    rows = Figure.objects.filter(material=material).exclude(key="")
    return set(rows.values_list("key", flat=True))


def named(among: Iterable[str]) -> set[str]:
    """Return those of some keys that a figure names."""
    return set(Figure.objects.filter(key__in=list(among)).values_list("key", flat=True))
