"""Pictures: turned upright, freed of what the camera wrote into them, kept for a model to read."""

import struct
import warnings
from pathlib import Path

from edu.common.text import gettext_noop as _
from edu.multimodal.base import Format, Limits, Progress, TooManyPixels
from edu.multimodal.data import Document, Picture, Unreadable

_LONGEST = 4000  # pixels of the longer side that are kept
_NAME = "picture"

DAMAGED = _("This picture is damaged. Save it again, or take it once more, and bring that.")


class Image(Format):
    """See the module."""

    name = "image"
    label = "a picture"
    family = "image"
    media_types = ("image/png", "image/jpeg")
    extensions = ("png", "jpg", "jpeg", "jpe", "jfif")
    score = 10

    def read(self, path: Path, work: Path, limits: Limits, progress: Progress) -> Document:
        """Write the picture anew into the work folder; see Format.read."""
        from PIL import Image as Pillow
        from PIL import ImageOps

        progress(0.0, "Looking at the picture")
        Pillow.MAX_IMAGE_PIXELS = limits.pixels
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", Pillow.DecompressionBombWarning)
                image = Pillow.open(path, formats=("PNG", "JPEG"))
                wide, high = image.size
                if wide * high > limits.pixels:
                    raise Pillow.DecompressionBombError
                image = ImageOps.exif_transpose(image)
                has_alpha = "A" in image.getbands() or "transparency" in image.info
                if has_alpha:
                    image = image.convert("RGBA")
                    paper = Pillow.new("RGBA", image.size, "white")
                    paper.alpha_composite(image)
                    image = paper
                image = image.convert("RGB")
        except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning):
            size = _megapixels(path)
            raise TooManyPixels(found=size, limit=limits.pixels // 1_000_000) from None
        except (OSError, SyntaxError, ValueError, KeyError, TypeError, IndexError, struct.error):
            raise Unreadable(DAMAGED) from None
        except (EOFError, OverflowError, ZeroDivisionError, AttributeError):
            raise Unreadable(DAMAGED) from None
        if max(image.size) > _LONGEST:
            image.thumbnail((_LONGEST, _LONGEST))
        image.info.clear()
        image.save(work / f"{_NAME}.png")
        where = {"kind": "region", "box": [0.0, 0.0, 1.0, 1.0]}
        return Document("", [], [Picture(f"{_NAME}.png", where)], pages=1)

    def picture(self, path: Path, page: int, work: Path, width: int) -> Path:
        """Draw the picture itself; see Format.picture."""
        from PIL import Image as Pillow

        self.read(path, work, Limits(), lambda share, sentence: None)
        place = work / f"{_NAME}.png"
        with Pillow.open(place) as image:
            if image.width > width:
                image.thumbnail((width, width * 4))
                image.save(place)
        return place


def _megapixels(path: Path) -> str:
    """Return the size that the file declares, without decoding it."""
    from PIL import Image as Pillow

    Pillow.MAX_IMAGE_PIXELS = None
    try:
        with Pillow.open(path, formats=("PNG", "JPEG")) as image:
            return f"{image.width * image.height / 1_000_000:.0f}"
    except (OSError, SyntaxError, ValueError, struct.error):
        return "?"
