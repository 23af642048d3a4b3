"""Pictures made ready for reading, and boxes brought back to the picture as it was given.

A box is [x0, y0, x1, y1] in fractions 0..1. A picture counts as given when its EXIF orientation has
been applied, as browsers show it.
"""

import io
import math
import statistics
from collections.abc import Sequence
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from edu.common.text import gettext_noop as _
from edu.inference.data import Line, Unreadable

MOST_PIXELS = 40_000_000
LONGEST = 2600  # pixels of the longer side: more costs time and reads no better
SMALL = 1000  # a picture whose longer side is below this is enlarged: small letters are read badly
TOO_LARGE = _("This picture has more than 40 million pixels. Make it smaller and try again.")
NO_PICTURE = _("This is not a picture that can be read. It may be damaged or of another kind.")

Image.MAX_IMAGE_PIXELS = None  # `load` has a limit of its own, which depends on the format

Point = tuple[float, float]


def load(picture: bytes) -> Image.Image:
    """Return the picture upright by its EXIF, RGB on white, within LONGEST; raise Unreadable."""
    try:
        with Image.open(io.BytesIO(picture)) as file:
            if file.format == "JPEG":
                file.draft("RGB", (LONGEST, LONGEST))  # decodes a smaller one at once
            if file.width * file.height > MOST_PIXELS:
                raise Unreadable(TOO_LARGE)
            image = ImageOps.exif_transpose(file)
            if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
                image = image.convert("RGBA")
                white = Image.new("RGBA", image.size, "white")
                image = Image.alpha_composite(white, image)
            elif image.mode.startswith("I;16") or image.mode in ("I", "F"):
                image = _eight_bits(image)
            image = image.convert("RGB")
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError, MemoryError) as error:
        raise Unreadable(NO_PICTURE) from error
    longest = max(image.size)
    if longest > LONGEST:
        image.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    elif longest < SMALL:
        image = image.resize((image.width * 2, image.height * 2), Image.Resampling.LANCZOS)
    return image


def _eight_bits(image: Image.Image) -> Image.Image:
    values = np.asarray(image, dtype=np.float64)
    low, high = float(values.min()), float(values.max())
    return Image.fromarray(((values - low) * (255 / max(high - low, 1e-9))).astype(np.uint8))


def turned(image: Image.Image, clockwise: int) -> Image.Image:
    """Return `image` turned by a multiple of 90 degrees."""
    steps = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180}
    steps[270] = Image.Transpose.ROTATE_90
    return image.transpose(steps[clockwise % 360]) if clockwise % 360 else image


def turned_back(box: Sequence[float], clockwise: int) -> list[float]:
    """Return where a box of the turned picture stands in the picture before `turned`."""
    x0, y0, x1, y1 = box
    if clockwise % 360 == 90:
        return [y0, 1 - x1, y1, 1 - x0]
    if clockwise % 360 == 180:
        return [1 - x1, 1 - y1, 1 - x0, 1 - y0]
    if clockwise % 360 == 270:
        return [1 - y1, x0, 1 - y0, x1]
    return [x0, y0, x1, y1]


def box_of(points: Sequence[Point], size: tuple[int, int]) -> list[float]:
    """Return the box, in fractions of `size`, around `points` in pixels."""
    xs, ys = [x / size[0] for x, _y in points], [y / size[1] for _x, y in points]
    return [_unit(min(xs)), _unit(min(ys)), _unit(max(xs)), _unit(max(ys))]


def _unit(value: float) -> float:
    return round(min(1.0, max(0.0, float(value))), 5)


def certainty(lines: Sequence[Line]) -> float:
    """Return the mean confidence of `lines`, each counted by its letters; 0.0 for none."""
    letters = [len(line.text.replace(" ", "")) for line in lines]
    total = sum(letters)
    weighed = sum(line.confidence * count for line, count in zip(lines, letters, strict=True))
    return weighed / total if total else 0.0


