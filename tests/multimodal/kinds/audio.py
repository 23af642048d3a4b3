"""A recording, which a model must hear."""

from tests.multimodal import samples

FILE = "a.wav"
SAYS = ""


def content() -> bytes:
    """Return it."""
    return samples.tone(0.3)
