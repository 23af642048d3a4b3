"""WAV files: made, read, joined; and any other sound turned into samples."""

import io
import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edu.common.text import gettext_noop as _
from edu.inference.data import Unreadable

NO_SOUND = _("This is not a sound that can be read. It may be damaged or empty.")
TOO_LONG = _("This sound is longer than %(minutes)d minutes.")


@dataclass(frozen=True)
class Pcm:
    """Mono sound: 16 bit samples, how many a second, and the file's comment if it had one."""

    samples: NDArray[np.int16]
    rate: int
    comment: str = ""

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.samples) / self.rate


def make_wav(sound: Pcm) -> bytes:
    """Return a whole WAV file, 16 bit mono, with the comment in its LIST/INFO ICMT chunk."""
    data = sound.samples.astype("<i2").tobytes()
    notes = b""
    if sound.comment:
        words = sound.comment.encode() + b"\0"
        words += b"\0" * (len(words) % 2)
        notes = b"INFOICMT" + struct.pack("<I", len(words)) + words
        notes = b"LIST" + struct.pack("<I", len(notes)) + notes
    form = struct.pack("<IHHIIHH", 16, 1, 1, sound.rate, sound.rate * 2, 2, 16)
    body = b"WAVEfmt " + form + notes + b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def read_wav(wav: bytes) -> Pcm:
    """Return the sound of a PCM WAV file of 8 or 16 bits, channels mixed into one; raise Unreadable.

    Sizes in the header are not believed: programs that write to a pipe leave them at their largest.
    """
    if wav[:4] != b"RIFF" or wav[8:12] != b"WAVE":
        raise Unreadable(NO_SOUND)
    place, form, data, comment = 12, None, None, ""
    while place + 8 <= len(wav) and data is None:
        name, size = wav[place : place + 4], int.from_bytes(wav[place + 4 : place + 8], "little")
        body = wav[place + 8 : place + 8 + size]
        if name == b"fmt " and len(body) >= 16:
            form = struct.unpack("<HHIIHH", body[:16])
        elif name == b"LIST" and body[:4] == b"INFO":
            comment = _comment(body[4:])
        elif name == b"data":
            data = body
        place += 8 + size + size % 2
    if form is None or data is None or form[1] < 1 or form[2] < 1 or form[5] not in (8, 16):
        raise Unreadable(NO_SOUND)
    if form[0] not in (1, 0xFFFE):
        raise Unreadable(NO_SOUND)
    if form[5] == 8:
        samples = ((np.frombuffer(data, np.uint8).astype(np.int16) - 128) * 256).astype(np.int16)
    else:
        samples = np.frombuffer(data[: len(data) // 2 * 2], "<i2")
    channels = form[1]
    if channels > 1:
        whole = samples[: len(samples) // channels * channels].reshape(-1, channels)
        samples = whole.mean(axis=1).astype(np.int16)
    return Pcm(samples, form[2], comment)


def _comment(info: bytes) -> str:
    place = 0
    while place + 8 <= len(info):
        size = int.from_bytes(info[place + 4 : place + 8], "little")
        if info[place : place + 4] == b"ICMT":
            return info[place + 8 : place + 8 + size].rstrip(b"\0").decode(errors="replace")
        place += 8 + size + size % 2
    return ""


def decode(sound: bytes, rate: int, minutes: int) -> NDArray[np.float32]:
    """Return the samples (-1..1, mono, `rate` a second) of any audio or video file with sound.

    Raise Unreadable when there is no sound in it, or more than `minutes`: decoding stops there, so
    a small file that unfolds into days of sound costs no more than the limit.
    """
    import av

    most = minutes * 60 * rate
    pieces: list[NDArray[np.int16]] = []
    total = 0
    try:
        with av.open(io.BytesIO(sound), mode="r", metadata_errors="ignore") as file:
            if not file.streams.audio:
                raise Unreadable(NO_SOUND)
            resampler = av.AudioResampler(format="s16", layout="mono", rate=rate)
            for packet in file.demux(file.streams.audio[0]):
                try:
                    frames = packet.decode()
                except av.error.InvalidDataError:
                    continue  # one bad packet: the rest may be whole
                for part in (part for frame in frames for part in resampler.resample(frame)):
                    pieces.append(part.to_ndarray()[0])
                    total += len(pieces[-1])
                if total > most:
                    raise Unreadable(TOO_LONG, minutes=minutes)
            for part in resampler.resample(None):
                pieces.append(part.to_ndarray()[0])
    except (av.error.FFmpegError, ValueError, IndexError) as error:
        if not pieces:
            raise Unreadable(NO_SOUND) from error
    if not pieces:
        raise Unreadable(NO_SOUND)
    return np.concatenate(pieces).astype(np.float32) / 32768.0


def as_wav(sound: bytes) -> Pcm:
    """Return `sound` as 16 bit mono whatever container it came in; raise Unreadable."""
    try:
        return read_wav(sound)
    except Unreadable:
        samples = decode(sound, 24_000, 60)
        return Pcm((samples * 32767).astype(np.int16), 24_000)
