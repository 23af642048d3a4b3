"""Recordings into words, and words into speech, of the API."""

from django.http import HttpResponse, HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from edu.common.sending import streaming
from edu.multimodal import api
from edu.multimodal.web.rest import NOT_THERE, checked, me
from edu.multimodal.web.serializers import RecordingIn, SpeechIn, TranscriptionOut, UtteranceOut
from edu.multimodal.web.uploads import on_disk
from edu.users import api as users

HEARD = {
    "id": "0197a3d1-11aa-7b52-8a51-5f0f6f2b9f11",
    "status": "ready",
    "progress": 1.0,
    "stage": "",
    "error": None,
    "text": "Water moves through the membrane.",
    "language": "en",
    "seconds": 2.4,
    "segments": [{"start": 0.1, "end": 2.3, "text": "Water moves through the membrane."}],
}


AT_ONCE = 5000  # characters that are spoken while the client waits
QUEUED = {
    "id": "0197a3d1-11aa-7b52-8a51-5f0f6f2b9f12",
    "status": "queued",
    "progress": 0.0,
    "stage": "",
    "error": None,
    "seconds": 0.0,
    "audio_url": None,
}


class TranscriptionsView(GenericAPIView):
    """transcriptions"""

    serializer_class = TranscriptionOut
    parser_classes = (MultiPartParser,)

    @extend_schema(
        summary="Have a recording put into words",
        tags=["sound"],
        request={"multipart/form-data": RecordingIn},
        responses={
            202: TranscriptionOut,
            413: OpenApiResponse(description="The file is over the size limit."),
            415: OpenApiResponse(description="This is no recording that edu can hear."),
            422: OpenApiResponse(description="A recording that cannot be opened."),
        },
        examples=[OpenApiExample("Queued", {**HEARD, "status": "queued"}, response_only=True)],
    )
    def post(self, request: Request) -> Response:
        """Bring a recording. It is heard in the background: ask for it until its `status` is ready,
        failed or cancelled. It is kept for seven days."""
        form = checked(RecordingIn, request)
        with on_disk(form["file"]) as path:
            made = api.start_transcription(
                user=me(request), file_name=form["file"].name or "", path=path
            )
        return Response(TranscriptionOut(made).data, 202)


class TranscriptionView(GenericAPIView):
    """transcriptions/{transcription}"""

    serializer_class = TranscriptionOut

    @extend_schema(
        summary="A recording in words",
        tags=["sound"],
        responses={200: TranscriptionOut, 404: NOT_THERE},
        examples=[OpenApiExample("Heard", HEARD, response_only=True)],
    )
    def get(self, request: Request, transcription: str) -> Response:
        """What was said, with its seconds. Silence gives no segments."""
        found = api.transcription(user=me(request), transcription=transcription)
        return Response(TranscriptionOut(found).data)


class WavRenderer(BaseRenderer):
    """So that a client may ask for audio/wav; the bytes are answered as they are."""

    media_type = "audio/wav"
    format = "wav"
    charset = None
    render_style = "binary"

    def render(self, data: bytes | None, *_arguments: object, **_named: object) -> bytes:
        """Return the bytes; none for an answer that is only headers."""
        return data or b""


class SpeechView(GenericAPIView):
    """speech"""

    serializer_class = SpeechIn
    renderer_classes = (WavRenderer, JSONRenderer)

    @extend_schema(
        summary="Have a text spoken",
        tags=["sound"],
        request=SpeechIn,
        responses={
            (200, "audio/wav"): OpenApiTypes.BINARY,
            (202, "application/json"): OpenApiResponse(
                UtteranceOut,
                description="A text of more than 5000 characters is spoken in the background.",
                examples=[OpenApiExample("Queued", QUEUED)],
            ),
            409: OpenApiResponse(description="Too many long texts of this person wait already."),
            400: OpenApiResponse(
                description="There is no text, or too much, or nothing in it that can be spoken here: "
                "no letters, or a language that no voice is installed for."
            ),
            503: OpenApiResponse(description="Nothing can speak now."),
        },
        examples=[
            OpenApiExample("A sentence", {"text": "Water moves.", "speed": 1.0}, request_only=True)
        ],
    )
    def post(self, request: Request) -> HttpResponseBase | Response:
        """Return a WAV file: 16 bit, mono. A text of more than 5000 characters is spoken in the
        background: ask for it until its `status` is ready, failed or cancelled; its sound is then at
        `audio_url`, for seven days."""
        likes = users.preferences(user=me(request))
        wanted = {"voice": likes.voice, "speed": likes.speed, **checked(SpeechIn, request)}
        streamed = wanted.pop("stream")
        if len(wanted["text"]) > AT_ONCE:
            made = api.start_speech(user=me(request), **wanted)
            # Whatever sound is asked for: there is none yet.
            request.accepted_renderer = JSONRenderer()
            request.accepted_media_type = "application/json"
            return Response(UtteranceOut(made).data, 202)
        if streamed:
            return streaming(request, api.speech_stream(user=me(request), **wanted), "audio/wav")
        sound = api.speech(user=me(request), **wanted)
        return HttpResponse(sound, content_type="audio/wav")
