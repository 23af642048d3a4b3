"""Webhooks of the API: of a course, for its teachers; of oneself, for everybody."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from edu.common.errors import NotFound
from edu.common.ids import parse_id
from edu.common.pages import Page, sensible
from edu.common.querypages import page_of
from edu.gateway import tasks, webhooks
from edu.gateway.models import Webhook, WebhookMessage

HOOK = {
    "id": "0197a3c4-8f1b-7a60-9c1e-2b1f0f6f2b11",
    "course": "0197a3c0-5d0e-7c1e-8a51-5f0f6f2b9f11",
    "url": "https://example.org/edu",
    "events": ["material.ready"],
    "active": True,
    "stopped": "",
    "failing_since": None,
    "created_at": "2026-11-22T14:03:11.204Z",
}
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw0Zm1mUj6XkM="  # noqa: S105  (an example)
MESSAGE = {
    "id": "0197a3c5-0b1c-7d58-b7a1-7e2f8f1e6a55",
    "event": "0197a3c5-0b1b-7aa0-8e21-0c8f1f6f2b9f",
    "type": "material.ready",
    "status": "delivered",
    "body": {
        "type": "material.ready",
        "timestamp": "2026-11-22T14:05:00.000Z",
        "data": {"material": "0197a3c1-2d0e-7c1e-8a51-5f0f6f2b9f11"},
    },
    "attempts": [{"at": "2026-11-22T14:05:00.102Z", "status": 204, "error": "", "ms": 81}],
    "due_at": None,
    "created_at": "2026-11-22T14:05:00.000Z",
}
NOT_THERE = OpenApiResponse(description="There is no such thing, or it is not yours.")
NOT_GIVEN = OpenApiResponse(description="This site does not let you do this.")
NOT_TEACHER = OpenApiResponse(description="Your role in the course does not allow this.")
BAD = OpenApiResponse(description="A field is wrong; `errors` says which and why.")
TOO_MANY = OpenApiResponse(description="There are 20 here already.")
OFF = OpenApiResponse(description="The webhook is turned off.")
KINDS = list(webhooks.EVENTS)


class WebhookIn(serializers.Serializer):
    """Where to tell what."""

    url = serializers.CharField(
        max_length=2000, help_text="https, on port 443 or 8443 of a public host"
    )
    events = serializers.ListField(
        child=serializers.ChoiceField(KINDS),
        max_length=20,
        help_text="of a course: material.ready, attempt.graded, objectives.changed; of yourself: "
        "material.ready, attempt.graded, turn.finished",
    )


class WebhookChange(WebhookIn):
    """All of it may be left out."""

    url = serializers.CharField(max_length=2000, required=False)
    events = serializers.ListField(
        child=serializers.ChoiceField(KINDS), max_length=20, required=False
    )
    active = serializers.BooleanField(required=False, help_text="turn it off, or on again")


class WebhookOut(serializers.Serializer):
    """An address that is told what happens."""

    id = serializers.CharField()
    course = serializers.CharField(allow_null=True, help_text="none: it is told about you")
    url = serializers.CharField()
    events = serializers.ListField(child=serializers.ChoiceField(KINDS))
    active = serializers.BooleanField()
    stopped = serializers.ChoiceField(
        ["", "failing", "gone"],
        help_text="why it was turned off by itself: no success in five days, or it answered 410",
    )
    failing_since = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()


class WebhookMade(WebhookOut):
    """With its secret, which is told only here."""

    secret = serializers.CharField(
        help_text="`whsec_` and base64: what the messages are signed with"
    )


class SecretOut(serializers.Serializer):
    """A new secret, which is told only here."""

    secret = serializers.CharField()


class DeliveryOut(serializers.Serializer):
    """One attempt at bringing a message there."""

    at = serializers.DateTimeField()
    status = serializers.IntegerField(allow_null=True, help_text="of the answer, if there was one")
    error = serializers.CharField(allow_blank=True)
    ms = serializers.IntegerField(help_text="how long it took")


class MessageOut(serializers.Serializer):
    """One message, and what became of it."""

    id = serializers.CharField()
    event = serializers.CharField(help_text="the header webhook-id; the same on each attempt")
    type = serializers.ChoiceField([*KINDS, webhooks.PING])
    status = serializers.ChoiceField(["queued", "delivered", "failed"])
    body = serializers.DictField(help_text="what is sent")
    attempts = DeliveryOut(many=True)
    due_at = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()

    def get_due_at(self, row: WebhookMessage) -> str | None:
        """When it is tried next."""
        waits = row.status == WebhookMessage.QUEUED
        return serializers.DateTimeField().to_representation(row.due_at) if waits else None


def _me(request: Request) -> str:
    return str(request.user.pk)


def _paged(kind: type[serializers.Serializer], request: Request, rows: Any) -> Response:
    query = request.query_params
    page: Page[Any] = page_of(
        rows,
        order="-id",
        cursor=query.get("cursor"),
        limit=sensible(query.get("limit")),
        to_data=lambda row: row,
    )
    results = kind(page.items, many=True).data
    return Response({"results": results, "next": page.next, "previous": page.previous})


def _checked(kind: type[serializers.Serializer], request: Request) -> dict[str, Any]:
    serializer = kind(data=request.data)
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data


class _Hooks(GenericAPIView):
    serializer_class = WebhookOut

    def _list(self, request: Request, course: str | None) -> Response:
        return _paged(WebhookOut, request, webhooks.of(_me(request), course))

    def _make(self, request: Request, course: str | None) -> Response:
        wanted = _checked(WebhookIn, request)
        row, secret = webhooks.make(_me(request), course, now=timezone.now(), **wanted)
        return Response({**WebhookOut(row).data, "secret": secret}, 201)


EXAMPLES = [
    OpenApiExample(
        "When a material is read",
        {"url": HOOK["url"], "events": HOOK["events"]},
        request_only=True,
    ),
    OpenApiExample("Made", {**HOOK, "secret": SECRET}, response_only=True, status_codes=["201"]),
]


class CourseView(_Hooks):
    """courses/{course}/webhooks"""

    @extend_schema(
        summary="Webhooks of a course",
        tags=["webhooks"],
        responses={200: WebhookOut(many=True), 403: NOT_TEACHER, 404: NOT_THERE},
        examples=[OpenApiExample("A webhook", HOOK, response_only=True)],
    )
    def get(self, request: Request, course: str) -> Response:
        """List those that you made in a course that you teach, newest first."""
        return self._list(request, course)

    @extend_schema(
        summary="Be told what happens in a course",
        tags=["webhooks"],
        request=WebhookIn,
        responses={
            201: WebhookMade,
            400: BAD,
            403: NOT_TEACHER,
            404: NOT_THERE,
            409: TOO_MANY,
        },
        examples=EXAMPLES,
    )
    def post(self, request: Request, course: str) -> Response:
        """Have a program of yours told, by a POST to its address, signed as standardwebhooks.com has
        it. The secret is in this answer and in no other. For teachers."""
        webhooks.of(_me(request), course)  # before the form is read
        return self._make(request, course)


class MineView(_Hooks):
    """me/webhooks"""

    @extend_schema(
        summary="Webhooks about myself",
        tags=["webhooks"],
        responses={200: WebhookOut(many=True)},
        examples=[OpenApiExample("A webhook", {**HOOK, "course": None}, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        """List those that tell what you do yourself, in whichever course, newest first."""
        return self._list(request, None)

    @extend_schema(
        summary="Be told what I do",
        tags=["webhooks"],
        request=WebhookIn,
        responses={201: WebhookMade, 400: BAD, 403: NOT_GIVEN, 409: TOO_MANY},
        examples=EXAMPLES,
    )
    def post(self, request: Request) -> Response:
        """Have a program of yours told of your own materials, answers and turns."""
        return self._make(request, None)


class WebhookView(GenericAPIView):
    """webhooks/{webhook}"""

    serializer_class = WebhookOut

    @extend_schema(
        summary="One webhook",
        tags=["webhooks"],
        responses={200: WebhookOut, 404: NOT_THERE},
        examples=[OpenApiExample("A webhook", HOOK, response_only=True)],
    )
    def get(self, request: Request, webhook: str) -> Response:
        """Return one of yours."""
        return Response(WebhookOut(webhooks.own(_me(request), webhook)).data)

    @extend_schema(
        summary="Change a webhook",
        tags=["webhooks"],
        request=WebhookChange,
        responses={200: WebhookOut, 400: BAD, 404: NOT_THERE},
        examples=[
            OpenApiExample("Turn it on again", {"active": True}, request_only=True),
            OpenApiExample("On", HOOK, response_only=True),
        ],
    )
    def patch(self, request: Request, webhook: str) -> Response:
        """Change its address or its events, or turn it off or on."""
        row: Webhook = webhooks.own(_me(request), webhook)
        return Response(WebhookOut(webhooks.change(row, **_checked(WebhookChange, request))).data)

    @extend_schema(
        summary="Remove a webhook",
        tags=["webhooks"],
        responses={204: OpenApiResponse(description="It is told nothing more."), 404: NOT_THERE},
    )
    def delete(self, request: Request, webhook: str) -> Response:
        """Remove it, and what it was told."""
        webhooks.own(_me(request), webhook).delete()
        return Response(status=204)


class SecretView(GenericAPIView):
    """webhooks/{webhook}/secret"""

    serializer_class = SecretOut

    @extend_schema(
        summary="Make a new secret",
        tags=["webhooks"],
        request=None,
        responses={200: SecretOut, 404: NOT_THERE},
        examples=[OpenApiExample("The new one", {"secret": SECRET}, response_only=True)],
    )
    def post(self, request: Request, webhook: str) -> Response:
        """Sign with another secret from now on; it is in this answer and in no other."""
        row = webhooks.own(_me(request), webhook)
        return Response({"secret": webhooks.renew_secret(row)})


class PingView(GenericAPIView):
    """webhooks/{webhook}/ping"""

    serializer_class = MessageOut

    @extend_schema(
        summary="Try a webhook",
        tags=["webhooks"],
        request=None,
        responses={202: MessageOut, 404: NOT_THERE, 409: OFF},
        examples=[
            OpenApiExample(
                "On its way",
                {**MESSAGE, "type": "ping", "status": "queued", "attempts": []},
                response_only=True,
                status_codes=["202"],
            )
        ],
    )
    def post(self, request: Request, webhook: str) -> Response:
        """Send a message of the type `ping`; its row tells how it went."""
        row = webhooks.own(_me(request), webhook)
        return _queued(webhooks.ping(row, timezone.now()))


class MessagesView(GenericAPIView):
    """webhooks/{webhook}/messages"""

    serializer_class = MessageOut

    @extend_schema(
        summary="What a webhook was told",
        tags=["webhooks"],
        responses={200: MessageOut(many=True), 404: NOT_THERE},
        examples=[OpenApiExample("A message", MESSAGE, response_only=True)],
    )
    def get(self, request: Request, webhook: str) -> Response:
        """List the messages of the last 30 days with every attempt, newest first."""
        return _paged(MessageOut, request, webhooks.messages(_me(request), webhook))


class ReplayView(GenericAPIView):
    """webhooks/{webhook}/messages/{message}/replay"""

    serializer_class = MessageOut

    @extend_schema(
        summary="Send a message again",
        tags=["webhooks"],
        request=None,
        responses={202: MessageOut, 404: NOT_THERE, 409: OFF},
        examples=[
            OpenApiExample(
                "On its way",
                {**MESSAGE, "status": "queued"},
                response_only=True,
                status_codes=["202"],
            )
        ],
    )
    def post(self, request: Request, webhook: str, message: str) -> Response:
        """Queue it once more, with the same `webhook-id`, whatever became of it before."""
        row = webhooks.messages(_me(request), webhook).filter(id=parse_id(message)).first()
        if row is None:
            raise NotFound
        return _queued(webhooks.again(row, timezone.now()))


def _queued(row: WebhookMessage) -> Response:
    tasks.send_webhook.delay_on_commit(str(row.id))
    return Response(MessageOut(row).data, 202)
