"""A picture, which a model must read."""

from tests.multimodal import samples

FILE = "a.png"
SAYS = ""


def content() -> bytes:
    """Return it."""
    return samples.png(size=(300, 200))
