"""Courses, people in them and objectives as JSON."""

from rest_framework import serializers

from edu.courses.data import OWNER, PERMISSIONS, ROLES, Course

SHOWN = [each for each in ROLES if each != OWNER]


class CourseIn(serializers.Serializer):
    """A new course."""

    title = serializers.CharField(max_length=800)
    description = serializers.CharField(max_length=20_000, required=False, allow_blank=True)


class CourseChange(serializers.Serializer):
    """What a teacher changes about a course; all of it may be left out."""

    title = serializers.CharField(max_length=800, required=False)
    description = serializers.CharField(max_length=20_000, required=False, allow_blank=True)
    learner_uploads = serializers.BooleanField(
        required=False, help_text="whether learners may bring materials"
    )
    teachers_see_talks = serializers.BooleanField(
        required=False, help_text="whether teachers may read what learners say to the tutor"
    )


class CourseOut(serializers.Serializer):
    """A course as the asker sees it."""

    id = serializers.CharField()
    title = serializers.CharField()
    description = serializers.CharField()
    role = serializers.ChoiceField(SHOWN, help_text="the asker's; the owner's is teacher")
    owner = serializers.BooleanField(help_text="whether the asker owns the course")
    permissions = serializers.ListField(
        child=serializers.ChoiceField(list(PERMISSIONS)),
        help_text="what the asker may do in it now",
    )
    join_code = serializers.CharField(allow_null=True, help_text="for who manages people only")
    personal = serializers.BooleanField()
    learner_uploads = serializers.BooleanField()
    teachers_see_talks = serializers.SerializerMethodField(
        help_text="whether teachers may read what learners say to the tutor"
    )
    created_at = serializers.DateTimeField()

    def get_teachers_see_talks(self, course: Course) -> bool:
        """Return the switch of the course."""
        return course.talks_open_since is not None


class JoinIn(serializers.Serializer):
    """A join code, in any case and spacing."""

    join_code = serializers.CharField(max_length=100)


class ObjectiveIn(serializers.Serializer):
    """A new objective."""

    title = serializers.CharField(max_length=800)
    description = serializers.CharField(max_length=20_000, required=False, allow_blank=True)
    prerequisites = serializers.ListField(
        child=serializers.CharField(max_length=100),
        max_length=500,
        required=False,
        help_text="ids of accepted objectives of this course, to be learnt first",
    )


class ObjectiveChange(ObjectiveIn):
    """What a teacher changes about an objective; all of it may be left out."""

    title = serializers.CharField(max_length=800, required=False)


class ObjectiveOut(serializers.Serializer):
    """Something to know or to be able to do."""

    id = serializers.CharField()
    course = serializers.CharField()
    title = serializers.CharField()
    description = serializers.CharField()
    prerequisites = serializers.ListField(child=serializers.CharField())
    ordinal = serializers.IntegerField()
    root = serializers.BooleanField(  # type: ignore[assignment]
        help_text="stands for the whole course"
    )
    status = serializers.ChoiceField(["accepted", "proposed"])


class ObjectivesOut(serializers.Serializer):
    """All accepted objectives of a course, in order."""

    results = ObjectiveOut(many=True)


class DecisionIn(serializers.Serializer):
    """What is decided of one objective."""

    objective = serializers.CharField(max_length=100)
    verdict = serializers.ChoiceField(["accept", "merge", "drop"])
    title = serializers.CharField(max_length=800, required=False, allow_blank=True)
    description = serializers.CharField(max_length=20_000, required=False, allow_null=True)
    into = serializers.CharField(max_length=100, required=False, allow_blank=True)


class DecisionsIn(serializers.Serializer):
    """What is decided, all in one step."""

    decisions = serializers.ListField(child=DecisionIn(), max_length=500)


class MemberOut(serializers.Serializer):
    """Somebody in a course; the address is there for who manages people only."""

    user = serializers.CharField()
    display_name = serializers.CharField()
    email = serializers.CharField(allow_null=True)
    role = serializers.ChoiceField(SHOWN, help_text="the owner's is teacher")
    owner = serializers.BooleanField()
    joined_at = serializers.DateTimeField()


class RoleIn(serializers.Serializer):
    """Another role. "owner" hands the course over, as only the owner can."""

    role = serializers.ChoiceField(ROLES)
