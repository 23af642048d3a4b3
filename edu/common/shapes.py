"""What a short text looks like: a number, a year, a name, an acronym, a word. Any language."""

import re

_NUMBER = re.compile(r"^[−-]?[\d٠-٩]+(?:[.,\u202f '’][\d٠-٩]+)*$")
_QUANTITY = re.compile(r"^[$€£¥]?\s?[−-]?[\d٠-٩]+(?:[.,\u202f][\d٠-٩]+)*\s?(\D{1,25})$")
_YEAR = re.compile(r"^(?:1[0-9]\d\d|20\d\d)$")
_CASED = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff]")


def shape(text: str) -> str:
    """Return "year", "number", "quantity" (a number with a unit), "mixed" (has digits), "acronym",
    "name" (its words begin with capitals), "capital" (only the first does), "lower", or "plain" for
    scripts without capitals."""
    text = text.strip()
    if _YEAR.match(text):
        return "year"
    if _NUMBER.match(text):
        return "number"
    if _QUANTITY.match(text):
        return "quantity"
    if any(c.isdigit() for c in text):
        return "mixed"
    words = [word for word in re.split(r"[\s-]+", text) if word]
    if not words or not _CASED.match(words[0][:1]):
        return "plain"
    letters = [word for word in words if _CASED.match(word[:1])]
    if all(word.isupper() and len(word) > 1 for word in letters):
        return "acronym"
    big = [word[:1].isupper() for word in letters if len(word) > 3 or word[:1].isupper()]
    if big and all(big) and len(big) > 1:
        return "name"
    return "capital" if words[0][:1].isupper() else "lower"


def case(text: str) -> str:
    """Return how a text uses capitals: "name" (the first and the last of its words have one),
    "capital" (one word, or the first), "acronym", "lower", or "" for figures and scripts without."""
    kind = shape(text)
    if kind not in ("name", "capital", "acronym", "lower"):
        return ""
    found = [word for word in re.split(r"[\s-]+", text.strip()) if word[:1].isalpha()]
    if kind == "capital" and len(found) > 1 and found[-1][:1].isupper():
        return "name"
    return kind


def unit_of(text: str) -> str:
    """Return what stands after the number in a quantity, in lower case; "" for others."""
    found = _QUANTITY.match(text.strip())
    return found[1].strip().lower() if found else ""


def alike(one: str, other: str) -> bool:
    """Whether two short texts look as if they were of one sort, so that neither stands out."""
    first, second = shape(one), shape(other)
    if first == "quantity" or second == "quantity":
        return first == second and unit_of(one) == unit_of(other)
    together = (
        {"name", "capital"},
        {"capital", "lower"},
        {"acronym", "capital"},
        {"mixed", "acronym"},
    )
    return first == second or {first, second} in together
