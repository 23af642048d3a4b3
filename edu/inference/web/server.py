"""The inference process's HTTP: the OpenAI protocol on loopback, and one path of ours.

A client that goes away ends its work: the model is free for the next one.
"""

import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
from django.conf import settings
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from edu.inference import api
from edu.inference.web import calls
from edu.inference.web.plumbing import problem

THREADS = 128  # more than all queues together: a call that waits must not keep /health waiting


def application() -> Starlette:
    """Return the application; the engines must have been started."""
    return Starlette(
        routes=[
            Route("/health", health),
            Route("/v1/models", models),
            Route("/v1/chat/completions", calls.chat, methods=["POST"]),
            Route("/v1/embeddings", calls.embeddings, methods=["POST"]),
            Route("/v1/audio/transcriptions", calls.transcriptions, methods=["POST"]),
            Route("/v1/audio/speech", calls.speech, methods=["POST"]),
            Route("/v1/audio/voices", calls.voices),
            Route("/v1/pictures/text", calls.picture_text, methods=["POST"]),
        ],
        exception_handlers={HTTPException: _http_error, Exception: _failure},
        lifespan=_lifespan,
    )


def guarded() -> ASGIApp:
    """Return the application behind its key."""
    return Keyed(application())


@asynccontextmanager
async def _lifespan(_app: Starlette) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
    yield
    await run_in_threadpool(api.stop_engines)


class Keyed:
    """Lets in who carries the key; /health is open."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check the Authorization header."""
        if scope["type"] == "http" and scope["path"] != "/health":
            given = dict(scope["headers"]).get(b"authorization", b"")
            wanted = f"Bearer {settings.EDU_INFERENCE_KEY}".encode()
            if not hmac.compare_digest(given, wanted):
                answer = problem(401, "The key is missing or wrong.", "invalid_api_key")
                return await answer(scope, receive, send)
        return await self.app(scope, receive, send)


def health(_request: Request) -> Response:
    """Tell how each kind of model is; nothing is loaded for it."""
    parts = [
        {"kind": part.kind, "name": part.name, "state": part.state, "detail": part.detail}
        for part in api.engine_states()
    ]
    return JSONResponse({"status": "ok", "parts": parts})


def models(_request: Request) -> Response:
    """List the models that can be asked."""
    names = [part.name for part in api.engine_states() if part.state in ("ready", "idle")]
    rows = [{"id": name, "object": "model", "created": 0, "owned_by": "edu"} for name in names]
    return JSONResponse({"object": "list", "data": rows})


async def _http_error(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = error.detail if isinstance(error, HTTPException) else "It failed."
    return problem(status, detail, "invalid_request_error")


async def _failure(_request: Request, _error: Exception) -> Response:
    return problem(500, "The model failed at this.", "server_error")
