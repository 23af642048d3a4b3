"""Recordings into words, and words into speech."""

from pathlib import Path

from django.db import transaction
from django.utils import timezone

from edu.common.errors import NotFound
from edu.common.ids import parse_id
from edu.inference import api as inference
from edu.multimodal import data, tasks
from edu.multimodal.logic import (
    intake,
    transcriptions,
)
from edu.multimodal.logic import voice as speaking
from edu.multimodal.models import Transcription


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
