"""The gateway's regular work."""

from celery import shared_task
from django.utils import timezone

from edu.gateway import heartbeat, idempotency


@shared_task
def tick() -> None:
    """Show that beat sends and a worker works."""
    heartbeat.note("beat", heartbeat.BEAT_SECONDS)


@shared_task
def forget() -> None:
    """Delete what Idempotency-Keys kept longer than a day."""
    idempotency.forget(timezone.now())
