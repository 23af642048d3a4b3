"""The way out: what leaves for a server elsewhere is written down, and personal data stays here.

Pictures and sound leave as they are: no rule for texts takes a name out of them. Speech of a text with
personal data in it is made here instead, since nothing can be put back into a sound.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from edu.common.voices import Voice
from edu.inference.base import CHAT, EMBED, HEAR, READ, RERANK, SPEAK, Backend, Body
from edu.inference.base.personal import Veil
from edu.inference.base.protocol import CHOICES, chunk_body, text_of
from edu.inference.data import PictureText, Speech, Transcript
from edu.inference.logic import acquainted, behalf
from edu.inference.logic.ledger import Entry, written

NOTE = (
    "Words in square brackets such as [NAME_1] stand for something that you are not told. Use them as "
    "they are, without translating them."
)
BESIDE = ("stop", "response_format", CHOICES)  # of a body, what may repeat words of its messages


class Outward(Backend):
    """A door to a server elsewhere, through which nothing goes unrecorded. `aloud` gives the door to our
    own speech."""

    name = "outward"
    kinds = frozenset((CHAT, EMBED, RERANK, HEAR, SPEAK, READ))
    local = False

    def __init__(self, inner: Any, kind: str, aloud: Callable[[], Backend]) -> None:
        super().__init__()
        self._inner, self._kind, self._aloud = inner, kind, aloud

    @property
    def model(self) -> str:
        """The name that is set for it."""
        return str(self._inner.model)

    @property
    def url(self) -> str:
        """Where it is."""
        return str(self._inner.url)

    own = False

    def health(self) -> Body:
        """Return what the server says of itself: asked without a word of anybody."""
        return dict(self._inner.health())

    def told_voices(self) -> list[Voice] | None:
        """Return what the server says that it has: asked without a word of anybody."""
        found: list[Voice] | None = self._inner.told_voices()
        return found

    def complete(self, body: Body) -> Body:
        """Ask, with placeholders for personal data, and put back what they stand for."""
        veil = self._veil()
        body = _veiled(body, self.matter, veil)
        with written(self._inner, self._kind, _size(body), veil.counts, _carried(body)) as entry:
            answer = self._inner.complete(body)
            entry.answered()
        return _restored(answer, veil, quoted="response_format" in body)

    def stream(self, body: Body) -> Iterator[Body]:
        """The same by pieces. A placeholder that is cut in two waits for its other half."""
        veil = self._veil()
        body = _veiled(body, self.matter, veil)
        with written(self._inner, self._kind, _size(body), veil.counts, _carried(body)) as entry:
            yield from _mended(_told(self._inner.stream(body), entry), veil)

    def embed(self, texts: list[str], purpose: str) -> list[list[float]]:
        """Return the vectors of the texts with placeholders in them. Passages are teaching matter; what
        somebody looks for is their own words."""
        veil = self._veil()
        if purpose == "query":
            texts = [veil.words(each) for each in texts]
        else:
            texts = [veil.matter(each) for each in texts]
        with written(self._inner, self._kind, _size(texts), veil.counts) as entry:
            rows: list[list[float]] = self._inner.embed(texts, purpose)
            entry.answered()
        return rows

    def rerank(self, query: str, texts: list[str]) -> list[float]:
        """Weigh the texts, which are teaching matter, with placeholders in them and in the query."""
        veil = self._veil()
        query, texts = veil.words(query, texts), [veil.matter(each) for each in texts]
        with written(self._inner, self._kind, _size([query, *texts]), veil.counts) as entry:
            scores: list[float] = self._inner.rerank(query, texts)
            entry.answered()
        return scores

    def hear(self, sound: bytes, language: str) -> Transcript:
        """Send the sound."""
        with written(self._inner, self._kind, len(sound), {}, "sound") as entry:
            heard: Transcript = self._inner.hear(sound, language)
            entry.answered()
        return heard

    def speak(self, text: str, voice: str, speed: float, language: str) -> Speech:
        """Have the text spoken: elsewhere only when nothing in it is personal."""
        veil = self._veil()
        veil.matter(text)
        if veil.counts:
            return self._aloud().speak(text, voice, speed, language)
        with written(self._inner, self._kind, _size(text), {}) as entry:
            spoken: Speech = self._inner.speak(text, voice, speed, language)
            entry.answered()
        return spoken

    def read(self, picture: bytes, languages: list[str]) -> PictureText:
        """Send the picture."""
        with written(self._inner, self._kind, len(picture), {}, "picture") as entry:
            found: PictureText = self._inner.read(picture, languages)
            entry.answered()
        return found

    def _veil(self) -> Veil:
        veil = Veil(acquainted.names(behalf.current()))
        veil.learn(self.matter)
        return veil


def _veiled(body: Body, matter: Sequence[str], veil: Veil) -> Body:
    """Return a body for the way out. What was found in its messages may also stand beside them."""
    messages = body.get("messages") or []
    veil.learn([text_of(each) for each in messages if each.get("role") == "system"])
    veil.avoid([text_of(each) for each in messages])
    out = [each | {"content": _content(each, matter, veil)} for each in messages]
    body = body | {"messages": out}
    if not veil.counts:
        return body
    beside = {name: veil.again(body[name]) for name in BESIDE if name in body}
    return body | beside | {"messages": _noted(out)}


def _noted(messages: list[Body]) -> list[Body]:
    """Say what the placeholders are, at the end of what we say ourselves: some servers take one system
    message, and it first."""
    for at, each in enumerate(messages):
        if each.get("role") == "system" and isinstance(each.get("content"), str):
            told = each | {"content": f"{each['content']} {NOTE}"}
            return [*messages[:at], told, *messages[at + 1 :]]
    return [{"role": "system", "content": NOTE}, *messages]


def _content(message: Body, matter: Sequence[str], veil: Veil) -> Any:
    content = message.get("content")
    if isinstance(content, str):
        ours = message.get("role") == "system"
        return veil.matter(content) if ours else veil.words(content, matter)
    if not isinstance(content, list):
        return content
    return [
        part | {"text": veil.words(str(part.get("text", "")), matter)}
        if isinstance(part, dict) and part.get("type") == "text"
        else part
        for part in content
    ]


def _size(value: Any) -> int:
    return len(json.dumps(value))


def _carried(body: Body) -> str:
    some = any(isinstance(each.get("content"), list) for each in body.get("messages") or [])
    return "picture" if some else "text"


def _restored(answer: Body, veil: Veil, quoted: bool) -> Body:
    if not veil.counts:
        return answer
    for choice in answer.get("choices") or []:
        message = choice.get("message") if isinstance(choice, dict) else None
        if isinstance(message, dict) and isinstance(message.get("content"), str):
            message["content"] = veil.restore(message["content"], quoted=quoted)
    return answer


def _told(chunks: Iterator[Body], entry: Entry) -> Iterator[Body]:
    """Pass on the chunks and say how it ended."""
    try:
        yield from chunks
    except GeneratorExit:
        entry.stopped()
        raise
    entry.answered()


def _mended(chunks: Iterator[Body], veil: Veil) -> Iterator[Body]:
    if not veil.counts:
        yield from chunks
        return
    mender = veil.mender()
    for chunk in chunks:
        for choice in chunk.get("choices") or []:
            delta = choice.get("delta") or {}
            if isinstance(delta.get("content"), str):
                delta["content"] = mender.feed(delta["content"])
        yield chunk
    if rest := mender.flush():
        yield chunk_body(rest, "")
