"""What stands before every WebSocket: who may open one from a browser, where there is one, and that
nothing is said to one that is closed."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.http import parse_cookie
from django.http.request import validate_host
from django.urls import Resolver404

Application = Callable[..., Awaitable[Any]]
NOWHERE = (
    b"There is no WebSocket at this address. Those that there are: /ws/sessions/{id}/ and /ws/me/."
)


class SameOrigin:
    """Refuses handshakes that a page of another origin makes with a visitor's cookies, and unknown
    hosts. A program sends no Origin: it has no cookies either and signs in by its first message."""

    def __init__(self, application: Application) -> None:
        self.application = application

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        headers = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1")
        origin = headers.get(b"origin", b"").decode("latin-1")
        if self.may_open(host, origin):
            return await self.application(scope, receive, send)
        return await WebsocketDenier()(scope, receive, send)

    @staticmethod
    def may_open(host: str, origin: str) -> bool:
        """Whether a page of `origin` ("" for a program) may speak with this `host`."""
        if not validate_host(host.rsplit(":", 1)[0].lower(), settings.ALLOWED_HOSTS):
            return False
        return (
            not origin or urlsplit(origin).netloc == host or origin in settings.CSRF_TRUSTED_ORIGINS
        )


class Known:
    """Refuses handshakes at addresses where there is no WebSocket with 404; `routes` are those that
    there are. Cookies that hold what no store takes do not come in."""

    def __init__(self, routes: list[Any], application: Application) -> None:
        self.routes, self.application = routes, application

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        if not self._there(scope["path"]):
            return await _not_found(scope, receive, send)
        sane = [each for each in scope["headers"] if each[0] != b"cookie" or _sane(each[1])]
        return await Once(self.application)({**scope, "headers": sane}, receive, send)

    def _there(self, path: str) -> bool:
        for each in self.routes:
            try:
                if each.pattern.match(path.lstrip("/")):
                    return True
            except Resolver404:
                continue
        return False


class Once:
    """Closes a line once: frames that came before the other side heard of it are answered no more, nor
    is a line that it has left. Servers raise when they are asked to."""

    def __init__(self, application: Application) -> None:
        self.application = application

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        over = False

        async def heard() -> dict[str, Any]:
            nonlocal over
            message: dict[str, Any] = await receive()
            over = over or message["type"] == "websocket.disconnect"
            return message

        async def told(message: dict[str, Any]) -> None:
            nonlocal over
            if over:
                return
            over = message["type"] == "websocket.close"
            await send(message)

        return await self.application(scope, heard, told)


def _sane(cookies: bytes) -> bool:
    return not any("\0" in value for value in parse_cookie(cookies.decode("latin-1")).values())


async def _not_found(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Answer with 404 where the server can (the extension "Websocket Denial Response" of ASGI), else
    with a refused handshake."""
    if "websocket.http.response" not in (scope.get("extensions") or {}):
        await WebsocketDenier()(scope, receive, send)
        return
    await receive()  # that it wants in
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(NOWHERE)).encode()),
        (b"x-content-type-options", b"nosniff"),
    ]
    start = {"type": "websocket.http.response.start", "status": 404, "headers": headers}
    await send(start)
    await send({"type": "websocket.http.response.body", "body": NOWHERE})
