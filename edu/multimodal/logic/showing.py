"""What the pages show besides the passages: what was removed, how large a page is, what is said when."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F

from edu.common import language as languages
from edu.common.errors import NotFound
from edu.multimodal import data
from edu.multimodal.data import Cue
from edu.multimodal.logic import storage
from edu.multimodal.logic.reads import materials_data
from edu.multimodal.logic.seconds import Track
from edu.multimodal.models import CueEdit, Material, Passage

UNDO = timedelta(days=30)
_PNG = b"\x89PNG\r\n\x1a\n"
NEAR = 1.0  # seconds by which an edit may stand beside its place
_LINE = 90  # characters of a caption, about two lines


def removed(course: UUID, by: UUID | None, now: datetime) -> list[data.Material]:
    """Return what was removed and can be restored, last first; only what `by` brought, if given."""
    rows = Material.objects.filter(course=course, removed_at__gt=now - UNDO)
    if by is not None:
        rows = rows.filter(uploaded_by=by)
    return materials_data(list(rows.order_by("-removed_at")[:50]))


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
    """Return captions: what is said, in short lines with their seconds. A line that somebody edited is
    one, as they wrote it. Each has an id, its first second in thousandths, that no other has."""
    rows = Passage.objects.filter(material=material, locator__kind="time").order_by("ordinal")
    rows = rows.exclude(locator__has_key="seen")
    passages = list(rows.only("text", "language", "locator", "times"))
    tracks = [track(row) for row in passages]
    edits = CueEdit.objects.filter(
        material=material, sha256=F("material__sha256"), until=None
    ).order_by("start")
    placed = _placed(list(edits), passages, tracks)
    found: list[Cue] = []
    number = -1
    for row, one, own in zip(passages, tracks, placed, strict=True):
        for first, last, edit in _lines(row, own):
            start = one.second(first)
            number = max(number + 1, round(1000 * start))
            found.append(
                Cue(
                    start=start,
                    end=one.second(last, over=True),
                    text=row.text[first:last],
                    passage=str(row.id),
                    begin=first,
                    id=str(number),
                    **(_told(edit) if edit else {}),
                )
            )
    return found


def track(row: Passage) -> Track:
    """Return when each sign of a passage is said; evenly where it was heard before words had times."""
    whole = [[0, float(row.locator.get("start", 0)), float(row.locator.get("end", 0))]]
    return Track(row.times or whole, len(row.text))


def _told(edit: CueEdit) -> dict[str, Any]:
    now = edit.machine.get("text", "")
    known = (_words(edit.heard), _words(edit.text))
    return {
        "edit": str(edit.id),
        "edited_by": str(edit.by),
        "edited_at": edit.at,
        "heard": now,
        "differs": bool(now) and _words(now) not in known,
    }


def _words(text: str) -> list[str]:
    """Return what a line says without its signs and capitals."""
    return re.findall(r"\w+", text.casefold())


Spans = list[tuple[int, int, CueEdit]]


def _placed(edits: list[CueEdit], passages: list[Passage], tracks: list[Track]) -> list[Spans]:
    """Return for each passage the edits that stand in it, from sign to sign, in order."""
    found: list[Spans] = [[] for _ in passages]
    starts = [float(row.locator.get("start", 0)) for row in passages]
    for edit in edits:
        first = max(0, bisect_right(starts, edit.start - NEAR) - 1)
        last = bisect_right(starts, edit.start + NEAR)
        places = [
            (abs(tracks[at].second(sign) - edit.start), at, sign)
            for at in range(first, last)
            for sign in _signs(passages[at].text, edit.text)
        ]
        if places and min(places)[0] <= NEAR:
            _, at, sign = min(places)
            taken = found[at][-1][1] if found[at] else 0
            if sign >= taken:
                found[at].append((sign, sign + len(edit.text), edit))
    return found


def _signs(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _lines(row: Passage, edits: Spans) -> Iterator[tuple[int, int, CueEdit | None]]:
    """Yield (start, end) of the lines of a passage, and the edit that one is."""
    at = 0
    for first, last, edit in edits:
        yield from _between(row, at, first, before=True)
        yield first, last, edit
        at = last
    yield from _between(row, at, len(row.text), before=False)


def _between(row: Passage, begin: int, end: int, before: bool) -> Iterator[tuple[int, int, None]]:
    while begin < end and row.text[begin].isspace():
        begin += 1
    text = row.text[begin:end]
    for first, last in _captions(text, row.language, cut=(begin > 0, before)):
        yield begin + first, begin + last, None


def _captions(
    text: str, language: str, cut: tuple[bool, bool] = (False, False)
) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of pieces of `text` that fit under a film: sentences, or parts of long ones.
    `cut`: whether it begins, or ends, beside a line that stands by itself; then the rest of a sentence
    may be a little longer, so that the lines beside an edit stay as they were."""
    found = list(languages.sentences(text, language))
    for start, stop in found:
        beside = (cut[0] and start == found[0][0]) or (cut[1] and stop == found[-1][1])
        most = _LINE * 4 // 3 if beside else _LINE
        at, parts = start, max(1, -(-(stop - start) // most))
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
