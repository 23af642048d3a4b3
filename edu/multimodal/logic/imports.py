"""A folder that an operator brings into a course: what is there already, and how far the reading is."""

import re
from uuid import UUID

from edu.multimodal import data
from edu.multimodal.models import Job, Material

_UNITS = {
    data.READING_PAGE: "page",
    data.DRAWING_PAGE: "page",
    data.READING_SLIDE: "slide",
    data.READING_SHEET: "sheet",
    data.READING_CHAPTER: "chapter",
    data.READING_PARAGRAPH: "paragraph",
    data.READING_PICTURE: "picture",
}


def _form(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"%\\\((\w+)\\\)[sd]", r"(?P<\1>[\\d:]+)", _escaped(template)))


def _escaped(template: str) -> str:
    return re.sub(r"([().])", r"\\\1", template)


_FORMS = [(_form(template), unit) for template, unit in _UNITS.items()]
_HEARD = _form(data.LISTENING)


def _seconds(clock: str) -> float:
    seconds = 0
    for part in clock.split(":"):
        seconds = seconds * 60 + int(part)
    return float(seconds)


def reading(row: Material) -> data.Reading:
    """Return how far the reading of a material is, in what it is counted in."""
    # Its pages or seconds are known when all of it was opened; what is said is heard after that.
    unit, total = ("second", row.seconds) if row.seconds else ("page", float(row.pages))
    done = total if row.status == Job.Status.READY or unit == "page" else 0.0
    if heard := _HEARD.fullmatch(row.stage):
        unit, done, total = "second", _seconds(heard["done"]), _seconds(heard["total"])
    elif row.status != Job.Status.READY:
        for form, each in _FORMS:
            if counted := form.fullmatch(row.stage):
                # The one that is being read is not read yet.
                unit, done, total = each, float(counted["number"]) - 1, float(counted["count"])
                break
    return data.Reading(
        material=str(row.id),
        status=row.status,
        progress=row.progress,
        stage=row.stage,
        error=row.error,
        unit=unit,
        done=done,
        total=total,
        passages=row.passages,
        title=row.title,
    )


def readings(materials: list[UUID]) -> list[data.Reading]:
    """Return how far the reading of materials is; those that are gone are left out."""
    rows = Material.objects.filter(id__in=materials, removed_at=None)
    return [reading(row) for row in rows.order_by("id")]


def there(course: UUID, sha256: str) -> UUID | None:
    """Return the material of a course that has these bytes, the first of several; None if none has."""
    rows = Material.objects.filter(course=course, sha256=sha256, removed_at=None).order_by("id")
    return rows.values_list("id", flat=True).first()


def call_needed(most: int) -> bool:
    """Tell whether a call has to be sent for one more file of an import: each that ends calls for the
    next, so that some are enough."""
    return Material.every.filter(bulk=True, status__in=["queued", "running"]).count() <= most
