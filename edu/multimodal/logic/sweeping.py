"""What nobody waits for: hand out again, fill in, throw away."""

import itertools
import logging
import time
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from uuid import UUID

from django.core.cache import cache
from django.db import transaction

from edu.common import vault
from edu.common.errors import NotFound, Unavailable
from edu.events.api import publish
from edu.inference import api as inference
from edu.inference.data import ModelUnavailable
from edu.multimodal.data import MaterialRemoved
from edu.multimodal.logic import (
    jobs,
    objectives,
    pieces,
    pipeline,
    storage,
    transcriptions,
    turns,
    utterances,
    vectors,
    voice,
)
from edu.multimodal.models import Clip, Job, Material, Passage, Transcription, Utterance

log = logging.getLogger(__name__)

UNDO = timedelta(days=30)  # as long as a removed course can be restored
ORPHAN = timedelta(days=1)  # an object that no row names is thrown away after this
AT_ONCE = 20
LOOKED_AT = 500  # materials of which those that lack vectors are told
SPELL = 60.0  # seconds that a worker makes vectors before it sees to something else
OURS = ("material/", "clip/", "sound/", "spoken/")  # kinds of objects that a row of this app names


def stuck_materials(now: datetime) -> list[UUID]:
    """Return the materials whose reading is to be handed out."""
    return jobs.stuck(Material, now, bulk=False) + turns.late_waiting(pipeline.LINE, now)


def stuck_transcriptions(now: datetime) -> list[UUID]:
    """Return the recordings whose hearing is to be handed out."""
    return jobs.stuck(Transcription, now)


def stuck_utterances(now: datetime) -> list[UUID]:
    """Return the texts whose speaking is to be handed out."""
    return jobs.stuck(Utterance, now)


def without_vectors() -> list[UUID]:
    """Return ready materials that lack vectors of the model in force: those read while it did not
    answer, and those of a model that was used before. Each is named once in a while only."""
    found: list[UUID] = []
    try:
        rows = Material.objects.filter(status=Job.Status.READY, removed_at=None)
        rows = rows.exclude(embedder=inference.embedder()[:100]).order_by("id")
        for row in rows.only("id", "course", "uploaded_by", "embedder")[:LOOKED_AT]:
            with _for(row):  # who lets nothing leave has another model than the others
                if row.embedder != inference.embedder()[:100]:
                    found.append(row.id)
            if len(found) == AT_ONCE:
                break
    except ModelUnavailable:
        return []
    return [each for each in found if cache.add(f"vectors-{each}", 1, 2 * SPELL)]


def _for(row: Material) -> AbstractContextManager[None]:
    return inference.on_behalf(user=str(row.uploaded_by), course=str(row.course))


def make_vectors(material: UUID) -> None:
    """Make vectors that a ready material lacks, for a minute at most: the next sweep goes on. A model
    that does not answer is asked again then."""
    for row in Material.objects.filter(id=material):
        with _for(row):
            _make_vectors(row)


def _make_vectors(material: Material) -> None:
    end = time.monotonic() + SPELL
    try:
        model = inference.embedder()
        lacking = Passage.objects.filter(vectors.lacking(model), material=material)
        while batch := list(lacking.order_by("ordinal")[: vectors.BATCH]):
            vectors.keep([each.id for each in batch], *vectors.make(batch))
            if time.monotonic() > end:
                return
    except ModelUnavailable:
        return
    finally:
        cache.delete(f"vectors-{material.id}")
    Material.objects.filter(id=material.id).update(embedder=model[:100])
    objectives.retag_material(material)


def purge(now: datetime) -> int:
    """Delete what was removed longer ago than it can be restored, with its objects."""
    gone = 0
    for row in Material.objects.filter(removed_at__lt=now - UNDO)[:AT_ONCE]:
        gone += _delete(row)
    return gone + transcriptions.purge(now) + utterances.purge(now) + voice.purge(now)


def remove_course(course: UUID) -> None:
    """Delete all materials of a course that is gone for good. Raises StoreDown when some are left."""
    rows = list(Material.objects.filter(course=course))
    if sum(_delete(row) for row in rows) < len(rows):
        raise storage.StoreDown


def _delete(row: Material) -> int:
    try:
        storage.objects().drop(row.key)
        for key in storage.page_keys(row.id, row.pages):
            storage.objects().drop(key)
    except Unavailable:
        log.warning("the store does not answer; %s is deleted later", row.id)
        return 0
    with transaction.atomic():
        pieces.forget(row.id, captions=True)
        publish(MaterialRemoved(str(row.id), str(row.course)))
        row.delete()
    return 1


def reseal(after: str, now: datetime) -> str | None:
    """Seal anew some of the objects after a key; return the last key that was looked at, None at the
    end. One that cannot be opened, or is gone, is left as it is."""
    last = None
    for last in itertools.islice(storage.objects().keys(now, after), AT_ONCE):
        try:
            storage.objects().reseal(last)
        except NotFound:
            continue
        except vault.Unreadable:
            log.error("the object %s cannot be opened, and stays as it is", last)
    return last


def sweep_orphans(now: datetime) -> int:
    """Throw away objects of ours that no row names: their writer died between the two."""
    if not cache.add("sweep-orphans", 1, ORPHAN.total_seconds()):
        return 0  # once a day is enough
    thrown = 0
    old = (key for key in storage.objects().keys(now - ORPHAN) if key.startswith(OURS))
    while batch := [key for _, key in zip(range(500), old, strict=False)]:
        named = set(Material.objects.filter(key__in=batch).values_list("key", flat=True))
        named |= set(Transcription.objects.filter(key__in=batch).values_list("key", flat=True))
        named |= set(Utterance.objects.filter(key__in=batch).values_list("key", flat=True))
        named |= set(Clip.objects.filter(key__in=batch).values_list("key", flat=True))
        for key in set(batch) - named:
            storage.objects().drop(key)
            thrown += 1
    return thrown
