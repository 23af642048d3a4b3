"""Text made to speech, and kept: the same words in the same voice are not spoken twice."""

import hashlib
import io
import json
import struct
import wave
from collections.abc import Iterator
from datetime import datetime, timedelta

import numpy as np

from edu.common import formulas
from edu.common.clean import prose
from edu.common.errors import Invalid, NotFound
from edu.common.language import detect, sentences
from edu.common.text import gettext_noop as _
from edu.inference import api as inference
from edu.inference.data import CannotSpeak, ModelUnavailable
from edu.multimodal.logic import storage
from edu.multimodal.models import Clip

LONGEST = 5000  # characters that are spoken at once
KEPT = timedelta(days=30)
PART = 400  # characters that are spoken in one go while somebody listens
PAUSE = 0.2  # seconds between two of them


def speech(text: str, voice: str, speed: float, now: datetime) -> bytes:
    """Return `text` as a WAV file. Raises Invalid (also where nothing in it can be spoken here) and
    ModelUnavailable."""
    text = _checked(text, speed)
    return _said(text, voice, speed, detect(text, "en"), now)


def stream(text: str, voice: str, speed: float, now: datetime) -> Iterator[bytes]:
    """Yield the same as a WAV file that has no end yet, sentence by sentence as they are spoken: the
    first is ready when this is. Each is kept for itself. Raises what `speech` raises, before the first;
    what fails later ends it."""
    text = _checked(text, speed)
    language = detect(text, "en")
    sounds = _sounds([*parts(text, language)], voice, speed, language, now)
    first = next(sounds, None)
    if first is None:
        raise CannotSpeak
    return _joined(first, sounds)


def _checked(text: str, speed: float) -> str:
    text = prose(text, field="text", most=LONGEST, empty=False)
    if not 0.5 <= speed <= 2.0:
        raise Invalid(fields={"speed": _("Use a speed from 0.5 to 2.")})
    return text


def parts(text: str, language: str) -> Iterator[str]:
    """Yield `text` in parts to be spoken one after the other: the first sentence alone, so that it is
    heard soon, then a few at a time."""
    held = ""
    for number, (begin, end) in enumerate(sentences(text, language)):
        sentence = text[begin:end]
        if held and (number == 1 or len(held) + len(sentence) > PART):
            yield held
            held = ""
        held = f"{held} {sentence}".strip()
    if held:
        yield held


def _sounds(
    texts: list[str], voice: str, speed: float, language: str, now: datetime
) -> Iterator[bytes]:
    """Yield each text spoken; what has nothing to say is left out. One that cannot be spoken for another
    reason ends it, unless it is the first: then that is raised."""
    told = False
    for text in texts:
        try:
            sound = _said(text, voice, speed, language, now)
        except CannotSpeak:
            if len(texts) == 1:
                raise
            continue
        except ModelUnavailable:
            if not told:
                raise
            return
        told = True
        yield sound


def _joined(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    rate = wave_rate(first)
    # As long as it takes: players read on until it ends.
    yield open_wav(rate)
    yield samples_of(first, rate)
    for sound in rest:
        yield bytes(2 * int(PAUSE * rate)) + samples_of(sound, rate)


def open_wav(rate: int) -> bytes:
    """Return the head of a WAV file, 16 bit mono, that does not say how long it is."""
    most = 0xFFFFFFFF
    form = struct.pack("<IHHIIHH", 16, 1, 1, rate, rate * 2, 2, 16)
    return (
        b"RIFF" + struct.pack("<I", most) + b"WAVEfmt " + form + b"data" + struct.pack("<I", most)
    )


def wave_rate(sound: bytes) -> int:
    """Return how many samples a second a WAV file has."""
    with wave.open(io.BytesIO(sound)) as file:
        return file.getframerate()


def samples_of(sound: bytes, rate: int) -> bytes:
    """Return the samples of a WAV file, 16 bit mono, at another rate where it has one."""
    with wave.open(io.BytesIO(sound)) as file:
        samples, own = file.readframes(file.getnframes()), file.getframerate()
    return samples if own == rate else at_rate(samples, own, rate)


def at_rate(sound: bytes, own: int, rate: int) -> bytes:
    """Return 16 bit mono samples at another rate: another voice may have spoken a piece."""
    samples = np.frombuffer(sound, "<i2")
    places = np.arange(int(samples.size * rate / own)) * (own / rate)
    return np.interp(places, np.arange(samples.size), samples).astype("<i2").tobytes()


def _said(text: str, voice: str, speed: float, language: str, now: datetime) -> bytes:
    said = [text, voice, round(speed, 2), language, formulas.VERSION]
    asked = json.dumps(said, ensure_ascii=False)
    mark = hashlib.sha256(asked.encode()).hexdigest()
    known = Clip.objects.filter(mark=mark).first()
    if known is not None:
        try:
            sound = storage.fetch(known.key)
        except NotFound:
            known.delete()
        else:
            Clip.objects.filter(id=known.id).update(used_at=now)
            return sound
    made = inference.speak(text=text, voice=voice, speed=speed, language=language)
    stored = storage.keep("clip", made.wav, "audio/wav")
    new = Clip.objects.get_or_create(
        mark=mark, defaults={"key": stored.key, "seconds": made.seconds, "used_at": now}
    )[1]
    if not new:  # somebody asked for the same at the same time
        storage.objects().drop(stored.key)
    return made.wav


def purge(now: datetime) -> int:
    """Throw away speech that nobody asked for in a long time; return how many pieces."""
    old = Clip.objects.filter(used_at__lt=now - KEPT)[:200]
    for row in old:
        storage.objects().drop(row.key)
        row.delete()
    return len(old)
