"""Bytes to browsers: originals as attachments, recordings by ranges, pages as pictures, captions."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from edu.common.errors import NotFound
from edu.common.sending import SANDBOX, send
from edu.multimodal import api
from edu.multimodal.data import Captions, Drawn
from edu.users import api as users

RANGE = 8 << 20  # the most that one answer to a range request brings; players ask again
# What may be played in our origin. All else is only ever saved.
PLAYED = frozenset(
    [f"audio/{each}" for each in ("mpeg", "wav", "mp4", "ogg", "webm", "flac", "aac")]
)
FILMS = frozenset([f"video/{each}" for each in ("mp4", "webm", "ogg", "quicktime")])

View = Callable[..., HttpResponseBase]


def by_link(view: View) -> View:
    """Let in who is signed in, and whoever has a link to this address: players and pages elsewhere."""

    @wraps(view)
    def inside(request: HttpRequest, **named: Any) -> HttpResponseBase:
        link = request.GET.get("link")
        if link is not None:
            user = users.user_of_link(path=request.path, link=link)
        elif request.user.is_authenticated:
            user = me(request)
        else:
            return redirect_to_login(request.get_full_path())
        return view(request, user, **named)

    return inside


def me(request: HttpRequest) -> str:
    """Return the id of the person who asks."""
    return str(request.user.pk)


@require_safe
@by_link
def original(request: HttpRequest, user: str, material: str) -> HttpResponseBase:
    """The file as it was brought, to be saved and never shown."""
    file = api.original(user=user, material=material)
    fetch = partial(part, file.key)
    kind = "application/octet-stream"
    return send(request, fetch, file.bytes, kind, file.sha256, name=file.file_name)


@require_safe
@by_link
def media(request: HttpRequest, user: str, material: str) -> HttpResponseBase:
    """A recording to be played: all of it, or the range that a player asks for."""
    file = api.original(user=user, material=material)
    if file.media_type not in PLAYED | FILMS:
        raise NotFound
    fetch = partial(part, file.key)
    return send(request, fetch, file.bytes, file.media_type, file.sha256, most=RANGE)


def part(key: str, start: int, end: int) -> bytes:
    """Return some of the bytes under a key, as `send` asks for them."""
    return api.part(key=key, start=start, end=end)


@require_safe
@by_link
def page(request: HttpRequest, user: str, material: str, page: int) -> HttpResponse:
    """A picture of a page, drawn by us: nothing of the file itself reaches the browser."""
    width = 700 if request.GET.get("width") == "700" else 1400
    return shown(api.page_picture(user=user, material=material, page=page, width=width))


@require_safe
@by_link
def figure(request: HttpRequest, user: str, material: str, figure: str) -> HttpResponse:
    """A picture that stands in a material, drawn anew by us."""
    return shown(api.figure_picture(user=user, material=material, figure=figure))


def shown(drawn: Drawn) -> HttpResponse:
    """Answer with a picture, which may do nothing but be seen."""
    response = HttpResponse(drawn.picture, content_type=drawn.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response


@require_safe
@by_link
def captions(request: HttpRequest, user: str, material: str) -> HttpResponse:
    """What is said in a recording, as WebVTT."""
    return webvtt(api.captions(user=user, material=material))


def webvtt(found: Captions) -> HttpResponse:
    """Return captions as WebVTT."""
    lines = ["WEBVTT", ""]
    for each in found.segments:
        text = each["text"].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        lines += [f"{_time(each['start'])} --> {_time(each['end'])}", text.replace("\n", " "), ""]
    return HttpResponse(
        "\n".join(lines),
        content_type="text/vtt; charset=utf-8",
        headers={"Cache-Control": "private", "X-Content-Type-Options": "nosniff"},
    )


def _time(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
