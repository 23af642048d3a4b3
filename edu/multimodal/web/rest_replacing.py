"""Another file, or another reading, in place of a material's, by the API."""

from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from edu.multimodal import api
from edu.multimodal.web.rest import CONFLICT, DENIED, MATERIAL, NOT_THERE, checked, me
from edu.multimodal.web.serializers import MaterialOut
from edu.multimodal.web.uploads import on_disk

WAITS = {
    **MATERIAL,
    "status": "ready",
    "progress": 1.0,
    "stage": "",
    "passages": 212,
    "replacement": {
        "why": "file",
        "file_name": "cells-2.pdf",
        "status": "queued",
        "progress": 0.0,
        "stage": "",
        "error": None,
    },
}
BEFORE = {
    "id": "0197b1c7-11aa-7b52-8a51-5f0f6f2b9f11",
    "file_name": "cells.pdf",
    "media_type": "application/pdf",
    "bytes": 81234,
    "replaced_at": "2026-11-22T14:03:11.204Z",
    "replaced_by": MATERIAL["uploaded_by"],
}
TAKEN = {
    202: MaterialOut,
    403: DENIED,
    404: NOT_THERE,
    409: OpenApiResponse(description="It is an archive, or something of it is being read."),
}


class NewFileIn(serializers.Serializer):
    """The file that takes the place of another."""

    file = serializers.FileField(allow_empty_file=True, max_length=None)


class EarlierOut(serializers.Serializer):
    """A file that a material had before."""

    id = serializers.CharField()
    file_name = serializers.CharField()
    media_type = serializers.CharField()
    bytes = serializers.IntegerField()
    replaced_at = serializers.DateTimeField()
    replaced_by = serializers.CharField()


class EarlierFilesOut(serializers.Serializer):
    """The files that a material had before, the last one first."""

    results = EarlierOut(many=True)


class RestingOut(serializers.Serializer):
    """A quiz item that cites passages which are no longer there."""

    item = serializers.CharField()
    stem = serializers.CharField()
    kind = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    passages = serializers.ListField(child=serializers.CharField())


class DriftOut(serializers.Serializer):
    """What changed when a material was last read anew."""

    drift = serializers.DictField(
        help_text="`why` (file, page or reader), how many passages were `kept`, texts that `went`, `came` "
        "and `changed` ([before, after]), at last a number where there are more, and the ids of the "
        "passages that are `gone`; empty where it never was"
    )
    items = RestingOut(many=True, help_text="that rest on those; for who may edit items")


class FileView(GenericAPIView):
    """materials/{material}/file"""

    serializer_class = MaterialOut
    parser_classes = (MultiPartParser, JSONParser)

    @extend_schema(
        summary="Replace the file of a material",
        tags=["materials"],
        request={"multipart/form-data": NewFileIn},
        responses={
            **TAKEN,
            413: OpenApiResponse(description="The file is over the size limit."),
            415: OpenApiResponse(description="No format reads this type."),
            422: OpenApiResponse(description="A file of a known type that cannot be read."),
        },
        examples=[OpenApiExample("It waits to be read", WAITS, response_only=True)],
    )
    def put(self, request: Request, material: str) -> Response:
        """Put another file in the place of a material's, which keeps its id and stays as it is until the
        file is read: `replacement` says how far that is. Passages that say the same keep their ids, and
        `drift` then tells what changed. The file of before is kept for 30 days."""
        api.replaceable(user=me(request), material=material)
        upload = checked(NewFileIn, request)["file"]
        with on_disk(upload) as path:
            made = api.replace_file(
                user=me(request), material=material, file_name=upload.name, path=path
            )
        return Response(MaterialOut(made).data, 202)


class RereadView(GenericAPIView):
    """materials/{material}/reread"""

    serializer_class = MaterialOut

    @extend_schema(
        summary="Read a material anew",
        tags=["materials"],
        request=None,
        responses=TAKEN,
    )
    def post(self, request: Request, material: str) -> Response:
        """Have the readers of now read its file once more. It stays as it is until they are done, and
        passages that say the same keep their ids; `drift` then tells what changed."""
        return Response(MaterialOut(api.reread(user=me(request), material=material)).data, 202)


class DriftView(GenericAPIView):
    """materials/{material}/drift"""

    serializer_class = DriftOut

    @extend_schema(
        summary="What changed in a material",
        tags=["materials"],
        responses={200: DriftOut, 404: NOT_THERE},
        examples=[
            OpenApiExample(
                "One passage changed",
                {
                    "drift": {
                        "why": "file",
                        "kept": 211,
                        "went": [],
                        "came": [],
                        "changed": [["Yeast makes gas.", "Yeast makes gas out of sugar."]],
                        "gone": ["0197a3c8-8f1b-7a60-9c1e-2b1f0f6f2b11"],
                    },
                    "items": [],
                },
                response_only=True,
            )
        ],
    )
    def get(self, request: Request, material: str) -> Response:
        """Tell what changed when it was last fetched, replaced or read anew, and which quiz items cite
        passages that went or changed."""
        found = api.material(user=me(request), material=material)
        items = api.rests(user=me(request), material=material)
        return Response(DriftOut({"drift": found.drift, "items": items}).data)


class EarlierView(GenericAPIView):
    """materials/{material}/earlier"""

    serializer_class = EarlierFilesOut
    pagination_class = None

    @extend_schema(
        summary="Files that a material had before",
        tags=["materials"],
        responses={200: EarlierFilesOut, 403: DENIED, 404: NOT_THERE},
        examples=[OpenApiExample("One", {"results": [BEFORE]}, response_only=True)],
    )
    def get(self, request: Request, material: str) -> Response:
        """List the files of the last 30 days, five at most, to who may change the material."""
        found = api.earlier(user=me(request), material=material)
        return Response(EarlierFilesOut({"results": found}).data)


class PutBackView(GenericAPIView):
    """materials/{material}/earlier/{earlier}/restore"""

    serializer_class = MaterialOut

    @extend_schema(
        summary="Put an earlier file back",
        tags=["materials"],
        request=None,
        responses={**TAKEN, 409: CONFLICT},
    )
    def post(self, request: Request, material: str, earlier: str) -> Response:
        """Replace the file of now by one that the material had before, as any other file would."""
        made = api.put_back(user=me(request), material=material, earlier=earlier)
        return Response(MaterialOut(made).data, 202)
