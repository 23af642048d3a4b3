"""WhiteNoise as it should be under ASGI: files go out part by part, never through a list in memory."""

from collections.abc import AsyncIterator
from typing import BinaryIO

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

PART = 1 << 16  # bytes that are in memory at a time


class StaticFiles(WhiteNoiseMiddleware):
    """Serves what WhiteNoise serves, with the iterator that the server takes."""

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponseBase:
        """Answer with one static file."""
        answer = StaticFiles._serve(static_file, request)
        if settings.STATIC_URL.startswith("http"):
            # What the other host fetches here and hands on is for pages of this one.
            answer["Cross-Origin-Resource-Policy"] = "cross-origin"
        return answer

    @staticmethod
    def _serve(static_file: StaticFile, request: HttpRequest) -> HttpResponseBase:
        if not isinstance(request, ASGIRequest):
            answer: HttpResponseBase = WhiteNoiseMiddleware.serve(static_file, request)
            return answer
        found = static_file.get_response(request.method, request.META)
        status = int(found.status)
        response: HttpResponseBase
        if found.file is None:
            response = HttpResponse(status=status)
        else:
            response = StreamingHttpResponse(_parts(found.file), status=status)
            # Closed with the response even if nobody reads it to its end.
            response._resource_closers.append(found.file.close)  # type: ignore[attr-defined]
        del response["Content-Type"]
        for name, value in found.headers:
            response[name] = value
        return response


async def _parts(file: BinaryIO) -> AsyncIterator[bytes]:
    read = sync_to_async(file.read, thread_sensitive=False)
    while part := await read(PART):
        yield part
