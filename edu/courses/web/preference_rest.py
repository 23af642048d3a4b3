"""courses/{id}/preferences of the API."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from edu.courses import api
from edu.courses.web.rest import BAD, NOT_THERE, asked, checked, example, me
from edu.users import api as users
from edu.users.data import MODALITIES, TONES, CoursePreferences


class CoursePreferencesIn(serializers.Serializer):
    """What a person prefers in one course; null is as everywhere."""

    language = serializers.CharField(max_length=20, required=False, allow_null=True)
    modalities = serializers.ListField(
        child=serializers.ChoiceField(choices=MODALITIES),
        max_length=3,
        required=False,
        allow_null=True,
    )
    tone = serializers.ChoiceField(list(TONES), required=False, allow_null=True)
    voice = serializers.CharField(max_length=60, required=False, allow_null=True)
    speed = serializers.FloatField(min_value=0.5, max_value=2.0, required=False, allow_null=True)
    daily_goal_minutes = serializers.IntegerField(
        min_value=1, max_value=600, required=False, allow_null=True
    )


class CoursePreferencesOut(serializers.Serializer):
    """`own` has only what is preferred in this course, `in_force` all that holds there."""

    own = CoursePreferencesIn()
    in_force = CoursePreferencesIn()


HERE = {
    "own": {"tone": "warm"},
    "in_force": {
        "language": "en",
        "modalities": ["text", "picture", "voice"],
        "tone": "warm",
        "voice": "",
        "speed": 1.0,
        "daily_goal_minutes": 20,
    },
}


class CoursePreferencesView(APIView):
    """courses/{course}/preferences"""

    @extend_schema(
        summary="What I prefer in a course",
        tags=["courses"],
        responses={200: CoursePreferencesOut, 404: NOT_THERE},
        examples=[example("Warmer", HERE)],
    )
    def get(self, request: Request, course: str) -> Response:
        """Return what I prefer in this course, and what holds there together with what I prefer
        everywhere."""
        seen = api.course(user=me(request), course=course)
        return Response(_out(users.course_preferences(user=me(request), course=seen.id)))

    @extend_schema(
        summary="Prefer something in a course",
        tags=["courses"],
        request=CoursePreferencesIn,
        responses={200: CoursePreferencesOut, 400: BAD, 404: NOT_THERE},
        examples=[
            asked("Warmer, in German", {"tone": "warm", "language": "de"}),
            example("Kept", HERE),
        ],
    )
    def patch(self, request: Request, course: str) -> Response:
        """Change what is named, and leave the rest; null takes one back."""
        seen = api.course(user=me(request), course=course)
        wanted = checked(CoursePreferencesIn, request)
        kept = users.update_course_preferences(user=me(request), course=seen.id, changes=wanted)
        return Response(_out(kept))


def _out(found: CoursePreferences) -> dict[str, object]:
    shown = CoursePreferencesIn(found.in_force).data
    return {"own": found.own, "in_force": shown}
