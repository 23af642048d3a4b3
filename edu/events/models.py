"""The outbox: one row per fact and handler, written in the transaction that made the fact true. And the
keys that lock what is kept: every service of its own has both."""

from django.db import models

from edu.common.ids import new_id


class Delivery(models.Model):
    """One fact on its way to one handler."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event = models.UUIDField(help_text="the same for all handlers of one fact")
    fact = models.CharField(max_length=200, help_text="dotted name of the fact's class")
    payload = models.JSONField()
    handler = models.CharField(max_length=200, help_text="dotted name of the handler")
    tries = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True, help_text="given up; see the error")
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["event", "handler"], name="delivery_once_per_handler")
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="delivery_due",
                condition=models.Q(done_at=None, failed_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.fact} to {self.handler}"


class DataKey(models.Model):
    """A random key that seals columns and files, wrapped by the master key. The newest seals."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    wrapped = models.BinaryField()
    master = models.CharField(max_length=16, help_text="mark of the master key that wraps it")
    created_at = models.DateTimeField()
    progress = models.JSONField(
        default=dict, help_text="place -> how far it is sealed with this key; null: all of it"
    )
    done_at = models.DateTimeField(null=True, help_text="since when all is sealed with it")

    def __str__(self) -> str:
        return self.id.hex
