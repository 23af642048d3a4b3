"""The run log: one row for each time an agent worked."""

from django.db import models

from edu.common.ids import new_id
from edu.common.sealedfields import SealedJSON, SealedText


class AgentRun(models.Model):
    """What one agent did once, how long it took and what came of it."""

    class Status(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agent = models.CharField(max_length=40, db_index=True)
    task = models.CharField(max_length=40)
    turn = models.UUIDField(null=True, blank=True, db_index=True, help_text="the turn it was for")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.RUNNING)
    ms = models.PositiveIntegerField(default=0)
    summary = SealedText(max_length=400, blank=True)
    error = models.TextField(blank=True)
    checks = SealedJSON(default=list, blank=True)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "run"
        indexes = [models.Index(fields=["status", "-created_at"], name="agentrun_status")]

    def __str__(self) -> str:
        return f"{self.agent} {self.task}: {self.status}"
