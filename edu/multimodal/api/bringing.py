"""Materials: brought, read, renamed, taken out and back."""

from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from edu.common.clean import line
from edu.common.ids import parse_id
from edu.common.pages import Page
from edu.courses import api as courses
from edu.courses.data import UPLOADS
from edu.multimodal import data, tasks
from edu.multimodal.api import rights
from edu.multimodal.logic import (
    fetching,
    imports,
    intake,
    jobs,
    reads,
    replacing,
)
from edu.multimodal.logic import forms as forms_known

TITLE = 200  # characters


def forms() -> list[data.Form]:
    """Return the formats that are read, as pages show them."""
    return forms_known.known()


def add_material(
    *, user: str, course: str, file_name: str, path: str, title: str = ""
) -> data.Material:
    """Bring the file at `path` (a temporary one, which stays the caller's) into a course.

    `file_name` is what the person called it: words, never a place. It is queued, and read by a
    worker. Raises NoSuchCourse, Denied, TooLarge, UnsupportedType, Unreadable, BudgetSpent.
    """
    courses.course(user=user, course=course, need="bring")
    return add(user, course, file_name, Path(path), title)


def add_page(*, user: str, course: str, url: str, title: str = "") -> data.Material:
    """Bring what stands at an address into a course: a page of the web, or a file. It is fetched at
    once, and read by a worker. Raises NotOutward and NotFetched besides what `add_material` does."""
    courses.course(user=user, course=course, need="bring")
    with fetching.fetched(url) as page:
        return add(user, course, page.file_name, Path(page.path), title or page.title, page.url)


def add(
    user: str,
    course: str,
    file_name: str,
    path: Path,
    title: str,
    url: str = "",
    bulk: bool = False,
) -> data.Material:
    """Bring a file as `add_material` does, whose caller has asked for the right; `bulk` says that nobody
    waits for it."""
    brought = intake.look(path, file_name)
    named = line(title, field="title", most=TITLE, empty=True) or brought.title
    courses.spend(course=course, kind=UPLOADS)
    with intake.kept("material", path, brought.media_type) as stored, transaction.atomic():
        row = intake.enter(
            parse_id(course), parse_id(user), brought, named, stored, timezone.now(), url, bulk
        )
        if not bulk or imports.call_needed(settings.EDU_BULK_JOBS):
            tasks.read_material.delay_on_commit(str(row.id))
        return reads.material_data(row)


def material(*, user: str, material: str) -> data.Material:
    """THE access rule: return the material if `user` is in its course; raise NoSuchMaterial."""
    return reads.material_data(rights.seen(user, material))


def materials(
    *, user: str, course: str, cursor: str | None = None, limit: int = 50, archive: str = ""
) -> Page[data.Material]:
    """Return the materials of a course, newest first, or those that came in one archive; any member."""
    courses.course(user=user, course=course)
    return reads.materials(course, cursor, limit, archive)


@transaction.atomic
def rename(*, user: str, material: str, title: str) -> data.Material:
    """Give a material another title; its teacher's or its bringer's right. Raises Invalid."""
    row = rights.own(user, material)
    row.title = line(title, field="title", most=TITLE)
    row.save(update_fields=["title"])
    return reads.material_data(row)


@transaction.atomic
def remove(*, user: str, material: str) -> data.Material:
    """Take a material out of its course; `restore` undoes it within 30 days."""
    row = rights.own(user, material)
    row.removed_at = timezone.now()
    row.lease = row.lease_until = None
    row.save(update_fields=["removed_at", "lease", "lease_until"])
    return reads.material_data(row)


@transaction.atomic
def restore(*, user: str, material: str) -> data.Material:
    """Bring a removed material back; if it was being read, reading goes on."""
    row = rights.own(user, material, removed=True)
    row.removed_at = None
    row.save(update_fields=["removed_at"])
    if not row.over:
        tasks.read_material.delay_on_commit(str(row.id))
    return reads.material_data(row)


@transaction.atomic
def retry(*, user: str, material: str) -> data.Material:
    """Read a material that failed or was cancelled once more, or the file that was to take its place.
    Raises NothingToRetry."""
    draft = replacing.draft_of(parse_id(material))
    row = rights.own(user, material)
    wanted = draft if draft is not None and row.status == row.Status.READY else row
    if not jobs.again(wanted, timezone.now()):
        raise data.NothingToRetry
    tasks.read_material.delay_on_commit(str(wanted.id))
    return reads.material_data(row)


@transaction.atomic
def cancel(*, user: str, material: str) -> data.Material:
    """Stop the reading of a material, or put away what was to take its place; whoever reads it stops
    within a second. Raises NotWorking."""
    replacing.draft_of(parse_id(material))  # locked first
    row = rights.own(user, material)
    if not jobs.cancel(row, timezone.now()) and not replacing.stop(row):
        raise data.NotWorking
    return reads.material_data(row)
