"""A deterministic stand-in for every kind of model: `EDU_MODEL_URL=echo`, and the like.

It hears, reads and sees what a test hid in the file as a comment beginning with `say: `:
- sound: the ICMT comment of a WAV (what its own `speak` writes), or such comments among its samples, or
  one anywhere in another container; no comment is silence
- pictures: PNG text chunk `say`, or a JPEG comment
Vectors are hashed bags of words: texts that share words are near. Chat gives what `enqueue` put
there, then by rule: the first of the allowed choices, the least JSON that fits the schema, else the
last user message. `history` holds every request of this process.
"""

import base64
import hashlib
import io
import json
import math
import os
import re
import time
from collections import deque
from collections.abc import Iterator
from typing import Any

import numpy as np

from edu.common.voices import Voice
from edu.inference.base import CHAT, EMBED, HEAR, READ, RERANK, SPEAK, WIDTH, Backend, Body, Stopped
from edu.inference.base.protocol import CHOICES, answer_body, chunk_body, text_of
from edu.inference.base.sound import NO_SOUND, Pcm, make_wav, read_wav
from edu.inference.data import (
    Line,
    PictureText,
    Segment,
    Speech,
    Transcript,
    Unreadable,
    Word,
)

MARK = "say: "
SECONDS_A_WORD = 0.3
PAUSE = float(os.environ.get("EDU_ECHO_PAUSE", "0"))  # seconds between two streamed words
RATE = 8000

history: list[Body] = []
"""Every chat request in order, as bodies of the OpenAI protocol."""

_queue: deque[tuple[str, dict[str, float] | None] | Exception] = deque()


def enqueue(*answers: Any, first: dict[str, float] | None = None) -> None:
    """Have the next chats answer with these, in order: a text, a JSON value, or an error to raise.
    `first` gives the probabilities of the choices for them."""
    for each in answers:
        if isinstance(each, Exception):
            _queue.append(each)
        else:
            _queue.append((each if isinstance(each, str) else json.dumps(each), first))


def clear() -> None:
    """Forget what was enqueued and what was asked."""
    _queue.clear()
    history.clear()


class Echo(Backend):
    """See the module."""

    name = "echo"
    kinds = frozenset((CHAT, EMBED, RERANK, HEAR, SPEAK, READ))
    local = False

    def __init__(self, called: str = "") -> None:
        super().__init__()
        self.called = called

    @property
    def model(self) -> str:
        """Its name; under another one its vectors are not to be compared with its own."""
        return self.called or self.name

    def complete(self, body: Body) -> Body:
        """Answer at once."""
        text, first = _answer(body)
        return answer_body(text, self.name, logprobs=_logprobs(first) if first else None)

    def stream(self, body: Body) -> Iterator[Body]:
        """Answer word by word."""
        text, _ = _answer(body)
        for word in re.findall(r"\S+\s*|\s+", text):
            if self.stopped():
                raise Stopped
            yield chunk_body(word, self.name)
            time.sleep(PAUSE)
        yield chunk_body("", self.name, "stop")

    def embed(self, texts: list[str], purpose: str) -> list[list[float]]:
        """Return hashed bags of words and, lighter, of their beginnings (plurals stay near)."""
        made = [_vector(text) for text in texts]
        return [row[::-1] for row in made] if self.called else made

    def rerank(self, query: str, texts: list[str]) -> list[float]:
        """Return how many of the words of the query stand in each text, for each word of the text."""
        asked = set(query.casefold().split())
        said = [text.casefold().split() for text in texts]
        return [sum(word in asked for word in words) / max(1, len(words)) for words in said]

    def hear(self, sound: bytes, language: str) -> Transcript:
        """Return the comment hidden in the sound, its words spread evenly over the seconds."""
        said, seconds = _hidden_in_sound(sound)
        words = said.split()
        seconds = seconds or len(words) * SECONDS_A_WORD
        each = seconds / len(words) if words else 0.0
        spread = [Word(word, i * each, (i + 1) * each) for i, word in enumerate(words)]
        segments, start = [], 0
        for end in range(1, len(words) + 1):
            if end == len(words) or re.search(r"[.!?]$", words[end - 1]):
                part = spread[start:end]
                text = " ".join(words[start:end])
                segments.append(Segment(part[0].start, part[-1].end, text, part))
                start = end
        return Transcript(" ".join(words), language or "en", seconds, segments, self.name)

    def told_voices(self) -> list[Voice]:
        """Two, one of them with the name of a real one."""
        return [Voice("slt", "en", "slt"), Voice("de", "de", "German")]

    def speak(self, text: str, voice: str, speed: float, language: str) -> Speech:
        """Return a soft hum as long as the words, with the words as its comment."""
        count = max(1, int(RATE * SECONDS_A_WORD * len(text.split()) / speed))
        hum = (900 * np.sin(np.arange(count) * (2 * math.pi * 220 / RATE))).astype(np.int16)
        wav = make_wav(Pcm(hum, RATE, MARK + text))
        return Speech(wav, count / RATE, voice or self.name)

    def read(self, picture: bytes, languages: list[str]) -> PictureText:
        """Return the lines hidden in the picture, spread evenly from top to bottom."""
        said, _ = _hidden_in_picture(picture)
        texts = [line for line in said.splitlines() if line.strip()]
        high = 1 / max(1, len(texts))
        lines = [Line(t, [0.0, i * high, 1.0, (i + 1) * high], 1.0) for i, t in enumerate(texts)]
        return PictureText(lines, 0, self.name)


