"""Rows as data, and the lists of them."""

from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from edu.common.errors import NotFound
from edu.common.ids import parse_id
from edu.common.pages import Page
from edu.common.querypages import page_of
from edu.multimodal import data
from edu.multimodal.logic import replacing
from edu.multimodal.models import Material, Passage


def material_data(row: Material) -> data.Material:
    """Return a material as others see it, with what is to take its place."""
    return _material(row, replacing.waiting([row.id]).get(row.id))


def materials_data(rows: list[Material]) -> list[data.Material]:
    """Return several materials as others see them."""
    drafts = replacing.waiting([row.id for row in rows])
    return [_material(row, drafts.get(row.id)) for row in rows]


def _material(row: Material, draft: Material | None) -> data.Material:
    return data.Material(
        id=str(row.id),
        course=str(row.course),
        title=row.title,
        file_name=row.file_name,
        media_type=row.media_type,
        kind=row.kind,
        bytes=row.bytes,
        status=row.status,
        progress=round(row.progress, 3),
        stage=row.stage,
        error=row.error or None,
        passages=row.passages,
        pages=row.pages,
        seconds=row.seconds,
        language=row.language,
        uploaded_by=str(row.uploaded_by),
        created_at=row.created_at,
        removed=row.removed_at is not None,
        url=row.url,
        fetched_at=row.fetched_at,
        drift={} if row.drift.get("asked") else row.drift,
        archive=str(row.archive) if row.archive else None,
        inside=row.inside,
        left=[data.Left(name, why) for name, why in row.left],
        replacement=replacing.draft_data(draft),
        words_only=row.status == row.Status.READY and not row.embedder and row.passages > 0,
    )


def passage_data(row: Passage) -> data.Passage:
    """Return a passage as others see it."""
    return data.Passage(
        id=str(row.id),
        material=str(row.material_id),
        course=str(row.course),
        ordinal=row.ordinal,
        text=row.text,
        locator=row.locator,
        path=row.path,
        objective=str(row.objective) if row.objective else None,
        language=row.language,
        kind=row.kind,
    )


def lean(rows: QuerySet[Passage]) -> QuerySet[Passage]:
    """Leave out the columns that only a search needs."""
    return rows.defer("search", "breaks", "vector", "sentences", "model", "times")


def materials(
    course: str, cursor: str | None, limit: int, archive: str | None
) -> Page[data.Material]:
    """Return the materials of a course that were not removed, newest first; those of one archive in
    its order."""
    rows = Material.objects.filter(course=parse_id(course), removed_at=None)
    order = "-id"
    if archive:
        rows, order = rows.filter(archive=parse_id(archive)), "id"
    page = page_of(rows, order=order, cursor=cursor, limit=limit, to_data=lambda row: row)
    return Page(materials_data(page.items), page.next, page.previous)


def passages(material: UUID, cursor: str | None, limit: int) -> Page[data.Passage]:
    """Return the passages of a material in their order."""
    rows = lean(Passage.objects.filter(material=material))
    return page_of(rows, order="ordinal", cursor=cursor, limit=limit, to_data=passage_data)


def passages_by_id(ids: list[str]) -> dict[str, data.Passage]:
    """Return those of the passages that there are, of materials that were not removed."""
    known = [each for each in (_uuid(text) for text in ids) if each]
    rows = lean(Passage.objects.filter(id__in=known, material__removed_at=None))
    return {str(row.id): passage_data(row) for row in rows}


def passages_from(material: UUID, ordinal: int, limit: int) -> list[data.Passage]:
    """Return passages of a material in order, from number `ordinal` on."""
    rows = lean(Passage.objects.filter(material=material, ordinal__gte=ordinal))
    return [passage_data(row) for row in rows.order_by("ordinal")[:limit]]


def _uuid(text: str) -> UUID | None:
    try:
        return parse_id(text)
    except NotFound:
        return None


def live(course: str) -> QuerySet[Passage]:
    """Return the passages of a course that may be shown: ready, and not removed."""
    return Passage.objects.filter(
        course=parse_id(course), material__status="ready", material__removed_at=None
    )


def course_passages(
    course: str, objective: str | None, material: str | None, limit: int
) -> list[data.Passage]:
    """Return passages of a course in the order of its materials."""
    rows = live(course)
    if objective:
        rows = rows.filter(objective=parse_id(objective))
    if material:
        rows = rows.filter(material=parse_id(material))
    return [passage_data(row) for row in lean(rows).order_by("material_id", "ordinal")[:limit]]


def materials_of_objective(course: str, objective: str) -> list[data.Material]:
    """Return the materials that teach an objective, those with most passages on it first."""
    counts = (
        live(course)
        .filter(objective=parse_id(objective))
        .values_list("material")
        .annotate(count=Count("id"))
        .order_by("-count", "material")
    )
    order = [material for material, _ in counts]
    rows = Material.objects.in_bulk(order)
    return materials_data([rows[each] for each in order if each in rows])


def usual(course: UUID) -> str:
    """Return the language of most passages of a course; "" when it has none."""
    rows = Material.objects.filter(course=course, status="ready", removed_at=None)
    counted = rows.exclude(language="").values_list("language").annotate(count=Sum("passages"))
    most = counted.order_by("-count", "language").first()
    return str(most[0]) if most else ""
