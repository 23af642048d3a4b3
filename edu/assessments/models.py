"""The books: items with their versions, quizzes with their items, attempts."""

import uuid
from typing import Any

from django.db import models

from edu.common.ids import new_id
from edu.common.sealedfields import SealedJSON, SealedText


class Item(models.Model):
    """A question of one course. What it says stands in its versions; `latest` is the one in use."""

    class Status(models.TextChoices):
        LIVE = "live"
        RETIRED = "retired"
        REFUSED = "refused"

    class Source(models.TextChoices):
        BANK = "bank"
        GENERATED = "generated"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    course = models.UUIDField()
    objective = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=20)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.BANK)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.LIVE)
    quiz = models.UUIDField(
        null=True, blank=True, db_index=True, help_text="the quiz it was generated for; empty: bank"
    )
    latest = models.ForeignKey(
        "ItemVersion", null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    refused_because = models.JSONField(default=list, blank=True)
    created_by = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [
            models.Index(fields=["course", "status", "-id"], name="item_course_status"),
            models.Index(fields=["course", "quiz", "-id"], name="item_course_quiz"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["live", "retired", "refused"]),
                name="item_status_known",
            ),
            models.CheckConstraint(
                condition=models.Q(source__in=["bank", "generated"]), name="item_source_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class ItemVersion(models.Model):
    """What an item said at one time. Never changed: an edit makes the next version."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    stem = models.TextField()
    options = models.JSONField(default=list, help_text='[{"id", "text"}]; the ids are random')
    key = models.JSONField(help_text="the shape of its kind, see rest.md")
    explanation = models.TextField(blank=True)
    citations = models.JSONField(default=list, help_text="snapshots of common.sources.Citation")
    passage_text = models.TextField(blank=True)
    language = models.CharField(max_length=8, blank=True)
    created_by = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="itemversion_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.stem[:60]} (v{self.number})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new version; refuse to change one that stands."""
        if not self._state.adding:
            raise ValueError("a version of an item is never changed: make the next one")
        super().save(*args, **kwargs)


class Quiz(models.Model):
    """Some items put to one learner. `status` is the truth about its making."""

    class Status(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        READY = "ready"
        FAILED = "failed"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    course = models.UUIDField(db_index=True)
    user = models.UUIDField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    progress = models.FloatField(default=0.0)
    size = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=10, default="bank")
    mode = models.CharField(max_length=10, default="quiz")
    objectives = models.JSONField(default=list, blank=True)
    kinds = models.JSONField(default=list, blank=True)
    note = models.TextField(blank=True)
    error = models.TextField(blank=True)
    seed = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "quizzes"
        indexes = [
            models.Index(fields=["user", "course", "-id"], name="quiz_user_course"),
            models.Index(
                fields=["updated_at"],
                name="quiz_in_work",
                condition=models.Q(status__in=["queued", "running"]),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    status__in=["queued", "running", "ready", "failed", "cancelled"]
                ),
                name="quiz_status_known",
            ),
            models.CheckConstraint(
                condition=models.Q(progress__gte=0, progress__lte=1), name="quiz_progress_0_1"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mode} of {self.size} ({self.status})"

    def over(self) -> bool:
        """Whether its making has ended."""
        return self.status in (self.Status.READY, self.Status.FAILED, self.Status.CANCELLED)


class QuizItem(models.Model):
    """One item of one quiz, in the version and order that the learner is shown."""

    class Status(models.TextChoices):
        OPEN = "open"
        DONE = "done"
        ASIDE = "aside"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="quiz_items")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="quiz_items")
    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="+")
    ordinal = models.PositiveSmallIntegerField(help_text="from 1")
    option_order = models.JSONField(default=list)
    status = models.CharField(max_length=5, choices=Status.choices, default=Status.OPEN)
    tries = models.PositiveSmallIntegerField(default=0)
    hint_level = models.PositiveSmallIntegerField(default=0)
    shown_at = models.DateTimeField(null=True, blank=True)
    key_seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["quiz", "item"], name="quizitem_item_once"),
            models.UniqueConstraint(fields=["quiz", "ordinal"], name="quizitem_ordinal_once"),
            models.CheckConstraint(
                condition=models.Q(hint_level__lte=5), name="quizitem_hint_level_0_5"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ordinal} of {self.quiz_id}"


class Attempt(models.Model):
    """One response, as it was given and as it was graded. A person's grade is kept beside the rule's."""

    class Status(models.TextChoices):
        GRADED = "graded"
        NEEDS_REVIEW = "needs_review"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.UUIDField()
    course = models.UUIDField()
    objective = models.UUIDField(db_index=True)
    quiz = models.ForeignKey(Quiz, null=True, on_delete=models.CASCADE, related_name="attempts")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="attempts")
    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="+")
    response = SealedJSON(null=True, help_text="raw, as it came")
    status = models.CharField(max_length=12, choices=Status.choices)
    score = models.FloatField(null=True)
    correct = models.BooleanField(null=True)
    proposed = models.FloatField(default=0.0, help_text="points by rule, 0 to 1")
    feedback = SealedText(blank=True)
    confidence = models.FloatField(default=1.0)
    shown_at = models.DateTimeField()
    answered_at = models.DateTimeField()
    seconds = models.FloatField(default=0.0)
    hint_level = models.PositiveSmallIntegerField(default=0)
    try_number = models.PositiveSmallIntegerField(default=1)
    key_seen = models.BooleanField(default=False, help_text="before this answer")
    counts = models.FloatField(default=1.0, help_text="weight as evidence, 0 to 1")
    reviewed_by = models.UUIDField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "course", "-id"], name="attempt_user_course"),
            models.Index(fields=["user", "item", "-answered_at"], name="attempt_user_item"),
            models.Index(
                fields=["course", "-id"],
                name="attempt_waiting",
                condition=models.Q(status="needs_review"),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score=None) | models.Q(score__gte=0, score__lte=1),
                name="attempt_score_0_1",
            ),
            models.CheckConstraint(
                condition=models.Q(counts__gte=0, counts__lte=1), name="attempt_counts_0_1"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} try {self.try_number}: {self.score}"

    def owner_is(self, user: uuid.UUID) -> bool:
        """Whether it is this person's."""
        return self.user == user
