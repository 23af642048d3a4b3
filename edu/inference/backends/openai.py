"""THE client: our own inference process and any other server of the OpenAI protocol alike.

Servers differ in which optional fields of a chat request they take. A refusal (400, 422) that names
one of them is answered by leaving it out, once per server and field, for as long as the process
lives.
"""

import json
import math
import os
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import httpx
import numpy as np

from edu.common.text import gettext_noop as _
from edu.common.voices import Voice
from edu.inference.base import CHAT, EMBED, HEAR, READ, RERANK, SPEAK, WIDTH, Backend, Body
from edu.inference.base.protocol import (
    CHOICES,
    FLEETING,
    PATIENT,
    STRANGE,
    chat_body,
    chunk_body,
    reply_of,
    sound_name,
    transcript_of,
)
from edu.inference.base.sound import as_wav, make_wav
from edu.inference.data import (
    CannotSpeak,
    Line,
    Message,
    ModelUnavailable,
    PictureText,
    Speech,
    Transcript,
    Unreadable,
)

# Seconds to wait for the next bytes of an answer. A whole recording is heard in one call.
PATIENCE = {CHAT: 300.0, EMBED: 120.0, RERANK: 10.0, HEAR: 3600.0, SPEAK: 180.0, READ: 300.0}
OPTIONAL = (CHOICES, "top_logprobs", "logprobs", "temperature", "stop", "response_format",
            "timestamp_granularities[]", "dimensions", "encoding_format")  # fmt: skip
DOWN = _("The %(kind)s model does not answer: %(why)s. Try again in a moment.")
REFUSED = _("The %(kind)s model does not take this: %(why)s.")
TRANSCRIBE = (
    "Write down all text in this picture exactly as it stands, line by line in reading order, and "
    "nothing else. If there is no text, answer with the single word NONE."
)

_clients: dict[tuple[int, str, str], httpx.Client] = {}
_refused: set[tuple[str, str]] = set()
_without_reading: dict[str, float] = {}
_lock = threading.Lock()


