"""Items, quizzes and attempts as JSON. What a learner gets before answering has no field for a key."""

from typing import Any

from rest_framework import serializers

from edu.assessments.data import MODES, SOURCES

KEY_HELP = (
    'choice {"correct": [index from 0]}, number {"value", "tolerance", "unit"?}, '
    'short {"accept": [text]}, cloze {"blanks": [[text]]}'
)


class CitationOut(serializers.Serializer):
    """Where something stands: the quote is found verbatim in the passage."""

    marker = serializers.IntegerField()
    passage = serializers.CharField()
    material = serializers.CharField()
    title = serializers.CharField()
    locator = serializers.DictField()
    quote = serializers.CharField()
    url = serializers.CharField()


class OptionOut(serializers.Serializer):
    """One option; its id says nothing about it."""

    id = serializers.CharField()
    text = serializers.CharField()


class ItemIn(serializers.Serializer):
    """A new question for the bank."""

    kind = serializers.CharField(max_length=40)
    stem = serializers.CharField(max_length=20_000)
    key = serializers.JSONField(help_text=KEY_HELP)
    options = serializers.ListField(
        child=serializers.CharField(max_length=5000),
        required=False,
        allow_null=True,
        max_length=100,
        help_text="for choice",
    )
    objective = serializers.CharField(
        max_length=100, required=False, allow_null=True, help_text="the course's root when left out"
    )
    explanation = serializers.CharField(max_length=20_000, required=False, allow_blank=True)


class ItemChange(serializers.Serializer):
    """What a teacher changes; it makes the next version."""

    stem = serializers.CharField(max_length=20_000, required=False)
    key = serializers.JSONField(required=False, help_text=KEY_HELP)
    options = serializers.ListField(
        child=serializers.CharField(max_length=5000), required=False, max_length=100
    )
    objective = serializers.CharField(max_length=100, required=False)
    explanation = serializers.CharField(max_length=20_000, required=False, allow_blank=True)


class ItemOut(serializers.Serializer):
    """A question as its teachers see it, with the key."""

    id = serializers.CharField()
    course = serializers.CharField()
    kind = serializers.CharField()
    stem = serializers.CharField()
    options = OptionOut(many=True)
    key = serializers.DictField()
    objective = serializers.CharField()
    source = serializers.ChoiceField(["bank", "generated"])  # type: ignore[assignment]
    status = serializers.ChoiceField(["live", "retired", "refused"])
    version = serializers.IntegerField()
    explanation = serializers.CharField()
    citations = CitationOut(many=True)
    created_at = serializers.DateTimeField()


class QuizIn(serializers.Serializer):
    """What a quiz is to be made of."""

    size = serializers.IntegerField(min_value=1, max_value=50)
    objectives = serializers.ListField(
        child=serializers.CharField(max_length=100), required=False, allow_null=True, max_length=200
    )
    kinds = serializers.ListField(
        child=serializers.CharField(max_length=40), required=False, allow_null=True, max_length=20
    )
    source = serializers.ChoiceField(SOURCES, required=False)  # type: ignore[assignment]
    mode = serializers.ChoiceField([mode for mode in MODES if mode != "check"], required=False)
    items = serializers.ListField(
        child=serializers.CharField(max_length=100),
        required=False,
        max_length=200,
        help_text="questions that it is to be of, as for reviews",
    )


