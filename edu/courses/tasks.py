"""Work of the courses app that a worker does."""

from celery import shared_task
from django.utils import timezone

from edu.courses.logic import removal


@shared_task
def sweep() -> None:
    """Delete removed courses whose time for undo is over."""
    now = timezone.now()
    for course in removal.due(now):
        removal.purge(course, now)
