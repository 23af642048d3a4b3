"""Pictures: turned upright, freed of what the camera wrote into them, kept for a model to read."""

from pathlib import Path

from edu.common.text import gettext_noop as _
from edu.multimodal.base import Format, Limits, Progress
from edu.multimodal.base.pictures import upright
from edu.multimodal.data import LOOKING, Document, Picture, Unreadable

_LONGEST = 4000  # pixels of the longer side that are kept
_NAME = "picture"

DAMAGED = _("This picture is damaged. Save it again, or take it once more, and bring that.")


class Image(Format):
    """See the module."""

    name = "image"
    label = "a picture"
    brought = "PNG, JPEG"
    called = _("Picture")
    icon = "photo"
    view = "picture"
    family = "image"
    media_types = ("image/png", "image/jpeg")
    extensions = ("png", "jpg", "jpeg", "jpe", "jfif")
    score = 10
    version = 2  # tables

    def read(self, path: Path, work: Path, limits: Limits, progress: Progress) -> Document:
        """Write the picture anew into the work folder; see Format.read."""
        progress(0.0, LOOKING)
        try:
            image = upright(path, limits.pixels, ("PNG", "JPEG"))
        except ValueError:
            raise Unreadable(DAMAGED) from None
        if max(image.size) > _LONGEST:
            image.thumbnail((_LONGEST, _LONGEST))
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
