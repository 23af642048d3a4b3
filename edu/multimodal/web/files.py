"""Bytes to browsers: originals as attachments, recordings by ranges, pages as pictures, captions."""

import re
from collections.abc import AsyncIterator, Iterator
from urllib.parse import quote

from asgiref.sync import sync_to_async
from django.contrib.auth.decorators import login_required
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from edu.common.errors import NotFound
from edu.multimodal import api
from edu.multimodal.data import Original

PART = 1 << 20  # bytes that are in memory at a time
RANGE = 8 << 20  # the most that one answer to a range request brings; players ask again
# What may be played in our origin. All else is only ever saved.
PLAYED = frozenset(
    [f"audio/{each}" for each in ("mpeg", "wav", "mp4", "ogg", "webm", "flac", "aac")]
)
FILMS = frozenset([f"video/{each}" for each in ("mp4", "webm", "ogg", "quicktime")])
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})\Z")
# Nothing in such a file may do anything, even if a browser is talked into showing it.
SANDBOX = "default-src 'none'; sandbox"


def me(request: HttpRequest) -> str:
    """Return the id of the person who asks."""
    return str(request.user.pk)


@login_required
@require_safe
def original(request: HttpRequest, material: str) -> HttpResponseBase:
    """The file as it was brought, to be saved and never shown."""
    file = api.original(user=me(request), material=material)
    response = _streamed(request, file, 0, file.bytes)
    response["Content-Type"] = "application/octet-stream"
    ascii_name = re.sub(r'[^A-Za-z0-9._ -]|["\\]', "_", file.file_name) or "file"
    response["Content-Disposition"] = (
        f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(file.file_name, safe='')}"
    )
    return _guarded(response, file)


@login_required
@require_safe
def media(request: HttpRequest, material: str) -> HttpResponseBase:
    """A recording to be played: all of it, or the range that a player asks for."""
    file = api.original(user=me(request), material=material)
    if file.media_type not in PLAYED | FILMS:
        raise NotFound
    if request.headers.get("If-None-Match") == f'"{file.sha256}"':
        return _guarded(HttpResponse(status=304), file)
    asked = _asked(request.headers.get("Range", ""), file.bytes)
    if asked is None:
        response = _streamed(request, file, 0, file.bytes)
    elif asked[0] >= asked[1]:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{file.bytes}"
    else:
        start, end = asked[0], min(asked[1], asked[0] + RANGE)
        response = _streamed(request, file, start, end)
        response.status_code = 206
        response["Content-Range"] = f"bytes {start}-{end - 1}/{file.bytes}"
    response["Content-Type"] = file.media_type
    response["Accept-Ranges"] = "bytes"
    return _guarded(response, file)


def _asked(header: str, size: int) -> tuple[int, int] | None:
    """Return (start, end) of a range header; None when there is none that we understand, and then the
    whole is the right answer."""
    match = _RANGE.match(header.strip())
    if not match or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:  # the last so many bytes
        return max(0, size - int(last)), size
    return int(first), min(size, int(last) + 1) if last else size


def _streamed(request: HttpRequest, file: Original, start: int, end: int) -> HttpResponseBase:
    """Return a response that brings these bytes part by part, whichever way we are served."""
    if request.method == "HEAD":
        response: HttpResponseBase = HttpResponse()
    elif isinstance(request, ASGIRequest):
        response = StreamingHttpResponse(_parts_async(file, start, end))
    else:
        response = StreamingHttpResponse(_parts(file, start, end))
    response["Content-Length"] = str(max(0, end - start))
    return response


def _parts(file: Original, start: int, end: int) -> Iterator[bytes]:
    for at in range(start, end, PART):
        yield api.part(key=file.key, start=at, end=min(end, at + PART))


async def _parts_async(file: Original, start: int, end: int) -> AsyncIterator[bytes]:
    fetch = sync_to_async(api.part, thread_sensitive=False)
    for at in range(start, end, PART):
        yield await fetch(key=file.key, start=at, end=min(end, at + PART))


def _guarded(response: HttpResponseBase, file: Original) -> HttpResponseBase:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "private, max-age=3600"
    response["ETag"] = f'"{file.sha256}"'
    return response


@login_required
@require_safe
def page(request: HttpRequest, material: str, page: int) -> HttpResponse:
    """A picture of a page, drawn by us: nothing of the file itself reaches the browser."""
    width = 700 if request.GET.get("width") == "700" else 1400
    drawn = api.page_picture(user=me(request), material=material, page=page, width=width)
    response = HttpResponse(drawn.picture, content_type=drawn.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response


@login_required
@require_safe
def captions(request: HttpRequest, material: str) -> HttpResponse:
    """What is said in a recording, as WebVTT."""
    lines = ["WEBVTT", ""]
    for each in api.captions(user=me(request), material=material).segments:
        text = each["text"].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        lines += [f"{_time(each['start'])} --> {_time(each['end'])}", text.replace("\n", " "), ""]
    return HttpResponse("\n".join(lines), content_type="text/vtt; charset=utf-8")


def _time(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
