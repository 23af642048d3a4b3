"""What a picture looks like, in a few numbers: enough to tell a photo from a chart from a page of text.

It runs in the child that reads files. Everything is measured on a copy of at most 480 pixels, against
the paper behind it, so that a shaded photo of a page counts as a page.
"""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from edu.multimodal.base import Limits, Progress, TooManyPixels
from edu.multimodal.base.pictures import upright
from edu.multimodal.data import LOOKING, Document

SIDE = 480
COPY = 1400  # pixels of the longer side of what is shown
HEAVY = 1_000_000  # bytes above which a drawing is kept as a photo is
_DRAWING = 0.8  # of a picture is of its twelve commonest colours: then it is a drawing
MOST = 300  # pictures of one file that are looked at
_KINDS = ("PNG", "JPEG")


def seen(document: Document, work: Path, limits: Limits, progress: Progress) -> Document:
    """Return `document` with the looks of its pictures, which lie in `work`."""
    if not document.pictures:
        return document
    pictures = []
    for number, picture in enumerate(document.pictures):
        if number < MOST and picture.path:
            progress(1.0, LOOKING)
            look_of, image = look(work / picture.path, limits.pixels)
            picture = replace(picture, look=look_of)
            if image is not None and not picture.whole and picture.locator.get("kind") != "time":
                picture = replace(picture, copy=copied(image, look_of, work, picture.path))
        pictures.append(picture)
    return replace(document, pictures=pictures)


def copied(image: Any, look_of: dict[str, Any], work: Path, name: str) -> str:
    """Write a copy to be shown beside a picture, of at most COPY pixels a side, and return its name: with
    nothing in it but what is seen, as it was drawn here."""
    image = image.copy()
    image.thumbnail((COPY, COPY))
    place = work / f"{Path(name).stem}-copy.png"
    if look_of["few"] > _DRAWING:
        image.save(place)
        if place.stat().st_size <= HEAVY:
            return place.name
    place.unlink(missing_ok=True)
    place = place.with_suffix(".jpg")
    image.save(place, quality=85)
    return place.name


def look(path: Path, pixels: int) -> tuple[dict[str, Any], Any]:
    """Return the looks of the PNG or JPEG at `path`: `mark` (of its bytes), `wide` and `high` in pixels,
    and shares 0 to 1 or counts, see `measures`; only the mark where it cannot be drawn. And the picture
    itself, in RGB, or None."""
    mark = sha256(path.read_bytes()).hexdigest()[:32]
    try:
        image = upright(path, pixels, _KINDS)
    except (ValueError, TooManyPixels):
        return {"mark": mark}, None
    size = {"wide": image.width, "high": image.height}
    return {"mark": mark, **size, **measures(image)}, image


def measures(image: Any) -> dict[str, float]:
    """Return what is measured of an RGB picture:

    ink: share of what is darker than the paper; mid: of half tones; flat: of what is of one colour with
    its neighbours; few: of the twelve commonest colours; hue: of what is coloured, solid: of that, what
    lies in flat areas; across, down: straight lines of a third of the side and more; short: shorter ones
    in both directions, as of boxes; slant: how unsteady the strokes' edges are (0 print, 1 handwriting).
    """
    import numpy as np
    from PIL import Image, ImageFilter

    small = image.copy()
    small.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    if min(small.size) < 8:
        small = small.resize((max(8, small.width), max(8, small.height)))
    grey = small.convert("L")
    if np.median(np.asarray(grey)) < 100:  # light on dark
        grey = grey.point(lambda value: 255 - value)
    paper = grey.filter(ImageFilter.MaxFilter(21)).filter(ImageFilter.GaussianBlur(10))
    ratio = np.asarray(grey, float) / np.maximum(np.asarray(paper, float), 1.0)
    ink = ratio < 0.72
    near = grey.filter(ImageFilter.GaussianBlur(0.8))
    spread = np.asarray(near.filter(ImageFilter.MaxFilter(3)), float) - np.asarray(
        near.filter(ImageFilter.MinFilter(3)), float
    )
    colours = np.asarray(small, int)
    tinted = colours.max(axis=2) - colours.min(axis=2) > 50
    flat = spread <= 9
    codes = (colours >> 4) @ np.array([256, 16, 1])
    counts = np.sort(np.bincount(codes.ravel(), minlength=4096))[::-1]
    across, short_across = _straight(ink)
    down, short_down = _straight(ink.T)
    return {
        "ink": _share(ink),
        "mid": _share((ratio >= 0.72) & (ratio < 0.93)),
        "flat": _share(flat),
        "few": float(round(counts[:12].sum() / codes.size, 4)),
        "hue": _share(tinted),
        "solid": _share(tinted & flat),
        "across": float(across),
        "down": float(down),
        "short": float(min(short_across, short_down)),
    }


def _share(mask: Any) -> float:
    return float(round(mask.mean(), 4))


def _straight(ink: Any) -> tuple[int, int]:
    """Return how many straight runs of ink along the rows there are: those of a third of the width and
    more, and shorter ones of at least 18 pixels; rows side by side are one."""
    import numpy as np

    high, wide = ink.shape
    padded = np.zeros((high, wide + 2), dtype=np.int8)
    padded[:, 1:-1] = ink
    steps = np.diff(padded, axis=1)
    long_ones, short_ones = 0, 0
    before: list[tuple[int, int]] = []
    for row in range(high):
        begins = np.flatnonzero(steps[row] == 1)
        ends = np.flatnonzero(steps[row] == -1)
        runs = [(int(a), int(b)) for a, b in zip(begins, ends, strict=True) if b - a >= 18]
        for a, b in runs:
            if any(a < d and c < b for c, d in before):
                continue
            if b - a >= wide / 3:
                long_ones += 1
            else:
                short_ones += 1
        before = runs
    return long_ones, short_ones
