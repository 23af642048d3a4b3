"""Analytics as JSON."""

from rest_framework import serializers

from edu.analytics.data import RATINGS


class MasteryOut(serializers.Serializer):
    """How the asker stands on one objective, now."""

    objective = serializers.CharField()
    p = serializers.FloatField(help_text="chance (0..1) that the next unaided answer is right")
    low = serializers.FloatField(help_text="lower end of the 90 % interval")
    high = serializers.FloatField(help_text="upper end of the 90 % interval")
    attempts = serializers.IntegerField()
    enough = serializers.BooleanField(help_text="false while the interval is too wide to say much")
    why = serializers.CharField(help_text="the last movement in one sentence, with its numbers")
    updated_at = serializers.DateTimeField(allow_null=True, help_text="of the last answer")


class ReviewOut(serializers.Serializer):
    """When an item is to come back."""

    item = serializers.CharField()
    objective = serializers.CharField()
    course = serializers.CharField()
    due_at = serializers.DateTimeField()
    retrievability = serializers.FloatField(help_text="chance (0..1) of recalling it now")
    reviews = serializers.IntegerField(help_text="how often it was answered")


class RatingIn(serializers.Serializer):
    """How hard the last recall was."""

    rating = serializers.ChoiceField(choices=RATINGS[1:])


class CellOut(serializers.Serializer):
    """One learner on one objective."""

    objective = serializers.CharField()
    p = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()
    attempts = serializers.IntegerField()
    enough = serializers.BooleanField()


class LearnerOut(serializers.Serializer):
    """One learner; `cells` are in the order of the course's `objectives`."""

    user = serializers.CharField()
    name = serializers.CharField()
    cells = CellOut(many=True)
    answers = serializers.IntegerField(help_text="first unaided tries")
    right = serializers.IntegerField(help_text="of those, how many were right")
    minutes = serializers.FloatField(help_text="of the last 30 days")
    last_at = serializers.DateTimeField(allow_null=True)


class ObjectiveRowOut(serializers.Serializer):
    """How the course stands on one objective."""

    objective = serializers.CharField()
    title = serializers.CharField()
    learners = serializers.IntegerField(help_text="who have enough evidence")
    mean = serializers.FloatField(allow_null=True, help_text="mastery over those learners")


class ItemRowOut(serializers.Serializer):
    """How one item works, from first unaided tries."""

    item = serializers.CharField()
    stem = serializers.CharField()
    kind = serializers.CharField()
    objective = serializers.CharField()
    n = serializers.IntegerField(help_text="learners who tried it unaided")
    difficulty = serializers.FloatField(
        allow_null=True, help_text="share (0..1) right at the first unaided try; high is easy"
    )
    low = serializers.FloatField(allow_null=True, help_text="lower end of its 90 % interval")
    high = serializers.FloatField(allow_null=True, help_text="upper end of its 90 % interval")
    discrimination = serializers.FloatField(
        allow_null=True,
        help_text="point-biserial correlation with the learners' other items; null where n is "
        "below 3 or nothing varies",
    )
    note = serializers.CharField(help_text="what to keep in mind when reading the figures")


class PatternOut(serializers.Serializer):
    """Something that shows across learners."""

    kind = serializers.ChoiceField(choices=["distractor", "asked", "hinted"])
    thing = serializers.CharField(help_text="id of the item or objective, or empty")
    title = serializers.CharField()
    label = serializers.CharField(  # type: ignore[assignment]  # a field of ours, not DRF's label
        help_text="the wrong answer chosen, or the question asked"
    )
    count = serializers.IntegerField()
    n = serializers.IntegerField()
    share = serializers.FloatField()


class AlertOut(serializers.Serializer):
    """A learner who may need help."""

    kind = serializers.ChoiceField(choices=["inactive", "falling", "stuck"])
    user = serializers.CharField()
    name = serializers.CharField()
    objective = serializers.CharField(allow_null=True)
    why = serializers.CharField()
    score = serializers.FloatField()


class InsightsOut(serializers.Serializer):
    """A course as its teachers see it."""

    course = serializers.CharField()
    at = serializers.DateTimeField()
    learners = LearnerOut(many=True)
    objectives = ObjectiveRowOut(many=True)
    items = ItemRowOut(many=True)
    patterns = PatternOut(many=True)
    alerts = AlertOut(many=True)
    small = serializers.BooleanField(
        help_text="so few learners that shares are about single people"
    )
    notes = serializers.ListField(child=serializers.CharField())
