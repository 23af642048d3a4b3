"""Another file, or another reading, takes the place of a material that is in use.

What is to take its place is read as a draft, a row of its own that nobody sees. Until that is ready, and
for ever if it cannot be read, the material stays as it is: found, cited, shown. Then, in one transaction,
the draft's passages become the material's, and those that say the same keep their ids and objectives.
"""

import logging
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from edu.common.errors import Unavailable
from edu.common.text import gettext_noop as _
from edu.multimodal import data
from edu.multimodal.data import Stored
from edu.multimodal.logic import archives, drifting, figures, intake, jobs, pieces, readers, storage
from edu.multimodal.models import CueEdit, Earlier, Job, Material, Passage, Portrait

log = logging.getLogger(__name__)

FILE, PAGE, READER = "file", "page", "reader"  # why there is a draft
KEPT = timedelta(days=30)  # an earlier file can be saved and put back as long
MOST_EARLIER = 5  # files before the one of now
BATCH = 2000


class StillRead(data.NothingToRetry):
    """It is being read."""

    detail = _("This is still being read. Wait until it is ready.")


class NoDraft(data.NothingToRetry):
    """Archives are not replaced."""

    detail = _(
        "An archive cannot be replaced: each of its files is a material. Replace those that changed, "
        "each on its own page; or bring the new archive, and remove what came in this one."
    )


class NotReady(data.NothingToRetry):
    """There is nothing to be read anew."""

    detail = _("This was never read, so there is nothing to read anew. Try it again instead.")


def draft_of(material: UUID) -> Material | None:
    """Return what is to take the place of a material, locked; None where there is none. Whoever changes
    both locks this one first."""
    rows = Material.every.select_for_update().filter(replaces=material)
    return rows.exclude(status=Job.Status.READY).first()


def waiting(materials: list[UUID]) -> dict[UUID, Material]:
    """Return the drafts of materials that have one, by the material."""
    rows = Material.every.filter(replaces__in=materials).exclude(status=Job.Status.READY)
    return {row.replaces: row for row in rows if row.replaces}


def draft_data(row: Material | None) -> dict[str, Any] | None:
    """Return a draft as it is shown with its material."""
    if row is None:
        return None
    return {
        "why": row.why,
        "file_name": row.file_name,
        "status": row.status,
        "progress": round(row.progress, 3),
        "stage": row.stage,
        "error": row.error or None,
    }


def check(row: Material) -> None:
    """Raise NoDraft or StillRead where nothing can take the place of a material now. One that waits and
    could not be read makes room. The caller has locked the draft, then the row."""
    if row.kind == archives.KIND:
        raise NoDraft
    draft = draft_of(row.id)
    if not row.over or (draft is not None and not draft.over):
        raise StillRead


def begin(
    row: Material, brought: intake.Brought, stored: Stored, by: UUID, now: datetime, **more: Any
) -> UUID | None:
    """Have a file take the place of a material's; the caller has asked `check`. Return the id of the job
    to read, None where the bytes are the same. `more` are columns of the draft: why, url, bulk."""
    if brought.kind == archives.KIND:
        raise NoDraft
    why = more.get("why", FILE)
    if stored.sha256 == row.sha256 and row.status == Job.Status.READY and why != READER:
        row.drift = drifting.nothing(row.passages, why)
        if why == PAGE:
            row.url, row.fetched_at = more.get("url", row.url), now
        row.save()
        return None
    if row.status != Job.Status.READY:  # nothing of it is in use
        return _at_once(row, brought, stored, now, more.get("url", ""))
    for old in Material.every.filter(replaces=row.id):
        _throw(old, row.key)
    draft = intake.enter(row.course, by, brought, row.title, stored, now, **_given(more))
    draft.replaces, draft.why = row.id, why
    draft.save(update_fields=["replaces", "why"])
    return draft.id


def _given(more: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in more.items() if name in ("url", "bulk")}


