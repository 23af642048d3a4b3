"""Files that browsers send straight to the bucket: announced, signed for, looked at, sealed.

What comes lies in the bucket as it was sent, under a key that nobody can guess and that only signed
addresses write to: each takes so many bytes with one digest, for an hour, and nothing else. When all is
there it is read here, looked at as any file that is brought, sealed under a key of its own, and thrown away.
"""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from edu.common.errors import Conflict, NotFound
from edu.common.text import gettext_noop as _
from edu.multimodal import data
from edu.multimodal.logic import intake, storage
from edu.multimodal.logic.buckets import PIECE, Bucket, Signed
from edu.multimodal.models import Incoming

KEPT = timedelta(days=1)  # from when it was announced
MOST_OPEN = 100  # of one person
RULE_DAYS = 2  # after which the bucket itself throws away what we did not


class NotOffered(Conflict):
    """Files come through us."""

    detail = _("This site takes files itself. Send it as a form with the field file.")


class NotComplete(Conflict):
    """Not all of it has come."""

    detail = _(
        "Not all of this file has come. Send the parts that are missing, and finish it then."
    )


class BeingLookedAt(Conflict):
    """Somebody finishes it already."""

    detail = _("This file is being looked at. Ask again in a moment.")


class NoSuchUpload(NotFound):
    """No such upload, or not the asker's."""

    detail = _("There is no such upload, or it is not yours. It may be over.")


class OtherBytes(data.Unreadable):
    """What came is not what was announced."""

    detail = _("Something else came than was announced. Bring it once more.")


class TooManyOpen(Conflict):
    """So many are on their way already."""

    detail = _("A hundred files of yours are on their way. Wait until some have come.")


def bucket() -> Bucket:
    """Return the bucket that browsers send to; raise NotOffered."""
    found = storage.bucket()
    if found is None or not found.browser:
        raise NotOffered
    return found


def offered() -> str:
    """Return the origin that browsers send files to; "" where they send them to us."""
    found = storage.bucket()
    return found.browser if found is not None else ""


def announce(
    user: UUID, course: UUID, file_name: str, size: int, now: datetime, **more: str
) -> Incoming:
    """Write down a file that is to come. Raises NotOffered, TooLarge, TooManyOpen."""
    store = bucket()
    intake.check_size(size)
    if Incoming.objects.filter(user=user, material=None, expires_at__gt=now).count() >= MOST_OPEN:
        raise TooManyOpen
    row = Incoming(
        user=user,
        course=course,
        file_name=intake.plain_name(file_name),
        bytes=size,
        key=storage.new_key("incoming"),
        expires_at=now + KEPT,
        **more,
    )
    if size > PIECE:
        row.upload = store.begin(row.key, row.media_type)
    row.save()
    return row


def parts(row: Incoming) -> int:
    """Return in how many parts a file comes: all but the last are of PIECE bytes."""
    return max(1, -(-row.bytes // PIECE))


def sign(row: Incoming, number: int, sha256: str) -> Signed:
    """Return where part `number` (from 1) is sent, which has that digest. Raises NotFound."""
    if not 1 <= number <= parts(row) or row.material is not None:
        raise NoSuchUpload
    if row.sha256 and not row.upload and sha256 != row.sha256:
        raise OtherBytes
    return bucket().signed(row.key, length(row, number), sha256, row.media_type, row.upload, number)


def length(row: Incoming, number: int) -> int:
    """Return how many bytes part `number` has."""
    return min(PIECE, row.bytes - (number - 1) * PIECE)


@contextmanager
def arrived(row: Incoming) -> Iterator[Path]:
    """Give a temporary file with what came, checked against what was announced. Raises NotComplete,
    OtherBytes."""
    store = bucket()
    if row.upload:
        _join(store, row)
    try:
        if store.size(row.key) != row.bytes:
            raise OtherBytes
        with tempfile.NamedTemporaryFile(prefix="edu-come-") as file:
            digest = hashlib.sha256()
            for part in store.read(row.key):
                digest.update(part)
                file.write(part)
            file.flush()
            if file.tell() != row.bytes or (row.sha256 and digest.hexdigest() != row.sha256):
                raise OtherBytes
            yield Path(file.name)
    except NotFound:
        raise NotComplete from None


def _join(store: Bucket, row: Incoming) -> None:
    """Make one object of the parts; done already is done."""
    try:
        store.complete(row.key, row.upload)
    except NotFound:
        try:
            store.size(row.key)
        except NotFound:
            raise NotComplete from None


def forget(row: Incoming) -> None:
    """Throw away what came of a file, and its row."""
    throw(row)
    row.delete()


def throw(row: Incoming) -> None:
    """Throw away what came of a file."""
    store = storage.bucket()
    if store is None:  # it was another store then
        return
    if row.upload:
        store.give_up(row.key, row.upload)
    store.drop(row.key)


def purge(now: datetime) -> int:
    """Throw away files that have not come in time, and rows of those that have."""
    old = list(Incoming.objects.filter(expires_at__lt=now)[:50])
    for row in old:
        forget(row)
    return len(old)


def sweep(before: datetime) -> int:
    """Throw away what lies in the bucket, whole or in parts, and is named by no row: once a day."""
    store, thrown = storage.bucket(), 0
    if store is None:
        return 0
    for key in store.keys(before, storage.INCOMING):
        if not key.startswith(storage.INCOMING):
            break
        if not Incoming.objects.filter(key=key).exists():
            store.drop(key)
            thrown += 1
    return thrown + store.sweep_parts(before - KEPT)


def told(row: Incoming) -> dict[str, Any]:
    """Return an announced file as its sender sees it."""
    return {
        "id": str(row.id),
        "course": str(row.course),
        "file_name": row.file_name,
        "bytes": row.bytes,
        "parts": parts(row),
        "part_bytes": PIECE,
        "expires_at": row.expires_at,
    }
