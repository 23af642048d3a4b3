"""The WebSockets of this site for programs that speak Socket.IO, over WebSocket or over long polling.

Nothing is told here that the WebSockets do not tell: behind each namespace stands the same consumer, which
asks who it is, looks every few seconds whether they may still listen, and closes. "/" is /ws/me/, and
"/sessions/{id}" is /ws/sessions/{id}/. A frame becomes an event named by its `type`; a sound, the event
"sound". Who comes in is decided before a namespace opens: by the site's cookie, from a page of this site,
or by `auth: {access: ...}`. How requests get here: see polling.py.
"""

import asyncio
import json
import logging
import re
from collections.abc import Callable
from typing import Any

import engineio
import socketio
from django.utils.translation import gettext
from socketio.exceptions import ConnectionRefusedError as Refused

from edu.gateway import problems
from edu.gateway.sockets import Application

LARGEST = 4_194_304  # bytes of one message, as for the WebSockets
SECONDS_TO_COME_IN = 15.0
MOST_AT_ONCE = 32  # namespaces of one connection
MOST_WAITING = 64  # messages of a client that its consumer has not read
STATUSES = {
    4401: 401,
    4403: 403,
    4404: 404,
    4408: 401,
}  # of the codes that the consumers close with
_SESSION = re.compile(r"/sessions/([A-Za-z0-9-]{1,64})\Z")


def place_of(namespace: str) -> str:
    """Return the path of the WebSocket that stands behind `namespace`, "" for none."""
    if namespace == "/":
        return "/ws/me/"
    found = _SESSION.match(namespace)
    return f"/ws/sessions/{found[1]}/" if found else ""


class _OneLine(logging.Filter):
    """What a client says wrongly is no error of ours: one line, and no traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Never drops a record."""
        if record.exc_info and record.exc_info[1] is not None:
            record.msg, record.args = f"{record.getMessage()}: {record.exc_info[1]!r}"[:500], ()
            record.exc_info = None
        return True


_heard = logging.getLogger("edu.gateway.socketio.heard")
_heard.setLevel(logging.ERROR)
_heard.addFilter(_OneLine())
log = logging.getLogger(__name__)


class Line:
    """One client in one namespace, and the consumer that it speaks with."""

    def __init__(self, server: "Server", namespace: str, sid: str, connection: str) -> None:
        self.server, self.namespace, self.sid = server, namespace, sid
        self.connection = connection
        self.inbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.outbox: asyncio.Queue[tuple[str, Any] | None] = asyncio.Queue()
        self.entered: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.asked = False
        self.tasks: list[asyncio.Task[None]] = []

    def open(self, scope: dict[str, Any], access: str) -> None:
        """Begin as a WebSocket begins, and say who it is: who has neither token nor cookie is out."""
        self.inbox.put_nowait({"type": "websocket.connect"})
        self._say({"type": "auth", "access": access} if access else {"type": "ping"})
        self.asked = not access
        self.tasks.append(asyncio.create_task(self._run(scope)))

    async def hear(self, said: dict[str, Any] | bytes) -> None:
        """Hand on what the client says, as fast as it is read."""
        while self.inbox.qsize() > MOST_WAITING:
            await asyncio.sleep(0.05)
        self._say(said)

    def flow(self) -> None:
        """Tell the client what waits, and all else from now on. It runs when the caller lets go, which
        is after the client was told that it is in."""
        self.tasks.append(asyncio.create_task(self._tell()))

    def close(self) -> None:
        """The client has gone: the consumer leaves its groups by itself."""
        self.inbox.put_nowait({"type": "websocket.disconnect", "code": 1001})
        self.outbox.put_nowait(None)

    def _say(self, said: dict[str, Any] | bytes) -> None:
        frame: dict[str, Any] = {"type": "websocket.receive"}
        if isinstance(said, bytes):
            frame["bytes"] = said
        else:
            frame["text"] = json.dumps(said)
        self.inbox.put_nowait(frame)

    async def _run(self, scope: dict[str, Any]) -> None:
        try:
            await self.server.application(scope, self.inbox.get, self._take)
        except Exception:
            log.exception("a line of Socket.IO broke")
            self._end(1011)

    async def _take(self, message: dict[str, Any]) -> None:
        """What the consumer says."""
        if message["type"] == "websocket.close":
            self._end(message.get("code") or 1000)
        elif message.get("bytes") is not None:
            self.outbox.put_nowait(("sound", message["bytes"]))
        elif message.get("text") is not None:
            told = json.loads(message["text"])
            if told["type"] == "pong" and self.asked:
                self.asked = False  # it was not the client that asked
                return
            if told["type"] == "ready" and not self.entered.done():
                self.entered.set_result(0)
            if self.entered.done():
                self.outbox.put_nowait((told["type"], told))

    def _end(self, code: int) -> None:
        if not self.entered.done():
            self.entered.set_result(code)
            return
        self.outbox.put_nowait(("ended", {"code": code, **_problem(STATUSES.get(code, 500))}))
        self.outbox.put_nowait(None)

    async def _tell(self) -> None:
        while (each := await self.outbox.get()) is not None:
            await self.server.emit(each[0], each[1], to=self.sid, namespace=self.namespace)
        await self.server.disconnect(self.sid, namespace=self.namespace)


