"""Long texts that are spoken in the background, of the API."""

from functools import partial

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from edu.common.sending import send
from edu.multimodal import api
from edu.multimodal.web.files import RANGE, part
from edu.multimodal.web.rest import CONFLICT, NOT_THERE, me
from edu.multimodal.web.rest_sound import QUEUED, WavRenderer
from edu.multimodal.web.serializers import UtteranceOut

READY = {
    **QUEUED,
    "status": "ready",
    "progress": 1.0,
    "seconds": 412.5,
    "audio_url": f"/api/v1/speech/{QUEUED['id']}/audio",
}


class UtteranceView(GenericAPIView):
    """speech/{speech}"""

    serializer_class = UtteranceOut

    @extend_schema(
        summary="How far a long text is spoken",
        tags=["sound"],
        responses={200: UtteranceOut, 404: NOT_THERE},
        examples=[OpenApiExample("Spoken", READY, response_only=True)],
    )
    def get(self, request: Request, speech: str) -> Response:
        """Tell how far it is, and where the sound is to be had."""
        return Response(UtteranceOut(api.utterance(user=me(request), speech=speech)).data)


class CancelView(GenericAPIView):
    """speech/{speech}/cancel"""

    serializer_class = UtteranceOut

    @extend_schema(
        summary="Stop the speaking of a long text",
        tags=["sound"],
        request=None,
        responses={202: UtteranceOut, 404: NOT_THERE, 409: CONFLICT},
        examples=[OpenApiExample("Stopped", {**QUEUED, "status": "cancelled"}, response_only=True)],
    )
    def post(self, request: Request, speech: str) -> Response:
        """Stop; whoever speaks it stops within a second."""
        return Response(UtteranceOut(api.cancel_speech(user=me(request), speech=speech)).data, 202)


class AudioView(GenericAPIView):
    """speech/{speech}/audio"""

    serializer_class = UtteranceOut
    renderer_classes = (WavRenderer, JSONRenderer)

    @extend_schema(
        summary="The sound of a long text",
        tags=["sound"],
        responses={
            (200, "audio/wav"): OpenApiTypes.BINARY,
            404: OpenApiResponse(description="There is no such text, or it is not spoken yet."),
        },
    )
    def get(self, request: Request, speech: str) -> HttpResponseBase:
        """Return a WAV file, 16 bit, mono; or the range of it that a player asks for."""
        file = api.utterance_sound(user=me(request), speech=speech)
        fetch = partial(part, file.key)
        return send(request._request, fetch, file.bytes, file.media_type, file.sha256, most=RANGE)
