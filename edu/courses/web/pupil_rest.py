"""Pupils that a teacher made for a course, of the API."""

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from edu.courses import api
from edu.courses.web.rest import NOT_TEACHER, NOT_THERE, me


class OfAgeView(GenericAPIView):
    """courses/{course}/pupils/{pupil}/of-age"""

    serializer_class = Serializer

    @extend_schema(
        summary="Note that a pupil is of age",
        tags=["courses"],
        request=None,
        responses={
            204: OpenApiResponse(description="Noted; they consent for themselves."),
            403: NOT_TEACHER,
            404: NOT_THERE,
        },
    )
    def post(self, request: Request, course: str, pupil: str) -> Response:
        """Note that a pupil whose account was made for this course is of age: the school no longer
        consents for them. It is written down where they can read it. For who manages people."""
        api.pupil_of_age(user=me(request), course=course, pupil=pupil)
        return Response(status=204)
