"""A person's own picture: on the profile page, and me/picture of the API."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from edu.common.errors import Invalid
from edu.users import api
from edu.users.web.rest import checked
from edu.users.web.serializers import MeOut

MOST = (
    8 * 1024 * 1024 + 1
)  # bytes read; one more than may be kept, so that the api sees it is too large


@login_required
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Take a new picture, or take the picture away."""
    user, file = str(request.user.pk), request.FILES.get("picture")
    try:
        if "remove" in request.POST:
            api.remove_picture(user=user)
            messages.success(request, _("Your picture is gone."))
        elif file is None:
            messages.error(request, _("Choose a picture first."))
        else:
            api.set_picture(user=user, data=file.read(MOST))
            messages.success(request, _("Kept."))
    except Invalid as wrong:
        messages.error(request, _(wrong.fields["picture"]))
    return redirect("profile")


class PictureIn(serializers.Serializer):
    """A picture."""

    picture = serializers.FileField(help_text="A JPEG, PNG or WebP file of at most 8 MB.")


class MyPictureView(APIView):
    """me/picture"""

    parser_classes = (MultiPartParser,)

    @extend_schema(
        summary="Set my picture",
        tags=["me"],
        request=PictureIn,
        responses={
            200: MeOut,
            400: OpenApiResponse(
                description="It is no picture, or too large; `errors` says which."
            ),
        },
        examples=[OpenApiExample("A file", {"picture": "portrait.jpg"}, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        """Cut it to a square, draw it anew in three sizes and without metadata, and show it to those who
        share a course with me (`people/{id}/picture`)."""
        file = checked(PictureIn, request)["picture"]
        found = api.set_picture(user=str(request.user.pk), data=file.read(MOST))
        return Response(MeOut(found).data)

    @extend_schema(
        summary="Remove my picture",
        tags=["me"],
        request=None,
        responses={204: OpenApiResponse(description="There is none now.")},
        examples=[OpenApiExample("Gone", None, response_only=True, status_codes=["204"])],
    )
    def delete(self, request: Request) -> Response:
        """Take it away; where there was none, nothing happens."""
        api.remove_picture(user=str(request.user.pk))
        return Response(status=204)
