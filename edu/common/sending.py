"""Private files to browsers, players and programs: whole or in ranges, part by part, cached by no others."""

import re
from collections.abc import AsyncIterator, Callable, Iterator
from urllib.parse import quote

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

PART = 1 << 20  # bytes that are in memory at a time
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})\Z")
# Nothing in such a file may do anything, even if a browser is talked into showing it.
SANDBOX = "default-src 'none'; sandbox"
HOUR = "private, max-age=3600"

Fetch = Callable[[int, int], bytes]


def send(
    request: HttpRequest,
    fetch: Fetch,
    size: int,
    media_type: str,
    etag: str,
    name: str = "",
    most: int | None = None,
    cache: str = HOUR,
) -> HttpResponseBase:
    """Answer with a file of `size` bytes, which `fetch(start, end)` gives: all of it, or the one range that
    is asked for, of which one answer brings at most `most` bytes (players ask again). Several ranges at
    once are answered with all of it. With a `name` it is to be saved, else it may be shown. `etag` names
    its content, without quotes."""
    tag = f'"{etag}"'
    if tag in _tags(request.headers.get("If-None-Match", "")):
        response: HttpResponseBase = HttpResponse(status=304)
    else:
        response = _told(request, fetch, size, tag, most)
        response["Content-Type"] = media_type
        response["Accept-Ranges"] = "bytes"
        response["Content-Disposition"] = _disposition(name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = cache
    response["ETag"] = tag
    return response


def _told(
    request: HttpRequest, fetch: Fetch, size: int, tag: str, most: int | None
) -> HttpResponseBase:
    asked = _asked(request, size, tag)
    if asked is None:
        return _streamed(request, fetch, 0, size)
    start, end = asked
    if start >= end:
        response: HttpResponseBase = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return response
    end = end if most is None else min(end, start + most)
    response = _streamed(request, fetch, start, end)
    response.status_code = 206
    response["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return response


def _tags(header: str) -> list[str]:
    return [each.strip().removeprefix("W/") for each in header.split(",")]


def _asked(request: HttpRequest, size: int, tag: str) -> tuple[int, int] | None:
    """Return (start, end) of the range that is asked for; None when all of it is the right answer: no
    range that we understand, or one of a file that has changed since."""
    match = _RANGE.match(request.headers.get("Range", "").strip())
    if request.method != "GET" or not match or not any(match.groups()):
        return None
    if request.headers.get("If-Range", tag) != tag:
        return None
    first, last = match.groups()
    if not first:  # the last so many bytes
        return max(0, size - int(last)), size
    if last and int(last) < int(first):
        return None
    return int(first), min(size, int(last) + 1) if last else size


def _streamed(request: HttpRequest, fetch: Fetch, start: int, end: int) -> HttpResponseBase:
    """Return a response that brings these bytes part by part, whichever way we are served."""
    if request.method == "HEAD":
        response: HttpResponseBase = HttpResponse()
    elif isinstance(request, ASGIRequest):
        response = StreamingHttpResponse(_parts_async(fetch, start, end))
    else:
        response = StreamingHttpResponse(_parts(fetch, start, end))
    response["Content-Length"] = str(max(0, end - start))
    return response


def streaming(
    request: HttpRequest, parts: Iterator[bytes], media_type: str
) -> StreamingHttpResponse:
    """Answer with `parts` as they are made, whichever way we are served. Django REST framework's requests
    are taken as the one that they hold."""
    plain = getattr(request, "_request", request)
    told = _each_async(parts) if isinstance(plain, ASGIRequest) else parts
    response = StreamingHttpResponse(told, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["X-Accel-Buffering"] = "no"  # a proxy in front would wait for all of it
    return response


async def _each_async(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    def after() -> bytes | None:
        return next(parts, None)

    while (part := await sync_to_async(after)()) is not None:
        yield part


def _parts(fetch: Fetch, start: int, end: int) -> Iterator[bytes]:
    for at in range(start, end, PART):
        yield fetch(at, min(end, at + PART))


async def _parts_async(fetch: Fetch, start: int, end: int) -> AsyncIterator[bytes]:
    get = sync_to_async(fetch, thread_sensitive=False)
    for at in range(start, end, PART):
        yield await get(at, min(end, at + PART))


def _disposition(name: str) -> str:
    if not name:
        return "inline"
    ascii_name = re.sub(r'[^A-Za-z0-9._ -]|["\\]', "_", name) or "file"
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}"
