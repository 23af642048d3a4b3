"""Another file, or another reading, in place of a material's: its id stays, and so do the ids of all
passages that say the same."""

from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from edu.assessments import api as assessments
from edu.assessments.data import Resting
from edu.common.ids import parse_id
from edu.courses import api as courses
from edu.courses.data import UPLOADS
from edu.multimodal import data, tasks
from edu.multimodal.api import rights
from edu.multimodal.logic import fetching, intake, reads, replacing, storage
from edu.multimodal.models import Earlier, Material


def replaceable(*, user: str, material: str) -> None:
    """Raise Denied, NoDraft or StillRead where `user` cannot replace a material's file now."""
    _checked(user, material)


def replace_file(*, user: str, material: str, file_name: str, path: str) -> data.Material:
    """Put the file at `path` (a temporary one, which stays the caller's) in place of a material's. Until
    it is read, and if it cannot be, the material stays as it is; then `drift` tells what changed, and the
    file of before is kept for 30 days. Its teacher's or its bringer's right. Raises NoDraft, StillRead,
    TooLarge, UnsupportedType, Unreadable, BudgetSpent."""
    row = _checked(user, material)
    brought = intake.look(Path(path), file_name)
    courses.spend(course=str(row.course), kind=UPLOADS)
    with intake.kept("material", Path(path), brought.media_type) as stored:
        return _begin(user, material, brought, stored, why=replacing.FILE)


def refetch(*, user: str, material: str) -> data.Material:
    """Fetch a page of the web again; when it is another, it is read anew, and `drift` then tells what
    changed. Its teacher's or its bringer's right. Raises NoPage, StillRead, NotFetched."""
    url = fetching.address(_checked(user, material))
    with fetching.fetched(url) as page:
        brought = intake.look(Path(page.path), page.file_name)
        with intake.kept("material", Path(page.path), brought.media_type) as stored:
            return _begin(user, material, brought, stored, why=replacing.PAGE, url=page.url)


@transaction.atomic
def _checked(user: str, material: str) -> Material:
    """Return a material that something may take the place of now."""
    replacing.draft_of(parse_id(material))
    row = rights.own(user, material)
    replacing.check(row)
    return row


def _begin(
    user: str, material: str, brought: intake.Brought, stored: data.Stored, **more: Any
) -> data.Material:
    with transaction.atomic():
        replacing.draft_of(parse_id(material))
        row = rights.own(user, material)
        replacing.check(row)
        job = replacing.begin(row, brought, stored, parse_id(user), timezone.now(), **more)
        if job is not None:
            tasks.read_material.delay_on_commit(str(job))
    if job is None:
        storage.objects().drop(stored.key)
    return reads.material_data(row)


@transaction.atomic
def reread(*, user: str, material: str) -> data.Material:
    """Have the readers of now read a material's file once more: it stays as it is until they are done.
    Its teacher's or its bringer's right. Raises NoDraft, StillRead, NotReady."""
    replacing.draft_of(parse_id(material))
    row = rights.own(user, material)
    replacing.check(row)
    job = replacing.again(row, parse_id(user), timezone.now())
    tasks.read_material.delay_on_commit(str(job))
    return reads.material_data(row)


def behind(*, kind: str = "", course: str = "", every: bool = False) -> list[str]:
    """Return the materials in use that the readers of now have not read, or with `every` all of them; of
    one kind of file or one course, if given. For operators: no access check."""
    found = replacing.behind(kind, parse_id(course) if course else None, every)
    return [str(each) for each in found]


@transaction.atomic
def read_anew(*, material: str) -> bool:
    """Have a material read once more after what anybody waits for, in the name of who brought it; False
    where that is not possible now. For operators: no access check."""
    replacing.draft_of(parse_id(material))
    row = (
        Material.objects.select_for_update().filter(id=parse_id(material), removed_at=None).first()
    )
    if row is None:
        return False
    try:
        replacing.check(row)
        replacing.again(row, row.uploaded_by, timezone.now(), bulk=True)
    except data.NothingToRetry:
        return False
    return True


def rests(*, user: str, material: str) -> list[Resting]:
    """Return the quiz items that cite passages which went or changed when the material was last read
    anew, to those who may edit them; nothing to others. Raises NoSuchMaterial."""
    row = rights.seen(user, material)
    course = rights.member(user, row)
    if "edit_items" not in course.permissions:
        return []
    gone = list(row.drift.get("gone", []))
    return assessments.resting_on(user=user, course=course.id, passages=gone)


def earlier(*, user: str, material: str) -> list[dict[str, Any]]:
    """Return the files that a material had in the last 30 days, five at most, the last one first; to whom
    may change it. Raises NoSuchMaterial, Denied."""
    with transaction.atomic():
        return replacing.earlier(rights.own(user, material).id)


def earlier_file(*, user: str, material: str, earlier: str) -> data.Original:
    """Return where a file is that a material had before, to whom may change it. Raises NoSuchMaterial,
    Denied."""
    with transaction.atomic():
        row = _earlier(rights.own(user, material), earlier)
    return data.Original(row.key, row.media_type, row.bytes, row.sha256, row.file_name)


def put_back(*, user: str, material: str, earlier: str) -> data.Material:
    """Put a file of before in place of that of now, as `replace_file` does."""
    row = _checked(user, material)
    old = _earlier(row, earlier)
    with storage.on_disk(old.key) as path:
        return replace_file(user=user, material=material, file_name=old.file_name, path=str(path))


def _earlier(row: Material, earlier: str) -> Earlier:
    found = Earlier.objects.filter(material=row, id=parse_id(earlier)).first()
    if found is None:
        raise data.NoSuchMaterial
    return found
