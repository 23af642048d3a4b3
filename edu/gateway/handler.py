"""Django's handler for ASGI, with all that a request needs of a thread done in one go.

Our middleware and views are synchronous. Django's own handler goes from the event loop to the request's
thread and back for the signal at its begin, for the outermost middleware, from there for the resolver,
for each `process_view`, for the view, and for the signal at its end. Each change of thread costs more
than a middleware of ours does.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from asgiref.sync import sync_to_async
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Any], Awaitable[None]]


class OneThread(ASGIHandler):
    """Goes to the request's thread once, and once more at the end of what is streamed."""

    def load_middleware(self, is_async: bool = False) -> None:
        """Chain the middleware as under WSGI."""
        super().load_middleware(is_async=False)

    async def handle(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request. Nothing stops a view whose client has gone; a stream ends then."""
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        try:
            set_script_prefix(get_script_prefix(scope))
            response = await sync_to_async(self._answered, thread_sensitive=True)(scope, body)
            if not response.streaming:
                await self.send_response(response, send)
                return
            try:
                await self._stream(response, receive, send)
            finally:
                await sync_to_async(response.close)()
        finally:
            body.close()

    def _answered(self, scope: Any, body: Any) -> Any:
        """Return the answer; what is not streamed is closed, so that its connection to the database is
        free before the first byte is sent."""
        signals.request_started.send(sender=self.__class__, scope=scope)
        request, refused = self.create_request(scope, body)
        response: Any = refused if request is None else self.get_response(request)
        response._handler_class = self.__class__
        if isinstance(response, FileResponse):
            response.block_size = self.chunk_size
        if not response.streaming:
            response.close()
        return response

    async def _stream(self, response: HttpResponseBase, receive: Receive, send: Send) -> None:
        sending = asyncio.create_task(self.send_response(response, send))
        leaving = asyncio.create_task(self.listen_for_disconnect(receive))
        await asyncio.wait((sending, leaving), return_when=asyncio.FIRST_COMPLETED)
        for task in (sending, leaving):
            if not task.done():
                task.cancel()
        results = await asyncio.gather(sending, leaving, return_exceptions=True)
        expected = (asyncio.CancelledError, RequestAborted)
        for each in results:
            if isinstance(each, BaseException) and not isinstance(each, expected):
                raise each
