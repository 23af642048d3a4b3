"""Opening pictures safely: nothing is decoded before its declared size is known to be sane."""

import io
import struct
import warnings
from pathlib import Path
from typing import Any

from edu.multimodal.base import TooManyPixels

_BROKEN = (
    *(OSError, SyntaxError, ValueError, KeyError, TypeError, IndexError, AttributeError),
    *(EOFError, OverflowError, ZeroDivisionError, struct.error),
)


def upright(source: Path | bytes, pixels: int, kinds: tuple[str, ...]) -> Any:
    """Return a picture of one of Pillow's `kinds` in RGB on white, turned as its camera says.

    Raises TooManyPixels for one over `pixels`, ValueError for one that cannot be drawn.
    """
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            # Twice this is an error of Pillow's own; the size is compared with `pixels` below.
            Image.MAX_IMAGE_PIXELS = 2**40
            image: Any = Image.open(
                io.BytesIO(source) if isinstance(source, bytes) else source, formats=kinds
            )
            wide, high = image.size
            if wide * high > pixels:
                raise TooManyPixels(found=round(wide * high / 1e6), limit=round(pixels / 1e6))
            image = ImageOps.exif_transpose(image)
            if "A" in image.getbands() or "transparency" in image.info:
                paper = Image.new("RGBA", image.size, "white")
                paper.alpha_composite(image.convert("RGBA"))
                image = paper
            image = image.convert("RGB")
    except _BROKEN as error:
        raise ValueError(str(error)) from None
    image.info.clear()
    return image
