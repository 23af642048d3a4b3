"""What programs that speak have in common: voices by language, texts in pieces, sounds joined."""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from edu.inference.base import Stopped
from edu.inference.base.sound import Pcm, read_wav
from edu.inference.data import CannotSpeak, ModelUnavailable, Unreadable

PIECE = 400  # letters in one call of a program: none has to hold a whole chapter
PAUSE = 0.12  # seconds of silence between two pieces
SECONDS = 60  # for one piece; a program that hangs is killed


def pieces(text: str) -> list[str]:
    """Return `text` in pieces of at most PIECE letters, cut after sentences where it can be."""
    clean = re.sub(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", " ", text)
    parts = re.split(r"(?<=[.!?。！？…:;])\s+|\n\s*\n", clean.strip())
    out: list[str] = []
    for part in parts:
        words = part.split()
        while words:
            piece = words.pop(0)[:PIECE]
            while words and len(piece) + 1 + len(words[0]) <= PIECE:
                piece += " " + words.pop(0)
            if out and len(out[-1]) + 1 + len(piece) <= PIECE // 2:
                out[-1] += " " + piece
            else:
                out.append(piece)
    return [piece for piece in out if re.search(r"\w", piece)]


def say(text: str, argv: Callable[[Path, Path], list[str]], stopped: Callable[[], bool]) -> Pcm:
    """Have the program that `argv(text file, wav file)` names say `text` piece by piece.

    Text goes by a file, never by the command line. Raise ModelUnavailable when the program fails,
    CannotSpeak when there is nothing to say.
    """
    sounds: list[Pcm] = []
    with tempfile.TemporaryDirectory(prefix="edu-speech-") as home:
        words, wav = Path(home, "words.txt"), Path(home, "sound.wav")
        for piece in pieces(text):
            if stopped():
                raise Stopped
            words.write_text(piece + "\n", encoding="utf-8")
            command = argv(words, wav)
            try:
                subprocess.run(
                    command,
                    check=True,
                    capture_output=True,
                    timeout=SECONDS,
                    stdin=subprocess.DEVNULL,
                )
                sounds.append(read_wav(wav.read_bytes()))
            except (OSError, subprocess.SubprocessError, Unreadable) as error:
                raise ModelUnavailable(
                    "The program %(name)s cannot speak this text.", name=Path(command[0]).name
                ) from error
    if not sounds:
        raise CannotSpeak
    rate = sounds[0].rate
    gap = np.zeros(int(rate * PAUSE), np.int16)
    joined = [part for each in sounds for part in (each.samples, gap)][:-1]
    return Pcm(np.concatenate(joined), rate)


def program(name: str) -> str:
    """Return the path of a program, "" when it is not installed."""
    return shutil.which(name) or ""
