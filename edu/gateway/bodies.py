"""The size of what is sent is checked before it is read: Django would spool all of it to disk first."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings
from django.utils.encoding import escape_uri_path

from edu.common.ids import new_id

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

# A client that has begun to send hears an answer only when it has sent what it holds ready: so much
# more is read and thrown away before the connection is given up.
PATIENCE = 64_000_000
ROOM = 1_000_000  # for a form's other fields and boundaries


class BodyLimit:
    """Answers 413 to a body of more than EDU_MAX_UPLOAD_MB, by its declared size or while it comes."""

    def __init__(self, application: Callable[..., Awaitable[Any]]) -> None:
        self.application = application

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Hand on what is small enough."""
        most = settings.EDU_MAX_UPLOAD_MB * 1_000_000 + ROOM
        declared = dict(scope["headers"]).get(b"content-length", b"")
        if declared.isdigit() and int(declared) > most:
            await _drain(receive)
            await _refuse(scope, send)
            return
        began, came = False, 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > most:
                raise _TooMuch
            return message

        async def told(message: Message) -> None:
            nonlocal began
            began = True
            await send(message)

        try:
            await self.application(scope, counted, told)
        except _TooMuch:
            if not began:
                await _drain(receive)
                await _refuse(scope, send)


class _TooMuch(Exception):
    """More came than was declared, or than may be sent."""


async def _drain(receive: Receive) -> None:
    left = PATIENCE
    while left > 0:
        message = await receive()
        left -= len(message.get("body", b""))
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            return


async def _refuse(scope: Message, send: Send) -> None:
    limit = f"This is more than may be sent at once: the limit is {settings.EDU_MAX_UPLOAD_MB} MB."
    request_id = str(new_id())
    if scope["path"].startswith("/api/"):
        kind = b"application/problem+json"
        body = json.dumps(
            {
                "type": "/problems/content-too-large/",
                "title": "Too large",
                "status": 413,
                "detail": limit,
                "instance": escape_uri_path(scope["path"]),
                "request_id": request_id,
            }
        ).encode()
    else:
        kind, body = b"text/plain; charset=utf-8", limit.encode()
    headers = [
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
        (b"x-request-id", request_id.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"content-security-policy", b"default-src 'none'"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
