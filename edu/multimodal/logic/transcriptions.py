"""Recordings that somebody wants in words, outside of any course."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.utils import timezone

from edu.common.text import gettext_noop as _
from edu.inference import api as inference
from edu.multimodal import data
from edu.multimodal.logic import hearing, intake, jobs, pieces, reading, storage, turns
from edu.multimodal.logic.jobs import Watch
from edu.multimodal.models import Job, Transcription
from edu.users import api as users

# Those who wait for an answer have the same workers: recordings never take all of them.
LINE = turns.Line(Transcription, "user", most=2)
KEPT = timedelta(days=7)  # a transcription is fetched, not kept for ever


class NoRecording(data.UnsupportedType):
    """415: not a recording."""

    detail = _(
        "This is not a recording that edu can hear (%(found)s). Bring WAV, MP3, M4A, OGG or WebM."
    )


def transcription_data(row: Transcription) -> data.Transcription:
    """Return a transcription as others see it."""
    return data.Transcription(
        id=str(row.id),
        status=row.status,
        progress=round(row.progress, 3),
        error=row.error or None,
        text=row.text,
        language=row.language,
        segments=row.segments,
        stage=row.stage,
        seconds=row.seconds,
    )


def look(path: Path, file_name: str) -> intake.Brought:
    """Look at a file as `intake.look` does, and raise NoRecording for what is no recording."""
    brought = intake.look(path, file_name)
    if brought.media_type.partition("/")[0] not in ("audio", "video"):
        raise NoRecording(found=brought.media_type)
    return replace(brought, kind="audio")  # of a film only what is said


def enter(user: UUID, brought: intake.Brought, stored: data.Stored, now: datetime) -> Transcription:
    """Write down a recording that waits to be heard."""
    return Transcription.objects.create(
        user=user,
        file_name=brought.file_name,
        media_type=brought.media_type,
        kind=brought.kind,
        bytes=stored.bytes,
        sha256=stored.sha256,
        key=stored.key,
        due_at=now + timedelta(seconds=jobs.PATIENCE),
    )


def run(transcription_id: UUID, now: datetime) -> bool:
    """Hear a recording, if nobody else does; True when it was done here."""
    return jobs.run(Transcription, transcription_id, _work, now)


def run_next(now: datetime) -> bool:
    """Hear the recording whose turn it is; False when nothing waits or enough are being heard."""
    watch = turns.take(LINE, now)
    if watch is None:
        return False
    jobs.do(watch, _work)
    return True


def _work(watch: Watch) -> None:
    row = Transcription.objects.get(id=watch.id)

    def tell(share: float, stage: str) -> None:
        watch.tell(0.1 * share, stage)

    def heard(done: float, total: float) -> None:
        watch.tell(0.1 + 0.9 * done / max(total, 0.1), reading.heard_stage(done, total))

    with inference.on_behalf(user=str(row.user)), reading.work_folder() as folder:
        document = reading.read(watch, row, row.kind, folder, tell)
        segments, language = hearing.hear(watch, document.sounds, folder / "parts", "", heard)
    with watch.writing() as row:
        row.segments, row.language = hearing.plain(segments), language
        row.text = " ".join(each["text"] for each in segments)
        row.seconds = document.seconds
        row.status, row.progress, row.stage = Job.Status.READY, 1.0, ""
        row.finished_at = timezone.now()
        pieces.forget(row.id)
    if not users.allows(user=str(row.user), purpose="keep-voice"):
        storage.objects().drop(row.key)
        Transcription.objects.filter(id=row.id).update(key="")


def purge(now: datetime) -> int:
    """Throw away recordings that were heard long ago; return how many."""
    old = Transcription.objects.filter(finished_at__lt=now - KEPT)[:100]
    for row in old:
        if row.key:
            storage.objects().drop(row.key)
        row.delete()
    return len(old)
