"""A plain text."""

FILE = "a.txt"
SAYS = "Root hairs take water"
PLACE = {"kind": "section", "path": ["1 Roots"], "paragraph": 1}


def content() -> bytes:
    """Return it."""
    return b"1 Roots\n\nRoot hairs take water from the soil.\n"
