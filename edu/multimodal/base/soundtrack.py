"""The sound of a recording or a film: one WAV of 16 kHz, one channel, for a model to hear."""

import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from edu.common.text import gettext_noop as _
from edu.multimodal.base import Limits, Progress, TooLong, tidy
from edu.multimodal.data import DECODING, Left, Unreadable

_RATE = 16_000
NAME = "sound.wav"
Found = TypeVar("Found")

DAMAGED = _(
    "This recording is damaged and cannot be played. Record or save it again and bring that."
)

BREAKS_OFF = _(
    "The recording breaks off here: the file is not whole. What came after is not there."
)


def breaks_off(path: Path, declared: float, seconds: float) -> list[Left]:
    """Return where a recording ends before it is over, by what it says of itself, and that it does."""
    missing = declared > 1.05 * seconds + 1 or _cut_wav(path)
    minutes, rest = divmod(int(seconds), 60)
    return [Left(f"{minutes}:{rest:02}", BREAKS_OFF)] if missing else []


def _cut_wav(path: Path) -> bool:
    """Whether a WAV file is shorter than its head says; one that is still written says 0 or the most."""
    with path.open("rb") as file:
        head = file.read(8)
    said = int.from_bytes(head[4:], "little")
    return head[:4] == b"RIFF" and 0 < said < 0xFFFFFF00 and path.stat().st_size < 0.99 * said


def opened(path: Path, how: Callable[[Any], Found]) -> Found:
    """Return what `how` makes of a recording or a film; raise Unreadable when it cannot be played."""
    import av

    av.logging.set_level(av.logging.FATAL)
    try:
        with av.open(str(path), metadata_errors="replace") as source:
            return how(source)
    except (av.error.FFmpegError, ValueError, EOFError, OSError, IndexError) as error:
        if isinstance(error, OSError) and error.errno == 12:
            raise MemoryError from None
        raise Unreadable(DAMAGED) from None


def length(source: Any, limits: Limits) -> float:
    """Return how many seconds a file says that it takes, 0 where it does not; raise TooLong."""
    import av

    declared = float(source.duration or 0) / av.time_base
    if declared > limits.seconds * 1.02 + 5:
        raise _too_long(declared, limits)
    return declared


def decode(source: Any, work: Path, declared: float, limits: Limits, progress: Progress) -> float:
    """Write the first sound track into the work folder; return its seconds."""
    return _decode(source, work / NAME, declared, limits, progress) / _RATE


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

        for packet in packets(source, stream):
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


def packets(source: Any, stream: Any) -> Any:
    """Yield packets until the file ends or breaks off."""
    import av

    demuxed = source.demux(stream)
    while True:
        try:
            packet = next(demuxed)
        except (StopIteration, av.error.FFmpegError):
            return
        yield packet


def title(source: Any) -> str:
    """Return the title that a recording gives itself."""
    found = {str(key).lower(): str(value) for key, value in source.metadata.items()}
    return tidy(found.get("title", ""))[:200]
