"""Who may open a WebSocket from a browser: only pages of this site."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.http.request import validate_host

Application = Callable[..., Awaitable[Any]]


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
