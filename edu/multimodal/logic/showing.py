"""What the pages show besides the passages: what was removed, how large a page is, what is said when."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from edu.common import language as languages
from edu.common.errors import NotFound
from edu.multimodal import data
from edu.multimodal.data import Cue
from edu.multimodal.logic import storage
from edu.multimodal.logic.reads import material_data
from edu.multimodal.logic.seconds import Track
from edu.multimodal.models import Material, Passage

UNDO = timedelta(days=30)
_PNG = b"\x89PNG\r\n\x1a\n"
_LINE = 90  # characters of a caption, about two lines


def removed(course: UUID, by: UUID | None, now: datetime) -> list[data.Material]:
    """Return what was removed and can be restored, last first; only what `by` brought, if given."""
    rows = Material.objects.filter(course=course, removed_at__gt=now - UNDO)
    if by is not None:
        rows = rows.filter(uploaded_by=by)
    return [material_data(row) for row in rows.order_by("-removed_at")[:50]]


def page_size(material: UUID, page: int, width: int) -> list[int]:
    """Return [width, height] of the picture of a page in pixels, if it was drawn before; else []."""
    try:
        head = b"".join(storage.objects().read(storage.page_key(material, page, width), 0, 24))
    except NotFound:
        return []
    if len(head) < 24 or not head.startswith(_PNG):
        return []
    return [int.from_bytes(head[16:20]), int.from_bytes(head[20:24])]


def cues(material: UUID) -> list[Cue]:
    """Return captions: what is said, in short lines with their seconds."""
    rows = Passage.objects.filter(material=material, locator__kind="time").order_by("ordinal")
    rows = rows.exclude(locator__has_key="seen")
    found: list[Cue] = []
    for row in rows.only("text", "language", "locator", "times"):
        whole = [[0, float(row.locator.get("start", 0)), float(row.locator.get("end", 0))]]
        track = Track(row.times or whole, len(row.text))
        for first, last in _captions(row.text, row.language):
            found.append(
                Cue(
                    start=track.second(first),
                    end=track.second(last, over=True),
                    text=row.text[first:last],
                    passage=str(row.id),
                    begin=first,
                )
            )
    return found


def _captions(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of pieces of `text` that fit under a film: sentences, or parts of long ones."""
    for start, stop in languages.sentences(text, language):
        at, parts = start, max(1, -(-(stop - start) // _LINE))
        for left in range(parts, 0, -1):
            end = stop
            if left > 1:
                blank = text.find(" ", at + (stop - at) // left, stop)
                end = blank if blank > 0 else stop
            if text[at:end].strip():
                yield at, end
            at = end + 1 if end < stop else stop
            if at >= stop:
                break
