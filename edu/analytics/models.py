"""Tables of analytics. People, courses, objectives and items are ids of other apps: plain columns."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from edu.common.ids import new_id

SHARE = (MinValueValidator(0.0), MaxValueValidator(1.0))


class Interaction(models.Model):
    """Something a person did. Rows are only ever added."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event = models.UUIDField(
        null=True, blank=True, unique=True, help_text="of the fact that told of it; counted once"
    )
    user = models.UUIDField(db_index=True)
    course = models.UUIDField()
    verb = models.CharField(max_length=40)
    thing = models.CharField(max_length=80, blank=True, help_text="id of what it was done to")
    seconds = models.FloatField(default=0.0, validators=[MinValueValidator(0.0)])
    detail = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["user", "at"], name="interaction_user_at"),
            models.Index(fields=["course", "verb", "at"], name="interaction_course_verb"),
            models.Index(fields=["at"], name="interaction_at"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(seconds__gte=0), name="interaction_seconds_not_negative"
            )
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.thing}".strip()


class Evidence(models.Model):
    """One graded attempt, as far as it tells what somebody knows. One row per attempt; a grade that
    is changed later changes its row, and mastery is worked out anew."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    attempt = models.UUIDField(unique=True)
    event = models.UUIDField(help_text="of the fact that told of it last")
    user = models.UUIDField()
    course = models.UUIDField(db_index=True)
    objective = models.UUIDField()
    item = models.UUIDField()
    kind = models.CharField(max_length=40, blank=True)
    score = models.FloatField(validators=SHARE)
    counts = models.FloatField(validators=SHARE, help_text="weight; 1 is an unaided first try")
    guess = models.FloatField(default=0.0, validators=SHARE, help_text="chance to be right by luck")
    chosen = models.JSONField(default=list, blank=True, help_text="ids of the options chosen")
    hint_level = models.PositiveSmallIntegerField(default=0)
    try_number = models.PositiveSmallIntegerField(default=1)
    key_seen = models.BooleanField(default=False)
    seconds = models.FloatField(default=0.0)
    rating = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="1 again to 4 easy, where the person said so"
    )
    answered_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "evidence"
        indexes = [
            models.Index(fields=["user", "objective", "answered_at"], name="evidence_of_mastery"),
            models.Index(fields=["user", "item", "answered_at"], name="evidence_of_review"),
            models.Index(fields=["course", "item"], name="evidence_of_item"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score__gte=0, score__lte=1, counts__gte=0, counts__lte=1),
                name="evidence_shares",
            )
        ]

    def __str__(self) -> str:
        return f"{self.score:.2f} counting {self.counts:.2f}"


class Mastery(models.Model):
    """What the evidence says of one person on one objective, as of the last answer (`updated_at`)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.UUIDField()
    course = models.UUIDField(db_index=True)
    objective = models.UUIDField(db_index=True)
    prior = models.FloatField(help_text="mean of the prior, fixed when the first evidence came")
    right = models.FloatField(default=0.0, help_text="weight of right answers")
    wrong = models.FloatField(default=0.0, help_text="weight of wrong answers")
    half_life_days = models.FloatField(help_text="after which evidence counts half")
    p = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    attempts = models.PositiveIntegerField(default=0)
    recent = models.JSONField(default=list, help_text="of the last attempts: right without help?")
    reason = models.JSONField(default=dict, help_text="message id and numbers of the last movement")
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "mastery"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "course", "objective"], name="mastery_once_per_objective"
            ),
            models.CheckConstraint(
                condition=models.Q(low__lte=models.F("p"), high__gte=models.F("p")),
                name="mastery_within_interval",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.p:.2f} ({self.low:.2f} to {self.high:.2f})"


class Movement(models.Model):
    """One step of mastery, kept as history. There is one per attempt, so that a replay adds none."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    attempt = models.UUIDField(unique=True)
    user = models.UUIDField()
    course = models.UUIDField(db_index=True)
    objective = models.UUIDField()
    before = models.FloatField()
    after = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    reason = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["user", "course", "at"], name="movement_user_course"),
            models.Index(fields=["user", "objective", "at"], name="movement_user_objective"),
        ]

    def __str__(self) -> str:
        return f"{self.before:.2f} to {self.after:.2f}"


class ReviewCard(models.Model):
    """When one person should see one item again: the state of FSRS for the two of them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.UUIDField()
    item = models.UUIDField()
    course = models.UUIDField(db_index=True)
    objective = models.UUIDField()
    state = models.PositiveSmallIntegerField(help_text="1 learning, 2 review, 3 relearning")
    step = models.PositiveSmallIntegerField(null=True, blank=True)
    stability = models.FloatField(help_text="days until recall falls to 0.9")
    difficulty = models.FloatField(help_text="1 easy to 10 hard")
    due_at = models.DateTimeField()
    reviewed_at = models.DateTimeField()
    reviews = models.PositiveIntegerField(default=0)
    lapses = models.PositiveIntegerField(default=0)
    rating = models.PositiveSmallIntegerField(help_text="of the last answer: 1 again to 4 easy")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "item"], name="review_card_once_per_item")
        ]
        indexes = [models.Index(fields=["user", "course", "due_at"], name="review_card_due")]

    def __str__(self) -> str:
        return f"due {self.due_at:%Y-%m-%d}"
