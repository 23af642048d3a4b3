"""Words wrong, and processor seconds for each second of sound, beside the programs that others use.

`python -m benchmarks.hearing [SECONDS]` (60 of each sound by default). Each engine hears all sounds in a
process of its own, with its start, and with the same weights: ours as recordings of courses are heard
(window by window, without silence), faster-whisper as its README calls it, and openai-whisper by the
settings of its command line, where it is installed. The sounds are spoken by flite and espeak-ng from
sentences of XQuAD without figures: clips of people are not part of this repository. A voice that was made
is easier than most people in one thing (it is even) and harder in another (it is odd), so the figures
compare engines, and say little of people.
`--dictation` also tells what a look costs while somebody speaks, each second anew.
"""

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
import wave
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.table import machine, show
from tests.places import DATA, ROOT

RATE = 16_000
VOICES = {"en": ["flite", "-voice", "slt"], "de": ["espeak-ng", "-v", "de"]}
SOUNDS = ("en, clean", "en, noise at 10 dB", "en, a minute of silence within", "de, clean")


def main() -> None:
    """Make the sounds, have each engine hear them, and show what it cost."""
    wanted = [each for each in sys.argv[1:] if each.isdigit()]
    seconds = int(wanted[0]) if wanted else 60
    if "--engine" in sys.argv:
        _hear(sys.argv[sys.argv.index("--engine") + 1], Path(sys.argv[-1]))
        return
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        said = {name: _sound(folder / f"{at}.wav", name, seconds) for at, name in enumerate(SOUNDS)}
        engines = ["edu", "faster-whisper", "openai-whisper"]
        rows = [_row(engine, folder, said) for engine in engines]
        look = _look(sorted(folder.glob("?.wav"))[0]) if "--dictation" in sys.argv else ""
    long = sum(length for _, length in said.values())
    print(machine())
    show(
        f"Whisper base on {long:.0f} seconds of made speech: words wrong; processor seconds a second",
        ["engine", *SOUNDS, "processor seconds a second, with its start", "MB at most"],
        [row for row in rows if row],
    )
    print(look)


def _row(engine: str, folder: Path, said: dict[str, tuple[str, float]]) -> list[str] | None:
    began = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "benchmarks.hearing", "--engine", engine, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        print(f"{engine}: {done.stderr.strip().splitlines()[-1:]}")
        return None
    told = json.loads(done.stdout.splitlines()[-1])
    cost = spent.ru_utime + spent.ru_stime - began.ru_utime - began.ru_stime
    long = sum(length for _, length in said.values())
    wrong = [_wrong(text, told["texts"][at]) for at, (text, _) in enumerate(said.values())]
    return [engine, *(f"{each:.3f}" for each in wrong), f"{cost / long:.2f}", str(told["mb"])]