def _at_once(
    row: Material, brought: intake.Brought, stored: Stored, now: datetime, url: str
) -> UUID:
    """Read a file in place of one that could not be read."""
    _drop(row.key)
    row.kind, row.media_type, row.file_name = brought.kind, brought.media_type, brought.file_name
    row.key, row.sha256, row.bytes = stored.key, stored.sha256, stored.bytes
    if url:
        row.url, row.fetched_at = url, now
    jobs.again(row, now)
    return row.id


def again(row: Material, by: UUID, now: datetime, bulk: bool = False) -> UUID:
    """Have the reader of now read a material's file once more; the caller has asked `check`. Return the
    id of the job."""
    if row.status != Job.Status.READY:
        raise NotReady
    brought = intake.Brought(row.file_name, row.title, row.kind, row.media_type)
    stored = Stored(row.key, row.media_type, row.bytes, row.sha256)
    made = begin(row, brought, stored, by, now, why=READER, bulk=bulk)
    return made or row.id


def _throw(draft: Material, key: str) -> None:
    """Put a draft away, and its file where that is its own."""
    pieces.forget(draft.id, captions=True)
    if draft.key != key:
        _drop(draft.key)
    draft.delete()


def _drop(key: str) -> None:
    """Throw a file away when the rows that say so are written. If the store does not answer then, the
    sweeper finds it."""
    transaction.on_commit(partial(storage.objects().drop, key), robust=True)


def stop(row: Material) -> bool:
    """Put away what was to take the place of a material; False where there was nothing."""
    draft = draft_of(row.id)
    if draft is None:
        return False
    _throw(draft, row.key)
    return True


# --- the draft is ready --------------------------------------------------------------------------


def take_place(draft: Material, now: datetime) -> bool:
    """Make a draft that is read the text of the material that it replaces: the caller holds the draft's
    transaction, and has written all of its columns. False when it has to be read once more, because
    somebody put the captions of the material right meanwhile."""
    row = Material.every.select_for_update().filter(id=draft.replaces or draft.id).first()
    if row is None:
        return True  # it is gone; so is the draft, soon
    begun = draft.begun_at or now
    edits = CueEdit.objects.filter(Q(at__gte=begun) | Q(until__gte=begun), material=row)
    if edits.exists() and draft.sha256 == row.sha256:
        return False
    row.drift, parted = _passages(row, draft)
    figures.take_over(row.id, draft.id)
    Portrait.objects.filter(material=row).delete()  # the sweeper makes it anew
    pieces.forget(row.id, captions=True)
    pieces.hand_over(draft.id, row.id)
    if draft.why != READER:
        _put_by(row, draft, parted, now)
    for name in (
        "kind",
        "media_type",
        "file_name",
        "key",
        "sha256",
        "bytes",
        "seconds",
        "language",
    ):
        setattr(row, name, getattr(draft, name))
    if draft.url:
        row.url, row.fetched_at = draft.url, draft.fetched_at
    row.left = draft.left
    row.passages, row.embedder, row.reader = draft.passages, draft.embedder, draft.reader
    # Pictures of all pages of before are thrown away, see `finish`.
    draft.pages, row.pages = max(draft.pages, row.pages), draft.pages
    row.finished_at, draft.passages = now, 0
    row.save()
    return True


def _put_by(row: Material, draft: Material, parted: list[list[str]], now: datetime) -> None:
    """Keep the file of before, and which of its passages went with it."""
    Earlier.objects.create(
        material=row,
        file_name=row.file_name,
        media_type=row.media_type,
        kind=row.kind,
        bytes=row.bytes,
        sha256=row.sha256,
        key=row.key,
        replaced_at=now,
        replaced_by=draft.uploaded_by,
        parted=parted,
    )