def in_order(
    found: Sequence[tuple[Sequence[Point], str, float]],
) -> list[list[tuple[Any, str, float]]]:
    """Sort pieces of text (four corners clockwise from the top left, text, confidence) into lines in
    reading order, columns one after the other, however the page is tilted."""
    if not found:
        return []
    tilts = [
        math.atan2(q[1][1] - q[0][1], q[1][0] - q[0][0])
        for q, _text, _sure in found
        if math.dist(q[0], q[1]) > 1.5 * math.dist(q[1], q[2])
    ]
    angle = statistics.median(tilts) if len(tilts) > 2 else 0.0
    cos, sin = math.cos(-angle), math.sin(-angle)
    pieces = []
    for piece in found:
        straight = [(x * cos - y * sin, x * sin + y * cos) for x, y in piece[0]]
        xs, ys = [p[0] for p in straight], [p[1] for p in straight]
        # By the middles of the sides: a small tilt of one box against the rest does not swell it.
        top, bottom = (sorted(ys)[0] + sorted(ys)[1]) / 2, (sorted(ys)[2] + sorted(ys)[3]) / 2
        pieces.append(_Piece(min(xs), top, max(xs), bottom, piece))
    high = statistics.median(each.bottom - each.top for each in pieces)
    return [
        [each.what for each in line] for block in _blocks(pieces, high) for line in _lines(block)
    ]


class _Piece:
    """A piece of text in straightened coordinates."""

    def __init__(self, left: float, top: float, right: float, bottom: float, what: Any) -> None:
        self.left, self.top, self.right, self.bottom, self.what = left, top, right, bottom, what


def _blocks(pieces: list[_Piece], high: float) -> list[list[_Piece]]:
    """Cut along white columns (only where both sides are columns of several lines), then rows."""
    if len(pieces) < 4:
        return [pieces]
    columns = _cut(pieces, "left", "right", 0.8 * high)
    if len(columns) > 1 and all(_is_column(each, high) for each in columns):
        return [block for column in columns for block in _blocks(column, high)]
    rows = _cut(pieces, "top", "bottom", 0.6 * high)
    if len(rows) == 1:
        return [pieces]
    return [block for row in _joined(rows) for block in _blocks(row, high)]


def _joined(rows: list[list[_Piece]]) -> list[list[_Piece]]:
    """Put neighbouring rows together that share a white column: paragraphs beside paragraphs are
    read column by column, not row by row."""
    out: list[list[_Piece]] = []
    for row in rows:
        if out and len(out[-1]) > 1 and len(row) > 1:
            both = _cut(out[-1] + row, "left", "right", 1.0)
            if (
                len(both) > 1
                and len(both) == len(_cut(row, "left", "right", 1.0))
                and all(len(each) >= 3 for each in both)
            ):
                out[-1] = out[-1] + row
                continue
        out.append(row)
    return out if len(out) > 1 else rows


def _is_column(pieces: list[_Piece], high: float) -> bool:
    """Whether these are lines of running text one below the other, not one column of a table."""
    lines = _lines(pieces)
    widths = [each.right - each.left for each in pieces]
    return len(lines) >= 3 and statistics.median(widths) > 8 * high


def _cut(pieces: list[_Piece], low: str, high: str, gap: float) -> list[list[_Piece]]:
    groups: list[list[_Piece]] = []
    end = -math.inf
    for each in sorted(pieces, key=lambda piece: float(getattr(piece, low))):
        if getattr(each, low) - end > gap:
            groups.append([each])
        else:
            groups[-1].append(each)
        end = max(end, getattr(each, high))
    return groups


def _lines(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Put pieces whose middles are level into one line, from left to right."""
    lines: list[list[_Piece]] = []
    for each in sorted(pieces, key=lambda piece: piece.top + piece.bottom):
        middle, tall = (each.top + each.bottom) / 2, each.bottom - each.top
        last = lines[-1][0] if lines else None
        if last and abs((last.top + last.bottom) / 2 - middle) < 0.5 * min(
            tall, last.bottom - last.top
        ):
            lines[-1].append(each)
        else:
            lines.append([each])
    return [sorted(line, key=lambda piece: piece.left) for line in lines]
