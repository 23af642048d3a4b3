"""Reads text in a picture by the quick engine, and by the thorough one where the quick is unsure."""

import io
from collections.abc import Callable, Sequence

from edu.inference.base.pictures import blank, certainty, load, turned, turned_back, worth
from edu.inference.data import Line, PictureText

SURE = 0.78  # the mean confidence above which the first engine is believed
LEAST = 0.6  # below this, alone, it is taken for no text at all


def read_with(engines: Sequence[Callable[[bytes], PictureText]], picture: bytes) -> PictureText:
    """Return what the first sure one of `engines` reads, else the best of all."""
    if blank(load(picture)):
        return PictureText([])
    best = engines[0](picture)
    if certainty(best.lines) >= SURE and not _sparse(best):
        return best
    for engine in engines[1:]:
        other = _upright(engine, picture, best.rotation)
        if worth(other.lines) >= worth(best.lines):
            best = other
    return best if certainty(best.lines) >= LEAST else PictureText([], best.rotation, best.engine)


def _sparse(read: PictureText) -> bool:
    """Whether so little was read that most of it may have been missed."""
    return sum(len(line.text) for line in read.lines) < 12


def _upright(engine: Callable[[bytes], PictureText], picture: bytes, rotation: int) -> PictureText:
    """Have `engine` read the picture turned by `rotation`, with boxes for it as it was given."""
    if not rotation:
        return engine(picture)
    out = io.BytesIO()
    turned(load(picture), rotation).save(out, "PNG", compress_level=1)
    read = engine(out.getvalue())
    lines = [
        Line(line.text, turned_back(line.box, rotation), line.confidence) for line in read.lines
    ]
    return PictureText(lines, rotation, read.engine)
