"""Personal data in texts: found, replaced by placeholders before a call leaves, and put back after."""

from edu.inference.base.personal.veil import KINDS, Mender, Veil

__all__ = ["KINDS", "Mender", "Veil"]
