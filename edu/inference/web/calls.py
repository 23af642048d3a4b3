"""One function for each path: read what was sent, one call of the api, answer."""

import asyncio
import contextlib
import json
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from edu.common.errors import EduError, Invalid
from edu.inference import api
from edu.inference.web.plumbing import answered, read_json, refusal, watch, work

MOST_TEXTS = 512
LONGEST_SPEECH = 100_000  # letters


@answered
async def chat(request: Request) -> Response:
    """POST /v1/chat/completions."""
    body = await read_json(request)
    if body.get("stream"):
        return Events(body)
    answer = await work(request, lambda call: api.serve_chat(body=body, call=call))
    return JSONResponse(answer)


class Events(Response):
    """A streamed answer. The status is known only when the first chunk is there."""

    def __init__(self, body: dict[str, Any]) -> None:
        self.sent = body
        self.background = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send chunk by chunk; stop the model when the client goes away."""
        call = uuid.uuid4().hex
        watcher = asyncio.create_task(watch(receive, call))
        chunks: Iterator[dict[str, Any]] = iter(())
        try:
            try:
                chunks = api.serve_chat_stream(body=self.sent, call=call)
                chunk = await run_in_threadpool(next, chunks, None)
            except EduError as error:
                return await refusal(error)(scope, receive, send)
            kind = (b"content-type", b"text/event-stream; charset=utf-8")
            headers = [kind, (b"cache-control", b"no-store")]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            while chunk is not None:
                await self._say(send, json.dumps(chunk))
                try:
                    chunk = await run_in_threadpool(next, chunks, None)
                except EduError as error:
                    await self._say(send, json.dumps({"error": {"message": error.detail}}))
                    break
            else:
                await self._say(send, "[DONE]")
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except OSError:
            pass  # the client is gone
        finally:
            api.stop_call(call=call)
            watcher.cancel()
            close = getattr(chunks, "close", None)
            if close:
                with contextlib.suppress(Exception):
                    await asyncio.shield(run_in_threadpool(close))
            api.end_call(call=call)

    async def _say(self, send: Send, data: str) -> None:
        event = f"data: {data}\n\n".encode()
        await send({"type": "http.response.body", "body": event, "more_body": True})


@answered
async def embeddings(request: Request) -> Response:
    """POST /v1/embeddings."""
    body = await read_json(request)
    given = body.get("input")
    texts = [given] if isinstance(given, str) else given
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise Invalid("`input` is not a text or a list of texts.", {"input": "texts"})
    if len(texts) > MOST_TEXTS:
        raise Invalid("More than %(most)d texts in one call.", {"input": "fewer"}, most=MOST_TEXTS)
    purpose = "query" if body.get("purpose") == "query" else "passage"
    model = str(body.get("model") or "")
    made = await work(
        request,
        lambda call: api.serve_embed(
            texts=texts, purpose=purpose, call=call, patient=_patient(request), model=model
        ),
    )
    rows = [
        {"object": "embedding", "index": at, "embedding": row} for at, row in enumerate(made.rows)
    ]
    count = sum(len(text.split()) for text in texts)
    usage = {"prompt_tokens": count, "total_tokens": count}
    return JSONResponse({"object": "list", "model": made.model, "data": rows, "usage": usage})


@answered
async def transcriptions(request: Request) -> Response:
    """POST /v1/audio/transcriptions; `response_format` json, text or verbose_json."""
    fields, sound = await _form(request)
    language = fields.get("language", "")
    said = await work(
        request,
        lambda call: api.serve_hear(
            sound=sound,
            language=language,
            call=call,
            patient=_patient(request),
            fleeting=request.headers.get("x-edu-fleeting") == "1",
        ),
    )
    shape = fields.get("response_format", "json")
    if shape == "text":
        return Response(said["text"], media_type="text/plain; charset=utf-8")
    return JSONResponse(said if shape == "verbose_json" else {"text": said["text"]})


@answered
async def speech(request: Request) -> Response:
    """POST /v1/audio/speech; WAV only. `language` is ours."""
    body = await read_json(request)
    text, speed = body.get("input"), body.get("speed", 1.0)
    if not isinstance(text, str) or len(text) > LONGEST_SPEECH:
        raise Invalid(
            "`input` is not a text of at most %(most)d letters.",
            {"input": "a text"},
            most=LONGEST_SPEECH,
        )
    if not isinstance(speed, int | float) or not 0.25 <= speed <= 4:
        raise Invalid("`speed` is not within 0.25 and 4.", {"speed": "within 0.25 and 4"})
    if body.get("response_format", "wav") != "wav":
        raise Invalid("Only `wav` is made here.", {"response_format": "wav"})
    voice, language = str(body.get("voice") or ""), str(body.get("language") or "en")
    made = await work(
        request,
        lambda call: api.serve_speak(
            text=text, voice=voice, speed=float(speed), language=language, call=call
        ),
    )
    return Response(made.wav, media_type="audio/wav", headers={"X-Voice": made.voice})


@answered
async def voices(_request: Request) -> Response:
    """GET /v1/audio/voices: ours, as OpenAI has no such path."""
    found = await run_in_threadpool(api.serve_voices)
    return JSONResponse({"voices": [{"id": each.name, **asdict(each)} for each in found]})


@answered
async def picture_text(request: Request) -> Response:
    """POST /v1/pictures/text: `file` and, if known, `languages` (ISO 639-1, by commas)."""
    fields, picture = await _form(request)
    languages = [each.strip() for each in fields.get("languages", "").split(",") if each.strip()]
    read = await work(
        request,
        lambda call: api.serve_read(
            picture=picture, languages=languages, call=call, patient=_patient(request)
        ),
    )
    lines = [
        {"text": line.text, "box": line.box, "confidence": line.confidence} for line in read.lines
    ]
    return JSONResponse({"lines": lines, "rotation": read.rotation, "engine": read.engine})


def _patient(request: Request) -> bool:
    """Whether the caller lets others go first."""
    return request.headers.get("x-edu-patient") == "1"


async def _form(request: Request) -> tuple[dict[str, str], bytes]:
    """Return the fields and the file of a multipart body."""
    most = settings.EDU_MAX_UPLOAD_MB * 1_000_000
    with tempfile.SpooledTemporaryFile(max_size=4_000_000) as kept:
        size = 0
        async for piece in request.stream():
            size += len(piece)
            if size > most:
                raise HTTPException(413, "This file is too large.")
            kept.write(piece)
        kept.seek(0)
        about = {"CONTENT_TYPE": request.headers.get("content-type", ""), "CONTENT_LENGTH": size}
        try:
            return await run_in_threadpool(_parse, about, kept)
        except (MultiPartParserError, SuspiciousOperation, KeyError) as error:
            raise Invalid("The body is not a form with a `file`.", {"file": "missing"}) from error


def _parse(about: dict[str, Any], body: Any) -> tuple[dict[str, str], bytes]:
    parsed: Any = MultiPartParser(about, body, [TemporaryFileUploadHandler()]).parse()
    fields, files = parsed
    try:
        content = files["file"].read()
    finally:
        for each in files.values():
            each.close()
    return {name: str(value) for name, value in fields.items()}, content
