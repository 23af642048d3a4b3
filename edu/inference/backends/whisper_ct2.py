"""Speech to text by faster-whisper (CTranslate2, 8 bit): the default."""

import logging
import re
from typing import Any

from django.conf import settings

from edu.inference.base import HEAR, Backend, Stopped
from edu.inference.base.files import absent, model_file
from edu.inference.base.heard import made_up
from edu.inference.base.sound import decode
from edu.inference.data import Segment, Transcript, Word

RATE = 16_000


class WhisperCT2(Backend):
    """See the module."""

    name = "faster-whisper"
    kinds = frozenset((HEAR,))

    def __init__(self) -> None:
        super().__init__()
        self.whisper: Any = None

    @property
    def model(self) -> str:
        """The manifest's name of the weights."""
        return "whisper-base"

    def chosen(self) -> bool:
        """Unless EDU_HEAR_BACKEND names another."""
        return self.name == str(settings.EDU_HEAR_BACKEND)

    def absent(self) -> str:
        """See Backend."""
        return absent(HEAR)

    def load(self) -> None:
        """About a second."""
        from faster_whisper import WhisperModel

        logging.getLogger("faster_whisper").setLevel(logging.WARNING)
        self.whisper = WhisperModel(
            str(model_file(HEAR, "model.bin").parent),
            device="cpu",
            compute_type="int8",
            cpu_threads=settings.EDU_INFERENCE_THREADS,
            local_files_only=True,
        )

    def unload(self) -> None:
        """See Backend."""
        self.whisper = None

    def hear(self, sound: bytes, language: str) -> Transcript:
        """See Backend. Stretches without a voice are left out, or silence would become words. What is
        fleeting is heard at the first try, without the times of its words."""
        samples = decode(sound, RATE, settings.EDU_MAX_AUDIO_MINUTES)
        known = self.whisper.supported_languages
        parts, info = self.whisper.transcribe(
            samples,
            language=language if language in known else None,
            beam_size=1 if self.fleeting else 5,
            vad_filter=True,
            word_timestamps=not self.fleeting,
            **(_quickly(len(samples) / RATE) if self.fleeting else {}),
            condition_on_previous_text=False,
        )
        segments = []
        for part in parts:
            if self.stopped():
                raise Stopped
            words = [
                Word(each.word.strip(), float(each.start), float(each.end), float(each.probability))
                for each in part.words or []
            ]
            babble = _babble(part) if self.fleeting else made_up(words)
            if part.text.strip() and not babble:
                segments.append(
                    Segment(float(part.start), float(part.end), part.text.strip(), words)
                )
        return Transcript(
            text=" ".join(each.text for each in segments),
            language=str(info.language) if segments else language,
            seconds=len(samples) / RATE,
            segments=segments,
            model=self.model,
        )


def _quickly(seconds: float) -> dict[str, Any]:
    """Return how to hear what is fleeting: once, and no more words than anybody says in that time."""
    return {"temperature": 0.0, "max_new_tokens": 16 + int(8 * seconds)}


def _babble(part: Any) -> bool:
    """Whether a segment says the same again and again, or is hardly more than a guess: what is heard well
    would be tried once more then."""
    words = re.findall(r"\w+", part.text.casefold())
    same = len(words) > 3 and len(set(words)) <= len(words) / 3
    return bool(same or part.compression_ratio > 2.4 or part.avg_logprob < -1.0)
