"""Which version of the readers a material was read by, so that those read by an older one can be told."""

from edu.multimodal.base import formats
from edu.multimodal.logic import chunks


def now(kind: str) -> str:
    """Return what reads a kind of file now: its format's version and that of the parting into passages."""
    versions = {each.name: each.version for each in formats()}
    return f"{kind} {versions.get(kind, 0)}.{chunks.VERSION}"[:40]