class _Everywhere(socketio.AsyncNamespace):
    """All namespaces."""

    server: "Server"

    async def trigger_event(self, event: str, *given: Any) -> Any:
        """A client comes, goes or says something."""
        namespace, sid, *more = given
        if event == "connect":
            await self.server.enter(namespace, sid, *more)
        elif event == "disconnect":
            self.server.leave(sid)
        else:
            await self.server.hear(sid, event, more)


class Server(socketio.AsyncServer):
    """Socket.IO, whose every namespace is a line to a consumer of `application`. `name` says which
    process (or event loop) a client is known to; it stands in the client's id."""

    def __init__(self, application: Application, name: Callable[[], str]) -> None:
        self.application = application
        self.lines: dict[str, Line] = {}
        self.waits: set[asyncio.Task[None]] = set()

        class Engine(engineio.AsyncServer):
            """Engine.IO, with ids that name the process."""

            def generate_id(self) -> str:
                """Return a new id, which nobody can guess."""
                return f"{name()}.{super().generate_id()}"

        self._engine = Engine
        super().__init__(
            async_mode="asgi",
            namespaces="*",
            async_handlers=False,  # what a client says stays in its order
            cors_allowed_origins=[],  # who may come from where is asked before
            max_http_buffer_size=LARGEST,
            logger=_heard,
            engineio_logger=_heard,
        )
        self.register_namespace(_Everywhere("*"))

    def _engineio_server_class(self) -> type[engineio.AsyncServer]:
        return self._engine

    async def _handle_eio_connect(self, eio_sid: str, environ: dict[str, Any]) -> None:
        await super()._handle_eio_connect(eio_sid, environ)
        self._let_go_of(eio_sid)

    async def enter(
        self, namespace: str, sid: str, environ: dict[str, Any], auth: Any = None
    ) -> None:
        """Let a client into a namespace; raise Refused."""
        place, connection = place_of(namespace), self.manager.eio_sid_from_sid(sid, namespace)
        if not place:
            raise _refusal(404)
        if sum(each.connection == connection for each in self.lines.values()) >= MOST_AT_ONCE:
            raise _refusal(429)
        given = auth.get("access") if isinstance(auth, dict) else None
        access = given if isinstance(given, str) else ""
        line = self.lines[sid] = Line(self, namespace, sid, connection)
        line.open(_scope(environ["asgi.scope"], place, bool(access)), access)
        code = await line.entered
        if code:
            self.leave(sid)
            raise _refusal(STATUSES.get(code, 500))
        line.flow()

    def leave(self, sid: str) -> None:
        """A client has left a namespace."""
        line = self.lines.pop(sid, None)
        if line is not None:
            line.close()
            self._let_go_of(line.connection)

    async def hear(self, sid: str, event: str, said: list[Any]) -> None:
        """A client has said something: an object, or a sound. Anything else counts for nothing."""
        line = self.lines.get(sid)
        if line is None:
            return
        first = said[0] if said else None
        if isinstance(first, bytes):
            await line.hear(first)
        else:
            await line.hear({**(first if isinstance(first, dict) else {}), "type": event})

    def _let_go_of(self, connection: str) -> None:
        """Close a connection that is in no namespace some seconds from now."""

        async def wait() -> None:
            await asyncio.sleep(SECONDS_TO_COME_IN)
            if not any(each.connection == connection for each in self.lines.values()):
                await self.eio.disconnect(connection)

        task = asyncio.create_task(wait())
        self.waits.add(task)
        task.add_done_callback(self.waits.discard)


def _scope(handshake: dict[str, Any], place: str, by_token: bool) -> dict[str, Any]:
    """What a WebSocket to `place` would come with. A token speaks for itself: the cookie stays away."""
    kept = {b"host", b"origin", b"user-agent", b"accept-language", b"cookie"}
    kept -= {b"cookie"} if by_token else set()
    return {
        "type": "websocket",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "ws",
        "path": place,
        "raw_path": place.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name, value) for name, value in handshake["headers"] if name in kept],
        "client": handshake.get("client"),
        "server": handshake.get("server"),
        "subprotocols": [],
    }


def _problem(status: int) -> dict[str, Any]:
    told = problems.Problem(status, gettext(problems.DETAILS[status]))
    kind = f"/problems/{problems.slug(status)}/"
    return {"type": kind, "title": told.title, "status": status, "detail": told.detail}


def _refusal(status: int) -> Refused:
    told = _problem(status)
    return Refused(told["detail"], told)
