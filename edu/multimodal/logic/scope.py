"""Where to search: what of a course is to be found, counted by PostgreSQL, in one question."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from edu.common.ids import parse_id
from edu.multimodal.models import Job

LANGUAGES = 4  # of a course, in whose forms words are looked up


@dataclass
class Scope:
    """Where to search: the materials of a course that are not to be found, and of the others how many
    passages, in which languages (commonest first), and by which models their vectors are. `only`
    (materials) and `objective` narrow it."""

    course: UUID
    hidden: list[UUID] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)
    embedders: list[str] = field(default_factory=list)
    passages: int = 0
    only: list[UUID] | None = None
    objective: UUID | None = None

    def where(self, table: str) -> tuple[str, dict[str, Any]]:
        """Return the condition on the course and the materials of rows of `table`, and its values. Only
        names of columns and of values are put together here."""
        condition = f"{table}.course = %(course)s"
        values: dict[str, Any] = {"course": self.course}
        if self.only is not None:
            condition += f" AND {table}.material_id = ANY(%(only)s)"
            values["only"] = self.only
        elif self.hidden:  # few, or none: naming them is cheaper than naming all others
            condition += f" AND {table}.material_id <> ALL(%(hidden)s)"
            values["hidden"] = self.hidden
        return condition, values


_COUNT = """
SELECT CASE WHEN m.found = %(named)s THEN m.id END AS id, m.found, m.language, m.embedder,
       coalesce(sum(m.passages), 0)::int
FROM (SELECT *, status = %(ready)s AND removed_at IS NULL AS found FROM multimodal_material
      WHERE course = %(course)s {narrower}) m
GROUP BY 1, 2, 3, 4
"""


def scope_of(
    course: str,
    objective: str | None = None,
    material: str | None = None,
    kinds: Sequence[str] = (),
) -> Scope:
    """Return where to search: in one material, or in those of some `kinds`, if it is said; it has no
    passages when nothing is to be found."""
    scope = Scope(course=parse_id(course), objective=parse_id(objective) if objective else None)
    narrower = ""
    values: dict[str, Any] = {"course": scope.course, "ready": Job.Status.READY.value}
    if material:
        narrower += " AND id = %(material)s"
        values["material"] = parse_id(material)
    if kinds:
        narrower += " AND kind = ANY(%(kinds)s)"
        values["kinds"] = list(kinds)
    if narrower:
        scope.only = []  # then those that are found are named, else those that are not
    spoken: dict[str, int] = {}
    embedders: dict[str, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(narrower=narrower), values | {"named": bool(narrower)})
        for each, found, language, embedder, passages in cursor.fetchall():
            if each and not found:
                scope.hidden.append(each)
            if not found or not passages:
                continue
            if scope.only is not None:
                scope.only.append(each)
            spoken[language] = spoken.get(language, 0) + passages
            embedders[embedder] = embedders.get(embedder, 0) + passages
    scope.passages = sum(spoken.values())
    scope.spoken = sorted(spoken, key=lambda each: -spoken[each])[:LANGUAGES]
    scope.embedders = sorted((each for each in embedders if each), key=lambda e: -embedders[e])
    return scope
