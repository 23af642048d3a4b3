"""courses/ of the API: the courses themselves and who is in them."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from edu.common.pages import Page, sensible
from edu.courses import api
from edu.courses.data import DEFAULTS, LEARNER, PERMISSIONS
from edu.courses.web.people import named
from edu.courses.web.serializers import (
    CourseChange,
    CourseIn,
    CourseOut,
    JoinIn,
    MemberOut,
    RoleIn,
)

COURSE = {
    "id": "0197a3c0-5d0e-7c1e-8a51-5f0f6f2b9f11",
    "title": "Cells",
    "description": "How cells live.",
    "role": "teacher",
    "owner": True,
    "permissions": [*PERMISSIONS],
    "join_code": "K7QMX3PD",
    "personal": False,
    "learner_uploads": False,
    "teachers_see_talks": False,
    "created_at": "2026-09-01T08:00:00.000Z",
}
NOT_TEACHER = OpenApiResponse(description="Your role in the course does not allow this.")
NOT_GIVEN = OpenApiResponse(description="This site does not let you do this.")
NOT_THERE = OpenApiResponse(description="There is no such thing, or it is not yours.")
BAD = OpenApiResponse(description="A field is wrong; `errors` says which and why.")
LAST = OpenApiResponse(description="The course would have no owner.")
JOINED = {
    **COURSE,
    "role": LEARNER,
    "owner": False,
    "permissions": [*DEFAULTS[LEARNER]],
    "join_code": None,
}


def example(name: str, value: Any, **more: Any) -> OpenApiExample:
    """Return an example of an answer."""
    return OpenApiExample(name, value, response_only=True, **more)


def asked(name: str, value: Any) -> OpenApiExample:
    """Return an example of a request."""
    return OpenApiExample(name, value, request_only=True)


def checked(kind: type[Serializer], request: Request) -> dict[str, Any]:
    """Return the body as `kind` reads it; a 400 names every bad field."""
    serializer = kind(data=request.data)
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data


def paging(request: Request) -> dict[str, Any]:
    """Return the page that the query asks for."""
    return {
        "cursor": request.query_params.get("cursor"),
        "limit": sensible(request.query_params.get("limit")),
    }


def paged(kind: type[Serializer], page: Page[Any]) -> Response:
    """Answer with one page; the cursors become addresses on their way out."""
    results = kind(page.items, many=True).data
    return Response({"results": results, "next": page.next, "previous": page.previous})


def me(request: Request) -> str:
    """Return the id of the person who asks."""
    return str(request.user.pk)


class CoursesView(GenericAPIView):
    """courses"""

    serializer_class = CourseOut

    @extend_schema(
        summary="My courses",
        tags=["courses"],
        responses=CourseOut(many=True),
        examples=[example("A course", COURSE)],
    )
    def get(self, request: Request) -> Response:
        """List the courses that I am in, newest first."""
        return paged(CourseOut, api.courses_of(user=me(request), **paging(request)))

    @extend_schema(
        summary="Make a course",
        tags=["courses"],
        request=CourseIn,
        responses={201: CourseOut, 400: BAD, 403: NOT_GIVEN},
        examples=[
            asked("Cells", {"title": "Cells", "description": "How cells live."}),
            example("Made", COURSE, status_codes=["201"]),
        ],
    )
    def post(self, request: Request) -> Response:
        """Make a course; I am its owner, which is a teacher by role, and may learn in it too."""
        course = api.create_course(user=me(request), **checked(CourseIn, request))
        return Response(CourseOut(course).data, 201)


class JoinView(GenericAPIView):
    """courses/join"""

    serializer_class = CourseOut

    @extend_schema(
        summary="Join a course by its code",
        tags=["courses"],
        request=JoinIn,
        responses={
            200: CourseOut,
            400: BAD,
            404: OpenApiResponse(description="No course has this code."),
            429: OpenApiResponse(description="Too many wrong codes; see Retry-After."),
        },
        examples=[
            asked("By code", {"join_code": "K7QMX3PD"}),
            example("Joined", JOINED, status_codes=["200"]),
        ],
    )
    def post(self, request: Request) -> Response:
        """Become a learner of a course; one who is in it already stays what they are."""
        address = request.META.get("REMOTE_ADDR", "")
        joined = api.join(user=me(request), **checked(JoinIn, request), address=address)
        return Response(CourseOut(joined).data)


class CourseView(GenericAPIView):
    """courses/{course}"""

    serializer_class = CourseOut

    @extend_schema(
        summary="One course",
        tags=["courses"],
        responses={200: CourseOut, 404: NOT_THERE},
        examples=[example("A course", COURSE)],
    )
    def get(self, request: Request, course: str) -> Response:
        """Return a course that I am in."""
        return Response(CourseOut(api.course(user=me(request), course=course)).data)

    @extend_schema(
        summary="Change a course",
        tags=["courses"],
        request=CourseChange,
        responses={200: CourseOut, 400: BAD, 403: NOT_TEACHER, 404: NOT_THERE},
        examples=[asked("Learners may bring materials", {"learner_uploads": True})],
    )
    def patch(self, request: Request, course: str) -> Response:
        """Change what is named; for who may change settings."""
        api.course(user=me(request), course=course, need="change_settings")
        changed = api.update_course(
            user=me(request), course=course, **checked(CourseChange, request)
        )
        return Response(CourseOut(changed).data)

    @extend_schema(
        summary="Remove a course",
        tags=["courses"],
        responses={
            204: OpenApiResponse(
                description="Removed for everybody; restore undoes it for 30 days."
            ),
            403: NOT_TEACHER,
            404: NOT_THERE,
        },
    )
    def delete(self, request: Request, course: str) -> Response:
        """Remove a course for everybody in it; for who may remove it."""
        api.remove_course(user=me(request), course=course)
        return Response(status=204)


class RestoreView(GenericAPIView):
    """courses/{course}/restore"""

    serializer_class = CourseOut

    @extend_schema(
        summary="Restore a removed course",
        tags=["courses"],
        request=None,
        responses={200: CourseOut, 403: NOT_TEACHER, 404: NOT_THERE},
        examples=[example("Back again", COURSE, status_codes=["200"])],
    )
    def post(self, request: Request, course: str) -> Response:
        """Bring a removed course back as it was, within 30 days; for who may remove it."""
        return Response(CourseOut(api.restore_course(user=me(request), course=course)).data)


class JoinCodeView(GenericAPIView):
    """courses/{course}/join-code"""

    serializer_class = CourseOut

    @extend_schema(
        summary="Make a new join code",
        tags=["courses"],
        request=None,
        responses={200: CourseOut, 403: NOT_TEACHER, 404: NOT_THERE},
        examples=[example("The new code", COURSE, status_codes=["200"])],
    )
    def post(self, request: Request, course: str) -> Response:
        """Replace the join code; the old one opens nothing any more. For who manages people."""
        return Response(CourseOut(api.new_join_code(user=me(request), course=course)).data)


class LeaveView(GenericAPIView):
    """courses/{course}/leave"""

    serializer_class = CourseOut

    @extend_schema(
        summary="Leave a course",
        tags=["courses"],
        request=None,
        responses={204: OpenApiResponse(description="Left."), 404: NOT_THERE, 409: LAST},
    )
    def post(self, request: Request, course: str) -> Response:
        """Leave a course that I am in; its owner hands it over first."""
        api.leave(user=me(request), course=course)
        return Response(status=204)


class MembersView(GenericAPIView):
    """courses/{course}/members"""

    serializer_class = MemberOut

    @extend_schema(
        summary="Who is in a course",
        tags=["courses"],
        responses={200: MemberOut(many=True), 404: NOT_THERE},
        examples=[
            example(
                "A learner",
                {
                    "user": "0197a3c0-6a11-7b7e-9d10-0c8f1f6f2b9f",
                    "display_name": "Levko",
                    "email": "levko@example.org",
                    "role": "learner",
                    "owner": False,
                    "joined_at": "2026-09-02T08:00:00.000Z",
                },
            )
        ],
    )
    def get(self, request: Request, course: str) -> Response:
        """List the people of a course that I am in; addresses are for who manages people only."""
        seen = api.course(user=me(request), course=course)
        page = api.members_page(user=me(request), course=course, **paging(request))
        return paged(MemberOut, Page(named(page.items, seen), page.next, page.previous))


class MemberView(GenericAPIView):
    """courses/{course}/members/{member}"""

    serializer_class = MemberOut

    @extend_schema(
        summary="Change somebody's role",
        tags=["courses"],
        request=RoleIn,
        responses={200: MemberOut, 400: BAD, 403: NOT_TEACHER, 404: NOT_THERE, 409: LAST},
        examples=[
            asked("A second teacher", {"role": "teacher"}),
            asked("The course is handed over", {"role": "owner"}),
        ],
    )
    def patch(self, request: Request, course: str, member: str) -> Response:
        """Give a member another role, which may not allow more than one's own does. By "owner" the
        owner hands the course over, and is a teacher then."""
        seen = api.course(user=me(request), course=course, need="manage_people")
        changed = api.set_role(
            user=me(request), course=course, member=member, **checked(RoleIn, request)
        )
        return Response(MemberOut(named([changed], seen)[0]).data)

    @extend_schema(
        summary="Take somebody out of a course",
        tags=["courses"],
        responses={
            204: OpenApiResponse(description="They are out."),
            403: NOT_TEACHER,
            404: NOT_THERE,
            409: LAST,
        },
    )
    def delete(self, request: Request, course: str, member: str) -> Response:
        """Take a member out; they can join again while they know the code."""
        api.remove_member(user=me(request), course=course, member=member)
        return Response(status=204)
