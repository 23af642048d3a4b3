"""Sessions, turns and recommendations as JSON."""

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from edu.orchestrator.data import MODES, WANTS


@extend_schema_serializer(component_name="TurnCitation")
class CitationOut(serializers.Serializer):
    """Where something stands: the quote is found verbatim in the passage."""

    marker = serializers.IntegerField()
    passage = serializers.CharField()
    material = serializers.CharField()
    title = serializers.CharField()
    locator = serializers.DictField()
    quote = serializers.CharField()
    url = serializers.CharField()


class SessionIn(serializers.Serializer):
    """A new session."""

    mode = serializers.ChoiceField(choices=MODES, default="tutor")
    objective = serializers.CharField(max_length=100, required=False, allow_null=True)


class SessionOut(serializers.Serializer):
    """A learner's conversation about one course."""

    id = serializers.CharField()
    course = serializers.CharField()
    mode = serializers.CharField()
    status = serializers.CharField()
    title = serializers.CharField()
    objective = serializers.CharField(allow_null=True)
    turns = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class TurnIn(serializers.Serializer):
    """What a learner brings: any of text, image and audio; together they make one question."""

    text = serializers.CharField(
        required=False, allow_blank=True, trim_whitespace=False, max_length=2_000_000
    )
    image = serializers.FileField(
        required=False, allow_empty_file=True, help_text="PNG, JPEG or WebP, up to 15 MB"
    )
    audio = serializers.FileField(
        required=False,
        allow_empty_file=True,
        help_text="WebM, WAV, MP3, M4A or OGG, up to 30 MB and 10 minutes",
    )
    wants = serializers.ChoiceField(
        choices=[each for each in WANTS if each],
        required=False,
        allow_blank=True,
        help_text="what a button asks for; then the text may be empty",
    )
    response = serializers.JSONField(
        required=False, help_text="with `wants: answer`: an option's id, a list of them, or a text"
    )
    aloud = serializers.BooleanField(required=False, help_text="have the answer spoken")


class CheckOut(serializers.Serializer):
    """A check made on the words of a turn."""

    name = serializers.CharField()
    passed = serializers.BooleanField()
    detail = serializers.CharField()


@extend_schema_serializer(component_name="TurnQuestion")
class QuestionOut(serializers.Serializer):
    """The check question at the end of a turn; nothing in it tells the answer."""

    item = serializers.CharField()
    stem = serializers.CharField()
    kind = serializers.CharField()
    options = serializers.ListField(child=serializers.DictField())
    quiz = serializers.CharField(allow_null=True)
    hint_level = serializers.IntegerField()


class StepOut(serializers.Serializer):
    """One agent's part in a turn."""

    agent = serializers.CharField()
    task = serializers.CharField()
    status = serializers.CharField()
    ms = serializers.IntegerField()
    summary = serializers.CharField()


class SentenceOut(serializers.Serializer):
    """One sentence of an answer; `grounded` when the citations behind its markers carry it."""

    text = serializers.CharField()
    markers = serializers.ListField(child=serializers.IntegerField())
    grounded = serializers.BooleanField()
    kind = serializers.CharField()


class GradeOut(serializers.Serializer):
    """What became of an answer to a check question."""

    item = serializers.CharField()
    quiz = serializers.CharField()
    attempt = serializers.CharField()
    correct = serializers.BooleanField(allow_null=True)
    score = serializers.FloatField(allow_null=True)
    feedback = serializers.CharField()


class TurnOut(serializers.Serializer):
    """A turn; `answer` is Markdown with markers [1]."""

    id = serializers.CharField()
    session = serializers.CharField()
    course = serializers.CharField()
    status = serializers.CharField()
    progress = serializers.FloatField()
    text = serializers.CharField()
    wants = serializers.CharField()
    heard = serializers.CharField(allow_null=True)
    seen = serializers.CharField(allow_null=True)
    answer = serializers.CharField()
    abstained = serializers.BooleanField()
    citations = CitationOut(many=True)
    checks = CheckOut(many=True)
    question = QuestionOut(allow_null=True)
    grade = GradeOut(allow_null=True)
    steps = StepOut(many=True)
    sentences = SentenceOut(many=True)
    degraded = serializers.ListField(child=serializers.CharField())
    objective = serializers.CharField(allow_null=True)
    audio_url = serializers.CharField(allow_null=True)
    image_url = serializers.CharField(allow_null=True)
    error = serializers.CharField(allow_null=True)
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class MessagesOut(serializers.Serializer):
    """Live messages of a turn, as the WebSocket sends them."""

    results = serializers.ListField(child=serializers.DictField())


class RecommendationOut(serializers.Serializer):
    """A thing to do next and why."""

    kind = serializers.CharField()
    title = serializers.CharField()
    why = serializers.CharField()
    score = serializers.FloatField()
    objective = serializers.CharField(allow_null=True)
    item = serializers.CharField(allow_null=True)
    material = serializers.CharField(allow_null=True)
    course = serializers.CharField(allow_null=True)
    url = serializers.CharField()
    action = serializers.CharField()
    minutes = serializers.IntegerField()


class RecommendationsOut(serializers.Serializer):
    """What to do next, best first."""

    results = RecommendationOut(many=True)


class TurnLinksOut(serializers.Serializer):
    """Addresses that open without a header; null where there is no such thing."""

    sound = serializers.CharField(allow_null=True, help_text="the answer as it was spoken")
    audio = serializers.CharField(allow_null=True, help_text="what was recorded")
    image = serializers.CharField(allow_null=True, help_text="the photo")
    expires_at = serializers.DateTimeField()
