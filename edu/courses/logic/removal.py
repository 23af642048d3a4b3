"""Removing a course: at once for everybody in it, for good after a time for second thoughts."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from edu.courses.data import UNDO_DAYS, CourseRemoved
from edu.courses.models import Course
from edu.events.api import publish
from edu.users import api as users


def due(now: datetime) -> list[UUID]:
    """Return the courses whose time for undo is over."""
    over = Course.objects.filter(removed_at__lt=now - timedelta(days=UNDO_DAYS))
    return list(over.values_list("id", flat=True)[:200])


@transaction.atomic
def purge(course: UUID, now: datetime) -> bool:
    """Delete one such course and tell those above; False when it was restored or is gone already."""
    row = (
        Course.objects.select_for_update(skip_locked=True)
        .filter(id=course, removed_at__lt=now - timedelta(days=UNDO_DAYS))
        .first()
    )
    if row is None:
        return False
    publish(CourseRemoved(course=str(row.id)))
    transaction.on_commit(lambda: users.forget_course(course=str(course)))
    row.delete()
    return True
