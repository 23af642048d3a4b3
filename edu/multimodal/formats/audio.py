"""Recordings, and the sound of films: one WAV of 16 kHz, one channel, for a model to hear."""

import wave
from pathlib import Path
from typing import Any

from edu.common.text import gettext_noop as _
from edu.multimodal.base import Format, Limits, Progress, TooLong
from edu.multimodal.data import DECODING, OPENING_SOUND, Document, Sound, Unreadable

_RATE = 16_000
_NAME = "sound.wav"

DAMAGED = _(
    "This recording is damaged and cannot be played. Record or save it again and bring that."
)
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

    def read(self, path: Path, work: Path, limits: Limits, progress: Progress) -> Document:
        """Decode the first sound track, bit by bit; see Format.read."""
        import av

        av.logging.set_level(av.logging.FATAL)
        progress(0.0, OPENING_SOUND)
        try:
            with av.open(str(path), metadata_errors="replace") as source:
                if not source.streams.audio:
                    raise Unreadable(NO_SOUND)
                title = _title(source)
                declared = float(source.duration or 0) / av.time_base
                if declared > limits.seconds * 1.02 + 5:
                    raise _too_long(declared, limits)
                frames = _decode(source, work / _NAME, declared, limits, progress)
        except (av.error.FFmpegError, ValueError, EOFError, OSError, IndexError) as error:
            if isinstance(error, OSError) and error.errno == 12:
                raise MemoryError from None
            raise Unreadable(DAMAGED) from None
        if not frames:
            raise Unreadable(CUT_OFF)
        seconds = frames / _RATE
        return Document(title, sounds=[Sound(_NAME, seconds)], seconds=seconds)


def _too_long(seconds: float, limits: Limits) -> TooLong:
    return TooLong(minutes=round(seconds / 60), limit=round(limits.seconds / 60))


def _decode(source: Any, place: Path, declared: float, limits: Limits, progress: Progress) -> int:
    """Write the sound to `place`; return how many samples. What cannot be decoded is skipped, so that
    a recording that was cut off is heard as far as it goes."""
    import av

    turn = av.AudioResampler(format="s16", layout="mono", rate=_RATE)
    stream = source.streams.audio[0]
    written = said = 0
    with wave.open(str(place), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_RATE)

        def write(frame: Any) -> int:
            done = 0
            for each in turn.resample(frame):
                file.writeframes(bytes(each.planes[0])[: each.samples * 2])
                done += each.samples
            return done

        for packet in _packets(source, stream):
            try:
                for frame in packet.decode():
                    written += write(frame)
            except av.error.FFmpegError:
                continue
            if written > limits.seconds * _RATE * 1.02:
                raise _too_long(written / _RATE, limits)
            if written - said > 20 * _RATE:
                said = written
                share = min(0.99, written / _RATE / declared) if declared > 0 else 0.5
                progress(share, DECODING % {"number": written // _RATE // 60 + 1})
        if written:
            written += write(None)
    return written


def _packets(source: Any, stream: Any) -> Any:
    """Yield packets until the file ends or breaks off."""
    import av

    demuxed = source.demux(stream)
    while True:
        try:
            packet = next(demuxed)
        except (StopIteration, av.error.FFmpegError):
            return
        yield packet


def _title(source: Any) -> str:
    from edu.multimodal.base import tidy

    found = {str(key).lower(): str(value) for key, value in source.metadata.items()}
    return tidy(found.get("title", ""))[:200]
