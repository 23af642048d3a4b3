"""Key terms of a course or a material, each with a passage that speaks of it, and perhaps a definition."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Protocol

from edu.common.definitions import definitions
from edu.common.language import fold
from edu.common.terms import key_terms as find_terms
from edu.common.terms import terms_in
from edu.multimodal.logic.chunks import PICTURE
from edu.multimodal.logic.reads import lean, live

MOST_PASSAGES = 1000  # that are looked through, from the first of the course on


class Spoken(Protocol):
    """A passage, of the database or read just now."""

    @property
    def id(self) -> Any:
        """What it is known by."""

    @property
    def text(self) -> str:
        """What it says."""

    @property
    def path(self) -> list[str]:
        """The headings above it."""

    @property
    def language(self) -> str:
        """What it is in."""


def key_terms(course: str, limit: int) -> list[dict[str, Any]]:
    """Return `term`, `count`, `passage` and perhaps `definition` of the best terms, best first."""
    own = lean(live(course)).exclude(kind=PICTURE)  # what is said of one is not the material's word
    rows = list(own.order_by("material_id", "ordinal")[:MOST_PASSAGES])
    found = of_passages(rows, limit)
    return [{name: each[name] for name in each if name != "kind"} for each in found]


def of_passages(rows: Sequence[Spoken], limit: int) -> list[dict[str, Any]]:
    """Return the best terms of some passages as `key_terms` does, and their `kind`."""
    rows = rows[:MOST_PASSAGES]
    if not rows:
        return []
    language = Counter(row.language for row in rows).most_common(1)[0][0]
    headings = dict.fromkeys(heading for row in rows for heading in row.path)
    found = find_terms([row.text for row in rows], language, limit, list(headings))
    first: dict[str, str] = {}
    defined: dict[str, tuple[str, str]] = {}
    for row in rows:
        for term, _, _ in terms_in(row.text, found):
            first.setdefault(term.text, str(row.id))
        for each in definitions(row.text, row.language):
            defined.setdefault(fold(each.term, language), (each.sentence, str(row.id)))
    entries: list[dict[str, Any]] = []
    for term in found:
        sentence, passage = defined.get(fold(term.text, language), ("", first.get(term.text, "")))
        if passage:
            entry = {"term": term.text, "count": term.count, "kind": term.kind, "passage": passage}
            entries.append({**entry, "definition": sentence} if sentence else entry)
    return entries
