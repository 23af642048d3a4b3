"""The size of what is sent is checked before it is read, and whose it is where it is large: Django would
spool all of it to disk first, for anybody."""

import json
from collections.abc import Awaitable, Callable
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any

from channels.db import database_sync_to_async
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.utils.encoding import escape_uri_path

from edu.common.ids import new_id
from edu.users import api as users
from edu.users.data import BadToken

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

# A client that has begun to send hears an answer only when it has sent what it holds ready: so much
# more is read and thrown away before the connection is given up.
PATIENCE = 64_000_000
ROOM = 1_000_000  # for a form's other fields and boundaries
ANYBODYS = (
    4_000_000  # bytes that are read of whoever sends them; more only of those who are signed in
)


class BodyLimit:
    """Answers 413 to a body of more than EDU_MAX_UPLOAD_MB, by its declared size or while it comes, and
    401 to a large one of nobody."""

    def __init__(self, application: Callable[..., Awaitable[Any]]) -> None:
        self.application = application

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Hand on what is small enough."""
        most = settings.EDU_MAX_UPLOAD_MB * 1_000_000 + ROOM
        headers = dict(scope["headers"])
        declared = headers.get(b"content-length", b"")
        said = int(declared) if declared.isdigit() else 0
        known = said <= ANYBODYS or await _signed_in(headers)
        if said > most or not known:
            await _drain(receive)
            await _refuse(scope, send, 413 if known else 401)
            return
        began, came = False, 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            before, came = came, came + len(message.get("body", b""))
            if came > most:
                raise _Refused(413)
            # Of one that was declared it has been asked before.
            if before <= ANYBODYS < came and said < came and not await _signed_in(headers):
                raise _Refused(401)
            return message

        async def told(message: Message) -> None:
            nonlocal began
            began = True
            await send(message)

        try:
            await self.application(scope, counted, told)
        except _Refused as refused:
            if not began:
                await _drain(receive)
                await _refuse(scope, send, refused.status)


class _Refused(Exception):
    """More came than was declared, or than may be sent by whoever sends it."""

    def __init__(self, status: int) -> None:
        self.status = status


@database_sync_to_async
def _signed_in(headers: dict[bytes, bytes]) -> bool:
    """Whether a good token or session comes with these headers. What it may do, the view says."""
    kind, _, access = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    if kind.lower() == "bearer":
        try:
            return bool(users.access_of(access=access.strip()))
        except BadToken:
            return False
    try:
        cookies = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1"))
    except CookieError:
        return False
    if settings.SESSION_COOKIE_NAME not in cookies:
        return False
    store = import_module(settings.SESSION_ENGINE).SessionStore
    return SESSION_KEY in store(cookies[settings.SESSION_COOKIE_NAME].value)


async def _drain(receive: Receive) -> None:
    left = PATIENCE
    while left > 0:
        message = await receive()
        left -= len(message.get("body", b""))
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            return


async def _refuse(scope: Message, send: Send, status: int) -> None:
    detail = f"This is more than may be sent at once: the limit is {settings.EDU_MAX_UPLOAD_MB} MB."
    name, title = "content-too-large", "Too large"
    if status == 401:
        detail = "Sign in first: so much is read only of those who are signed in."
        name, title = "unauthorized", "Sign in first"
    request_id = str(new_id())
    if scope["path"].startswith("/api/"):
        kind = b"application/problem+json"
        body = json.dumps(
            {
                "type": f"/problems/{name}/",
                "title": title,
                "status": status,
                "detail": detail,
                "instance": escape_uri_path(scope["path"]),
                "request_id": request_id,
            }
        ).encode()
    else:
        kind, body = b"text/plain; charset=utf-8", detail.encode()
    headers = [
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
        (b"x-request-id", request_id.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"content-security-policy", b"default-src 'none'"),
        (b"connection", b"close"),
    ]
    if status == 401:
        headers.append((b"www-authenticate", b'Bearer realm="edu"'))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
