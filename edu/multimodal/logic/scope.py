"""Where to search: what of a course is to be found, counted by PostgreSQL, in one question."""

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
    (a material) and `objective` narrow it."""

    course: UUID
    hidden: list[UUID] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)
    embedders: list[str] = field(default_factory=list)
    passages: int = 0
    only: UUID | None = None
    objective: UUID | None = None

    def where(self, table: str) -> tuple[str, dict[str, Any]]:
        """Return the condition on the course and the materials of rows of `table`, and its values. Only
        names of columns and of values are put together here."""
        condition = f"{table}.course = %(course)s"
        values: dict[str, Any] = {"course": self.course}
        if self.only:
            condition += f" AND {table}.material_id = %(only)s"
            values["only"] = self.only
        if self.hidden:  # few, or none: naming them is cheaper than naming all others
            condition += f" AND {table}.material_id <> ALL(%(hidden)s)"
            values["hidden"] = self.hidden
        return condition, values


_COUNT = """
SELECT CASE WHEN m.found THEN NULL ELSE m.id END AS hidden, m.language, m.embedder,
       coalesce(sum(m.passages), 0)::int
FROM (SELECT *, status = %(ready)s AND removed_at IS NULL AS found FROM multimodal_material
      WHERE course = %(course)s {only}) m
GROUP BY 1, 2, 3
"""


def scope_of(course: str, objective: str | None, material: str | None) -> Scope:
    """Return where to search; it has no passages when nothing is to be found."""
    scope = Scope(
        course=parse_id(course),
        only=parse_id(material) if material else None,
        objective=parse_id(objective) if objective else None,
    )
    values = {"course": scope.course, "only": scope.only, "ready": Job.Status.READY.value}
    spoken: dict[str, int] = {}
    embedders: dict[str, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(only="AND id = %(only)s" if scope.only else ""), values)
        for hidden, language, embedder, passages in cursor.fetchall():
            if hidden:
                scope.hidden.append(hidden)
            elif passages:
                spoken[language] = spoken.get(language, 0) + passages
                embedders[embedder] = embedders.get(embedder, 0) + passages
    scope.passages = sum(spoken.values())
    scope.spoken = sorted(spoken, key=lambda each: -spoken[each])[:LANGUAGES]
    scope.embedders = sorted((each for each in embedders if each), key=lambda e: -embedders[e])
    return scope
