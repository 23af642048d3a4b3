"""Recordings into words, and words into speech."""

from collections.abc import Iterator
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from edu.common.errors import NotFound
from edu.common.ids import parse_id
from edu.inference import api as inference
from edu.multimodal import data, tasks
from edu.multimodal.logic import intake, jobs, transcriptions, utterances
from edu.multimodal.logic import voice as speaking
from edu.multimodal.models import Transcription, Utterance


def start_transcription(*, user: str, file_name: str, path: str) -> data.Transcription:
    """Have the recording at `path` (a temporary file, which stays the caller's) put into words.
    Raises TooLarge, UnsupportedType, Unreadable."""
    brought = transcriptions.look(Path(path), file_name)
    with intake.kept("sound", Path(path), brought.media_type) as stored, transaction.atomic():
        row = transcriptions.enter(parse_id(user), brought, stored, timezone.now())
        tasks.transcribe.delay_on_commit(str(row.id))
        return transcriptions.transcription_data(row)


def transcription(*, user: str, transcription: str) -> data.Transcription:
    """Return a transcription that `user` asked for; raise NotFound."""
    for row in Transcription.objects.filter(id=parse_id(transcription), user=parse_id(user)):
        return transcriptions.transcription_data(row)
    raise NotFound


def speech(*, text: str, voice: str = "", speed: float = 1.0, user: str = "") -> bytes:
    """Return `text` spoken for `user`, as a WAV file; what was spoken before comes from the store. Raises
    Invalid and, when nothing can speak, ModelUnavailable."""
    with inference.on_behalf(user=user):
        return speaking.speech(text, voice, speed, timezone.now())


def speech_stream(
    *, text: str, voice: str = "", speed: float = 1.0, user: str = ""
) -> Iterator[bytes]:
    """Return the parts of a WAV file of `text`, sentence by sentence as they are spoken for `user`; the
    first is ready when this returns. Raises what `speech` raises."""
    with inference.on_behalf(user=user):
        found = speaking.stream(text, voice, speed, timezone.now())
    return _on_behalf(user, found)


def _on_behalf(user: str, parts: Iterator[bytes]) -> Iterator[bytes]:
    """Yield parts that are made for `user`, whoever asks for the next one."""
    while True:
        with inference.on_behalf(user=user):
            part = next(parts, None)
        if part is None:
            return
        yield part


@transaction.atomic
def start_speech(*, user: str, text: str, voice: str = "", speed: float = 1.0) -> data.Utterance:
    """Have a text of up to 50 000 characters spoken in the background. Raises Invalid, TooManyWaiting."""
    row = utterances.enter(parse_id(user), text, voice, speed, timezone.now())
    if row.status == row.Status.QUEUED:
        tasks.utter.delay_on_commit(str(row.id))
    return utterances.utterance_data(row)


def utterance(*, user: str, speech: str) -> data.Utterance:
    """Return a long text that `user` has spoken; raise NotFound."""
    return utterances.utterance_data(_uttered(user, speech))


@transaction.atomic
def cancel_speech(*, user: str, speech: str) -> data.Utterance:
    """Stop the speaking of a long text. Raises NotFound, NotWorking."""
    row = _uttered(user, speech, lock=True)
    if not jobs.cancel(row, timezone.now()):
        raise data.NotWorking
    return utterances.utterance_data(row)


def utterance_sound(*, user: str, speech: str) -> data.Stored:
    """Return where the sound of a long text is; raise NotFound before it is ready."""
    row = _uttered(user, speech)
    if not row.key:
        raise NotFound
    return data.Stored(row.key, row.media_type, row.bytes, row.sha256)


def _uttered(user: str, speech: str, *, lock: bool = False) -> Utterance:
    rows = Utterance.objects.select_for_update() if lock else Utterance.objects.all()
    row = rows.filter(id=parse_id(speech), user=parse_id(user)).first()
    if row is None:
        raise NotFound
    return row
