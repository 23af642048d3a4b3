"""Who may see and change a material: what the verbs ask first."""

from edu.common.errors import Denied, NotFound
from edu.common.ids import parse_id
from edu.courses import api as courses
from edu.courses.data import Course
from edu.multimodal import data
from edu.multimodal.models import Material


def member(user: str, row: Material) -> Course:
    """Return the course of a material as `user` sees it; raise NoSuchMaterial for strangers."""
    try:
        return courses.course(user=user, course=str(row.course))
    except NotFound:
        raise data.NoSuchMaterial from None


def own(user: str, material: str, *, removed: bool = False) -> Material:
    """Lock a material for a change by a teacher of its course or by who brought it."""
    rows = Material.objects.select_for_update()
    row = rows.filter(id=parse_id(material), removed_at__isnull=not removed).first()
    if row is None:
        raise data.NoSuchMaterial
    if not member(user, row).may_change(str(row.uploaded_by), str(parse_id(user))):
        raise Denied
    return row


def seen(user: str, material: str) -> Material:
    """Return the material if `user` is in its course; raise NoSuchMaterial."""
    row = Material.objects.filter(id=parse_id(material), removed_at=None).first()
    if row is None:
        raise data.NoSuchMaterial
    member(user, row)
    return row
