"""Sound in words: heard window by window, so that progress is real and nothing is heard twice."""

import io
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from edu.inference import api as inference
from edu.inference.data import Segment, Transcript
from edu.inference.data import Unreadable as NoSound
from edu.multimodal.data import Block, Document, Sound
from edu.multimodal.logic import pieces
from edu.multimodal.logic.jobs import Watch
from edu.multimodal.logic.seconds import Times

WINDOW = 60.0  # seconds that are heard at a time
SLACK = 15.0  # a window may end this much earlier, where it is quietest
FRAME = 0.1  # seconds over which loudness is taken
SPELL = ("start", "end", "times")
Tell = Callable[[float, float], None]
Heard = list[dict[str, Any]]  # start, end, text, and times of the words in it, as in seconds.py


def hear(
    watch: Watch, sounds: list[Sound], folder: Path, language: str, tell: Tell
) -> tuple[Heard, str]:
    """Return (segments, language) of all sounds, one after the other. `tell` is told how many of how
    many seconds were heard. Raises ModelUnavailable: what was heard so far is kept."""
    known = pieces.kept(watch.id, "sound")
    total = sum(sound.seconds for sound in sounds)
    segments: Heard = []
    number, passed = 0, 0.0
    for sound in sounds:
        for start, end in watch.call(windows, folder / sound.path):
            if number not in known:
                tell(passed + start, total)
                known[number] = watch.call(_hear, folder / sound.path, start, end, language)
                pieces.keep(watch, "sound", number, known[number])
            found = known[number]
            language = language or (found["language"] if found["segments"] else "")
            segments += [_moved(each, passed + start) for each in found["segments"]]
            number += 1
        passed += sound.seconds
    return segments, language


def _moved(segment: dict[str, Any], by: float) -> dict[str, Any]:
    """Return a segment of a window as one of the whole; a window heard long ago has no `times`."""
    return {
        "start": round(by + segment["start"], 2),
        "end": round(by + segment["end"], 2),
        "text": segment["text"],
        "times": [
            [sign, round(by + start, 2), round(by + end, 2)]
            for sign, start, end in segment.get("times", ())
        ],
    }


def word_times(segment: Segment) -> Times:
    """Return when each word of a segment is said; [] where the model does not tell it of most."""
    found: Times = []
    text, at = segment.text.strip(), 0
    now = segment.start
    for word in segment.words:
        sign = text.find(word.text, at) if word.text else -1
        if sign < 0:
            continue
        start = min(max(now, word.start), segment.end)
        end = min(max(start, word.end), max(start, segment.end))
        found.append([sign if found else 0, round(start, 2), round(end, 2)])
        at, now = sign + len(word.text), start
    return found if 2 * len(found) >= len(text.split()) else []


def plain(segments: Heard) -> Heard:
    """Return segments without the times of their words, as people are shown them."""
    return [{name: each[name] for name in ("start", "end", "text")} for each in segments]


def windows(path: Path) -> list[tuple[float, float]]:
    """Return (start, end) in seconds of the windows of a WAV file; each but the last ends where it is
    quietest, so that no word is cut in two."""
    with wave.open(str(path), "rb") as file:
        rate, frames = file.getframerate(), file.getnframes()
        step = max(1, int(rate * FRAME))
        loud = []
        while True:
            part = np.frombuffer(file.readframes(step * 600), dtype=np.int16).astype(np.float32)
            if not part.size:
                break
            whole = part[: part.size // step * step].reshape(-1, step)
            loud.append(np.sqrt((whole**2).mean(axis=1)))
    loudness = np.concatenate(loud) if loud else np.zeros(0, np.float32)
    total = frames / rate
    found, at = [], 0.0
    while total - at > WINDOW:
        first, last = int((at + WINDOW - SLACK) / FRAME), int((at + WINDOW) / FRAME)
        stretch = loudness[first:last]
        # The quietest place, and of equals the latest: longer windows are understood better.
        cut = first + (len(stretch) - 1 - int(np.argmin(stretch[::-1]))) if len(stretch) else last
        end = round((cut + 0.5) * FRAME, 2)
        found.append((at, end))
        at = end
    if total > at:
        found.append((at, total))
    return found


def cut(path: Path, start: float, end: float) -> bytes:
    """Return a stretch of a WAV file as a WAV file of its own."""
    with wave.open(str(path), "rb") as file:
        rate = file.getframerate()
        if start <= 0 and end >= file.getnframes() / rate:
            return path.read_bytes()
        file.setpos(min(file.getnframes(), int(start * rate)))
        sound = file.readframes(int((end - start) * rate))
        out = io.BytesIO()
        with wave.open(out, "wb") as target:
            target.setnchannels(file.getnchannels())
            target.setsampwidth(file.getsampwidth())
            target.setframerate(rate)
            target.writeframes(sound)
    return out.getvalue()


def _hear(path: Path, start: float, end: float, language: str) -> dict[str, Any]:
    try:
        found = inference.transcribe(sound=cut(path, start, end), language=language, patient=True)
    except NoSound:
        found = Transcript("", "", end - start, [])
    return {
        "language": found.language,
        "segments": [
            {
                "start": max(0.0, each.start),
                "end": min(end - start, max(each.start, each.end)),
                "text": each.text.strip(),
                "times": word_times(each),
            }
            for each in found.segments
            if each.text.strip()
        ],
    }


def with_words(document: Document, segments: Heard) -> Document:
    """Return `document` with what was said as blocks, each with its seconds."""
    said = [
        Block("text", each["text"], {"kind": "time"} | {name: each[name] for name in SPELL})
        for each in segments
    ]
    return Document(
        title=document.title,
        blocks=[*document.blocks, *said],
        pages=document.pages,
        seconds=document.seconds,
    )
