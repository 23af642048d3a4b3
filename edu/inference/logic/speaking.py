"""Text to speech that is never silence: what cannot be spoken is said so."""

import re
import threading
import time

import numpy as np

from edu.common import formulas
from edu.common.voices import Voice
from edu.inference.base import SPEAK
from edu.inference.base.protocol import clean
from edu.inference.base.sound import read_wav
from edu.inference.data import CannotSpeak, Speech
from edu.inference.logic import doors

FAINT = 150  # of 32 767: a sound that is never louder says nothing
_FRESH, _FRESH_NOTHING = (
    60.0,
    10.0,
)  # seconds for which a list of voices, or that there is none, is kept
_told: dict[str, tuple[float, list[Voice] | None]] = {}
_lock = threading.Lock()
_SPEAKABLE = re.compile(r"[^\W_]")


def speak(text: str, voice: str, speed: float, language: str) -> Speech:
    """Return `text` spoken, formulas in words; raise CannotSpeak where there is nothing to say, where
    nobody has a voice for it, or where what came back is silence."""
    text = formulas.spoken(clean(text), language)
    if not _SPEAKABLE.search(text):
        raise CannotSpeak
    pace = min(2.0, max(0.5, speed))
    made = doors.door(SPEAK).speak(text, clean(voice), pace, language)
    samples = read_wav(made.wav).samples
    if not samples.size or int(np.abs(samples.astype(np.int32)).max()) < FAINT:
        raise CannotSpeak
    return made


def voices() -> list[Voice] | None:
    """Return the voices of who speaks here, by language and name, at most a minute old; None where it
    cannot say which it has, or does not answer."""
    door = doors.door(SPEAK)
    url, now = str(getattr(door, "url", "")), time.monotonic()
    with _lock:
        until, known = _told.get(url, (0.0, None))
    if now < until:
        return known
    found = door.told_voices()
    if found:
        found = sorted(found, key=lambda each: (each.language, each.name))
    with _lock:
        _told[url] = (now + (_FRESH if found else _FRESH_NOTHING), found)
    return found
