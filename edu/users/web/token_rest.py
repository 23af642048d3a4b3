"""me/tokens of the API: personal access tokens."""

from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from edu.common.pages import sensible
from edu.users import api
from edu.users.data import SCOPES, Access
from edu.users.web.rest import checked

ABOUT = {
    "id": "0197a3c0-6b1e-7d42-9c06-2f9b1f0c7a55",
    "name": "Reading list for the school's site",
    "scopes": ["courses:read", "materials:read"],
    "created_at": "2026-09-01T08:00:00.000000Z",
    "expires_at": "2026-11-30T08:00:00.000000Z",
    "used_at": None,
}
TOKEN = "edu_pat_Vx2b..."  # noqa: S105  (an example)


class TokenOut(serializers.Serializer):
    """A personal access token, without the token itself."""

    id = serializers.CharField()
    name = serializers.CharField()
    scopes = serializers.ListField(child=serializers.CharField())
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    used_at = serializers.DateTimeField(
        allow_null=True, help_text="When it was used last, to the minute; null: never."
    )


class NewTokenIn(serializers.Serializer):
    """A token to be made."""

    name = serializers.CharField(max_length=400, help_text="What it is for.")
    scopes = serializers.ListField(
        child=serializers.ChoiceField(list(SCOPES)), min_length=1, max_length=len(SCOPES)
    )
    days = serializers.IntegerField(
        min_value=1, max_value=366, default=90, help_text="How long it is good."
    )


class NewTokenOut(TokenOut):
    """A token just made."""

    token = serializers.CharField(help_text="The token. It is told this one time.")


class TokensView(GenericAPIView):
    """me/tokens"""

    serializer_class = TokenOut

    @extend_schema(
        summary="My access tokens",
        tags=["me"],
        responses=TokenOut(many=True),
        examples=[OpenApiExample("One", ABOUT, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        """Return the personal access tokens that were not ended, the newest first."""
        page = api.tokens_of(
            user=str(request.user.id),
            cursor=request.query_params.get("cursor"),
            limit=sensible(request.query_params.get("limit")),
        )
        shown = TokenOut(page.items, many=True).data
        return Response({"results": shown, "next": page.next, "previous": page.previous})

    @extend_schema(
        summary="Make an access token",
        tags=["me"],
        request=NewTokenIn,
        responses={
            201: NewTokenOut,
            400: OpenApiResponse(description="A field is wrong; `errors` says which and why."),
            403: OpenApiResponse(
                description="The asking token has not all of these scopes, or you may make none."
            ),
            409: OpenApiResponse(description="There are 50 tokens in force already."),
        },
        examples=[
            OpenApiExample(
                "For a reading list",
                {"name": ABOUT["name"], "scopes": ABOUT["scopes"], "days": 90},
                request_only=True,
            ),
            OpenApiExample(
                "Made", {**ABOUT, "token": TOKEN}, response_only=True, status_codes=["201"]
            ),
        ],
    )
    def post(self, request: Request) -> Response:
        """Make a personal access token. One that is made by another can do no more and live no longer
        than that, and ends with it."""
        access = request.auth
        maker = access.token if isinstance(access, Access) and access.scopes is not None else ""
        made = api.make_token(
            user=str(request.user.id), maker=maker, **checked(NewTokenIn, request)
        )
        return Response({**TokenOut(made.about).data, "token": made.token}, 201)


class TokenEndView(APIView):
    """me/tokens/{token}"""

    @extend_schema(
        summary="End an access token",
        tags=["me"],
        request=None,
        responses={
            204: OpenApiResponse(description="It is good for nothing any more."),
            404: OpenApiResponse(description="There is no such token, or it was ended."),
        },
        examples=[],
    )
    def delete(self, request: Request, token: str) -> Response:
        """End one of my tokens, and those that were made by it."""
        api.end_token(user=str(request.user.id), token=token)
        return Response(status=204)
