"""Pieces of text found on a page, put into lines and the lines into reading order."""

import math
import statistics
from collections.abc import Callable, Sequence

from edu.inference.base.pictures import Point
from edu.inference.data import Line

GAP = "\t"  # between pieces of one line that stand far apart, as the cells of a table

Found = tuple[Sequence[Point], str, float]
"""Four corners in pixels clockwise from the top left, a text, and its confidence 0..1."""


def lines_of(found: Sequence[Found], box: Callable[[list[Point]], list[float]]) -> list[Line]:
    """Return the lines that the pieces make, in reading order; `box` makes fractions of points."""
    lines = []
    for line in in_order(found):
        points = [point for corners, _text, _sure in line for point in corners]
        letters = sum(len(text) for _corners, text, _sure in line)
        sure = sum(sure * len(text) for _corners, text, sure in line) / max(1, letters)
        lines.append(Line(_joined(line), box(points), round(sure, 4)))
    return lines


def _joined(line: Sequence[Found]) -> str:
    text, end = "", 0.0
    for corners, piece, _sure in line:
        high = math.dist(corners[0], corners[3])
        if text:
            text += GAP if corners[0][0] - end > 2 * high else " "
        text += piece.strip()
        end = corners[1][0]
    return text


def in_order(found: Sequence[Found]) -> list[list[Found]]:
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

    def __init__(self, left: float, top: float, right: float, bottom: float, what: Found) -> None:
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
    return [block for row in _beside(rows) for block in _blocks(row, high)]


def _beside(rows: list[list[_Piece]]) -> list[list[_Piece]]:
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
