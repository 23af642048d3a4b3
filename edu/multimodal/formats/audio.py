"""Recordings, and the sound of films: one WAV of 16 kHz, one channel, for a model to hear."""

from pathlib import Path
from typing import Any

from edu.common.text import gettext_noop as _
from edu.multimodal.base import Format, Limits, Progress
from edu.multimodal.base.soundtrack import NAME, breaks_off, decode, length, opened, title
from edu.multimodal.data import OPENING_SOUND, Document, Sound, Unreadable

NO_SOUND = _("This file has no sound in it, so there is nothing to hear. Bring one that has.")
CUT_OFF = _("This recording breaks off before anything can be heard. Bring a whole copy of it.")


class Audio(Format):
    """See the module."""

    name = "audio"
    label = "a recording"
    brought = "WAV, MP3, M4A, OGG, WebM"
    called = _("Recording")
    icon = "sound"
    view = "sound"
    family = "audio"
    media_types = (
        "audio/wav",
        "audio/mpeg",
        "audio/mp4",
        "audio/aac",
        "audio/ogg",
        "audio/flac",
        "video/webm",
        "video/mp4",
        "video/quicktime",
        "video/x-matroska",
        "video/x-msvideo",
        "audio/webm",
    )
    extensions = (
        *("wav", "mp3", "m4a", "m4b", "aac", "ogg", "oga", "opus", "flac"),
        *("webm", "weba", "mp4", "m4v", "mov", "mkv", "avi", "ogv"),
    )
    score = 10
    version = 2  # says where it breaks off

    def read(self, path: Path, work: Path, limits: Limits, progress: Progress) -> Document:
        """Decode the first sound track, bit by bit; see Format.read."""
        progress(0.0, OPENING_SOUND)

        def reading(source: Any) -> Document:
            if not source.streams.audio:
                raise Unreadable(NO_SOUND)
            declared = length(source, limits)
            seconds = decode(source, work, declared, limits, progress)
            if not seconds:
                raise Unreadable(CUT_OFF)
            return Document(
                title(source),
                sounds=[Sound(NAME, seconds)],
                seconds=seconds,
                left=breaks_off(path, declared, seconds),
            )

        return opened(path, reading)
