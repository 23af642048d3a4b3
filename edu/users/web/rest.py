"""auth/ and me of the API."""

from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from edu.users import api
from edu.users.web.serializers import (
    AddressIn,
    MeIn,
    MeOut,
    RefreshIn,
    RegisterIn,
    RegisterOut,
    TokenIn,
    TokensOut,
    WishOut,
)

TOKENS = {"access": "eyJhbGciOiJFZERTQSIs...", "refresh": "mG3xw0q9..."}
ME = {
    "id": "0197a3c0-5d0e-7c1e-8a51-5f0f6f2b9f11",
    "email": "levko@example.org",
    "display_name": "Levko",
}


def checked(kind: type[Serializer], request: Request) -> dict[str, Any]:
    """Return the body as `kind` reads it; a 400 names every bad field."""
    serializer = kind(data=request.data)
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data


class OpenView(APIView):
    """For those who are not signed in yet; a dead token in the header does not matter."""

    authentication_classes = ()
    permission_classes = (AllowAny,)


class RegisterView(OpenView):
    """auth/register"""

    @extend_schema(
        summary="Make an account",
        tags=["auth"],
        request=RegisterIn,
        responses={
            201: RegisterOut,
            202: WishOut,
            400: OpenApiResponse(description="A field is wrong; `errors` says which and why."),
            403: OpenApiResponse(
                description="The site takes no new accounts, or only invited ones."
            ),
            409: OpenApiResponse(description="There is an account with this address already."),
        },
        examples=[
            OpenApiExample(
                "A learner",
                {
                    "email": "levko@example.org",
                    "password": "violet-harbour-41",
                    "display_name": "Levko",
                },
                request_only=True,
            ),
            OpenApiExample("Made", ME, response_only=True, status_codes=["201"]),
            OpenApiExample(
                "A guardian is asked",
                {
                    **ME,
                    "status": "waiting",
                    "expires_at": "2026-03-09T08:15:00.000000Z",
                    "detail": "If nobody answers within a week, this wish is deleted. ...",
                },
                response_only=True,
                status_codes=["202"],
            ),
        ],
    )
    def post(self, request: Request) -> Response:
        """Make an account; its tokens can be asked for at once, unless the site asks for a confirmed
        address: then the answer is the same for a taken one, whose owner gets a letter. Where the site
        asks for the year of birth, `birth_year` is needed; below the age of consent the answer is 202,
        nothing but the wish is kept, and auth/token answers 401 until the guardian (`guardian_email`) or
        the school (`class_code`) has agreed. Without an answer the wish is deleted after a week. It holds
        no address: whoever signs up with that meanwhile has it, and the wish comes to nothing."""
        body = checked(RegisterIn, request)
        year = body.pop("birth_year", None)
        asked = {name: body.pop(name, "") for name in ("guardian_email", "class_code")}
        if api.below_age(birth_year=year):
            address = request.META.get("REMOTE_ADDR", "")
            wish = api.ask_consent(**body, **asked, birth_year=year, address=address)
            return Response(WishOut({"status": "waiting", **asdict(wish)}).data, 202)
        return Response(RegisterOut(api.register(**body)).data, 201)


class TokenView(OpenView):
    """auth/token"""

    @extend_schema(
        summary="Sign in",
        tags=["auth"],
        request=TokenIn,
        responses={
            200: TokensOut,
            401: OpenApiResponse(
                description="Address and password do not match (where addresses have to be "
                "confirmed: or this one is not yet), or the code of the second step is missing or "
                "wrong; `detail` says which."
            ),
            429: OpenApiResponse(description="Too many wrong passwords; see Retry-After."),
        },
        examples=[
            OpenApiExample(
                "A learner",
                {"email": "levko@example.org", "password": "violet-harbour-41"},
                request_only=True,
            ),
            OpenApiExample(
                "With a second step",
                {"email": "levko@example.org", "password": "violet-harbour-41", "otp": "492039"},
                request_only=True,
            ),
            OpenApiExample(
                "A pupil",
                {"class_code": "K7QMX3PD", "username": "levko", "password": "bakiro-tuve-472"},
                request_only=True,
            ),
            OpenApiExample("Tokens", TOKENS, response_only=True, status_codes=["200"]),
        ],
    )
    def post(self, request: Request) -> Response:
        """Exchange an e-mail address and password for tokens. A pupil, who has no address, gives the code
        of a class and the user name in it instead."""
        address = request.META.get("REMOTE_ADDR", "")
        tokens = api.issue_tokens(**checked(TokenIn, request), address=address)
        return Response(TokensOut(tokens).data)


class RefreshView(OpenView):
    """auth/token/refresh"""

    @extend_schema(
        summary="Exchange a refresh token",
        tags=["auth"],
        request=RefreshIn,
        responses={
            200: TokensOut,
            401: OpenApiResponse(description="The token is not good, or was used before."),
        },
        examples=[
            OpenApiExample("Exchange", {"refresh": "mG3xw0q9..."}, request_only=True),
            OpenApiExample("Tokens", TOKENS, response_only=True, status_codes=["200"]),
        ],
    )
    def post(self, request: Request) -> Response:
        """Exchange a refresh token for new tokens. The old one is dead; using it again ends the whole
        family, the newest one included."""
        return Response(TokensOut(api.refresh_tokens(**checked(RefreshIn, request))).data)


class ConfirmationView(OpenView):
    """auth/confirmation"""

    @extend_schema(
        summary="Send the letter that confirms an address",
        tags=["auth"],
        request=AddressIn,
        responses={
            202: OpenApiResponse(description="If the address waits for it, a letter is sent."),
            400: OpenApiResponse(description="A field is wrong; `errors` says which and why."),
            429: OpenApiResponse(description="Asked for too often; see Retry-After."),
        },
        examples=[OpenApiExample("Again", {"email": "levko@example.org"}, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        """Send it again. The answer does not tell whether there is such an account."""
        address = request.META.get("REMOTE_ADDR", "")
        api.ask_letter(kind="confirm", **checked(AddressIn, request), address=address)
        return Response(status=202)


class LogoutView(OpenView):
    """auth/logout"""

    @extend_schema(
        summary="Sign out",
        tags=["auth"],
        request=RefreshIn,
        responses={204: OpenApiResponse(description="Its tokens are dead.")},
        examples=[OpenApiExample("Sign out", {"refresh": "mG3xw0q9..."}, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        """End the family of a refresh token, and the access tokens that came from it."""
        api.revoke(**checked(RefreshIn, request))
        return Response(status=204)


class MeView(APIView):
    """me"""

    @extend_schema(
        summary="Who I am",
        tags=["me"],
        responses=MeOut,
        examples=[
            OpenApiExample(
                "Levko",
                {**ME, "roles": ["learner"], "preferences": {"theme": "dark", "speed": 1.0}},
                response_only=True,
            )
        ],
    )
    def get(self, request: Request) -> Response:
        """Return the person who asks, with their preferences."""
        return Response(MeOut(api.person(user=str(request.user.id))).data)

    @extend_schema(
        summary="Change my name or preferences",
        tags=["me"],
        request=MeIn,
        responses={
            200: MeOut,
            400: OpenApiResponse(description="A field is wrong; `errors` says which and why."),
        },
        examples=[
            OpenApiExample(
                "Darker, faster",
                {"preferences": {"theme": "dark", "speed": 1.5}},
                request_only=True,
            )
        ],
    )
    def patch(self, request: Request) -> Response:
        """Change what is named, and leave the rest."""
        return Response(
            MeOut(api.update_me(user=str(request.user.id), **checked(MeIn, request))).data
        )
