"""The ledger: one row for each call that left for a server elsewhere."""

from django.db import models

from edu.common.ids import new_id


class OutsideCall(models.Model):
    """When which kind of call went where, for whom, how much of it, and what was taken out before. No
    text is kept."""

    class Outcome(models.TextChoices):
        SENT = "sent"  # nothing came back yet, or the worker died
        ANSWERED = "answered"
        STOPPED = "stopped"  # nobody waited for the rest
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField(db_index=True)
    user = models.UUIDField(null=True, blank=True, db_index=True, help_text="none: the system")
    course = models.UUIDField(null=True, blank=True, db_index=True)
    kind = models.CharField(max_length=10)
    host = models.CharField(max_length=200)
    model = models.CharField(max_length=200)
    carried = models.CharField(max_length=10, help_text="text, picture or sound")
    bytes_out = models.PositiveBigIntegerField(default=0)
    bytes_in = models.PositiveBigIntegerField(default=0)
    redacted = models.JSONField(default=dict, blank=True, help_text="taken out, by kind")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.SENT)

    class Meta:
        verbose_name = "call to a model elsewhere"
        verbose_name_plural = "calls to models elsewhere"

    def __str__(self) -> str:
        return f"{self.kind} to {self.host}: {self.outcome}"
