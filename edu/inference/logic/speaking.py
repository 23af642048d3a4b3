"""Text to speech that is never silence: what cannot be spoken is said so."""

import re

import numpy as np

from edu.inference.base import SPEAK
from edu.inference.base.protocol import clean
from edu.inference.base.sound import read_wav
from edu.inference.data import CannotSpeak, Speech
from edu.inference.logic import doors

FAINT = 150  # of 32 767: a sound that is never louder says nothing
_SPEAKABLE = re.compile(r"[^\W_]")


def speak(text: str, voice: str, speed: float, language: str) -> Speech:
    """Return `text` spoken; raise CannotSpeak where there is nothing to say, where nobody has a voice
    for it, or where what came back is silence."""
    text = clean(text)
    if not _SPEAKABLE.search(text):
        raise CannotSpeak
    pace = min(2.0, max(0.5, speed))
    made = doors.door(SPEAK).speak(text, clean(voice), pace, language)
    samples = read_wav(made.wav).samples
    if not samples.size or int(np.abs(samples.astype(np.int32)).max()) < FAINT:
        raise CannotSpeak
    return made
