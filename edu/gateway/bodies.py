"""The size of what is sent is checked before it is read, and whose it is where it is large: Django would
spool all of it to disk first, for anybody. And what comes too slowly is not waited for."""

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any

from channels.db import database_sync_to_async
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.utils.encoding import escape_uri_path

from edu.common.ids import new_id
from edu.gateway.problems import AWAY, DETAILS, TITLES, slug
from edu.users import api as users
from edu.users.data import BadToken

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

log = logging.getLogger(__name__)

# A client that has begun to send hears an answer only when it has sent what it holds ready: so much
# more is read and thrown away before the connection is given up.
PATIENCE = 64_000_000
ROOM = 1_000_000  # for a form's other fields and boundaries
ANYBODYS = (
    4_000_000  # bytes that are read of whoever sends them; more only of those who are signed in
)
HEADERS = {
    401: [(b"www-authenticate", b'Bearer realm="edu"')],
    503: [(b"retry-after", b"5")],
}


class BodyLimit:
    """Answers 413 to a body of more than EDU_MAX_UPLOAD_MB, by its declared size or while it comes, 401
    to a large one of nobody, 408 to one that comes too slowly, and 503 where a store that is asked on
    the way is away."""

    def __init__(self, application: Callable[..., Awaitable[Any]]) -> None:
        self.application = application

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Hand on what is small enough and comes in time."""
        began = False
        clock = Clock(receive)

        async def told(message: Message) -> None:
            nonlocal began
            began = True
            await send(message)

        try:
            await self._handed_on(scope, clock, told)
        except Refused as refused:
            if not began:
                await _give_up(scope, clock, send, refused.status)
        except AWAY as error:
            log.warning("%s %s failed", scope.get("method"), scope["path"], exc_info=error)
            if began:
                raise
            await _give_up(scope, clock, send, 503)

    async def _handed_on(self, scope: Message, receive: Receive, send: Send) -> None:
        most = settings.EDU_MAX_UPLOAD_MB * 1_000_000 + ROOM
        headers = dict(scope["headers"])
        declared = headers.get(b"content-length", b"")
        said = int(declared) if declared.isdigit() else 0
        known = said <= ANYBODYS or await _signed_in(headers)
        if said > most or not known:
            raise Refused(413 if known else 401)
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            before, came = came, came + len(message.get("body", b""))
            if came > most:
                raise Refused(413)
            # Of one that was declared it has been asked before.
            if before <= ANYBODYS < came and said < came and not await _signed_in(headers):
                raise Refused(401)
            return message

        await self.application(scope, counted, send)


class Refused(Exception):
    """More came than was declared, or than may be sent by whoever sends it, or it came too slowly."""

    def __init__(self, status: int) -> None:
        self.status = status


class Clock:
    """Receives a body, and waits for it no longer than EDU_BODY_GRACE seconds and one more for every
    EDU_BODY_RATE bytes that are there (for no part longer than ten times the grace: what is sent fast is
    no leave to stay for a day). Only waiting counts, not what is done with a part before the next is asked
    for; after the body nothing does."""

    def __init__(self, receive: Receive) -> None:
        self.receive = receive
        self.left, self.rate = float(settings.EDU_BODY_GRACE), settings.EDU_BODY_RATE
        self.most = 10 * self.left
        self.whole = False

    async def __call__(self) -> Message:
        """Return the next message; raise Refused when it is too late."""
        if self.whole:
            return await self.receive()
        begun = time.monotonic()
        try:
            message = await asyncio.wait_for(self.receive(), max(self.left, 0))
        except TimeoutError:
            self.left = 0
            raise Refused(408) from None
        earned = len(message.get("body", b"")) / self.rate
        self.left = min(self.most, self.left + earned - (time.monotonic() - begun))
        self.whole = not message.get("more_body")
        return message


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
    found = cookies.get(settings.SESSION_COOKIE_NAME)
    if found is None or "\0" in found.value:
        return False
    store = import_module(settings.SESSION_ENGINE).SessionStore
    return SESSION_KEY in store(found.value)


async def _give_up(scope: Message, receive: Clock, send: Send, status: int) -> None:
    """Answer with `status`, when what is on its way has been read: of one that is too slow, nothing."""
    left = PATIENCE
    try:
        while left > 0 and status != 408 and not receive.whole:
            left -= len((await receive()).get("body", b""))
    except Refused:
        pass  # too slow as well: it hears what it was refused for
    await _refuse(scope, send, status)


def _detail(status: int) -> str:
    if status == 413:
        most = settings.EDU_MAX_UPLOAD_MB
        return f"This is more than may be sent at once: the limit is {most} MB."
    if status == 401:
        return "Sign in first: so much is read only of those who are signed in."
    return DETAILS[status]


async def _refuse(scope: Message, send: Send, status: int) -> None:
    request_id = str(new_id())
    if scope["path"].startswith("/api/"):
        kind = b"application/problem+json"
        body = json.dumps(
            {
                "type": f"/problems/{slug(status)}/",
                "title": TITLES[status],
                "status": status,
                "detail": _detail(status),
                "instance": escape_uri_path(scope["path"]),
                "request_id": request_id,
            }
        ).encode()
    else:
        kind, body = b"text/plain; charset=utf-8", _detail(status).encode()
    headers = [
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
        (b"x-request-id", request_id.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"content-security-policy", b"default-src 'none'"),
        (b"connection", b"close"),
        *HEADERS.get(status, []),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
