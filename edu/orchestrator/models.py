"""Tables of the orchestrator: sessions, their turns, what was done and what was said about it. What people
and the tutor say to each other lies sealed."""

from django.db import models
from django.db.models import Q

from edu.common.ids import new_id
from edu.common.sealedfields import SealedJSON, SealedText
from edu.orchestrator.data import NOTIFICATIONS

MODES = [("tutor", "tutor"), ("explain", "explain"), ("practice", "practice")]
STATUSES = [(s, s) for s in ("queued", "running", "ready", "failed", "cancelled")]
STEPS = [(s, s) for s in ("running", "done", "failed", "skipped", "cancelled")]
OPEN = ("queued", "running")


class Session(models.Model):
    """One learner's conversation about one course."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.UUIDField()
    course = models.UUIDField(db_index=True)
    objective = models.UUIDField(null=True, blank=True)
    mode = models.CharField(max_length=10, choices=MODES, default="tutor")
    status = models.CharField(max_length=10, choices=[("open", "open"), ("closed", "closed")])
    title = SealedText(max_length=120, blank=True)
    turn_count = models.PositiveIntegerField(default=0)
    pending = SealedJSON(
        null=True, blank=True, help_text="the check question that waits for its answer"
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "course", "-updated_at"], name="session_of_user")]

    def __str__(self) -> str:
        return f"{self.mode} {self.id}"


class Turn(models.Model):
    """What a learner brought and what came of it. Whoever runs it holds it by `owner` until
    `lease_until`; nothing is written by one who lost it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="turns")
    user = models.UUIDField(db_index=True)
    course = models.UUIDField(db_index=True)
    ordinal = models.PositiveIntegerField(help_text="counts from 1 within the session")
    status = models.CharField(max_length=10, choices=STATUSES, default="queued")
    progress = models.FloatField(default=0.0)

    text = SealedText(blank=True)
    wants = models.CharField(max_length=20, blank=True, help_text="what a button asked for")
    response = SealedJSON(null=True, blank=True, help_text="an option chosen in the question")
    aloud = models.BooleanField(default=False, help_text="the answer is to be spoken")
    audio_key = models.CharField(max_length=200, blank=True)
    audio_type = models.CharField(max_length=50, blank=True)
    image_key = models.CharField(max_length=200, blank=True)
    image_type = models.CharField(max_length=50, blank=True)

    language = models.CharField(max_length=8, blank=True)
    heard = SealedText(null=True, blank=True)  # None: nothing was recorded
    seen = SealedText(null=True, blank=True)  # None: nothing was shown
    answer = SealedText(blank=True)
    abstained = models.BooleanField(default=False)
    sentences = SealedJSON(default=list, blank=True)
    citations = SealedJSON(default=list, blank=True)
    checks = SealedJSON(default=list, blank=True)
    degraded = models.JSONField(default=list, blank=True, help_text="what could not be done")
    question = SealedJSON(null=True, blank=True)
    grade = SealedJSON(null=True, blank=True, help_text="of an answer given in this turn")
    objective = models.UUIDField(null=True, blank=True)
    sound_key = models.CharField(max_length=200, blank=True)
    error = models.CharField(max_length=300, blank=True)

    owner = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    seq = models.PositiveIntegerField(default=0, help_text="number of the last message")
    notebook = SealedJSON(default=dict, blank=True, help_text="what finished steps found")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    sound_type = "audio/wav"  # of what is under `sound_key`

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "ordinal"], name="turn_ordinal_once"),
            models.UniqueConstraint(
                fields=["session"], condition=Q(status="running"), name="turn_one_runs_per_session"
            ),
        ]
        indexes = [
            models.Index(
                fields=["lease_until"], condition=Q(status__in=OPEN), name="turn_unfinished"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ordinal} of {self.session_id}"


class Step(models.Model):
    """One agent's part in a turn."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, related_name="steps")
    agent = models.CharField(max_length=40)
    task = models.CharField(max_length=40)
    status = models.CharField(max_length=10, choices=STEPS, default="running")
    ms = models.PositiveIntegerField(default=0)
    summary = SealedText(max_length=400, blank=True)
    started_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["turn", "agent", "task"], name="step_once_per_turn")
        ]

    def __str__(self) -> str:
        return f"{self.agent} {self.task}: {self.status}"


class TurnMessage(models.Model):
    """One message of a turn as it went to the page, kept so that a lost one can be sent again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, related_name="messages")
    seq = models.PositiveIntegerField()
    type = models.CharField(max_length=20)
    payload = SealedJSON(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["turn", "seq"], name="turnmessage_seq_once")]

    def __str__(self) -> str:
        return f"{self.seq} {self.type}"


class Notification(models.Model):
    """Something that happened while a person looked elsewhere, and where it is to be seen."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.UUIDField()
    course = models.UUIDField(null=True, blank=True, db_index=True)
    kind = models.CharField(max_length=30, choices=[(each, each) for each in NOTIFICATIONS])
    thing = models.CharField(max_length=80, help_text="what it is about; told once per person")
    title = models.CharField(max_length=200, blank=True, help_text="a name that the words hold")
    count = models.PositiveIntegerField(default=0, help_text="a number that the words hold")
    url = models.CharField(max_length=300, help_text="a path of this site")
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "thing"], name="notification_once")
        ]
        indexes = [
            models.Index(fields=["user", "-id"], name="notification_of_user"),
            models.Index(
                fields=["user", "-id"], condition=Q(read_at=None), name="notification_unread"
            ),
            models.Index(fields=["created_at"], name="notification_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.title}".strip()


class Export(models.Model):
    """All that is held of one person, put together for them to fetch."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.UUIDField(db_index=True)
    status = models.CharField(max_length=10, choices=STATUSES, default="queued")
    progress = models.FloatField(default=0.0)
    error = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=200, blank=True, help_text="of the archive")
    bytes = models.BigIntegerField(default=0)
    tries = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(help_text="the sweeper hands it out from then on")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(status__in=OPEN), name="export_one_at_a_time"
            )
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(status__in=OPEN), name="export_unfinished"),
            models.Index(fields=["created_at"], name="export_age"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Erasure(models.Model):
    """The erasure of one person, and its receipt: when it is done, the row says of nobody that it was
    them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.UUIDField(null=True, unique=True, help_text="whose; none when it is done")
    status = models.CharField(max_length=10, choices=STATUSES, default="queued")
    found = models.JSONField(default=dict, help_text="app -> table -> rows, before anything went")
    kept = models.JSONField(default=dict, help_text="app -> table -> rows that stay, see rules")
    done = models.JSONField(default=list, help_text="apps that are through")
    tries = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(help_text="the sweeper hands it out from then on")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(status__in=OPEN), name="erasure_unfinished")
        ]

    def __str__(self) -> str:
        return str(self.id)
