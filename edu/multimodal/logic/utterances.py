"""Long texts that somebody wants spoken: said piece by piece in the background, kept as one recording."""

import re
import wave
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.utils import timezone

from edu.common.clean import prose
from edu.common.errors import Invalid
from edu.common.language import detect
from edu.common.text import gettext_noop as _
from edu.inference import api as inference
from edu.inference.data import CannotSpeak
from edu.multimodal import data
from edu.multimodal.logic import jobs, reading, storage, turns, voice
from edu.multimodal.logic.jobs import Watch
from edu.multimodal.models import Job, Utterance

LINE = turns.Line(Utterance, "user", most=2)
LONGEST = 50_000  # characters: about an hour
MOST_WAITING = 10  # of one person
KEPT = timedelta(days=7)  # it is fetched, not kept for ever
LOOKED_AT = 20  # texts that were spoken before, among which the same is looked for
PIECE = 900  # characters that are spoken in one go
SPEAKING = _("Speaking: piece %(number)s of %(count)s")
KIND = "spoken"
_ENDS = re.compile(r"(?<=[.!?\u2026:;])\s+|\n+|(?<=[\u3002\uff01\uff1f])")


def utterance_data(row: Utterance) -> data.Utterance:
    """Return an utterance as others see it."""
    return data.Utterance(
        id=str(row.id),
        status=row.status,
        progress=round(row.progress, 3),
        error=row.error or None,
        stage=row.stage,
        seconds=row.seconds,
    )


def enter(user: UUID, text: str, voice: str, speed: float, now: datetime) -> Utterance:
    """Write down a text that waits to be spoken, or return the same if it was spoken before and is still
    there: then it is kept for another week. Raises Invalid, TooManyWaiting."""
    text = prose(text, field="text", most=LONGEST, empty=False)
    if not 0.5 <= speed <= 2.0:
        raise Invalid(fields={"speed": _("Use a speed from 0.5 to 2.")})
    language = detect(text, "en")
    spoken = Utterance.objects.filter(
        user=user, status=Job.Status.READY, voice=voice, speed=speed, language=language
    )
    # The text is sealed: it is compared here, and not by the database.
    known = next((row for row in spoken.order_by("-id")[:LOOKED_AT] if row.text == text), None)
    if known is not None:
        known.finished_at = now
        known.save(update_fields=["finished_at"])
        return known
    waiting = Utterance.objects.filter(user=user, status__in=["queued", "running"])
    if waiting.count() >= MOST_WAITING:
        raise data.TooManyWaiting
    return Utterance.objects.create(
        user=user,
        text=text,
        voice=voice,
        speed=speed,
        language=language,
        media_type="audio/wav",
        bytes=0,
        due_at=now + timedelta(seconds=jobs.PATIENCE),
    )


def run_next(now: datetime) -> bool:
    """Speak the text whose turn it is; False when nothing waits or enough are being spoken."""
    watch = turns.take(LINE, now)
    if watch is None:
        return False
    jobs.do(watch, _work)
    return True


def cut(text: str) -> Iterator[str]:
    """Yield `text` in pieces of at most PIECE characters, between sentences where that can be."""
    piece = ""
    for sentence in filter(None, (each.strip() for each in _ENDS.split(text))):
        if piece and len(piece) + 1 + len(sentence) > PIECE:
            yield piece
            piece = ""
        while len(sentence) > PIECE:
            at = sentence.rfind(" ", 1, PIECE + 1)
            at = PIECE if at < 1 else at
            yield sentence[:at]
            sentence = sentence[at:].strip()
        piece = f"{piece} {sentence}".strip()
    if piece:
        yield piece


def _work(watch: Watch) -> None:
    row = Utterance.objects.get(id=watch.id)
    with inference.on_behalf(user=str(row.user)), reading.work_folder() as folder:
        sound = folder / "speech.wav"
        seconds = _speak(watch, row, sound)
        stored = storage.keep_file(KIND, sound, "audio/wav")
    try:
        with watch.writing() as row:
            row.key, row.sha256, row.bytes = stored.key, stored.sha256, stored.bytes
            row.seconds = seconds
            row.status, row.progress, row.stage = Job.Status.READY, 1.0, ""
            row.finished_at = timezone.now()
    except jobs.Gone:
        storage.objects().drop(stored.key)
        raise


def _speak(watch: Watch, row: Utterance, target: Path) -> float:
    """Write all of it to `target`; return its seconds. What has nothing to say is left out."""
    rate = frames = 0
    pieces = list(cut(row.text))
    with wave.open(str(target), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        for number, piece in enumerate(pieces):
            watch.tell(
                number / len(pieces), SPEAKING % {"number": number + 1, "count": len(pieces)}
            )
            try:
                made = watch.call(
                    inference.speak,
                    text=piece,
                    voice=row.voice,
                    speed=row.speed,
                    language=row.language,
                )
            except CannotSpeak:
                continue
            if not rate:
                rate = voice.wave_rate(made.wav)
                out.setframerate(rate)
            out.writeframes(voice.samples_of(made.wav, rate))
            frames = out.tell()
        if not frames:
            out.setframerate(16_000)
    if not frames:
        raise CannotSpeak
    return frames / rate


def purge(now: datetime) -> int:
    """Throw away what was over long ago; return how many."""
    old = Utterance.objects.filter(finished_at__lt=now - KEPT)[:100]
    for row in old:
        forget(row)
        row.delete()
    return len(old)


def forget(row: Utterance) -> None:
    """Drop the sound of a row, which is about to go."""
    if row.key:
        storage.objects().drop(row.key)