class OpenAI(Backend):
    """A door to the server at `url` (which ends in /v1). `own` marks our own inference process."""

    name = "openai"
    kinds = frozenset((CHAT, EMBED, RERANK, HEAR, SPEAK, READ))
    local = False

    def __init__(self, url: str = "", key: str = "", model: str = "", own: bool = False) -> None:
        super().__init__()
        self.url, self.key, self._model, self.own = url, key, model, own
        self.sent = self.received = 0  # bytes of bodies, with those of requests that are repeated

    @property
    def model(self) -> str:
        """The configured name, or `default`."""
        return self._model or "default"

    # --- chat -----------------------------------------------------------------------------------
    def complete(self, body: Body) -> Body:
        """POST chat/completions."""
        return self._json(CHAT, "chat/completions", {**body, "model": self.model})

    def stream(self, body: Body) -> Iterator[Body]:
        """POST chat/completions with `stream`, and yield its chunks."""
        body = {**body, "model": self.model, "stream": True}
        with self._open(CHAT, "chat/completions", body) as answer:
            ended = False
            try:
                if "text/event-stream" not in answer.headers.get("content-type", ""):
                    whole = reply_of(json.loads(answer.read()), self.model, None)
                    yield chunk_body(whole.text, whole.model)
                    return
                for line in answer.iter_lines():
                    data = line.removeprefix("data:").strip() if line.startswith("data:") else ""
                    if data == "[DONE]":
                        return
                    if not data:
                        continue
                    chunk = json.loads(data)
                    if chunk.get("error"):
                        raise self._down(CHAT, str(chunk["error"])[:200])
                    if any(each.get("finish_reason") for each in chunk.get("choices") or []):
                        ended = True
                    yield chunk
            except (httpx.HTTPError, *STRANGE) as error:
                raise self._down(CHAT, "it broke off in the middle") from error
            if not ended:
                raise self._down(CHAT, "it broke off in the middle")

    # --- embed ----------------------------------------------------------------------------------
    def embed(self, texts: list[str], purpose: str) -> list[list[float]]:
        """POST embeddings; vectors of another width are brought to WIDTH, cosines kept."""
        body: Body = {"model": self.model, "input": texts, "encoding_format": "float"}
        body |= {"purpose": purpose} if self.own else {"dimensions": WIDTH}
        answer = self._json(EMBED, "embeddings", body)
        try:
            rows = sorted(answer["data"], key=lambda each: int(each.get("index", 0)))
            table = np.array([row["embedding"] for row in rows], dtype=np.float64)
            fits = table.ndim == 2 and table.shape[0] == len(texts) and table.shape[1] > 0
            if not fits or not np.isfinite(table).all():
                raise ValueError("not one vector for each text")
        except STRANGE as error:
            raise self._down(EMBED, "its answer is not in the protocol") from error
        return [[float(number) for number in row] for row in _fit(table)]

    def rerank(self, query: str, texts: list[str]) -> list[float]:
        """POST rerank, as Jina, Cohere, vLLM and llama.cpp spell it; those that are left out are last."""
        body: Body = {"model": self.model, "query": query, "documents": texts, "top_n": len(texts)}
        answer = self._json(RERANK, "rerank", body)
        try:
            found = {int(row["index"]): float(row["relevance_score"]) for row in answer["results"]}
            if not found or not all(math.isfinite(score) for score in found.values()):
                raise ValueError("no scores")
        except STRANGE as error:
            raise self._down(RERANK, "its answer is not in the protocol") from error
        worst = min(found.values()) - 1.0
        return [found.get(at, worst) for at in range(len(texts))]

    # --- hear, speak, read ----------------------------------------------------------------------
    def hear(self, sound: bytes, language: str) -> Transcript:
        """POST audio/transcriptions."""
        form: dict[str, Any] = {
            "model": self.model,
            "response_format": "verbose_json",
            "timestamp_granularities[]": ["segment", "word"],
        }
        if language:
            form["language"] = language
        files = {"file": (sound_name(sound), sound, "application/octet-stream")}
        answer = self._json(HEAR, "audio/transcriptions", form, files)
        try:
            return transcript_of(answer, self.model)
        except STRANGE as error:
            raise self._down(HEAR, "its answer is not in the protocol") from error

    def speak(self, text: str, voice: str, speed: float, language: str) -> Speech:
        """POST audio/speech."""
        body: Body = {"model": self.model, "input": text, "response_format": "wav", "speed": speed}
        body["voice"] = voice or ("" if self.own else "alloy")
        if self.own:
            body["language"] = language
        with self._open(SPEAK, "audio/speech", body) as answer:
            try:
                wav = answer.read()
                pcm = as_wav(wav)
            except (httpx.HTTPError, Unreadable) as error:
                raise self._down(SPEAK, "it did not send a sound") from error
            said_by = answer.headers.get("x-voice") or voice or self.model
        return Speech(make_wav(pcm), pcm.seconds, said_by)

    def told_voices(self) -> list[Voice] | None:
        """GET audio/voices: ours, and servers that have taken the path over; others cannot say."""
        try:
            answer = self._client().get(
                f"{self.url}/audio/voices", timeout=httpx.Timeout(5.0, connect=2.0)
            )
            answer.raise_for_status()
            value = answer.json()
            rows = value["voices"] if isinstance(value, dict) else value
            return [_voice(row) for row in rows] or None
        except (httpx.HTTPError, httpx.InvalidURL, *STRANGE):
            return None

    def read(self, picture: bytes, languages: list[str]) -> PictureText:
        """POST our own path; a server that has no such path is asked as a chat model that sees."""
        if time.monotonic() - _without_reading.get(self.url, -1e9) < 600:
            return self._read_by_sight(picture)
        form = {"model": self.model, "languages": ",".join(languages)}
        files = {"file": ("picture", picture, "application/octet-stream")}
        try:
            answer = self._json(READ, "pictures/text", form, files)
            lines = [
                Line(str(each["text"]), [float(n) for n in each["box"]], float(each["confidence"]))
                for each in answer["lines"]
            ]
            return PictureText(lines, int(answer.get("rotation", 0)), str(answer.get("engine", "")))
        except _NoSuchPath:
            _without_reading[self.url] = time.monotonic()
            return self._read_by_sight(picture)
        except STRANGE as error:
            raise self._down(READ, "its answer is not in the protocol") from error

    def _read_by_sight(self, picture: bytes) -> PictureText:
        body = chat_body(
            messages=[Message("user", TRANSCRIBE, [picture])],
            model=self.model,
            max_tokens=2000,
            temperature=0.0,
        )
        try:
            said = reply_of(self.complete(body), self.model, None)
        except STRANGE as error:
            raise self._down(READ, "its answer is not in the protocol") from error
        texts = [line.strip() for line in said.text.splitlines() if line.strip()]
        if [text.strip(".").upper() for text in texts] == ["NONE"]:
            texts = []
        # Such a model does not say where a line stands: the box is the whole picture.
        return PictureText([Line(t, [0.0, 0.0, 1.0, 1.0], 0.8) for t in texts], 0, said.model)

    # --- HTTP -----------------------------------------------------------------------------------
    def health(self, seconds: float = 2.0) -> Body:
        """Return what the server says of itself: our own GET /health, others GET models."""
        try:
            path = self.url.removesuffix("/v1") + "/health" if self.own else self.url + "/models"
            answer = self._client().get(path, timeout=seconds)
            if answer.status_code >= 400:
                return {"error": f"HTTP {answer.status_code}"}
            return dict(answer.json())
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, TypeError) as error:
            return {"error": type(error).__name__}

    def _client(self) -> httpx.Client:
        at = (
            os.getpid(),
            self.url,
            self.key,
        )  # a forked worker must not share its parent's sockets
        with _lock:
            if at not in _clients:
                _clients[at] = httpx.Client(
                    headers={"Authorization": f"Bearer {self.key}"} if self.key else {},
                    limits=httpx.Limits(max_connections=None, keepalive_expiry=3.0),
                    trust_env=not self.own,  # a proxy does not lead to our own process
                )
            return _clients[at]

    def _json(self, kind: str, path: str, body: Body, files: Any = None) -> Body:
        with self._open(kind, path, body, files) as answer:
            try:
                value = json.loads(answer.read())
            except (httpx.HTTPError, ValueError) as error:
                raise self._down(kind, "its answer is not in the protocol") from error
        if not isinstance(value, dict):
            raise self._down(kind, "its answer is not in the protocol")
        return value

    def _open(self, kind: str, path: str, body: Body, files: Any = None) -> "_Answer":
        """Send a request and return its answer, whose status is good; leave out what is refused."""
        for _attempt in range(len(OPTIONAL) + 2):
            sent = {name: body[name] for name in body if (self.url, name) not in _refused}
            if "max_tokens" in sent and (self.url, "max_tokens->") in _refused:
                sent["max_completion_tokens"] = sent.pop("max_tokens")
            answer = self._send(kind, path, sent, files)
            if answer.status_code < 400:
                return _Answer(answer, self)
            with _Answer(answer, self):
                said = _error_text(answer)
            if answer.status_code in (400, 422) and self._give_up_one(sent, said):
                continue
            raise self._error(kind, answer, said)
        raise self._down(kind, "it refuses every request")

    def _send(self, kind: str, path: str, body: Body, files: Any) -> httpx.Response:
        limits = httpx.Timeout(PATIENCE[kind], connect=5.0)
        sent: dict[str, Any] = {"data": body, "files": files} if files else {"json": body}
        wishes = {PATIENT: self.patient, FLEETING: self.fleeting}
        sent["headers"] = {name: "1" for name, wished in wishes.items() if wished}
        client = self._client()
        for last in (False, True):
            try:
                request = client.build_request("POST", f"{self.url}/{path}", timeout=limits, **sent)
                self.sent += int(request.headers.get("content-length", 0))
                return client.send(request, stream=True)
            except (httpx.ConnectError, httpx.RemoteProtocolError) as error:
                # Refused, or a kept connection that the other side has closed: it may be restarting.
                # A file that made it fall is not sent twice.
                if last or (files and not isinstance(error, httpx.ConnectError)):
                    raise self._down(kind, "it cannot be reached") from error
                time.sleep(0.5)
            except httpx.TimeoutException as error:
                raise self._down(kind, "it takes too long") from error
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise self._down(kind, "it cannot be reached") from error
        raise self._down(kind, "it cannot be reached")

    def _give_up_one(self, body: Body, said: str) -> bool:
        if "max_tokens" in body and "max_completion_tokens" in said:
            _refused.add((self.url, "max_tokens->"))
            return True
        if self.own:
            return False  # ours refuses only what is wrong
        for name in OPTIONAL:
            if name in body and name.removesuffix("[]") in said:
                _refused.add((self.url, name))
                return True
        return False

    def _error(self, kind: str, answer: httpx.Response, said: str) -> Exception:
        status = answer.status_code
        if kind == READ and status in (404, 405, 501) and not self.own:
            return _NoSuchPath()
        if kind in (HEAR, READ) and status in (400, 413, 415, 422):
            return Unreadable(said.replace("%", "%%") if self.own and said else "")
        if kind == SPEAK and status == 422 and self.own:
            return CannotSpeak(said.replace("%", "%%"))
        if status in (401, 403):
            return self._down(kind, "it refuses the key that is set")
        if status == 404:
            return self._down(kind, "it has no such path or model")
        if status in (400, 422):
            return ModelUnavailable(
                REFUSED, kind=kind, why=said[:200].rstrip(".") or f"HTTP {status}"
            )
        wait = answer.headers.get("retry-after", "")
        error = self._down(kind, said[:200] if self.own and said else f"it answers HTTP {status}")
        if wait.isdigit():
            error.retry_after = min(int(wait), 3600)
        return error

    def _down(self, kind: str, why: str) -> ModelUnavailable:
        return ModelUnavailable(DOWN, kind=kind, why=why.rstrip("."))


