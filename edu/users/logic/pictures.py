"""Pictures of people: drawn anew from what was brought, so that nothing of the file itself is kept."""

import base64
import hashlib
import io
import warnings
from datetime import datetime

from PIL import Image, ImageOps, UnidentifiedImageError

from edu.common.errors import Invalid, NotFound
from edu.common.text import gettext_noop as _
from edu.users.models import Picture, User

MOST_MB = 8
MOST_PIXELS = 40_000_000  # of what is brought; more is a bomb, or a mistake
SIZES = {"small": 64, "middle": 160, "large": 512}  # pixels each way
KINDS = ("JPEG", "PNG", "WEBP")
NONE = _("This is no picture that can be used here. Bring a JPEG, PNG or WebP file.")
BIG = _("This picture is too large. Use one of at most %(most)s MB and 40 megapixels.")


def keep(user: User, data: bytes, now: datetime) -> None:
    """Make the picture in `data` that of `user`. Raises Invalid for the field "picture"."""
    drawn = {name: _webp(data, pixels) for name, pixels in SIZES.items()}
    row = Picture.objects.filter(user=user).first() or Picture(user=user)
    for name, sheet in drawn.items():
        setattr(row, name, base64.b64encode(sheet).decode())
    row.created_at = now
    row.save()
    user.picture = hashlib.sha256(drawn["large"]).hexdigest()[:16]
    user.save(update_fields=["picture"])


def remove(user: User) -> None:
    """Take the picture of `user` away; none is no error."""
    Picture.objects.filter(user=user).delete()
    user.picture = ""
    user.save(update_fields=["picture"])


def fetch(user: User, size: str) -> bytes:
    """Return a picture as WebP; raise NotFound where there is none, or no such size."""
    row = Picture.objects.filter(user=user).first()
    if row is None or size not in SIZES:
        raise NotFound
    return base64.b64decode(getattr(row, size))


def _webp(data: bytes, pixels: int) -> bytes:
    """Return the middle of a picture as a square of so many `pixels`, without any metadata."""
    image = _opened(data)
    image.draft("RGB", (2 * pixels, 2 * pixels))  # a large JPEG is decoded only as finely as needed
    try:
        upright = ImageOps.exif_transpose(image)
        if "A" in upright.getbands() or "transparency" in upright.info:
            paper = Image.new("RGBA", upright.size, "white")
            paper.alpha_composite(upright.convert("RGBA"))
            upright = paper
        square = ImageOps.fit(upright.convert("RGB"), (pixels, pixels), Image.Resampling.LANCZOS)
        bare = Image.new("RGB", square.size)
        bare.paste(square)  # the pixels, and nothing that came with them
        out = io.BytesIO()
        bare.save(out, "WEBP", quality=82)
    except (OSError, SyntaxError, ValueError, KeyError, IndexError, OverflowError) as error:
        raise Invalid(fields={"picture": NONE}) from error
    return out.getvalue()


def _opened(data: bytes) -> Image.Image:
    """Open a picture by its content, whatever it is called; nothing of it is decoded yet."""
    if len(data) > MOST_MB * 1024 * 1024:
        raise Invalid(fields={"picture": BIG % {"most": MOST_MB}})
    try:
        with warnings.catch_warnings():
            # Pillow's own line is drawn elsewhere for the whole process; ours is below.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=KINDS)
    except Image.DecompressionBombError:
        raise Invalid(fields={"picture": BIG % {"most": MOST_MB}}) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Invalid(fields={"picture": NONE}) from error
    if image.size[0] * image.size[1] > MOST_PIXELS:
        raise Invalid(fields={"picture": BIG % {"most": MOST_MB}})
    return image
