"""Where Socket.IO comes in, beside Django and the WebSockets: /socket.io/. Requests of long polling that
belong to another process are passed on to it."""

from typing import Any
from urllib.parse import parse_qs

from asgiref.sync import sync_to_async
from channels.security.websocket import WebsocketDenier
from redis.exceptions import RedisError

from edu.gateway import limits
from edu.gateway.bodies import Clock, Refused
from edu.gateway.relay import Answered, Asked, Desks
from edu.gateway.socketio import LARGEST, Server
from edu.gateway.sockets import Application, SameOrigin

PATHS = ("/socket.io", "/socket.io/")
SAFE = [
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
]
TEXT = [(b"content-type", b"text/plain; charset=utf-8")]


class SocketIO:
    """`websockets` are the consumers behind it; all else goes to `rest`."""

    def __init__(self, websockets: Application, rest: Application) -> None:
        self.rest = rest
        self.desks = Desks(self._asked_by_another)
        self.server = Server(websockets, self.desks.name)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Answer one request, or one WebSocket."""
        if scope["type"] not in ("http", "websocket") or scope["path"] not in PATHS:
            await self.rest(scope, receive, send)
            return
        if scope["type"] == "http":
            receive = Clock(receive)
        headers = dict(scope["headers"])
        host, origin = (headers.get(each, b"").decode("latin-1") for each in (b"host", b"origin"))
        query = parse_qs(scope["query_string"].decode("latin-1"))
        # A page of another site, and an answer that would run there as a script, are not for here.
        if not SameOrigin.may_open(host, origin) or "j" in query:
            await _refuse(scope, receive, send, 403, b"Only pages of this site may connect.")
            return
        try:
            desk = await self.desks.here()
            name, _, known = query.get("sid", [""])[0].partition(".")
            if not name and not await _may_begin(scope):
                await _refuse(scope, receive, send, 429, b"Too much at once.", retry=b"10")
            elif not known or name == desk.name:
                await self.server.handle_request(scope, receive, _kept_safe(scope, send))
            elif scope["type"] == "websocket":
                await _refuse(scope, receive, send, 400, b"")  # it goes on by polling
            else:
                await self._ask_another(scope, receive, send, name)
        except RedisError:
            await _refuse(scope, receive, send, 503, b"Redis does not answer.", retry=b"5")
        except Refused:
            await _refuse(scope, receive, send, 408, b"What you sent came too slowly.")

    async def _ask_another(self, scope: dict[str, Any], receive: Any, send: Any, name: str) -> None:
        body = await _read(receive)
        if body is None:
            await _refuse(scope, receive, send, 413, b"This is more than may be sent at once.")
            return
        asked = {
            "method": scope["method"],
            "query": scope["query_string"],
            "headers": [list(each) for each in scope["headers"]],
            "body": body,
        }
        answered = None
        if name.isalnum() and name.isascii() and len(name) <= 32:
            desk = await self.desks.here()
            answered = await desk.ask(name, asked)
        if answered is None:
            await _refuse(scope, receive, send, 400, b"This session is over. Connect again.")
            return
        headers = [(name, value) for name, value in answered["headers"]]
        await _answer(_kept_safe(scope, send), answered["status"], headers, answered["body"])

    async def _asked_by_another(self, asked: Asked) -> Answered:
        scope = {
            "type": "http",
            "method": asked["method"],
            "path": PATHS[-1],
            "query_string": asked["query"],
            "headers": [(name, value) for name, value in asked["headers"]],
        }
        answered: Answered = {"status": 500, "headers": [], "body": b""}

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": asked["body"], "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                answered["status"] = message["status"]
                answered["headers"] = [list(each) for each in message["headers"]]
            else:
                answered["body"] += message.get("body", b"")

        await self.server.handle_request(scope, receive, send)
        return answered


async def _may_begin(scope: dict[str, Any]) -> bool:
    place = limits.address((scope.get("client") or ("",))[0])
    state = await sync_to_async(limits.take, thread_sensitive=False)(limits.STRANGERS, place)
    return not state.retry_after


async def _read(receive: Any) -> bytes | None:
    """Return the body; None when it is too large."""
    body = b""
    while len(body) <= LARGEST:
        message = await receive()
        body += message.get("body", b"")
        if message["type"] != "http.request" or not message.get("more_body"):
            return body if len(body) <= LARGEST else None
    return None


def _kept_safe(scope: dict[str, Any], send: Any) -> Any:
    async def told(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *SAFE]}
        await send(message)

    return told


async def _answer(send: Any, status: int, headers: Any, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _refuse(
    scope: dict[str, Any], receive: Any, send: Any, status: int, why: bytes, retry: bytes = b""
) -> None:
    if scope["type"] == "websocket":
        await WebsocketDenier()(scope, receive, send)
        return
    headers = [*TEXT, (b"retry-after", retry)] if retry else TEXT
    await _answer(_kept_safe(scope, send), status, headers, why)
