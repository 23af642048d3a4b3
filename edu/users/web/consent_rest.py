"""me/consents of the API."""

from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from edu.users import api
from edu.users.web.rest import checked

EXAMPLE = {
    "purpose": "outside-model",
    "title": "Language models elsewhere",
    "words": "Where this site has a language model at another firm, ...",
    "version": 1,
    "allowed": False,
    "may_give": True,
    "may_refuse": True,
    "outdated": False,
    "last": {
        "purpose": "outside-model",
        "version": 1,
        "given": False,
        "at": "2026-03-02T08:15:00.000000Z",
        "by": "0197a3c0-5d0e-7c1e-8a51-5f0f6f2b9f11",
        "by_name": "Levko",
        "capacity": "self",
    },
}


class DecisionOut(serializers.Serializer):
    """One decision."""

    purpose = serializers.CharField()
    version = serializers.IntegerField(help_text="of the words")
    given = serializers.BooleanField()
    at = serializers.DateTimeField()
    by = serializers.CharField()
    by_name = serializers.CharField()
    capacity = serializers.CharField(help_text="self, guardian or school")


class ConsentOut(serializers.Serializer):
    """How one purpose stands."""

    purpose = serializers.CharField()
    title = serializers.CharField()
    words = serializers.CharField()
    version = serializers.IntegerField(help_text="of the words")
    allowed = serializers.BooleanField()
    may_give = serializers.BooleanField(help_text="whether the one who asks may agree")
    may_refuse = serializers.BooleanField()
    outdated = serializers.BooleanField(help_text="it was agreed to in older words")
    last = DecisionOut(allow_null=True)


class ConsentsOut(serializers.Serializer):
    """All of them."""

    results = ConsentOut(many=True)


class ConsentIn(serializers.Serializer):
    """A decision."""

    purpose = serializers.CharField(max_length=40)
    given = serializers.BooleanField()


class ConsentsView(APIView):
    """me/consents"""

    @extend_schema(
        summary="What I consent to",
        tags=["me"],
        responses=ConsentsOut,
        examples=[OpenApiExample("One refused", {"results": [EXAMPLE]}, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        """Return each purpose with how it stands: what is done with what the person leaves here, in plain
        words, whether it is allowed, and who decided so when."""
        me = str(request.user.id)
        return Response(ConsentsOut({"results": api.consents_of(user=me, by=me)}).data)

    @extend_schema(
        summary="Give or refuse a consent",
        tags=["me"],
        request=ConsentIn,
        responses={
            201: ConsentOut,
            400: OpenApiResponse(description="A field is wrong; `errors` says which and why."),
            403: OpenApiResponse(
                description="Somebody else decides this: a minor may only refuse."
            ),
            404: OpenApiResponse(description="There is no such purpose."),
        },
        examples=[
            OpenApiExample(
                "Withdraw", {"purpose": "outside-model", "given": False}, request_only=True
            ),
            OpenApiExample("Withdrawn", EXAMPLE, response_only=True, status_codes=["201"]),
        ],
    )
    def post(self, request: Request) -> Response:
        """Write a decision down; the one before stays on record. It holds from the next request on."""
        me = str(request.user.id)
        body = checked(ConsentIn, request)
        api.decide(user=me, by=me, **body)
        found = {each.purpose: each for each in api.consents_of(user=me, by=me)}
        return Response(ConsentOut(found[body["purpose"]]).data, 201)
