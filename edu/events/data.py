"""Facts: what one app tells the apps above it. A fact is true when it is published, and stays so."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """Base of all facts. Subclasses are frozen dataclasses of JSON values: ids as strings, times as
    RFC 3339 strings, numbers, lists and dicts of these."""