class _Answer(closing[httpx.Response]):
    """An answer that is closed at the end, and its bytes counted."""

    def __init__(self, answer: httpx.Response, door: OpenAI) -> None:
        super().__init__(answer)
        self._answer, self._door = answer, door

    def __exit__(self, *error: Any) -> None:
        self._door.received += self._answer.num_bytes_downloaded
        super().__exit__(*error)


class _NoSuchPath(Exception):
    """The server does not have our own path."""


def _voice(row: Any) -> Voice:
    if isinstance(row, str):
        return Voice(row, "", row)
    name = str(row.get("id") or row.get("voice_id") or row["name"])
    return Voice(
        name, str(row.get("language") or ""), str(row.get("label") or row.get("name") or name)
    )


def _error_text(answer: httpx.Response) -> str:
    try:
        value = json.loads(answer.read()[:100_000])
        error = value.get("error", value) if isinstance(value, dict) else value
        return str(error.get("message", error)) if isinstance(error, dict) else str(error)
    except (httpx.HTTPError, ValueError):
        return ""


def _fit(table: Any) -> Any:
    """Return unit rows of WIDTH numbers: shorter rows are padded (cosines stay as they are), longer
    ones projected onto WIDTH fixed random directions (cosines stay within about 0.05)."""
    width = table.shape[1]
    if width < WIDTH:
        table = np.pad(table, ((0, 0), (0, WIDTH - width)))
    elif width > WIDTH:
        table = table @ np.random.default_rng(width).standard_normal((width, WIDTH))
    lengths = np.linalg.norm(table, axis=1, keepdims=True)
    rows = table / np.where(lengths == 0, 1.0, lengths)
    rows[lengths[:, 0] == 0, 0] = 1.0
    return rows
