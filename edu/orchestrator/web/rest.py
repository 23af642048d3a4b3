"""Sessions, turns and recommendations of the API."""

from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)
from rest_framework.authentication import BaseAuthentication
from rest_framework.generics import GenericAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.settings import api_settings

from edu.common.pages import Page, sensible
from edu.orchestrator import api
from edu.orchestrator.web import examples
from edu.orchestrator.web.archives import turn_file
from edu.orchestrator.web.bylink import ByLink
from edu.orchestrator.web.serializers import (
    MessagesOut,
    RecommendationsOut,
    SessionIn,
    SessionOut,
    TurnIn,
    TurnLinksOut,
    TurnOut,
)
from edu.users import api as users

NOT_THERE = OpenApiResponse(description="There is no such thing, or it is not yours.")
BAD = OpenApiResponse(description="A field is wrong; `errors` says which and why.")
OVER = OpenApiResponse(description="Its status does not allow this.")
TOO_LARGE = OpenApiResponse(description="More text, picture or sound than a turn takes.")
NOT_READ = OpenApiResponse(description="A type that is not read, or a damaged file.")
PAGING = [
    OpenApiParameter("cursor", str, description="from `next` or `previous`"),
    OpenApiParameter("limit", int, description="1 to 200, 50 unless told"),
]


def _me(request: Request) -> str:
    return str(request.user.pk)


def _checked(kind: type[Serializer], request: Request) -> dict[str, Any]:
    serializer = kind(data=request.data)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def _paging(request: Request) -> dict[str, Any]:
    query = request.query_params
    return {"cursor": query.get("cursor"), "limit": sensible(query.get("limit"))}


def _paged(kind: type[Serializer], page: Page[Any]) -> Response:
    results = kind(page.items, many=True).data
    return Response({"results": results, "next": page.next, "previous": page.previous})


def _example(name: str, value: Any, **more: Any) -> OpenApiExample:
    return OpenApiExample(name, value, response_only=True, **more)


class SessionsView(GenericAPIView):
    """courses/{course}/sessions"""

    serializer_class = SessionOut

    @extend_schema(
        summary="Your sessions in a course",
        tags=["sessions"],
        parameters=PAGING,
        responses={200: SessionOut(many=True), 404: NOT_THERE},
        examples=[_example("A session", examples.SESSION)],
    )
    def get(self, request: Request, course: str) -> Response:
        """List your own sessions, newest first."""
        return _paged(
            SessionOut, api.sessions(user=_me(request), course=course, **_paging(request))
        )

    @extend_schema(
        summary="Open a session",
        tags=["sessions"],
        request=SessionIn,
        responses={201: SessionOut, 400: BAD, 404: NOT_THERE},
        examples=[
            OpenApiExample("With the tutor", {"mode": "tutor"}, request_only=True),
            _example("Open", examples.SESSION, status_codes=["201"]),
        ],
    )
    def post(self, request: Request, course: str) -> Response:
        """Begin a conversation: `tutor` answers, `explain` at length, `practice` asks you."""
        made = api.start_session(user=_me(request), course=course, **_checked(SessionIn, request))
        return Response(SessionOut(made).data, 201)


class SessionView(GenericAPIView):
    """sessions/{session}"""

    serializer_class = SessionOut

    @extend_schema(
        summary="One session",
        tags=["sessions"],
        responses={200: SessionOut, 404: NOT_THERE},
        examples=[_example("A session", examples.SESSION)],
    )
    def get(self, request: Request, session: str) -> Response:
        """Return one of your sessions."""
        return Response(SessionOut(api.session(user=_me(request), session=session)).data)


class SessionCloseView(GenericAPIView):
    """sessions/{session}/close"""

    serializer_class = SessionOut

    @extend_schema(
        summary="Close a session",
        tags=["sessions"],
        request=None,
        responses={200: SessionOut, 404: NOT_THERE},
        examples=[_example("Closed", {**examples.SESSION, "status": "closed"})],
    )
    def post(self, request: Request, session: str) -> Response:
        """Take no more turns in a session; it stays to be read."""
        return Response(SessionOut(api.close_session(user=_me(request), session=session)).data)


class TurnsView(GenericAPIView):
    """sessions/{session}/turns"""

    serializer_class = TurnOut
    parser_classes = [*api_settings.DEFAULT_PARSER_CLASSES, MultiPartParser]  # type: ignore[list-item]

    @extend_schema(
        summary="The turns of a session",
        tags=["turns"],
        parameters=PAGING,
        responses={200: TurnOut(many=True), 404: NOT_THERE},
        examples=[_example("A turn", examples.READY)],
    )
    def get(self, request: Request, session: str) -> Response:
        """List the turns of one of your sessions, newest first."""
        page = api.turns_of(user=_me(request), session=session, **_paging(request))
        return _paged(TurnOut, page)

    @extend_schema(
        summary="Ask",
        tags=["turns"],
        request={"application/json": TurnIn, "multipart/form-data": TurnIn},
        responses={
            202: TurnOut,
            400: BAD,
            404: NOT_THERE,
            409: OVER,
            413: TOO_LARGE,
            415: NOT_READ,
            422: NOT_READ,
        },
        examples=[
            OpenApiExample("A question", {"text": "What is osmosis?"}, request_only=True),
            _example("Queued", examples.QUEUED, status_codes=["202"]),
        ],
    )
    def post(self, request: Request, session: str) -> Response:
        """Put a turn into a session, as JSON or as a form with files. Words, photo and recording make
        one question. Turns of a session are answered in order; watch `status`."""
        given = _checked(TurnIn, request)
        for name in ("image", "audio"):
            file = given.pop(name, None)
            given[name] = file.read() if file is not None else None
        turn = api.ask(user=_me(request), session=session, **given)
        return Response(TurnOut(turn).data, 202)


