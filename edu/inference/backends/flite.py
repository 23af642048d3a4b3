"""English speech by the program flite, which is small, quick and permissively licensed."""

import re
import subprocess
import unicodedata
from functools import cached_property

from edu.common.voices import Voice
from edu.inference.base import SPEAK, Backend
from edu.inference.base.sound import make_wav
from edu.inference.base.spoken import program, say
from edu.inference.data import Speech

DEFAULT = "slt"
# What the voices that it comes with are like; others go by their names.
_LIKE = {
    "slt": "a woman",
    "rms": "a man",
    "awb": "a man, Scottish",
    "kal": "robot",
    "kal16": "robot, clearer",
}
_MARKS = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": ", ", "…": "...",
                        "×": " times ", "÷": " divided by ", "°": " degrees ", "→": " to "})  # fmt: skip


class Flite(Backend):
    """See the module."""

    name = "flite"
    kinds = frozenset((SPEAK,))

    def absent(self) -> str:
        """See Backend."""
        return "" if program("flite") else "The program flite is not there: apt-get install flite"

    def speaks(self, language: str) -> bool:
        """English only."""
        return language.split("-")[0].lower() in ("", "en")

    @cached_property
    def voices(self) -> list[str]:
        """The voices that were built into the program."""
        said = subprocess.run(
            [program("flite"), "-lv"], capture_output=True, text=True, timeout=20, check=False
        ).stdout
        return [name for name in said.partition(":")[2].split() if not name.endswith("_time")]

    def told_voices(self) -> list[Voice]:
        """See Backend."""
        like = ((name, _LIKE.get(name)) for name in self.voices)
        return [Voice(name, "en", f"{name} ({what})" if what else name) for name, what in like]

    def speak(self, text: str, voice: str, speed: float, language: str) -> Speech:
        """See Backend. It knows ASCII; other letters lose their marks or are left out."""
        with_marks = unicodedata.normalize("NFKD", text.translate(_MARKS))
        plain = with_marks.encode("ascii", "ignore").decode()
        plain = re.sub(r"[*_#`|<>\[\]{}~^\\]+", " ", plain)  # it would read these out by name
        said_by = voice if voice in self.voices else DEFAULT
        stretch = f"duration_stretch={1 / speed:.3f}"
        sound = say(
            plain,
            lambda words, wav: [
                program("flite"), "-voice", said_by, "--setf", stretch, "-f", str(words), "-o", str(wav)
            ],
            self.stopped,
        )  # fmt: skip
        return Speech(make_wav(sound), sound.seconds, said_by)
