"""courses/{course}/objectives of the API."""

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from edu.common.errors import Invalid
from edu.common.text import gettext_noop as _
from edu.courses import api
from edu.courses.data import ACCEPTED, PROPOSED, Decision
from edu.courses.web.rest import (
    BAD,
    NOT_TEACHER,
    NOT_THERE,
    asked,
    checked,
    example,
    me,
    paged,
    paging,
)
from edu.courses.web.serializers import (
    DecisionsIn,
    ObjectiveChange,
    ObjectiveIn,
    ObjectiveOut,
    ObjectivesOut,
)

OBJECTIVE = {
    "id": "0197a3c1-11aa-7b7e-9d10-0c8f1f6f2b9f",
    "course": "0197a3c0-5d0e-7c1e-8a51-5f0f6f2b9f11",
    "title": "Explain osmosis",
    "description": "Why water moves through a membrane.",
    "prerequisites": ["0197a3c1-0b1c-7d58-b7a1-7e2f8f1e6a55"],
    "ordinal": 2,
    "root": False,
    "status": "accepted",
}
ROOT = OpenApiResponse(description="The objective that stands for the whole course stays.")
STATUS = OpenApiParameter(
    "status", str, enum=["accepted", "proposed", "all"], description="teachers see proposed ones"
)


class ObjectivesView(GenericAPIView):
    """courses/{course}/objectives"""

    serializer_class = ObjectiveOut

    @extend_schema(
        summary="What is to be learnt in a course",
        tags=["objectives"],
        parameters=[STATUS],
        responses={200: ObjectiveOut(many=True), 400: BAD, 404: NOT_THERE},
        examples=[example("An objective", OBJECTIVE)],
    )
    def get(self, request: Request, course: str) -> Response:
        """List the objectives in order; the first, `root`, stands for the whole course."""
        seen = api.course(user=me(request), course=course)
        kinds = {"accepted": ACCEPTED, "proposed": PROPOSED, "all": None}
        named = request.query_params.get("status") or "accepted"
        if named not in kinds:
            raise Invalid(fields={"status": _("Choose one of these: %s.") % ", ".join(kinds)})
        wanted = kinds[named]
        status = wanted if "teach" in seen.permissions else ACCEPTED
        page = api.objectives_page(course=course, status=status, **paging(request))
        return paged(ObjectiveOut, page)

    @extend_schema(
        summary="Add an objective",
        tags=["objectives"],
        request=ObjectiveIn,
        responses={201: ObjectiveOut, 400: BAD, 403: NOT_TEACHER, 404: NOT_THERE},
        examples=[
            asked(
                "Osmosis",
                {
                    "title": "Explain osmosis",
                    "description": "Why water moves through a membrane.",
                    "prerequisites": ["0197a3c1-0b1c-7d58-b7a1-7e2f8f1e6a55"],
                },
            ),
            example("Added", OBJECTIVE, status_codes=["201"]),
        ],
    )
    def post(self, request: Request, course: str) -> Response:
        """Add an objective at the end; for teachers."""
        api.course(user=me(request), course=course, need="teach")
        made = api.add_objective(user=me(request), course=course, **checked(ObjectiveIn, request))
        return Response(ObjectiveOut(made).data, 201)


class ObjectiveView(GenericAPIView):
    """courses/{course}/objectives/{objective}"""

    serializer_class = ObjectiveOut

    @extend_schema(
        summary="One objective",
        tags=["objectives"],
        responses={200: ObjectiveOut, 404: NOT_THERE},
        examples=[example("An objective", OBJECTIVE)],
    )
    def get(self, request: Request, course: str, objective: str) -> Response:
        """Return one objective of a course that I am in."""
        seen = api.course(user=me(request), course=course)
        found = api.objective(
            course=course, objective=objective, proposed="teach" in seen.permissions
        )
        return Response(ObjectiveOut(found).data)

    @extend_schema(
        summary="Change an objective",
        tags=["objectives"],
        request=ObjectiveChange,
        responses={200: ObjectiveOut, 400: BAD, 403: NOT_TEACHER, 404: NOT_THERE},
        examples=[asked("Another title", {"title": "Explain osmosis in plants"})],
    )
    def patch(self, request: Request, course: str, objective: str) -> Response:
        """Change what is named; prerequisites that would form a circle are refused. For teachers."""
        api.course(user=me(request), course=course, need="teach")
        changed = api.update_objective(
            user=me(request),
            course=course,
            objective=objective,
            **checked(ObjectiveChange, request),
        )
        return Response(ObjectiveOut(changed).data)

    @extend_schema(
        summary="Take an objective out",
        tags=["objectives"],
        responses={
            204: OpenApiResponse(description="Gone; what hung on it hangs on the whole course."),
            403: NOT_TEACHER,
            404: NOT_THERE,
            409: ROOT,
        },
    )
    def delete(self, request: Request, course: str, objective: str) -> Response:
        """Take an objective out; what built on it builds on its prerequisites. For teachers."""
        api.remove_objective(user=me(request), course=course, objective=objective)
        return Response(status=204)


class DecisionsView(GenericAPIView):
    """courses/{course}/objectives/decisions"""

    serializer_class = ObjectiveOut

    @extend_schema(
        summary="Accept, merge or drop objectives",
        tags=["objectives"],
        request=DecisionsIn,
        responses={
            200: ObjectivesOut,
            400: BAD,
            403: NOT_TEACHER,
            404: NOT_THERE,
            409: ROOT,
        },
        operation_id="courses_objectives_decide",
        examples=[
            asked(
                "Keep one, merge one",
                {
                    "decisions": [
                        {"objective": "0197a3c1-11aa...", "verdict": "accept", "title": "Osmosis"},
                        {
                            "objective": "0197a3c1-22bb...",
                            "verdict": "merge",
                            "into": "0197a3c1-11aa...",
                        },
                    ]
                },
            ),
            example("What there is now", {"results": [OBJECTIVE]}, status_codes=["200"]),
        ],
    )
    def post(self, request: Request, course: str) -> Response:
        """Carry out all of the decisions, or, when one is wrong, none. Answers with the accepted
        objectives as they are now. For teachers."""
        api.course(user=me(request), course=course, need="teach")
        sent = checked(DecisionsIn, request)["decisions"]
        now = api.decide(
            user=me(request), course=course, decisions=[Decision(**each) for each in sent]
        )
        return Response(ObjectivesOut({"results": now}).data)
