"""A material to look at: pictures of its pages, passages by page, headings, what is said when."""

import tempfile
from pathlib import Path
from uuid import UUID

from django.db.models import Q

from edu.common.errors import NotFound
from edu.multimodal.data import Captions, Drawn, Heading, NoPicture, Passage, Unreadable
from edu.multimodal.logic import sandbox, showing, storage
from edu.multimodal.logic.citations import find_quote
from edu.multimodal.logic.reads import lean, passage_data
from edu.multimodal.models import Figure, Material
from edu.multimodal.models import Passage as Row

MOST_HEADINGS = 300
MOST_ON_PAGE = 500
LEAST_QUOTED = 12  # signs of a quote that tell where it stands
MOST_LOOKED_FOR = 3  # words of it by which passages are looked up, the longest
DRAWN = ("pdf", "image")  # kinds that have pictures
_PNG = b"\x89PNG\r\n\x1a\n"


def page_picture(row: Material, page: int, width: int) -> Drawn:
    """Return a page (from 1) as a PNG, `width` (one of storage.PAGE_WIDTHS) pixels wide or less. It is
    drawn once, in the sandbox, and kept. Raises NoPicture."""
    if width not in storage.PAGE_WIDTHS or row.kind not in DRAWN:
        raise NoPicture
    if page < 1 or page > max(1, row.pages):
        raise NoPicture
    key = storage.page_key(row.id, page, width)
    try:
        return Drawn(storage.fetch(key), "image/png")
    except NotFound:
        return Drawn(_draw(row, page, width, key), "image/png")


def figure_picture(row: Material, figure: UUID) -> Drawn:
    """Return the copy that is kept of a picture in a material; of a material that is a picture, that
    itself. Raises NoPicture."""
    found = Figure.objects.filter(material=row, id=figure).first()
    if found is None:
        raise NoPicture
    if found.key:
        try:
            return Drawn(storage.fetch(found.key), found.media_type)
        except NotFound:
            raise NoPicture from None
    if found.locator.get("kind") == "region":
        return page_picture(row, 1, max(storage.PAGE_WIDTHS))
    raise NoPicture


def _draw(row: Material, page: int, width: int, key: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="edu-page-") as folder:
        work = Path(folder)
        original = work / "original"
        storage.fetch_to(row.key, original)
        try:
            drawn = sandbox.picture(path=original, kind=row.kind, page=page, work=work, width=width)
        except Unreadable:
            raise NoPicture from None
        found = drawn.read_bytes()
        if not found.startswith(_PNG):  # what goes out says that it is one
            raise NoPicture
        storage.objects().put(key, drawn)
        return found


def page_passages(material: UUID, page: int) -> list[Passage]:
    """Return the passages that stand on a page or slide, in order."""
    rows = Row.objects.filter(Q(locator__page=page) | Q(locator__slide=page), material=material)
    return [passage_data(row) for row in lean(rows).order_by("ordinal")[:MOST_ON_PAGE]]


def all_of(material: UUID) -> list[Passage]:
    """Return the passages of what is one page as a whole, in order."""
    rows = Row.objects.filter(material=material)
    return [passage_data(row) for row in lean(rows).order_by("ordinal")[:MOST_ON_PAGE]]


def quoting(material: UUID, quote: str) -> Passage | None:
    """Return the first passage of a material in which `quote` stands; None for one that is too short to
    tell, or stands nowhere."""
    if len(quote.strip()) < LEAST_QUOTED:
        return None
    rows = Row.objects.filter(material=material)
    for word in sorted(quote.split(), key=len)[-MOST_LOOKED_FOR:]:
        rows = rows.filter(text__contains=word.strip(".,;:!?\"'()[]"))
    for row in lean(rows).order_by("ordinal")[:MOST_ON_PAGE]:
        if find_quote(row.text, quote):
            return passage_data(row)
    return None


def headings(material: UUID) -> list[Heading]:
    """Return the headings of a material in order, each with the first passage under it."""
    rows = Row.objects.filter(material=material).order_by("ordinal")
    found: list[Heading] = []
    before: list[str] = []
    columns = rows.values_list("id", "path", "ordinal", "locator", "kind")
    for passage, path, ordinal, locator, kind in columns.iterator(chunk_size=2000):
        if kind == "notes" and locator.get("kind") == "slide":
            continue  # they stand under their slide
        same = 0
        while same < min(len(path), len(before)) and path[same] == before[same]:
            same += 1
        for depth, title in enumerate(path[same:], same):
            found.append(Heading(title, depth, str(passage), ordinal, locator))
        before = path
        if len(found) >= MOST_HEADINGS:
            break
    return found[:MOST_HEADINGS]


def captions(material: UUID) -> Captions:
    """Return what is said in a recording, and when."""
    return Captions(
        [{"start": cue.start, "end": cue.end, "text": cue.text} for cue in showing.cues(material)]
    )