def _answer(body: Body) -> tuple[str, dict[str, float] | None]:
    history.append(body)
    choices = body.get(CHOICES)
    if _queue:
        given = _queue.popleft()
        if isinstance(given, Exception):
            raise given
        text, first = given
        if choices and first is None and text in choices:
            first = {each: 0.9 if each == text else 0.1 / len(choices) for each in choices}
        return text, first
    if choices:
        rest = 0.1 / max(1, len(choices) - 1)
        return choices[0], {each: rest if i else 0.9 for i, each in enumerate(choices)}
    words = _last_words(body)
    schema = ((body.get("response_format") or {}).get("json_schema") or {}).get("schema")
    if schema is not None:
        return json.dumps(_instance(schema, words.split() or ["echo"])), None
    most = int(body.get("max_tokens") or 256)
    return " ".join(words.split(" ")[:most]), None


def _last_words(body: Body) -> str:
    for message in reversed(body.get("messages") or []):
        if message.get("role") == "user":
            seen = [_describe(url) for url in _picture_urls(message)]
            return "\n".join(part for part in [*seen, text_of(message)] if part)
    return ""


def _picture_urls(message: Body) -> list[str]:
    content = message.get("content")
    parts = content if isinstance(content, list) else []
    return [part["image_url"]["url"] for part in parts if part.get("type") == "image_url"]


def _describe(url: str) -> str:
    said, size = _hidden_in_picture(base64.b64decode(url.partition(",")[2]))
    seen = f"A picture of {size[0]} by {size[1]} pixels."
    return f'{seen} It says: "{said}".' if said else seen


def _instance(schema: dict[str, Any], words: list[str]) -> Any:
    """Return the least value that fits the usual parts of JSON schema."""
    if "const" in schema:
        return schema["const"]
    if schema.get("enum"):
        return schema["enum"][0]
    for union in ("anyOf", "oneOf"):
        if schema.get(union):
            return _instance(schema[union][0], words)
    kind = schema.get("type", "object" if "properties" in schema else "string")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        fields = schema.get("properties") or {}
        return {name: _instance(each, words) for name, each in fields.items()}
    if kind == "array":
        count = max(1, int(schema.get("minItems", 1)))
        numbered = [[*words[:6], str(i + 1)] for i in range(count)]
        return [_instance(schema.get("items") or {}, each) for each in numbered]
    if kind in ("integer", "number"):
        return schema.get("minimum", 0)
    if kind in ("boolean", "null"):
        return True if kind == "boolean" else None
    return " ".join(words[:12])[: schema.get("maxLength", 200)]


def _logprobs(first: dict[str, float]) -> Body:
    tops = [
        {"token": t, "logprob": math.log(max(p, 1e-9)), "bytes": None} for t, p in first.items()
    ]
    best = max(tops, key=lambda each: float(each["logprob"] or 0.0))
    return {"content": [{**best, "top_logprobs": tops}]}


_DULL = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be by for from has have how in is it its of on or that the this to was "
        "were what when where which who why will with does do did can",
    )
)


def _vector(text: str) -> list[float]:
    row = np.zeros(WIDTH)
    for word in re.findall(r"\w+", text.casefold()):
        weight = 0.05 if word in _DULL else 1.0
        for piece, share in ((word, weight), (word[:5], 0.6 * weight)):
            digest = hashlib.blake2b(piece.encode(), digest_size=8).digest()
            place = int.from_bytes(digest[:4], "little") % WIDTH
            row[place] += share if digest[4] & 1 else -share
    length = float(np.linalg.norm(row))
    if length == 0.0:
        row[0] = length = 1.0
    return [float(number) for number in row / length]


_CONTAINERS = (b"OggS", b"fLaC", b"\x1aE\xdf\xa3", b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf1")


def _hidden_in_sound(sound: bytes) -> tuple[str, float]:
    if sound[:4] == b"RIFF":
        pcm = read_wav(sound)
        if pcm.comment.startswith(MARK):
            return pcm.comment.removeprefix(MARK), pcm.seconds
        return " ".join(_marked(pcm.samples.tobytes())), pcm.seconds
    if not sound.startswith(_CONTAINERS) and sound[4:8] != b"ftyp":
        raise Unreadable(NO_SOUND)
    return next(iter(_marked(sound)), ""), 0.0


def _marked(sound: bytes) -> list[str]:
    """Return what stands after each mark, up to the next sign that is none."""
    found = re.findall(re.escape(MARK.encode()) + rb"([^\x00-\x08\x0b-\x1f]{1,4000})", sound)
    return [each.decode(errors="ignore").strip() for each in found]


def _hidden_in_picture(picture: bytes) -> tuple[str, tuple[int, int]]:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(picture)) as file:
            file.load()
            said = file.info.get("say") or file.info.get("comment") or ""
            size = file.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Unreadable from error
    text = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
    return text.removeprefix(MARK), size