class TurnView(GenericAPIView):
    """turns/{turn}"""

    serializer_class = TurnOut

    @extend_schema(
        summary="One turn",
        tags=["turns"],
        responses={200: TurnOut, 404: NOT_THERE},
        examples=[_example("Answered", examples.READY)],
    )
    def get(self, request: Request, turn: str) -> Response:
        """Return one of your turns with its answer, citations, checks and steps so far."""
        return Response(TurnOut(api.turn(user=_me(request), turn=turn)).data)


class TurnCancelView(GenericAPIView):
    """turns/{turn}/cancel"""

    serializer_class = TurnOut

    @extend_schema(
        summary="Stop a turn",
        tags=["turns"],
        request=None,
        responses={202: TurnOut, 404: NOT_THERE, 409: OVER},
        examples=[
            _example("Stopped", {**examples.QUEUED, "status": "cancelled"}, status_codes=["202"])
        ],
    )
    def post(self, request: Request, turn: str) -> Response:
        """Stop a turn at once; what was shown stays."""
        return Response(TurnOut(api.cancel(user=_me(request), turn=turn)).data, 202)


class TurnMessagesView(GenericAPIView):
    """turns/{turn}/messages"""

    serializer_class = MessagesOut

    @extend_schema(
        summary="Live messages of a turn",
        tags=["turns"],
        parameters=[OpenApiParameter("after", int, description="the last `seq` that you have")],
        responses={200: MessagesOut, 404: NOT_THERE},
        examples=[
            _example(
                "A word",
                {"results": [{"type": "token", "turn": "...", "seq": 4, "text": "Osmosis is"}]},
            )
        ],
    )
    def get(self, request: Request, turn: str) -> Response:
        """Return what the WebSocket sent after a number, for those who cannot hold one open."""
        after = request.query_params.get("after", "0")
        seq = int(after) if after.isdigit() and len(after) < 9 else 0
        found = api.messages_after(user=_me(request), turn=turn, seq=seq)
        return Response({"results": found})


def _media(summary: str, what: str) -> Any:
    """Tell in the schema what one kind of file of a turn is."""
    told = extend_schema(
        summary=summary,
        description=f"Return {what}, as it is: all of it, or one range. 404 where the "
        "turn has none. The `links` of the turn open it without a header.",
        tags=["turns"],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY, 404: NOT_THERE},
    )
    return extend_schema_view(get=told)


class _TurnMediaView(GenericAPIView):
    """turns/{turn}/{sound|audio|image}"""

    kind = ""

    def get(self, request: Request, turn: str) -> HttpResponseBase:
        """Return the file."""
        return turn_file(request._request, user=_me(request), turn=turn, kind=self.kind)

    def get_authenticators(self) -> list[BaseAuthentication]:
        """Take links, too."""
        return [*super().get_authenticators(), ByLink()]


@_media("Spoken answer of a turn", "the answer as edu spoke it")
class TurnSoundView(_TurnMediaView):
    """turns/{turn}/sound"""

    kind = "sound"


@_media("Recorded question of a turn", "the recording that the turn was asked with")
class TurnAudioView(_TurnMediaView):
    """turns/{turn}/audio"""

    kind = "audio"


@_media("Photo of a turn", "the photo that the turn was asked with")
class TurnImageView(_TurnMediaView):
    """turns/{turn}/image"""

    kind = "image"


class TurnLinksView(GenericAPIView):
    """turns/{turn}/links"""

    serializer_class = TurnLinksOut

    @extend_schema(
        summary="Links to the sounds and pictures of a turn",
        tags=["turns"],
        request=None,
        responses={200: TurnLinksOut, 404: NOT_THERE},
        examples=[_example("A spoken answer", examples.TURN_LINKS)],
    )
    def post(self, request: Request, turn: str) -> Response:
        """Return addresses that a player or a page opens without a header, for ten minutes, and only as
        long as you may see them yourself. Give them to nobody else."""
        user = _me(request)
        there = api.turn_files(user=user, turn=turn)
        places = {
            kind: reverse(f"api-turn-{kind}", kwargs={"turn": turn}) if kind in there else ""
            for kind in ("sound", "audio", "image")
        }
        links = users.links(user=user, paths=list(places.values()))
        told = {kind: link.url or None for kind, link in zip(places, links, strict=True)}
        return Response(TurnLinksOut({**told, "expires_at": links[0].expires_at}).data)


class RecommendationsView(GenericAPIView):
    """me/recommendations"""

    serializer_class = RecommendationsOut

    @extend_schema(
        summary="What to do next",
        tags=["me"],
        parameters=[OpenApiParameter("course", str, description="only in this course")],
        responses={200: RecommendationsOut, 404: NOT_THERE},
        examples=[_example("One thing", {"results": [examples.RECOMMENDATION]})],
    )
    def get(self, request: Request) -> Response:
        """Return what you had best do next, best first, each with its reason."""
        course = request.query_params.get("course") or None
        found = api.recommendations(user=_me(request), course=course)
        return Response(RecommendationsOut({"results": found}).data)
