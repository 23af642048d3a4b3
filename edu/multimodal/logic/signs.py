"""The words on a page with their places, so that they can be selected over its picture.

A PDF knows its words; they are read once, in the sandbox, and kept beside the pictures. Where only a
model has read the page, the lines of a paragraph are worked out from its box and its length.
"""

import json
import math
import tempfile
from pathlib import Path
from typing import Any

from edu.common.errors import NotFound
from edu.multimodal.data import NoPicture, PageLine, Passage, Placed, Unreadable
from edu.multimodal.logic import sandbox, storage, viewing
from edu.multimodal.models import Material

MOST_WORDS = 6000  # of one page; what is beyond can still be selected beside the picture
MOST_LETTERS = 200  # of one word
BROAD = 0.5  # width of a letter as a share of the height of its line, about
TALL = 1.3  # height of a page as a share of its width, about
_BOX = 4


def page_lines(row: Material, page: int) -> list[PageLine]:
    """Return the lines of a page (from 1) in reading order. Raises NoPicture."""
    if row.kind not in viewing.DRAWN or page < 1 or page > max(1, row.pages):
        raise NoPicture
    # A picture is one page, and its passages do not say on which they stand.
    passages = viewing.page_passages(row.id, page) if row.kind == "pdf" else viewing.all_of(row.id)
    boxed = [each for each in passages if len(each.locator.get("box") or ()) == _BOX]
    known = _lines(_signs(row, page)) if row.kind == "pdf" else []
    if known:
        return [PageLine(words, _owner(words, boxed)) for words in known]
    return [line for each in boxed for line in _worked_out(each)]


def _signs(row: Material, page: int) -> list[Any]:
    """Return what the file says, from the store when it was read before."""
    key = storage.page_key(row.id, page, storage.SIGNS)
    try:
        return list(json.loads(storage.fetch(key)))
    except NotFound:
        pass
    with tempfile.TemporaryDirectory(prefix="edu-signs-") as folder:
        work = Path(folder)
        original, kept = work / "original", work / "signs.json"
        storage.fetch_to(row.key, original)
        try:
            found = sandbox.signs(path=original, kind=row.kind, page=page, work=work)
        except Unreadable:
            found = []
        kept.write_text(json.dumps(found))
        storage.objects().put(key, kept)
    return found


def _lines(found: list[Any]) -> list[list[Placed]]:
    """Return what the sandbox said as lines; what is not as it should be is left out."""
    left, lines = MOST_WORDS, []
    for line in found:
        words = [word for word in map(_word, line if isinstance(line, list) else []) if word]
        lines.append(words[:left])
        left -= len(lines[-1])
    return [line for line in lines if line]


def _word(found: Any) -> Placed | None:
    if not isinstance(found, list) or len(found) != 1 + _BOX or not isinstance(found[0], str):
        return None
    if not all(isinstance(edge, (int, float)) and math.isfinite(edge) for edge in found[1:]):
        return None
    box = [min(1.0, max(0.0, float(edge))) for edge in found[1:]]
    if not found[0].strip() or box[0] >= box[2] or box[1] >= box[3]:
        return None
    return Placed(found[0][:MOST_LETTERS], box)


def _owner(words: list[Placed], passages: list[Passage]) -> str:
    """Return the passage whose box holds the middle of the line, the smallest if there are several."""
    x = (min(word.box[0] for word in words) + max(word.box[2] for word in words)) / 2
    y = (min(word.box[1] for word in words) + max(word.box[3] for word in words)) / 2
    around = [
        each
        for each in passages
        if each.locator["box"][0] <= x <= each.locator["box"][2]
        and each.locator["box"][1] <= y <= each.locator["box"][3]
    ]
    return min(around, key=_area).id if around else ""


def _area(passage: Passage) -> float:
    x0, y0, x1, y1 = passage.locator["box"]
    return float((x1 - x0) * (y1 - y0))


def _worked_out(passage: Passage) -> list[PageLine]:
    """Return the lines of a paragraph, by how many of them fit its box with letters of usual width."""
    x0, y0, x1, y1 = (min(1.0, max(0.0, float(edge))) for edge in passage.locator["box"])
    words = passage.text.split()[:MOST_WORDS]
    if x0 >= x1 or y0 >= y1 or not words:
        return []
    length = len(" ".join(words))
    count = math.sqrt(length * BROAD * (y1 - y0) * TALL / (x1 - x0))
    count = max(1, min(len(words), round(count)))
    lines: list[list[str]] = [[]]
    held = 0
    for word in words:
        if held >= length * len(lines) / count and len(lines) < count:
            lines.append([])
        lines[-1].append(word)
        held += len(word) + 1
    high = (y1 - y0) / len(lines)
    return [
        PageLine(
            [Placed(" ".join(line), [x0, y0 + at * high, x1, y0 + (at + 1) * high])],
            passage.id,
            rough=True,
        )
        for at, line in enumerate(lines)
    ]
