"""Pupils without an e-mail address, whose accounts are made for a course."""

from datetime import datetime
from uuid import UUID

from edu.courses.data import LEARNER
from edu.courses.logic import membership
from edu.courses.models import Membership


def seat_all(course: UUID, users: list[UUID], now: datetime) -> None:
    """Make these people learners of a course. Call it with the course locked."""
    row = membership.lock(course)
    Membership.objects.bulk_create(
        [Membership(course=row, user=each, role=LEARNER, joined_at=now) for each in users]
    )
    if row.personal:  # no longer somebody's own
        row.personal = False
        row.save(update_fields=["personal"])
