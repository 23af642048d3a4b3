"""Sends the archive of an export, part by part."""

from collections.abc import AsyncIterator, Iterator

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from edu.multimodal import api as multimodal
from edu.orchestrator import api

PART = 1 << 20


def archive(request: HttpRequest, *, user: str, export: str) -> HttpResponseBase:
    """Return the ZIP of a person's own export. Raises NoSuchExport."""
    key = api.export_file(user=user, export=export)
    size = multimodal.size(key=key)
    if request.method == "HEAD":
        response: HttpResponseBase = HttpResponse()
    elif isinstance(request, ASGIRequest):
        response = StreamingHttpResponse(_parts_async(key, size))
    else:
        response = StreamingHttpResponse(_parts(key, size))
    response["Content-Length"] = str(size)
    response["Content-Type"] = "application/zip"
    response["Content-Disposition"] = 'attachment; filename="edu-export.zip"'
    response["Cache-Control"] = "private, no-store"
    return response


def _part(key: str, size: int, at: int) -> bytes:
    return multimodal.part(key=key, start=at, end=min(size, at + PART))


def _parts(key: str, size: int) -> Iterator[bytes]:
    for at in range(0, size, PART):
        yield _part(key, size, at)


async def _parts_async(key: str, size: int) -> AsyncIterator[bytes]:
    for at in range(0, size, PART):
        yield await sync_to_async(_part)(key, size, at)
