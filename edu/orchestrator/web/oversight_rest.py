"""What learners say to the tutor, for the teachers of courses whose settings let them read it."""

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from edu.orchestrator import api
from edu.orchestrator.web import examples
from edu.orchestrator.web.rest import NOT_THERE, PAGING, _example, _me, _paged, _paging
from edu.orchestrator.web.serializers import SessionOut, TurnOut

CLOSED = OpenApiResponse(
    description="The course does not show its teachers what learners say, or you do not teach there."
)


class MemberSessionsView(GenericAPIView):
    """courses/{course}/members/{member}/sessions"""

    serializer_class = SessionOut

    @extend_schema(
        summary="A learner's sessions, for a teacher",
        tags=["sessions"],
        parameters=PAGING,
        responses={200: SessionOut(many=True), 403: CLOSED, 404: NOT_THERE},
        examples=[_example("A session", examples.SESSION)],
    )
    def get(self, request: Request, course: str, member: str) -> Response:
        """List the sessions in which a learner said something since the settings of the course let its
        teachers read it, newest first. The learner sees in their history that you looked."""
        page = api.sessions_of_learner(
            user=_me(request), course=course, learner=member, **_paging(request)
        )
        return _paged(SessionOut, page)


class MemberTurnsView(GenericAPIView):
    """courses/{course}/members/{member}/sessions/{session}/turns"""

    serializer_class = TurnOut

    @extend_schema(
        summary="What a learner said in a session, for a teacher",
        tags=["sessions"],
        parameters=PAGING,
        responses={200: TurnOut(many=True), 403: CLOSED, 404: NOT_THERE},
        examples=[_example("A turn", examples.READY)],
    )
    def get(self, request: Request, course: str, member: str, session: str) -> Response:
        """List the turns since then, oldest first, in words: photos and recordings stay the learner's.
        The learner sees in their history that you looked."""
        page = api.turns_of_learner(
            user=_me(request), course=course, learner=member, session=session, **_paging(request)
        )
        return _paged(TurnOut, page)
