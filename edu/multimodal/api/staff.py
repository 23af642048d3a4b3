"""For staff: materials and recordings of any course, in bulk."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from edu.common.ids import parse_id
from edu.multimodal import tasks
from edu.multimodal.logic import (
    jobs,
)
from edu.multimodal.models import Material, Transcription


@transaction.atomic
def staff_retry(*, materials: list[str]) -> int:
    """Read those of `materials` that failed or were cancelled once more; return how many."""
    rows = _locked(materials).filter(removed_at=None)
    again = [row for row in rows if jobs.again(row, timezone.now())]
    for row in again:
        tasks.read_material.delay_on_commit(str(row.id))
    return len(again)


@transaction.atomic
def staff_cancel(*, materials: list[str]) -> int:
    """Stop the reading of those of `materials` that are being read; return how many."""
    return sum(jobs.cancel(row, timezone.now()) for row in _locked(materials))


@transaction.atomic
def staff_remove(*, materials: list[str]) -> int:
    """Take `materials` out of their courses, as `remove` does; return how many."""
    rows = _locked(materials).filter(removed_at=None)
    return rows.update(removed_at=timezone.now(), lease=None, lease_until=None)


@transaction.atomic
def staff_restore(*, materials: list[str]) -> int:
    """Bring removed `materials` back, as `restore` does; return how many."""
    rows = list(_locked(materials).exclude(removed_at=None))
    for row in rows:
        row.removed_at = None
        row.save(update_fields=["removed_at"])
        if not row.over:
            tasks.read_material.delay_on_commit(str(row.id))
    return len(rows)


@transaction.atomic
def staff_transcriptions_again(*, transcriptions: list[str]) -> int:
    """Hear recordings once more whose hearing failed; return how many."""
    ids = [parse_id(each) for each in transcriptions]
    rows = Transcription.objects.select_for_update().filter(id__in=ids)
    again = [row for row in rows if jobs.again(row, timezone.now())]
    for row in again:
        tasks.transcribe.delay_on_commit(str(row.id))
    return len(again)


def _locked(materials: list[str]) -> QuerySet[Material]:
    ids = [parse_id(each) for each in materials]
    return Material.objects.select_for_update().filter(id__in=ids)