def _passages(row: Material, draft: Material) -> tuple[dict[str, Any], list[list[str]]]:
    """Give a material the passages of its draft. Return what drifted, and [id, sum of the text] of the
    passages that went: what says the same as one that went with an earlier file has its id again."""
    before, after = _texts(row), _texts(draft)
    drift = drifting.compare(before, after)
    stay = {old for old, _ in drift.kept}
    parted = [[str(each), drifting.sum_of(text)] for each, text in before if each not in stay]
    files = Earlier.objects.filter(material=row).order_by("-replaced_at", "-id")
    known = [pair for each in files.values_list("parted", flat=True) for pair in each]
    again = drifting.returned(drift, after, known)
    goals = dict(Passage.objects.filter(material=row).values_list("id", "objective"))
    Passage.objects.filter(material=row).delete()
    with connection.cursor() as cursor:
        pairs = drift.kept + again
        for at in range(0, len(pairs), BATCH):
            part = pairs[at : at + BATCH]
            cursor.execute(
                "UPDATE multimodal_passage p SET id = t.old, material_id = %s, "
                "objective = COALESCE(t.goal, p.objective) "
                "FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[]) AS t(old, new, goal) "
                "WHERE p.id = t.new",
                [
                    row.id,
                    [old for old, _ in part],
                    [new for _, new in part],
                    [goals.get(old) for old, _ in part],
                ],
            )
        cursor.execute("DELETE FROM multimodal_word WHERE material_id = %s", [row.id])
        for table in ("passage", "word"):
            cursor.execute(
                f"UPDATE multimodal_{table} SET material_id = %s WHERE material_id = %s",  # noqa: S608
                [row.id, draft.id],
            )
    return drifting.told(drift, before, after, draft.why), parted


def _texts(row: Material) -> list[tuple[UUID, str]]:
    return list(Passage.objects.filter(material=row).order_by("ordinal").values_list("id", "text"))


def finish(draft: Material) -> None:
    """Throw away what is left of a draft that has taken its place: its row, pictures of pages that may be
    others now, and files of long ago. What the store does not do now the sweeper does later."""
    try:
        for key in storage.page_keys(draft.replaces or draft.id, draft.pages):
            storage.objects().drop(key)
        rows = Earlier.objects.filter(material=draft.replaces).order_by("-replaced_at", "-id")
        for row in rows[MOST_EARLIER:]:
            forget(row)
    except Unavailable:
        log.warning("the store does not answer; what is left of a draft goes later")
        return
    Material.every.filter(id=draft.id).delete()


def forget(row: Earlier) -> None:
    """Throw an earlier file away."""
    storage.objects().drop(row.key)
    row.delete()


def purge(now: datetime) -> int:
    """Throw away what nobody needs any more: drafts that have taken their place, or whose material is
    gone, and files that can no longer be put back."""
    done = Material.every.filter(
        status=Job.Status.READY, finished_at__lt=now - timedelta(minutes=1)
    )
    for draft in done.exclude(replaces=None)[:20]:
        finish(draft)
    old = list(Earlier.objects.filter(replaced_at__lt=now - KEPT)[:20])
    for row in old:
        forget(row)
    return len(old)


# --- files of before -----------------------------------------------------------------------------


def earlier(material: UUID) -> list[dict[str, Any]]:
    """Return the files that a material had, the last one first."""
    rows = Earlier.objects.filter(material=material).order_by("-replaced_at", "-id")
    return [
        {
            "id": str(row.id),
            "file_name": row.file_name,
            "media_type": row.media_type,
            "bytes": row.bytes,
            "replaced_at": row.replaced_at,
            "replaced_by": str(row.replaced_by),
        }
        for row in rows
    ]


def behind(kind: str, course: UUID | None, every: bool) -> list[UUID]:
    """Return the materials in use that the readers of now have not read, or all of them with `every`."""
    rows = Material.objects.filter(status=Job.Status.READY, removed_at=None, passages__gt=0)
    rows = rows.filter(**({"kind": kind} if kind else {}), **({"course": course} if course else {}))
    found = rows.order_by("id").values_list("id", "kind", "reader")
    return [each for each, of, reader in found if every or reader != readers.now(of)]