class QuestionOut(serializers.Serializer):
    """A question before its answer. `options` is there for choice only."""

    id = serializers.CharField()
    kind = serializers.CharField()
    stem = serializers.CharField()
    options = OptionOut(many=True, required=False)
    objective = serializers.CharField()
    source = serializers.ChoiceField(["bank", "generated"])  # type: ignore[assignment]
    blanks = serializers.IntegerField(help_text="how many gaps, each with a text of its own")
    unit = serializers.CharField(help_text="the unit that is asked for, or empty")
    several = serializers.BooleanField(help_text="whether more than one option is to be chosen")
    language = serializers.CharField()
    position = serializers.IntegerField(help_text="from 1")
    status = serializers.ChoiceField(["open", "done", "aside"])
    tries = serializers.IntegerField()
    hint_level = serializers.IntegerField(help_text="0 to 5")

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Leave `options` out where there are none to choose from."""
        shown = dict(super().to_representation(instance))
        if instance.kind != "choice":
            shown.pop("options", None)
        return shown


class QuizOut(serializers.Serializer):
    """A quiz without any key."""

    id = serializers.CharField()
    course = serializers.CharField()
    status = serializers.ChoiceField(["queued", "running", "ready", "failed", "cancelled"])
    progress = serializers.FloatField(help_text="0 to 1")
    size = serializers.IntegerField()
    source = serializers.ChoiceField(SOURCES)  # type: ignore[assignment]
    mode = serializers.ChoiceField(MODES)
    items = QuestionOut(many=True)
    count = serializers.IntegerField(help_text="how many questions it holds, in a list too")
    objectives = serializers.ListField(child=serializers.CharField())
    kinds = serializers.ListField(child=serializers.CharField())
    done = serializers.IntegerField(source="answered", help_text="how many have an attempt")
    note = serializers.CharField(help_text="why there are fewer questions than asked for")
    error = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)

    def get_error(self, quiz: Any) -> str | None:
        """One plain sentence when it failed."""
        return quiz.error or None


class AttemptIn(serializers.Serializer):
    """An answer. Any JSON will do for `response`; what cannot be read scores 0."""

    quiz = serializers.CharField(max_length=100)
    item = serializers.CharField(max_length=100)
    response = serializers.JSONField(
        required=False,
        allow_null=True,
        default=None,
        help_text="an option's id or text, a list of them, a text, a number; null for not knowing",
    )
    seconds = serializers.FloatField(
        required=False, allow_null=True, help_text="time on the question, as measured by the page"
    )


class AttemptOut(serializers.Serializer):
    """An answer with its grade. `key` and what tells it are there only when the quiz's rule allows."""

    id = serializers.CharField()
    quiz = serializers.CharField(allow_null=True)
    item = serializers.CharField()
    item_version = serializers.IntegerField()
    objective = serializers.CharField()
    status = serializers.ChoiceField(["graded", "needs_review"])
    score = serializers.FloatField(allow_null=True)
    correct = serializers.BooleanField(allow_null=True)
    feedback = serializers.CharField()
    confidence = serializers.FloatField()
    needs_review = serializers.BooleanField()
    response = serializers.JSONField(allow_null=True)
    key = serializers.DictField(required=False)
    key_text = serializers.CharField()
    explanation = serializers.CharField()
    citations = CitationOut(many=True)
    hint_level = serializers.IntegerField()
    try_number = serializers.IntegerField()
    key_seen = serializers.BooleanField(help_text="whether the key had been seen before")
    counts = serializers.FloatField(help_text="weight as evidence, 0 to 1")
    seconds = serializers.FloatField()
    shown_at = serializers.DateTimeField()
    answered_at = serializers.DateTimeField()

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Leave the key out where it is closed."""
        shown = dict(super().to_representation(instance))
        if instance.key is None:
            shown.pop("key", None)
        return shown


class HintOut(serializers.Serializer):
    """One rung of the ladder."""

    level = serializers.IntegerField(help_text="1 to 5")
    name = serializers.CharField()
    text = serializers.CharField()
    last = serializers.BooleanField(help_text="the answer itself; it counts as seen then")
    citations = CitationOut(many=True)


class WaitingOut(serializers.Serializer):
    """A response that waits for a teacher."""

    attempt = serializers.CharField()
    course = serializers.CharField()
    item = serializers.CharField()
    stem = serializers.CharField()
    key_text = serializers.CharField()
    response_text = serializers.CharField()
    proposed = serializers.FloatField(help_text="points by rule, 0 to 1")
    confidence = serializers.FloatField()
    why = serializers.CharField()
    answered_at = serializers.DateTimeField()


class GradeIn(serializers.Serializer):
    """A teacher's points."""

    score = serializers.FloatField(min_value=0, max_value=1)
