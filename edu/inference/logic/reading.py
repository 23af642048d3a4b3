"""Reads text in a picture by the quick engine, and by the thorough one where the quick is unsure."""

import io
from collections.abc import Callable, Sequence

from edu.inference.base.pictures import blank, certainty, load, turned, turned_back, worth
from edu.inference.data import Line, PictureText

SURE = 0.78  # the mean confidence above which the first engine is believed
LEAST = 0.6  # below this, alone, it is taken for no text at all
FEW = 8  # letters: so few are often seen where there are none, and must be sure


def read_with(engines: Sequence[Callable[[bytes], PictureText]], picture: bytes) -> PictureText:
    """Return what the first sure one of `engines` reads, else the best of all."""
    image = load(picture)
    if blank(image):
        return PictureText([])
    best = engines[0](picture)
    lies = _lies(best, image.width / image.height)
    if _sure(best) and not lies:
        return best
    start = PictureText([], best.rotation, best.engine) if lies else best
    stands = _whichever_way(engines[0], picture, start)
    best = stands if worth(stands.lines) >= 0.8 * worth(best.lines) else best
    if _sure(best):
        return best
    for engine in engines[1:]:
        other = _upright(engine, picture, best.rotation)
        if worth(other.lines) >= worth(best.lines):
            best = other
    least = SURE if _letters(best) < FEW else LEAST
    return best if certainty(best.lines) >= least else PictureText([], best.rotation, best.engine)


def _sure(read: PictureText) -> bool:
    return certainty(read.lines) >= SURE and not _sparse(read)


def _lies(read: PictureText, shape: float) -> bool:
    """Whether most lines stand on end in a picture `shape` times as wide as high: some engines read
    them so, but in the order of a page that was not turned."""
    boxes = [line.box for line in read.lines if len(line.text) > 3]
    tall = sum(box[3] - box[1] > 1.5 * shape * (box[2] - box[0]) for box in boxes)
    return 2 * tall > len(boxes)


def _whichever_way(
    engine: Callable[[bytes], PictureText], picture: bytes, best: PictureText
) -> PictureText:
    """Return the best reading of the picture turned each way: a few words are too little to tell by
    where up is, but read upside down they are no words."""
    given = best.rotation
    for turn in (90, 270, 180) if not best.lines else (180, 90, 270):
        other = _upright(engine, picture, (given + turn) % 360)
        if worth(other.lines) > worth(best.lines):
            best = other
        if _sure(best):
            break
    return best


def _sparse(read: PictureText) -> bool:
    """Whether so little was read that most of it may have been missed."""
    return _letters(read) < 12


def _letters(read: PictureText) -> int:
    return sum(len(line.text) for line in read.lines)


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
    return PictureText(lines, (rotation + read.rotation) % 360, read.engine)
