"""One process answers what was asked of another. Long polling sends each request of a client to any web
process, but the client is known to one only: its name stands in the client's id, and the others pass the
request on to it, through Redis, and its answer back. So no balancer has to be told to be sticky."""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakKeyDictionary

from channels.layers import get_channel_layer

log = logging.getLogger(__name__)
SECONDS_TO_TAKE = 3.0  # until the other says that it is at it: else it has ended
SECONDS_TO_ANSWER = 60.0  # a poll waits for something to tell, at most 45 s

Asked = dict[str, Any]
Answered = dict[str, Any]
Handle = Callable[[Asked], Awaitable[Answered]]


class Desk:
    """Where this process (this event loop of it) is reached by the others."""

    def __init__(self, handle: Handle) -> None:
        self.name = secrets.token_hex(8)
        self.handle = handle
        self.layer = get_channel_layer()
        self.asked: dict[str, asyncio.Queue[Answered | None]] = {}
        self.tasks: set[asyncio.Task[None]] = set()

    @staticmethod
    def group(name: str) -> str:
        """The group that the process `name` listens to."""
        return f"relay.{name}"

    async def open(self) -> None:
        """Begin to listen."""
        channel = await self.layer.new_channel()
        await self.layer.group_add(self.group(self.name), channel)
        self._go(self._listen(channel))

    async def ask(self, name: str, asked: Asked) -> Answered | None:
        """Return what the process `name` answers; None when there is none of this name."""
        key = secrets.token_hex(8)
        answers = self.asked[key] = asyncio.Queue()
        try:
            await self._send(name, {"asked": asked, "key": key, "by": self.name})
            await asyncio.wait_for(answers.get(), SECONDS_TO_TAKE)
            return await asyncio.wait_for(answers.get(), SECONDS_TO_ANSWER)
        except TimeoutError:
            return None
        finally:
            del self.asked[key]

    async def _send(self, name: str, message: dict[str, Any]) -> None:
        await self.layer.group_send(self.group(name), {"type": "relay", **message})

    async def _listen(self, channel: str) -> None:
        while True:
            try:
                message = await self.layer.receive(channel)
            except Exception:
                log.exception("what other processes say could not be heard")
                await asyncio.sleep(1)
                continue
            if "asked" in message:
                self._go(self._answer(message))
            elif message["key"] in self.asked:
                self.asked[message["key"]].put_nowait(message["answered"])

    async def _answer(self, message: dict[str, Any]) -> None:
        back = {"key": message["key"]}
        with contextlib.suppress(ConnectionError):  # it will not wait for ever
            await self._send(message["by"], {**back, "answered": None})
            answered = await self.handle(message["asked"])
            await self._send(message["by"], {**back, "answered": answered})

    def _go(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)


class Desks:
    """The desk of each event loop, made when it is first needed."""

    def __init__(self, handle: Handle) -> None:
        self.handle = handle
        self.known: WeakKeyDictionary[Any, asyncio.Future[Desk]] = WeakKeyDictionary()

    async def here(self) -> Desk:
        """Return the desk of the running loop, which listens."""
        loop = asyncio.get_running_loop()
        found = self.known.get(loop)
        if found is None:
            found = self.known[loop] = loop.create_future()
            desk = Desk(self.handle)
            try:
                await desk.open()
            except BaseException as error:
                del self.known[loop]
                found.set_exception(error)
                found.exception()  # seen: whoever waits raises it too
                raise
            found.set_result(desk)
        return await asyncio.shield(found)

    def name(self) -> str:
        """The name of the desk of the running loop, which is open."""
        return self.known[asyncio.get_running_loop()].result().name
