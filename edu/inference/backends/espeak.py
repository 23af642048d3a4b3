"""Speech in other languages by the program espeak-ng: never linked, only run."""

import subprocess
from functools import cached_property

from edu.common.voices import Voice
from edu.inference.base import SPEAK, Backend
from edu.inference.base.sound import make_wav
from edu.inference.base.spoken import program, say
from edu.inference.data import Speech

WORDS_A_MINUTE = 160
_NAMES = {"zh": "cmn", "no": "nb", "iw": "he", "en": "en-us"}


class Espeak(Backend):
    """See the module."""

    name = "espeak-ng"
    kinds = frozenset((SPEAK,))
    rank = 20

    def absent(self) -> str:
        """See Backend."""
        if program("espeak-ng"):
            return ""
        return "The program espeak-ng is not there: apt-get install espeak-ng"

    @cached_property
    def voices(self) -> dict[str, str]:
        """The codes of the languages that it speaks, and what each voice is called."""
        said = subprocess.run(
            [program("espeak-ng"), "--voices"],
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        ).stdout
        rows = [line.split() for line in said.splitlines()[1:]]
        return {row[1]: row[3].replace("_", " ") for row in rows if len(row) > 3}

    def told_voices(self) -> list[Voice]:
        """See Backend."""
        return [Voice(code, code, f"{label} ({code})") for code, label in self.voices.items()]

    def speaks(self, language: str) -> bool:
        """See Backend."""
        return bool(self._voice(language))

    def _voice(self, language: str) -> str:
        whole = language.lower().replace("_", "-")
        for code in (whole, _NAMES.get(whole.split("-")[0], ""), whole.split("-")[0]):
            if code and code in self.voices:
                return code
        start = whole.split("-")[0] + "-"
        return next((code for code in sorted(self.voices) if code.startswith(start)), "")

    def speak(self, text: str, voice: str, speed: float, language: str) -> Speech:
        """See Backend; `voice` may be one of its language codes."""
        said_by = voice if voice in self.voices else self._voice(language) or "en-us"
        pace = str(round(WORDS_A_MINUTE * speed))
        sound = say(
            text,
            lambda words, wav: [
                program("espeak-ng"), "-b", "1", "-v", said_by, "-s", pace, "-f", str(words),
                "-w", str(wav),
            ],
            self.stopped,
        )  # fmt: skip
        return Speech(make_wav(sound), sound.seconds, said_by)