def _hear(engine: str, folder: Path) -> None:
    """Hear all sounds of a folder; print what was heard, and the memory it took."""
    sounds = sorted(folder.glob("?.wav"))
    texts = {
        "edu": _ours,
        "faster-whisper": _theirs,
        "openai-whisper": _command,
    }[engine](sounds)
    most = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(json.dumps({"texts": texts, "mb": most // 1024}))


def _engine() -> Any:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "edu.settings")
    import django

    django.setup()
    from edu.inference.backends.whisper_ct2 import WhisperCT2

    engine = WhisperCT2()
    engine.load()
    return engine


def _ours(sounds: list[Path]) -> list[str]:
    engine = _engine()
    from edu.multimodal.logic.hearing import cut, windows

    texts = []
    for sound in sounds:
        parts, language = [], ""
        for start, end in windows(sound):
            heard = engine.hear(cut(sound, start, end), language)
            language = language or heard.language
            parts.append(heard.text)
        texts.append(" ".join(parts))
    return texts


def _theirs(sounds: list[Path]) -> list[str]:
    from faster_whisper import WhisperModel

    model = WhisperModel(str(_weights().parent), device="cpu", compute_type="int8")
    texts = []
    for sound in sounds:
        segments, _ = model.transcribe(str(sound), beam_size=5)
        texts.append(" ".join(each.text for each in segments))
    return texts


def _command(sounds: list[Path]) -> list[str]:
    """By the settings of openai-whisper's command line, which itself wants the program ffmpeg."""
    place = _weights().with_name("openai.pt")
    if not place.exists():  # the same numbers in its own form, made once by our second backend
        from edu.inference.backends.whisper_openai import WhisperOpenAI

        WhisperOpenAI().load()
    import whisper

    model = whisper.load_model(str(place), device="cpu")
    how = {"beam_size": 5, "best_of": 5, "temperature": (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)}
    return [str(model.transcribe(_samples(each), fp16=False, **how)["text"]) for each in sounds]


def _samples(sound: Path) -> Any:
    with wave.open(str(sound)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    return samples.astype(np.float32) / 32768


def _look(sound: Path) -> str:
    """Hear the first half minute as a microphone's; return what it cost, in a sentence."""
    engine = _engine()
    engine.fleeting = True
    from edu.common.along import Along

    with wave.open(str(sound)) as file:
        samples = file.readframes(30 * RATE)
    along, spent = Along(RATE), []
    for at in range(0, len(samples), RATE // 2):
        along.add(samples[at : at + RATE // 2])
        if along.ready:
            wav, seconds = along.window()
            begun = time.process_time()
            heard = engine.hear(wav, along.language)
            spent.append(time.process_time() - begun)
            along.took([(e.end, e.text) for e in heard.segments], heard.language, seconds)
    return (
        f"While somebody speaks: {len(spent)} looks in 30 s, each {np.median(spent):.2f} processor "
        f"seconds; at the end it says: {along.text}"
    )


def _weights() -> Path:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "edu.settings")
    import django

    django.setup()
    from edu.inference.base import HEAR
    from edu.inference.base.files import model_file

    return model_file(HEAR, "model.bin")


def _sound(place: Path, name: str, seconds: int) -> tuple[str, float]:
    """Write one sound; return what is said in it, and how long it is."""
    language = name.partition(",")[0]
    said: list[str] = []
    pieces: list[Any] = []
    for sentence in _sentences(language):
        if sum(map(len, pieces)) >= seconds * RATE:
            break
        said.append(sentence)
        pieces += [_spoken(sentence, language), np.zeros(RATE // 3)]
    if "silence" in name:
        pieces.insert(len(pieces) // 2, np.zeros(60 * RATE))
    sound = np.concatenate(pieces)
    if "noise" in name:
        loud = np.sqrt((sound**2).mean())
        sound = sound + np.random.default_rng(7).normal(0, loud / 10**0.5, len(sound))
    with wave.open(str(place), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.clip(sound, -32768, 32767).astype("<i2").tobytes())
    return " ".join(said), len(sound) / RATE


def _sentences(language: str) -> list[str]:
    articles = json.loads((DATA / "xquad" / f"xquad.{language}.json").read_text())["data"]
    texts = [part["context"] for article in articles for part in article["paragraphs"]]
    found = [each for text in texts for each in re.split(r"(?<=[.!?])\s+", text)]
    plain = re.compile(r"[A-ZÄÖÜ][^\d()\[\]\"„“%$€/]{40,160}\.\Z")
    return [each for each in found if plain.match(each)]


def _spoken(text: str, language: str) -> Any:
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        program, *how = VOICES[language]
        rest = ["-t", text, "-o", file.name] if program == "flite" else ["-w", file.name, text]
        subprocess.run([program, *how, *rest], check=True, capture_output=True)
        with wave.open(file.name) as wav:
            rate = wav.getframerate()
            samples = np.frombuffer(wav.readframes(wav.getnframes()), "<i2").astype(np.float64)
    places = np.arange(int(len(samples) * RATE / rate)) * (rate / RATE)
    return np.interp(places, np.arange(len(samples)), samples)


def _wrong(said: str, heard: str) -> float:
    """Return the word error rate: words put in, left out or changed, of those that were said."""
    one, two = (re.findall(r"\w+", each.casefold()) for each in (said, heard))
    row = list(range(len(two) + 1))
    for at, word in enumerate(one, 1):
        before, row[0] = row[0], at
        for to, other in enumerate(two, 1):
            before, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, before + (word != other))
    return row[-1] / max(1, len(one))


if __name__ == "__main__":
    main()
