"""Pictures of people, for those who share a course with them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from edu.courses import api
from edu.courses.web.rest import NOT_THERE, me
from edu.users import api as users

SIZES = ("small", "middle", "large")


def _drawn(user: str, member: str, size: str) -> HttpResponse:
    """Answer with a picture, after THE access rule of pictures."""
    api.acquainted(user=user, other=member)
    data = users.picture(user=member, size=size)
    response = HttpResponse(data, content_type="image/webp")
    response["Content-Disposition"] = "inline"
    # The address carries which picture it is, so that another one has another address.
    response["Cache-Control"] = "private, max-age=86400"
    return response


@login_required
@require_safe
def page(request: HttpRequest, member: str) -> HttpResponse:
    """A person's picture, to be shown on a page."""
    return _drawn(str(request.user.pk), member, request.GET.get("size", "middle"))


class WebP(BaseRenderer):
    """Lets `Accept: image/webp` through; the view answers with the bytes themselves."""

    media_type = "image/webp"
    format = "webp"
    charset = None
    render_style = "binary"

    def render(self, data: bytes | None, *_arguments: object, **_named: object) -> bytes:
        """Return the bytes; none for an answer that is only headers."""
        return data or b""


class PictureView(APIView):
    """people/{member}/picture"""

    renderer_classes = (WebP, JSONRenderer)

    @extend_schema(
        summary="What somebody looks like",
        tags=["courses"],
        parameters=[
            OpenApiParameter(
                "size",
                enum=list(SIZES),
                description="64, 160 or 512 pixels each way; middle is 160.",
            )
        ],
        responses={(200, "image/webp"): OpenApiTypes.BINARY, 404: NOT_THERE},
        examples=[
            OpenApiExample("No picture, or not for you", {"status": 404}, status_codes=["404"])
        ],
    )
    def get(self, request: Request, member: str) -> HttpResponse:
        """Return my own picture, or that of somebody who is in a course with me, as WebP."""
        return _drawn(me(request), member, request.query_params.get("size", "middle"))
