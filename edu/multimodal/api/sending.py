"""Files that browsers and programs send straight to the bucket, where there is one that takes them."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from edu.common.clean import line
from edu.common.errors import Invalid
from edu.common.ids import parse_id
from edu.courses import api as courses
from edu.multimodal import data
from edu.multimodal.api import bringing
from edu.multimodal.logic import incoming, storage
from edu.multimodal.models import Incoming, Material

FINISHING = 900  # seconds after which whoever finished a file is taken for dead


def sends_to() -> str:
    """Return the origin that browsers send files to, as `https://files.example.org`; "" where they send
    them to us."""
    return incoming.offered()


def announce_file(
    *,
    user: str,
    course: str,
    file_name: str,
    size: int,
    media_type: str = "",
    sha256: str = "",
    title: str = "",
) -> dict[str, Any]:
    """Announce a file of `size` bytes that is to be brought into a course; return its `id`, and in how many
    `parts` of `part_bytes` it comes. `sha256` is of all of it, if that is known. Raises NoSuchCourse,
    Denied, NotOffered, TooLarge, TooManyOpen, Invalid."""
    courses.course(user=user, course=course, need="bring")
    named = line(title, field="title", most=bringing.TITLE, empty=True)
    row = incoming.announce(
        parse_id(user),
        parse_id(course),
        file_name,
        size,
        timezone.now(),
        media_type=media_type[:150] or "application/octet-stream",
        sha256=sha256.lower(),
        title=named,
    )
    return incoming.told(row)


def file_to_come(*, user: str, upload: str) -> dict[str, Any]:
    """Return a file that `user` has announced, as `announce_file` did. Raises NoSuchUpload."""
    return incoming.told(_row(user, upload))


def sign_part(*, user: str, upload: str, number: int, sha256: str) -> dict[str, Any]:
    """Return the `url` that part `number` is PUT to within an hour, with exactly these `headers` and so
    many `bytes` that have that digest. Raises NoSuchUpload, OtherBytes."""
    row = _row(user, upload)
    signed = incoming.sign(row, number, sha256.lower())
    return {
        "number": number,
        "bytes": incoming.length(row, number),
        "url": signed.url,
        "headers": signed.headers,
    }


def finish_file(*, user: str, upload: str) -> data.Material:
    """Bring a file that has come: it is looked at as any other, sealed and queued. The same again gives
    the same material. Raises NoSuchUpload, NotComplete, OtherBytes, and what `add_material` raises."""
    with transaction.atomic():
        row = _row(user, upload, lock=True)
    if row.material is not None:
        return bringing.material(user=user, material=str(row.material))
    courses.course(user=user, course=str(row.course), need="bring")
    if not cache.add(f"finishing-{row.id}", 1, FINISHING):
        raise incoming.BeingLookedAt
    try:
        with incoming.arrived(row) as path:
            made = bringing.add(user, str(row.course), row.file_name, path, row.title)
    except Invalid:
        incoming.forget(row)  # it would be refused each time
        raise
    finally:
        cache.delete(f"finishing-{row.id}")
    Incoming.objects.filter(id=row.id).update(material=parse_id(made.id))
    incoming.throw(row)
    return made


def drop_file(*, user: str, upload: str) -> None:
    """Give up a file that is on its way, and throw away what has come of it. Raises NoSuchUpload."""
    incoming.forget(_row(user, upload))


def _row(user: str, upload: str, lock: bool = False) -> Incoming:
    rows = Incoming.objects.select_for_update() if lock else Incoming.objects
    row = rows.filter(id=parse_id(upload), user=parse_id(user)).first()
    if row is None or row.expires_at < timezone.now():
        raise incoming.NoSuchUpload
    return row


def set_bucket_rules() -> list[str]:
    """Give the bucket the rules that it works best with; return them in sentences, none for a folder. For
    operators: no access check. Raises StoreDown."""
    store = storage.bucket()
    if store is None:
        return []
    origin = settings.EDU_PUBLIC_URL.rstrip("/")
    return store.set_rules(storage.INCOMING, incoming.RULE_DAYS, origin)


def check_files(*, after: str = "", limit: int = 100) -> dict[str, Any]:
    """Read the next files of materials in the order of their ids, and compare them with the digests that
    were kept: `checked` of them, `wrong` ones with why, and `after` to go on from, "" at the end. For
    operators: no access check."""
    rows = Material.every.order_by("id")
    if after:
        rows = rows.filter(id__gt=parse_id(after))
    found = list(rows.only("id", "key", "sha256", "title")[:limit])
    wrong = [
        {"material": str(row.id), "title": row.title, "why": why}
        for row in found
        if (why := storage.damage(row.key, row.sha256))
    ]
    last = str(found[-1].id) if len(found) == limit else ""
    return {"checked": len(found), "wrong": wrong, "after": last}
