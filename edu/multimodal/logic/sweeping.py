"""What nobody waits for: hand out again, fill in, throw away."""

import itertools
import logging
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, Sum

from edu.common import vault
from edu.common.errors import NotFound, Unavailable
from edu.events.api import publish
from edu.inference import api as inference
from edu.inference.data import ModelUnavailable
from edu.multimodal.data import MaterialRemoved
from edu.multimodal.logic import (
    copies,
    incoming,
    jobs,
    objectives,
    pieces,
    pipeline,
    replacing,
    storage,
    transcriptions,
    turns,
    utterances,
    vectors,
    voice,
)
from edu.multimodal.models import Clip, Earlier, Job, Material, Passage, Transcription, Utterance

log = logging.getLogger(__name__)

UNDO = timedelta(days=30)  # as long as a removed course can be restored
ORPHAN = timedelta(days=1)  # an object that no row names is thrown away after this
AT_ONCE = 20
LOOKED_AT = 2000  # materials among which one that lacks vectors is looked for
SPELL = 60.0  # seconds that a worker makes vectors before it sees to something else
TURN = "vectors-turn"  # one material at a time: what somebody brings now does not wait behind all of them
OURS = (
    "material/",
    "clip/",
    "sound/",
    "spoken/",
    "figure/",
)  # kinds of objects that a row of this app names


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
    """Return the ready material that is to have vectors of the model in force next; none while another
    has its turn. First come those that lack vectors, as the model did not answer when they were read,
    then those that have vectors of a model that was used before."""
    if not cache.add(TURN, 1, 2 * SPELL):
        return []
    for each in _behind():
        if cache.get(f"vectors-{each}") is None:
            return [each]
    cache.delete(TURN)
    return []


def _behind() -> Iterator[UUID]:
    """Yield the materials that lack vectors of the model in force for those whose they are."""
    rows = Material.objects.filter(status=Job.Status.READY, removed_at=None)
    try:
        rows = rows.exclude(embedder=inference.embedder()[:100]).exclude(passages=0)
        rows = rows.only("id", "course", "uploaded_by", "embedder")
        for row in itertools.islice(rows.order_by("embedder", "id").iterator(200), LOOKED_AT):
            with _for(row):  # who lets nothing leave has another model than the others
                behind = row.embedder != inference.embedder()[:100]
            if behind:
                yield row.id
    except ModelUnavailable:
        return


def _for(row: Material) -> AbstractContextManager[None]:
    return inference.on_behalf(user=str(row.uploaded_by), course=str(row.course))


def make_vectors(material: UUID) -> bool:
    """Make vectors that a ready material lacks, for a minute at most; tell whether another may go on at
    once. Each passage has its vector of before until it has the new one. Where the model does not
    answer, nobody else is asked for a while, and this material comes last."""
    try:
        worked = all(map(_make_vectors, Material.objects.filter(id=material)))
        if not worked:
            cache.set(f"vectors-{material}", 1, 2 * SPELL)
        return worked
    finally:
        cache.delete(TURN)


def _make_vectors(material: Material) -> bool:
    end = time.monotonic() + SPELL
    with _for(material):
        try:
            model = inference.embedder()[:100]
            lacking = Passage.objects.filter(vectors.lacking(model), material=material)
            while batch := list(lacking.order_by("ordinal")[: vectors.BATCH]):
                vectors.keep([each.id for each in batch], *vectors.make(batch))
                if time.monotonic() > end:
                    return True
        except ModelUnavailable:
            return False
        Material.objects.filter(id=material.id).update(embedder=model)
        objectives.retag_material(material)
    return True


def by_model() -> tuple[str, dict[str, int]]:
    """Return the model in force, and for each that made vectors ("" for none) of how many passages that
    are to be found. Raises ModelUnavailable."""
    now = inference.embedder()[:100]
    ready = Material.objects.filter(status=Job.Status.READY, removed_at=None)
    made = dict(ready.values_list("embedder").annotate(Sum("passages")).order_by())
    behind = Passage.objects.filter(model=now, material__in=ready.exclude(embedder=now))
    # Those that have their turn, or had it, are of two models.
    for before, many in behind.values_list("material__embedder").annotate(Count("id")).order_by():
        made[before] -= many
        made[now] = made.get(now, 0) + many
    return now, {model: many for model, many in made.items() if many}


def purge(now: datetime) -> int:
    """Delete what was removed longer ago than it can be restored, with its objects."""
    gone = 0
    for row in Material.objects.filter(removed_at__lt=now - UNDO)[:AT_ONCE]:
        gone += _delete(row)
    gone += replacing.purge(now) + incoming.purge(now)
    return gone + transcriptions.purge(now) + utterances.purge(now) + voice.purge(now)


def remove_course(course: UUID) -> None:
    """Delete all materials of a course that is gone for good. Raises StoreDown when some are left."""
    rows = list(Material.objects.filter(course=course))
    if sum(_delete(row) for row in rows) < len(rows):
        raise storage.StoreDown


def _delete(row: Material) -> int:
    try:
        with transaction.atomic():
            replacing.stop(row)
        storage.objects().drop(row.key)
        for old in Earlier.objects.filter(material=row):
            replacing.forget(old)
        for key in (*storage.page_keys(row.id, row.pages), *copies.keys(row.id)):
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
    thrown = incoming.sweep(now - ORPHAN)
    old = (key for key in storage.objects().keys(now - ORPHAN) if key.startswith(OURS))
    while batch := [key for _, key in zip(range(500), old, strict=False)]:
        named = set(Material.every.filter(key__in=batch).values_list("key", flat=True))
        named |= set(Earlier.objects.filter(key__in=batch).values_list("key", flat=True))
        named |= set(Transcription.objects.filter(key__in=batch).values_list("key", flat=True))
        named |= set(Utterance.objects.filter(key__in=batch).values_list("key", flat=True))
        named |= set(Clip.objects.filter(key__in=batch).values_list("key", flat=True))
        named |= copies.named(batch)
        for key in set(batch) - named:
            storage.objects().drop(key)
            thrown += 1
    return thrown
