"""Tables of the gateway itself: no learner's work, only what HTTP needs to be done once, and what
integrators asked to be told."""

from django.db import models

from edu.common.ids import new_id
from edu.common.sealedfields import SealedBytes
from edu.gateway.sealing import before


class Once(models.Model):
    """A POST with an Idempotency-Key: who asked what, and, when it is done, what was answered."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.CharField(
        max_length=64, help_text="id of the user, or the address of a stranger"
    )
    path = models.CharField(max_length=500)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64, help_text="sha256 of what was sent")
    started_at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(
        null=True, help_text="of the answer; none while it works"
    )
    headers = models.JSONField(default=dict)
    body = SealedBytes(
        default=b"", help_text="an answer may hold tokens", before=before(b"idempotency")
    )

    class Meta:
        verbose_name = "request made once"
        verbose_name_plural = "requests made once"
        constraints = [
            models.UniqueConstraint(fields=["person", "path", "key"], name="once_per_key")
        ]
        indexes = [models.Index(fields=["started_at"], name="once_started")]

    def __str__(self) -> str:
        return f"{self.path} {self.key}"


class Webhook(models.Model):
    """An address that somebody's program is told at what happens: in a course that they teach, or to
    themselves when there is no course."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.UUIDField(db_index=True)
    course = models.UUIDField(null=True, blank=True, db_index=True)
    url = models.CharField(max_length=2000)
    secret = SealedBytes(help_text="what the messages are signed with", before=before(b"webhooks"))
    events = models.JSONField(help_text="names of edu.gateway.webhooks.EVENTS")
    active = models.BooleanField(default=True)
    failing_since = models.DateTimeField(
        null=True, blank=True, help_text="of the first failure after the last success"
    )
    stopped = models.CharField(
        max_length=20, blank=True, help_text="why it was turned off by itself"
    )
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.url


class WebhookMessage(models.Model):
    """One message on its way to one address, with every attempt at bringing it there."""

    QUEUED, DELIVERED, FAILED = "queued", "delivered", "failed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="messages")
    event = models.CharField(max_length=64, help_text="the same for all who are told of one fact")
    type = models.CharField(max_length=40)
    body = models.JSONField()
    status = models.CharField(max_length=10, default=QUEUED)
    tries = models.PositiveIntegerField(default=0, help_text="since it was queued, or queued again")
    attempts = models.JSONField(default=list, help_text="the latest: at, status, error, ms")
    due_at = models.DateTimeField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["webhook", "event"], name="webhook_told_once")
        ]
        indexes = [
            models.Index(
                fields=["due_at"], name="webhook_due", condition=models.Q(status="queued")
            ),
            models.Index(fields=["created_at"], name="webhook_message_made"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.event}"
