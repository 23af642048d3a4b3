"""A person's notices as Server-Sent Events: what /ws/me/ tells, for whoever stands behind a proxy that
lets no WebSocket through. It can be taken up again where it was lost, by the id of the last event."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiTypes, extend_schema
from rest_framework.authentication import get_authorization_header
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from edu.common.codec import plain, revive
from edu.orchestrator import api
from edu.orchestrator.data import Notification
from edu.orchestrator.web.notice_rest import NOTICE, NotificationOut
from edu.orchestrator.web.watch import LOOK, signed_in
from edu.users import api as users

KIND = "text/event-stream"
BEAT = 15.0  # seconds of silence after which proxies hear that the line is alive
LONGEST = 3600.0  # then the browser comes again, perhaps to another process
RETRY = "retry: 3000\n\n"
EXAMPLE = f'event: ready\ndata: {{"unread": 1}}\n\nid: {NOTICE["id"]}\nevent: notification\ndata: {{...}}\n'


class StreamRenderer(BaseRenderer):
    """Says that the stream can be asked for; it is written by the view itself."""

    media_type = KIND
    format = "sse"
    charset = None

    def render(self, data: Any, *_arguments: Any, **_named: Any) -> bytes:
        """Nothing: an answer with a body is a stream or a problem."""
        return b""


class EventsView(APIView):
    """me/events"""

    renderer_classes = (StreamRenderer,)

    @extend_schema(
        operation_id="me_events",
        summary="Notices as they come",
        tags=["me"],
        parameters=[
            OpenApiParameter(
                "Last-Event-ID",
                str,
                OpenApiParameter.HEADER,
                description="The id of the last event that was heard: what came after it comes first.",
            ),
        ],
        responses={(200, KIND): OpenApiTypes.STR},
        examples=[OpenApiExample("A beginning", EXAMPLE, response_only=True)],
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Server-Sent Events for EventSource: `ready` with the number that waits, then a `notification`
        for each. It ends within seconds when the person signs out or the token runs out."""
        if request.method == "HEAD":
            return HttpResponse(content_type=KIND)
        told = _stream(request._request, str(request.user.pk), _bearer(request))
        response = StreamingHttpResponse(told, content_type=KIND)
        response["Cache-Control"] = "private, no-store, no-transform"
        response["X-Accel-Buffering"] = "no"
        return response


def _bearer(request: Request) -> str:
    found = get_authorization_header(request).split()
    return found[1].decode("ascii", "replace") if len(found) == 2 and request.auth else ""


async def _stream(request: HttpRequest, user: str, bearer: str) -> AsyncIterator[str]:
    layer = get_channel_layer()
    channel = await layer.new_channel()
    group = api.person_group(user=user)
    await layer.group_add(group, channel)
    coming: asyncio.Future[Any] = asyncio.ensure_future(layer.receive(channel))
    try:
        # The group first, then what was missed: nothing falls between, and what comes twice is known.
        language = await database_sync_to_async(_language)(user)
        told, seen = await database_sync_to_async(_missed)(request, user, language)
        yield told
        ends, beat = time.monotonic() + LONGEST, time.monotonic() + BEAT
        while time.monotonic() < ends:
            done, _waiting = await asyncio.wait({coming}, timeout=LOOK)
            key = request.session.session_key
            if not await database_sync_to_async(signed_in)(user, bearer, key):
                return
            if done:
                message = coming.result()["message"]
                coming = asyncio.ensure_future(layer.receive(channel))
                if message["notification"]["id"] not in seen:
                    yield _event(revive(Notification, message["notification"]), language)
            elif time.monotonic() > beat:
                beat = time.monotonic() + BEAT
                yield ": still here\n\n"
    finally:
        coming.cancel()
        await layer.group_discard(group, channel)


def _missed(request: HttpRequest, user: str, language: str) -> tuple[str, set[str]]:
    """Return the beginning of the stream, and the ids of what is told in it."""
    ready = json.dumps({"unread": api.unread(user=user)})
    told = f"{RETRY}event: ready\ndata: {ready}\n\n"
    last = request.headers.get("Last-Event-ID", "")
    found = api.notifications_after(user=user, notification=last) if last else []
    return told + "".join(_event(each, language) for each in found), {each.id for each in found}


def _event(notice: Notification, language: str) -> str:
    with translation.override(language or None):
        said = NotificationOut(notice).data
    return f"id: {notice.id}\nevent: notification\ndata: {json.dumps(plain(dict(said)))}\n\n"


def _language(user: str) -> str:
    try:
        return translation.get_supported_language_variant(users.preferences(user=user).pages_in)
    except LookupError:
        return ""
