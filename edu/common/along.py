"""Words while somebody still speaks: what is heard of the last seconds, again and again.

All of it is in memory, of one open microphone, and gone with it: neither the sound nor these words are
kept. The words are rough; those that count are heard once more when the question is asked.
"""

import io
import wave
from collections.abc import Iterable

import numpy as np

FIRST = 2.0  # seconds since somebody began to speak before they are listened to
STEP = 1.0  # seconds of new sound before that is done again
LEAD = 0.3  # seconds of silence that are kept before somebody speaks
REST = 3.0  # seconds of new sound after somebody else was served
FULL = 14.0  # seconds at which what was said first is taken as said
EDGE = 3.0  # seconds at the end in which words may still change
MOST = 26.0  # seconds that are listened to at once
LONGEST = 600.0  # seconds of one recording in which words are shown
QUIET = 60  # of 32 767: mean loudness under which nobody speaks
SURE = 3.0  # seconds after which the language is taken as known


class Along:
    """One open microphone: 16 bit mono samples, `rate` a second."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self.language = ""
        self._sound = bytearray()
        self._odd = b""
        self._passed = 0.0  # seconds before what is held
        self._told = ""  # words that do not change any more
        self._now = ""
        self._new = 0.0
        self._wait = FIRST
        self._loud = False  # whether anybody spoke since it was listened to

    @property
    def seconds(self) -> float:
        """How long it has been open."""
        return self._passed + self._held

    @property
    def _held(self) -> float:
        return len(self._sound) / 2 / self.rate

    @property
    def text(self) -> str:
        """The words so far."""
        return _joined((self._told, self._now))

    @property
    def ready(self) -> bool:
        """Whether there is enough new sound to listen again, in which somebody speaks."""
        return self._loud and self._new >= self._wait and self.seconds <= LONGEST

    def add(self, samples: bytes) -> None:
        """Take what was recorded next."""
        samples = self._odd + samples
        whole = len(samples) // 2 * 2
        self._odd = samples[whole:]
        self._sound += samples[:whole]
        self._new += whole / 2 / self.rate
        self._loud = self._loud or _speaks(samples[:whole], self.rate)
        if not self._loud and not self._now:
            self._settle(self._held - LEAD, self._told)
            self._new = min(self._new, LEAD)
        elif self._held > MOST:
            self._settle(self._held - EDGE, self.text)

    def window(self) -> tuple[bytes, float]:
        """Return what to listen to as a WAV file, and its seconds."""
        self._new, self._wait, self._loud = 0.0, STEP, False
        out = io.BytesIO()
        with wave.open(out, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(self.rate)
            file.writeframes(bytes(self._sound))
        return out.getvalue(), self._held

    def missed(self) -> None:
        """Somebody else was served: listen again a little later."""
        self._wait = REST

    def took(self, parts: list[tuple[float, str]], language: str, seconds: float) -> None:
        """Take what was heard in the window of `seconds` that was listened to: sentences or the like in
        order, each with the second at which it ends."""
        self._now = _joined(text for _, text in parts)
        if language and self._now and seconds >= SURE:
            self.language = language
        if seconds < FULL:
            return
        over = [each for each in parts if each[0] <= seconds - EDGE]
        if over:
            said = _joined(text for _, text in over)
            self._now = _joined(text for _, text in parts[len(over) :])
            self._settle(over[-1][0], _joined((self._told, said)))
        elif not self._now:
            self._settle(seconds - EDGE, self._told)

    def _settle(self, seconds: float, told: str) -> None:
        """Take `told` as said, and let go of the first seconds."""
        if told == self.text:
            self._now = ""
        self._told = told
        size = min(len(self._sound), int(max(0.0, seconds) * self.rate) * 2)
        del self._sound[:size]
        self._passed += size / 2 / self.rate


def _speaks(samples: bytes, rate: int) -> bool:
    """Whether there is more than silence in samples, for a tenth of a second at least."""
    sound = np.abs(np.frombuffer(samples, "<i2").astype(np.float32))
    step = max(1, min(sound.size, rate // 10))
    rows = sound[: sound.size // step * step].reshape(-1, step)
    return bool(rows.size) and float(rows.mean(axis=1).max()) >= QUIET


def _joined(parts: Iterable[str]) -> str:
    return " ".join(part.strip() for part in parts if part.strip())
