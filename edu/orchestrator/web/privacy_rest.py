"""me/export and the erasure of an account, of the API."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from edu.orchestrator import api
from edu.orchestrator.data import Erasure, Export
from edu.orchestrator.web.archives import archive

NOT_THERE = OpenApiResponse(description="There is no such thing, or it is not yours.")
EXPORT = {
    "id": "0197a3c8-2b1f-7c60-8d1e-4b1f0f6f2b11",
    "status": "ready",
    "progress": 1.0,
    "error": None,
    "bytes": 48211,
    "url": "/api/v1/me/export/0197a3c8-2b1f-7c60-8d1e-4b1f0f6f2b11/file",
    "created_at": "2026-11-22T14:03:11.204Z",
    "finished_at": "2026-11-22T14:03:14.731Z",
}
QUEUED = {**EXPORT, "status": "queued", "progress": 0.0, "bytes": 0, "url": None}
QUEUED["finished_at"] = None
ERASURE = {
    "id": "0197a3c9-1b1f-7c60-8d1e-4b1f0f6f2b22",
    "status": "ready",
    "progress": 1.0,
    "erased": {"orchestrator": {"orchestrator.turn": 12}, "users": {"users.user": 1}},
    "kept": {"users": {"users.auditrecord": 9}},
    "created_at": "2026-11-22T14:05:11.204Z",
    "finished_at": "2026-11-22T14:05:13.002Z",
}
BEGUN = {**ERASURE, "status": "queued", "progress": 0.0, "erased": {}, "kept": {}}
BEGUN["finished_at"] = None


def _me(request: Request) -> str:
    return str(request.user.pk)


class ExportOut(serializers.Serializer):
    """An archive of all that is held about you."""

    id = serializers.CharField()
    status = serializers.CharField()
    progress = serializers.FloatField()
    error = serializers.CharField(allow_null=True)
    bytes = serializers.IntegerField()
    url = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)

    def get_url(self, export: Export) -> str | None:
        """Where the ZIP is, when it is ready."""
        if export.status != "ready":
            return None
        return reverse("api-me-export-file", args=[export.id])


class LeaveIn(serializers.Serializer):
    """Proof that it is you."""

    password = serializers.CharField(required=False, max_length=1000, trim_whitespace=False)
    code = serializers.CharField(
        required=False, max_length=40, help_text="of your second step, instead of the password"
    )


class ErasureOut(serializers.Serializer):
    """An erasure, and its receipt when it is ready: rows by app and table. It does not say whose."""

    id = serializers.CharField()
    status = serializers.CharField()
    progress = serializers.FloatField()
    erased = serializers.DictField(child=serializers.DictField(child=serializers.IntegerField()))
    kept = serializers.DictField(child=serializers.DictField(child=serializers.IntegerField()))
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


def told(erasure: Erasure) -> Any:
    """Return an erasure as the API tells it."""
    return ErasureOut(erasure).data


class ExportView(APIView):
    """me/export"""

    @extend_schema(
        summary="Export all that is held about me",
        operation_id="me_export_begin",
        tags=["me"],
        responses={202: ExportOut},
        examples=[OpenApiExample("Begun", QUEUED, response_only=True, status_codes=["202"])],
    )
    def get(self, request: Request) -> Response:
        """Have an archive made, and return it: ask for it by its id until it is `ready`. While one is
        being made there is no second one. It is kept for a week. That a GET begins something is on
        purpose: programs outside rely on this address and method. Do not prefetch it."""
        return Response(ExportOut(api.export_person(user=_me(request))).data, 202)


class ExportOneView(APIView):
    """me/export/{export}"""

    @extend_schema(
        summary="How an export goes",
        tags=["me"],
        responses={200: ExportOut, 404: NOT_THERE},
        examples=[OpenApiExample("Ready", EXPORT, response_only=True)],
    )
    def get(self, request: Request, export: str) -> Response:
        """Return one of your exports, with the address of the ZIP when it is ready."""
        return Response(ExportOut(api.export(user=_me(request), export=export)).data)


class ExportFileView(APIView):
    """me/export/{export}/file"""

    @extend_schema(
        summary="Fetch an export",
        tags=["me"],
        responses={(200, "application/zip"): OpenApiTypes.BINARY, 404: NOT_THERE},
    )
    def get(self, request: Request, export: str) -> HttpResponseBase:
        """Return the ZIP: JSON for each part of edu, your files, and index.html to read it by."""
        plain: HttpRequest = request._request
        return archive(plain, user=_me(request), export=export)


class LeaveView(APIView):
    """me"""

    @extend_schema(
        summary="Erase my account",
        tags=["me"],
        request=LeaveIn,
        responses={
            202: ErasureOut,
            400: OpenApiResponse(description="No proof, or a wrong one; `errors` says which."),
        },
        examples=[
            OpenApiExample("By password", {"password": "..."}, request_only=True),
            OpenApiExample("Begun", BEGUN, response_only=True, status_codes=["202"]),
        ],
    )
    def delete(self, request: Request) -> Response:
        """Close the account at once and erase all that is held about you. It cannot be undone. The body
        is JSON with `password`, or with `code` of your second step. Keep the id of the answer: by it
        anybody can ask for the receipt."""
        given = LeaveIn(data=request.data)
        given.is_valid(raise_exception=True)
        return Response(told(api.erase_person(user=_me(request), **given.validated_data)), 202)


class ErasureView(APIView):
    """erasures/{erasure}"""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        summary="The receipt of an erasure",
        tags=["me"],
        auth=[],
        responses={200: ErasureOut, 404: NOT_THERE},
        examples=[OpenApiExample("Done", ERASURE, response_only=True)],
    )
    def get(self, request: Request, erasure: str) -> Response:
        """Return how an erasure goes and what was erased. Who it was it does not say, so that no
        account is needed."""
        return Response(told(api.erasure(erasure=erasure)))
