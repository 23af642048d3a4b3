"""What may come with a turn: told by its first bytes, never by its name; and how much of it."""

import io
import warnings
from fractions import Fraction

import av
from PIL import Image, UnidentifiedImageError

from edu.common.text import gettext_noop as _
from edu.multimodal.data import TooLarge, Unreadable, UnsupportedType

IMAGE_MB = 15
AUDIO_MB = 30
MOST_PIXELS = 40_000_000
MOST_SECONDS = 600

EMPTY = _("This file is empty. Take the photo or the recording once more.")
BAD_PICTURE = _("This picture cannot be read. It may be damaged: take it once more.")
BIG_PICTURE = _("This picture has more than 40 million points. Make it smaller and try again.")
NO_PICTURE = _("This is not a picture that edu can read (%(found)s). Send PNG, JPEG or WebP.")
NO_SOUND = _(
    "This is not a recording that edu can hear (%(found)s). Send WebM, WAV, MP3, M4A or OGG."
)
BAD_SOUND = _("This recording cannot be played. It may be damaged: record it once more.")
LONG_SOUND = _(
    "This recording is longer than 10 minutes. Ask in a shorter one, or bring it as a material."
)

_SIGNS = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (8, b"WEBP", "image/webp"),
    (8, b"WAVE", "audio/wav"),
    (0, b"\x1aE\xdf\xa3", "audio/webm"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (4, b"ftyp", "audio/mp4"),
    (0, b"fLaC", "audio/flac"),
)


def media_type(data: bytes) -> str:
    """Return the media type of `data` by its content, "" when it is none that a turn takes."""
    for at, sign, kind in _SIGNS:
        if data[at : at + len(sign)] == sign:
            return kind
    if len(data) > 2 and data[0] == 0xFF and data[1] & 0xE6 in (0xE2, 0xE4, 0xE6):
        return "audio/mpeg"
    return ""


def check_image(data: bytes) -> str:
    """Return the type of a picture; raise TooLarge, UnsupportedType or Unreadable."""
    kind = _check(data, "image/", IMAGE_MB, NO_PICTURE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as picture:
                wide, high = picture.size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise Unreadable(BAD_PICTURE, {"image": "damaged"}) from None
    except (Image.DecompressionBombError, Warning):
        raise TooLarge(BIG_PICTURE, {"image": "too large"}) from None
    if wide * high > MOST_PIXELS:
        raise TooLarge(BIG_PICTURE, {"image": "too large"})
    return kind


def check_audio(data: bytes) -> str:
    """Return the type of a recording; raise TooLarge, UnsupportedType or Unreadable."""
    return _check(data, "audio/", AUDIO_MB, NO_SOUND)


def _check(data: bytes, family: str, limit: int, refusal: str) -> str:
    name = "image" if family == "image/" else "audio"
    if not data:
        raise Unreadable(EMPTY, {name: "empty"})
    if len(data) > limit * 1024 * 1024:
        raise TooLarge("", {name: "too large"}, limit=limit)
    kind = media_type(data)
    if not kind.startswith(family):
        raise UnsupportedType(refusal, {name: "not supported"}, found=kind or "unknown")
    return kind


def seconds(data: bytes) -> float:
    """Return how long a recording is, from the times of its packets, without decoding it. Raise
    Unreadable when there is no sound in it, TooLarge when it is longer than a turn takes."""
    end = Fraction(0)
    try:
        with av.open(io.BytesIO(data), mode="r") as container:
            if not container.streams.audio:
                raise Unreadable(BAD_SOUND, {"audio": "no sound in it"})
            stream = container.streams.audio[0]
            for packet in container.demux(stream):
                if packet.pts is None or packet.time_base is None:
                    continue
                end = max(end, (packet.pts + (packet.duration or 0)) * packet.time_base)
                if end > MOST_SECONDS:
                    raise TooLarge(LONG_SOUND, {"audio": "too long"})
    except (av.error.FFmpegError, ValueError):
        raise Unreadable(BAD_SOUND, {"audio": "damaged"}) from None
    return float(end)


def wav_of_pcm16(data: bytes, rate: int) -> bytes:
    """Return a WAV file of raw 16 bit little-endian mono sound at `rate` samples a second."""
    import wave

    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(data[: len(data) - len(data) % 2])
    return file.getvalue()
