"""What the paths share: bodies read, errors told, work done in a thread for as long as somebody waits."""

import asyncio
import json
import logging
import uuid
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive

from edu.common.errors import EduError, Invalid, Unavailable
from edu.inference import api
from edu.inference.data import CannotSpeak, Unreadable

log = logging.getLogger(__name__)
Made = TypeVar("Made")
LONGEST_JSON = 32_000_000  # bytes; pictures may be in it


def problem(status: int, message: str, kind: str, wait: int = 0) -> JSONResponse:
    """Return an error as the protocol spells it."""
    headers = {"Retry-After": str(wait)} if wait else None
    error = {"message": message, "type": kind, "code": status}
    return JSONResponse({"error": error}, status_code=status, headers=headers)


def refusal(error: EduError) -> JSONResponse:
    """Return the answer for one of our errors."""
    if isinstance(error, Unreadable):
        return problem(422, error.detail, "unreadable")
    if isinstance(error, CannotSpeak):
        return problem(422, error.detail, "cannot_speak")
    if isinstance(error, Invalid):
        return problem(400, error.detail, "invalid_request_error")
    if isinstance(error, Unavailable):
        return problem(503, error.detail, "unavailable", error.retry_after)
    return problem(500, error.detail, "server_error")


def answered(
    view: Callable[[Request], Coroutine[Any, Any, Response]],
) -> Callable[[Request], Coroutine[Any, Any, Response]]:
    """Turn our errors, raised in `view`, into answers."""

    async def run(request: Request) -> Response:
        try:
            return await view(request)
        except EduError as error:
            return refusal(error)

    return run


async def read_json(request: Request) -> dict[str, Any]:
    """Return the body, which must be a JSON object within LONGEST_JSON; raise Invalid."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST_JSON:
            raise HTTPException(413, "This request is too large.")
    try:
        value = json.loads(bytes(body))
    except (ValueError, RecursionError) as error:
        raise Invalid("The body is not JSON.") from error
    if not isinstance(value, dict):
        raise Invalid("The body is not a JSON object.")
    return value


async def work(request: Request, do: Callable[[str], Made]) -> Made:
    """Run `do(call id)` in a thread; when the client goes away, have it given up."""
    call = uuid.uuid4().hex
    watcher = asyncio.create_task(watch(request.receive, call))
    try:
        return await run_in_threadpool(do, call)
    except EduError:
        raise
    except Exception as error:
        if type(error).__name__ == "Stopped":
            raise HTTPException(499, "Nobody waits for this any more.") from error
        log.exception("a call failed")
        raise HTTPException(500, "The model failed at this.") from error
    finally:
        watcher.cancel()
        api.end_call(call=call)


async def watch(receive: Receive, call: str) -> None:
    """Wait until the client is gone, then stop its call."""
    while (await receive())["type"] != "http.disconnect":
        pass
    api.stop_call(call=call)
