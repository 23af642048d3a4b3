"""Captions of recordings and films, of the API: as WebVTT, and line by line to be put right."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from edu.multimodal import api
from edu.multimodal.web.files import webvtt
from edu.multimodal.web.rest import DENIED, MATERIAL, NOT_THERE, checked, me, paged, paging

CUE = {
    "id": "12340",
    "start": 12.34,
    "end": 15.9,
    "text": "Water moves through the membrane.",
    "passage": "0197a3c8-8f1b-7a60-9c1e-2b1f0f6f2b11",
    "edited": True,
    "edited_by": MATERIAL["uploaded_by"],
    "edited_at": "2026-11-22T14:03:11.204Z",
    "heard": "Water moves through the men brain.",
    "differs": False,
}
NEXT = {**CUE, "id": "14100", "start": 14.1, "text": "It does so by itself."}
CHANGE = {
    "id": "0197a3d1-11aa-7b52-8a51-5f0f6f2b9f77",
    "start": 12.34,
    "end": 15.9,
    "heard": CUE["heard"],
    "text": CUE["text"],
    "by": MATERIAL["uploaded_by"],
    "at": CUE["edited_at"],
    "until": None,
    "ended_by": None,
}
BUSY = OpenApiResponse(description="It is being read just now, or nobody has changed this line.")


class CueOut(serializers.Serializer):
    """A line of the captions."""

    id = serializers.CharField(
        help_text="its first second in thousandths; an edit does not change it"
    )
    start = serializers.FloatField(help_text="seconds from the beginning")
    end = serializers.FloatField()
    text = serializers.CharField()
    passage = serializers.CharField(help_text="that it stands in")
    edited = serializers.SerializerMethodField(help_text="whether a person wrote it")
    edited_by = serializers.SerializerMethodField(help_text="who; null where nobody did")
    edited_at = serializers.DateTimeField(allow_null=True)
    heard = serializers.CharField(
        help_text="what the machine hears there; empty where nobody edited"
    )
    differs = serializers.BooleanField(
        help_text="whether it heard other words since the edit: look which are right"
    )

    def get_edited(self, cue: Any) -> bool:
        """Return whether a person wrote it."""
        return bool(cue.edit)

    def get_edited_by(self, cue: Any) -> str | None:
        """Return who wrote it."""
        return cue.edited_by or None


class CueIn(serializers.Serializer):
    """What is really said in a line."""

    text = serializers.CharField(
        max_length=500,
        required=False,
        help_text="One line. Where nothing is said, what is heard, in brackets: [music]",
    )
    keep = serializers.BooleanField(
        required=False,
        help_text="true in place of `text`: hold on to the edit though the machine hears otherwise now",
    )


class CueSplitIn(serializers.Serializer):
    """Where a line is parted: one of the two."""

    position = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=500,
        help_text="number of signs before the second part",
    )
    second = serializers.FloatField(
        required=False, min_value=0, help_text="of the recording, at which the second part begins"
    )


class CueLinesOut(serializers.Serializer):
    """Lines of the captions that were one."""

    lines = CueOut(many=True)


class CueChangeOut(serializers.Serializer):
    """One edit: what was heard, and what somebody wrote instead."""

    id = serializers.CharField()
    start = serializers.FloatField()
    end = serializers.FloatField()
    heard = serializers.CharField()
    text = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()
    until = serializers.DateTimeField(
        allow_null=True, help_text="when it was written once more or undone; null: it is in force"
    )
    ended_by = serializers.SerializerMethodField(help_text="who did that; null: nobody")

    def get_ended_by(self, change: Any) -> str | None:
        """Return who ended it."""
        return change.ended_by or None


class VttRenderer(BaseRenderer):
    """So that a client may ask for text/vtt; the text is answered as it is."""

    media_type = "text/vtt"
    format = "vtt"
    charset = "utf-8"

    def render(self, data: Any, *_arguments: object, **_named: object) -> Any:
        """Return the text; none for an answer that is only headers."""
        return data or b""


class CaptionsView(GenericAPIView):
    """materials/{material}/captions"""

    serializer_class = CueOut
    renderer_classes = (VttRenderer, JSONRenderer)

    @extend_schema(
        summary="Captions of a recording",
        tags=["sound"],
        responses={(200, "text/vtt"): OpenApiTypes.STR, 404: NOT_THERE},
    )
    def get(self, request: Request, material: str) -> HttpResponse:
        """What is said in a recording or film, as WebVTT; without a line for what says nothing."""
        return webvtt(api.captions(user=me(request), material=material))


class CuesView(GenericAPIView):
    """materials/{material}/cues"""

    serializer_class = CueOut

    @extend_schema(
        summary="Captions line by line",
        tags=["sound"],
        responses=CueOut(many=True),
        examples=[OpenApiExample("A line that was put right", CUE, response_only=True)],
    )
    def get(self, request: Request, material: str) -> Response:
        """The lines of the captions in order, each with its seconds and its passage."""
        page = api.cues_page(user=me(request), material=material, **paging(request))
        return paged(CueOut, page)


class CueView(GenericAPIView):
    """materials/{material}/cues/{cue}"""

    serializer_class = CueOut

    @extend_schema(
        summary="One line of the captions",
        tags=["sound"],
        responses={200: CueOut, 404: NOT_THERE},
    )
    def get(self, request: Request, material: str, cue: str) -> Response:
        """What it says, and what the machine heard. Its ETag is for edits with `If-Match`."""
        return Response(CueOut(api.cue(user=me(request), material=material, cue=cue)).data)

    @extend_schema(
        summary="Put a line of the captions right",
        tags=["sound"],
        request=CueIn,
        responses={200: CueOut, 403: DENIED, 404: NOT_THERE, 409: BUSY},
        examples=[OpenApiExample("What is really said", {"text": CUE["text"]}, request_only=True)],
    )
    def patch(self, request: Request, material: str, cue: str) -> Response:
        """Write what is really said; teachers, and whoever brought the recording. The line keeps its
        seconds; passages, search and citations follow it, and it is kept when the recording is heard
        again."""
        api.material(user=me(request), material=material)
        wanted = checked(CueIn, request)
        named = {"user": me(request), "material": material, "cue": cue}
        if "text" in wanted:
            made = api.edit_cue(**named, text=wanted["text"])
        elif wanted.get("keep"):
            made = api.keep_cue(**named)
        else:
            made = api.cue(**named)
        return Response(CueOut(made).data)

    @extend_schema(
        summary="Undo the edit of a line",
        tags=["sound"],
        responses={200: CueOut, 403: DENIED, 404: NOT_THERE, 409: BUSY},
    )
    def delete(self, request: Request, material: str, cue: str) -> Response:
        """Give the line the words back that the machine hears there."""
        api.material(user=me(request), material=material)
        return Response(CueOut(api.undo_cue(user=me(request), material=material, cue=cue)).data)


class CueSplitView(GenericAPIView):
    """materials/{material}/cues/{cue}/split"""

    serializer_class = CueLinesOut

    @extend_schema(
        summary="Part a line of the captions in two",
        tags=["sound"],
        request=CueSplitIn,
        responses={
            200: CueLinesOut,
            400: OpenApiResponse(description="Nothing says where, or the line is one word."),
            403: DENIED,
            404: NOT_THERE,
            409: BUSY,
        },
        examples=[
            OpenApiExample("At a word", {"position": 12}, request_only=True),
            OpenApiExample("At a second", {"second": 14.1}, request_only=True),
            OpenApiExample("Two lines", {"lines": [CUE, NEXT]}, response_only=True),
        ],
    )
    def post(self, request: Request, material: str, cue: str) -> Response:
        """Part a line at the word that begins nearest to a sign of it, or that is said nearest to a
        second; teachers, and whoever brought the recording. Both parts are kept when the recording is
        heard again; undoing the edit of one makes them one line."""
        api.material(user=me(request), material=material)
        wanted = checked(CueSplitIn, request)
        lines = api.split_cue(
            user=me(request),
            material=material,
            cue=cue,
            position=wanted.get("position"),
            second=wanted.get("second"),
        )
        return Response(CueLinesOut({"lines": lines}).data)


class CueJoinView(GenericAPIView):
    """materials/{material}/cues/{cue}/join"""

    serializer_class = CueOut

    @extend_schema(
        summary="Join a line of the captions with the next",
        tags=["sound"],
        request=None,
        responses={
            200: CueOut,
            400: OpenApiResponse(description="Together they have more than 500 characters."),
            403: DENIED,
            404: NOT_THERE,
            409: OpenApiResponse(
                description="It is the last line, it is being read just now, or each of the two is a "
                "passage of its own."
            ),
        },
        examples=[OpenApiExample("One line", CUE, response_only=True)],
    )
    def post(self, request: Request, material: str, cue: str) -> Response:
        """Make one line of a line and the one after it; teachers, and whoever brought the recording. It is
        kept when the recording is heard again; undoing its edit parts it as before."""
        api.material(user=me(request), material=material)
        made = api.join_cue(user=me(request), material=material, cue=cue)
        return Response(CueOut(made).data)


class CueEditsView(GenericAPIView):
    """materials/{material}/cue-edits"""

    serializer_class = CueChangeOut

    @extend_schema(
        summary="Who changed what in the captions",
        tags=["sound"],
        responses={200: CueChangeOut(many=True), 403: DENIED, 404: NOT_THERE},
        examples=[OpenApiExample("An edit", CHANGE, response_only=True)],
    )
    def get(self, request: Request, material: str) -> Response:
        """The edits, the newest first; for whoever may change the captions."""
        page = api.cue_edits(user=me(request), material=material, **paging(request))
        return paged(CueChangeOut, page)
