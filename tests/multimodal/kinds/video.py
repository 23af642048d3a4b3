"""A film with sound, which models must hear and read."""

from functools import cache

from tests.multimodal import samples

FILE = "a.mp4"
SAYS = ""


@cache
def content() -> bytes:
    """Return it."""
    return samples.film(1.0)
