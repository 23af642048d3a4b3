"""Tables of the gateway itself: no learner's data, only what HTTP needs to be done once."""

from django.db import models

from edu.common.ids import new_id


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
    body = models.BinaryField(default=b"", help_text="encrypted: an answer may hold tokens")

    class Meta:
        verbose_name = "request made once"
        verbose_name_plural = "requests made once"
        constraints = [
            models.UniqueConstraint(fields=["person", "path", "key"], name="once_per_key")
        ]
        indexes = [models.Index(fields=["started_at"], name="once_started")]

    def __str__(self) -> str:
        return f"{self.path} {self.key}"
