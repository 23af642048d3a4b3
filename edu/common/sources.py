"""What an answer stands on: sources that were found, and citations that were checked.

These two nouns cross every floor (multimodal finds, agents quote, assessments keep, pages show), so
they live here and know nothing of any app.

A locator is a dict of one of these shapes; pages and slides count from 1, times are seconds, boxes
are fractions 0..1 of the page or picture as [x0, y0, x1, y1] from the top left:
    {"kind": "page", "page": 3, "box": [x0, y0, x1, y1]}           ("box" may be left out)
    {"kind": "slide", "slide": 4}
    {"kind": "time", "start": 61.2, "end": 70.0}   ("seen": true where it is shown, not said)
    {"kind": "section", "path": ["Chapter 2", "Osmosis"], "paragraph": 5}
                     (in source code also "line", in a notebook "cell")
    {"kind": "cell", "sheet": "Data", "range": "A1:C9"}
    {"kind": "region", "box": [x0, y0, x1, y1]}
"""

from dataclasses import dataclass, field
from typing import Any

Locator = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """Another passage that says the same as one that was found."""

    passage: str
    material: str
    title: str
    locator: Locator


@dataclass(frozen=True)
class Source:
    """A passage that a search found. `score` 0..1 orders the hits; `similarity` is the cosine of the
    embeddings (-1..1) and `coverage` the share (0..1) of the question's weighted words in it. `also` are
    the other places where it stands: the same text in another material, or on another slide."""

    passage: str
    material: str
    title: str
    text: str
    locator: Locator
    score: float = 0.0
    similarity: float = 0.0
    coverage: float = 0.0
    objective: str | None = None
    path: list[str] = field(default_factory=list)
    language: str = ""
    also: list[Place] = field(default_factory=list)


@dataclass(frozen=True)
class Citation:
    """A quote that was found verbatim in its passage. `marker` counts from 1 within one answer; `url`
    opens the material at that place with the quote highlighted."""

    marker: int
    passage: str
    material: str
    title: str
    locator: Locator
    quote: str
    url: str
