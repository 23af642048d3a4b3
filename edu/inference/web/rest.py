"""me/outside-calls of the API: what left this site for a person."""

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from edu.common.pages import sensible
from edu.inference import api
from edu.inference.data import OutsideCall

CALL = {
    "id": "0197a3d0-5b1e-7d42-9c06-2f9b1f0c7a11",
    "at": "2026-11-22T14:03:11.204Z",
    "course": "0197a3c0-6b1e-7d42-9c06-2f9b1f0c7a55",
    "kind": "chat",
    "host": "models.example.org",
    "model": "name-of-the-model",
    "carried": "text",
    "bytes_out": 2143,
    "bytes_in": 512,
    "redacted": {"email": 1, "name": 2},
    "outcome": "answered",
}


class OutsideCallOut(serializers.Serializer):
    """A call that left this site."""

    id = serializers.CharField()
    at = serializers.DateTimeField()
    course = serializers.SerializerMethodField()
    kind = serializers.CharField(help_text="chat, see, embed, hear, speak or read.")
    host = serializers.CharField(help_text="Who it was sent to.")
    model = serializers.CharField()
    carried = serializers.CharField(help_text="What went: text, picture or sound.")
    bytes_out = serializers.IntegerField()
    bytes_in = serializers.IntegerField()
    redacted = serializers.DictField(
        child=serializers.IntegerField(),
        help_text="What was replaced by placeholders before, by kind.",
    )
    outcome = serializers.CharField(help_text="sent, answered, stopped or failed.")

    def get_course(self, call: OutsideCall) -> str | None:
        """The course that it was for, if any."""
        return call.course or None


class OutsideCallsView(GenericAPIView):
    """me/outside-calls"""

    serializer_class = OutsideCallOut

    @extend_schema(
        summary="What left this site for me",
        tags=["me"],
        responses=OutsideCallOut(many=True),
        examples=[OpenApiExample("A question", CALL, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        """Return the calls to models elsewhere that were made for you, the newest first. Texts are not
        kept, only how much went where, and what was taken out before."""
        page = api.outside_calls(
            user=str(request.user.pk),
            cursor=request.query_params.get("cursor"),
            limit=sensible(request.query_params.get("limit")),
        )
        shown = OutsideCallOut(page.items, many=True).data
        return Response({"results": shown, "next": page.next, "previous": page.previous})
