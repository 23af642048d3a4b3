"""Work of the users app that a worker does."""

from celery import shared_task
from django.utils import timezone

from edu.users.logic import families


@shared_task
def sweep() -> None:
    """Delete tokens that died long ago."""
    families.forget(timezone.now())
