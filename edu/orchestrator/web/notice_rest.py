"""Notices of the API."""

from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    inline_serializer,
)
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from edu.common.pages import sensible
from edu.orchestrator import api
from edu.orchestrator.data import NOTIFICATIONS, Notification
from edu.orchestrator.web.notice_words import words

NOTICE = {
    "id": "0197a3c4-8f1b-7a60-9c1e-2b1f0f6f2b11",
    "kind": "material_read",
    "course": "0197a3c0-5d0e-7c1e-8a51-5f0f6f2b9f11",
    "text": "“Osmosis” is read. You can ask about it now.",
    "count": 0,
    "url": "/materials/0197a3c1-2d0e-7c1e-8a51-5f0f6f2b9f11/",
    "created_at": "2026-11-22T14:03:11.204Z",
    "read_at": None,
}
TRUE = ("1", "true", "yes")


class NotificationOut(serializers.Serializer):
    """Something that happened, in words, and where it is to be seen."""

    id = serializers.CharField()
    kind = serializers.ChoiceField(choices=NOTIFICATIONS)
    course = serializers.CharField(allow_null=True)
    text = serializers.SerializerMethodField()
    count = serializers.IntegerField()
    url = serializers.CharField(help_text="a path of the site")
    created_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)

    def get_text(self, notice: Notification) -> str:
        """In the language of the request."""
        return words(notice)


class NotificationsView(GenericAPIView):
    """me/notifications"""

    serializer_class = NotificationOut

    @extend_schema(
        summary="What happened meanwhile",
        tags=["me"],
        parameters=[
            OpenApiParameter("unread", bool, description="only those that wait"),
            OpenApiParameter("cursor", str, description="from `next` or `previous`"),
            OpenApiParameter("limit", int, description="1 to 200, 50 unless told"),
        ],
        responses={200: NotificationOut(many=True)},
        examples=[OpenApiExample("A notice", NOTICE, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        """List your own notices, newest first."""
        query = request.query_params
        page = api.notifications(
            user=str(request.user.pk),
            cursor=query.get("cursor"),
            limit=sensible(query.get("limit")),
            unread=query.get("unread", "").lower() in TRUE,
        )
        results = NotificationOut(page.items, many=True).data
        return Response({"results": results, "next": page.next, "previous": page.previous})


class ReadView(APIView):
    """me/notifications/{notification}/read"""

    @extend_schema(
        summary="Mark a notice as read",
        tags=["me"],
        request=None,
        responses={
            200: NotificationOut,
            404: OpenApiResponse(description="There is no such notice, or it is not yours."),
        },
        examples=[
            OpenApiExample(
                "Read", NOTICE | {"read_at": "2026-11-22T14:05:00.000Z"}, response_only=True
            )
        ],
    )
    def post(self, request: Request, notification: str) -> Response:
        """It does not wait any more; done again it stays as it is."""
        found = api.read_notification(user=str(request.user.pk), notification=notification)
        return Response(NotificationOut(found).data)


class ReadAllView(APIView):
    """me/notifications/read"""

    @extend_schema(
        operation_id="me_notifications_read_all",
        summary="Mark all notices as read",
        tags=["me"],
        request=None,
        responses={
            200: inline_serializer("NotificationsRead", {"read": serializers.IntegerField()})
        },
        examples=[OpenApiExample("Three waited", {"read": 3}, response_only=True)],
    )
    def post(self, request: Request) -> Response:
        """Return how many there were."""
        return Response({"read": api.read_notifications(user=str(request.user.pk))})
