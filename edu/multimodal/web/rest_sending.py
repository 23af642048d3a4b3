"""Files that are sent straight to the store of files, by the API."""

from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from edu.courses import api as courses
from edu.multimodal import api
from edu.multimodal.web.rest import MATERIAL, NOT_THERE, checked, me
from edu.multimodal.web.serializers import MaterialOut

SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
ANNOUNCED = {"file_name": "cells.mp4", "bytes": 40_000_000, "media_type": "video/mp4"}
SENT = {
    "id": "0197b1c7-2b1a-7b52-8a51-5f0f6f2b9f11",
    "course": MATERIAL["course"],
    "file_name": "cells.mp4",
    "bytes": 40_000_000,
    "parts": 3,
    "part_bytes": 16_777_216,
    "expires_at": "2026-11-23T14:03:11.204Z",
}
PART = {
    "number": 1,
    "bytes": 16_777_216,
    "url": "https://files.example.org/bucket/incoming/9f/9f2c?X-Amz-Signature=77ac",
    "headers": {"x-amz-checksum-sha256": "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg="},
}
NO_UPLOAD = OpenApiResponse(description="There is no such upload, it is not yours, or it is over.")


class FileToComeIn(serializers.Serializer):
    """A file that is to be sent."""

    file_name = serializers.CharField(max_length=255)
    bytes = serializers.IntegerField(min_value=0)
    media_type = serializers.CharField(required=False, allow_blank=True, max_length=150)
    title = serializers.CharField(required=False, allow_blank=True, max_length=200)
    sha256 = serializers.RegexField(
        r"^[0-9a-fA-F]{64}$", required=False, help_text="of all of it, in hex, if that is known"
    )


class FileToComeOut(serializers.Serializer):
    """How a file is to be sent: in `parts`, all but the last of `part_bytes`."""

    id = serializers.CharField()
    course = serializers.CharField()
    file_name = serializers.CharField()
    bytes = serializers.IntegerField()
    parts = serializers.IntegerField()
    part_bytes = serializers.IntegerField()
    expires_at = serializers.DateTimeField()


class PartIn(serializers.Serializer):
    """A part that is to be sent."""

    number = serializers.IntegerField(min_value=1, max_value=10_000)
    sha256 = serializers.RegexField(r"^[0-9a-fA-F]{64}$", help_text="of this part, in hex")


class PartOut(serializers.Serializer):
    """Where a part goes: PUT just these bytes there within an hour, with these headers."""

    number = serializers.IntegerField()
    bytes = serializers.IntegerField()
    url = serializers.CharField()
    headers = serializers.DictField(child=serializers.CharField())


class FilesToComeView(GenericAPIView):
    """courses/{course}/uploads"""

    serializer_class = FileToComeOut

    @extend_schema(
        summary="Announce a file that is sent straight to the store",
        tags=["materials"],
        request=FileToComeIn,
        responses={
            201: FileToComeOut,
            403: OpenApiResponse(description="Learners may not bring materials into this course."),
            404: NOT_THERE,
            409: OpenApiResponse(description="This site takes files itself, as a form."),
            413: OpenApiResponse(description="The file is over the size limit."),
        },
        examples=[
            OpenApiExample("A film of 40 MB", ANNOUNCED, request_only=True),
            OpenApiExample("A film", SENT, response_only=True),
        ],
    )
    def post(self, request: Request, course: str) -> Response:
        """Ask where a large file may be sent without passing through this server, if it has a store that
        takes them (409 if not: send it as a form). It has to come within a day."""
        courses.course(user=me(request), course=course, need="bring")
        body = checked(FileToComeIn, request)
        made = api.announce_file(user=me(request), course=course, size=body.pop("bytes"), **body)
        return Response(FileToComeOut(made).data, 201)


class PartsView(GenericAPIView):
    """uploads/{upload}/parts"""

    serializer_class = PartOut

    @extend_schema(
        summary="Ask where a part of a file is sent",
        tags=["materials"],
        request=PartIn,
        responses={
            200: PartOut,
            404: NO_UPLOAD,
            422: OpenApiResponse(description="Another digest."),
        },
        examples=[
            OpenApiExample("The first part", {"number": 1, "sha256": SHA256}, request_only=True),
            OpenApiExample("Its address", PART, response_only=True),
        ],
    )
    def post(self, request: Request, upload: str) -> Response:
        """Return an address that takes exactly these bytes for an hour; ask again for a new one."""
        api.file_to_come(user=me(request), upload=upload)
        body = checked(PartIn, request)
        return Response(PartOut(api.sign_part(user=me(request), upload=upload, **body)).data)


class FinishView(GenericAPIView):
    """uploads/{upload}/finish"""

    serializer_class = MaterialOut

    @extend_schema(
        summary="Bring a file that was sent to the store",
        tags=["materials"],
        request=None,
        responses={
            202: MaterialOut,
            404: NO_UPLOAD,
            409: OpenApiResponse(description="Not all of it has come."),
            415: OpenApiResponse(description="No format reads this type."),
            422: OpenApiResponse(description="It cannot be read, or is not what was announced."),
        },
        examples=[OpenApiExample("It waits", {**MATERIAL, "status": "queued"}, response_only=True)],
    )
    def post(self, request: Request, upload: str) -> Response:
        """Have what came looked at, as any file that is brought. The same call again gives the same
        material."""
        return Response(MaterialOut(api.finish_file(user=me(request), upload=upload)).data, 202)


class UploadView(GenericAPIView):
    """uploads/{upload}"""

    serializer_class = FileToComeOut

    @extend_schema(
        summary="Give up a file that is being sent",
        tags=["materials"],
        responses={204: OpenApiResponse(description="What came of it is gone."), 404: NO_UPLOAD},
    )
    def delete(self, request: Request, upload: str) -> Response:
        """Throw away what has come; left alone, it goes after a day."""
        api.drop_file(user=me(request), upload=upload)
        return Response(status=204)
