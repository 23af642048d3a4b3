"""Pictures made ready for reading, and boxes brought back to the picture as it was given.

A box is [x0, y0, x1, y1] in fractions 0..1. A picture counts as given when its EXIF orientation has
been applied, as browsers show it.
"""

import io
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageOps

from edu.common.text import gettext_noop as _
from edu.inference.data import Line, Unreadable

MOST_PIXELS = 40_000_000
LONGEST = 2600  # pixels of the longer side: more costs time and reads no better
DARK = 110  # of 255: a picture whose middle tone is below this has a dark ground
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


def blank(image: Image.Image) -> bool:
    """Whether there is nothing on the picture: its tones hardly differ anywhere."""
    tones = np.asarray(image.convert("L").reduce(2), dtype=np.int16)
    return int(tones.max()) - int(tones.min()) < 12


def dark_on_light(image: Image.Image) -> Image.Image:
    """Return the picture with its tones turned round where it is mostly dark, as a blackboard or a
    screen by night: light letters become dark ones."""
    return (
        ImageOps.invert(image) if float(np.median(np.asarray(image.convert("L")))) < DARK else image
    )


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


def worth(lines: Sequence[Line]) -> float:
    """Return the letters read, each counted by how far its line is above mere guessing: of two
    readings of one picture the one that is worth more is better."""
    return sum(len(line.text) * max(0.0, line.confidence - 0.4) for line in lines)
