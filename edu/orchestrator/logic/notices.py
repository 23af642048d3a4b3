"""Notices: what happened while somebody looked elsewhere. One row per person, kind and thing, so that a
fact which is told twice makes one notice; what it leads to is read when it is opened."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from edu.common.codec import plain
from edu.events import api as events
from edu.orchestrator import data
from edu.orchestrator.models import Notification

REMIND = timedelta(hours=20)  # at most one notice of reviews in this time
MOST_UNREAD = 99
KEPT = timedelta(days=90)


def group(user: UUID | str) -> str:
    """Return the name of the group in which a person's pages listen."""
    return f"person-{user}"


def notice(row: Notification) -> data.Notification:
    """Return a row as data."""
    return data.Notification(
        id=str(row.id),
        kind=row.kind,
        course=str(row.course) if row.course else None,
        title=row.title,
        count=row.count,
        url=row.url,
        created_at=row.created_at,
        read_at=row.read_at,
    )


def add(
    users: Iterable[UUID],
    kind: str,
    thing: str,
    now: datetime,
    *,
    url: str,
    title: str = "",
    course: UUID | None = None,
    count: int = 0,
) -> int:
    """Give each of `users` a notice, unless they have it; tell their open pages on commit. Returns how
    many are new."""
    made = 0
    for user in users:
        row, new = Notification.objects.get_or_create(
            user=user,
            kind=kind,
            thing=thing[:80],
            defaults={
                "course": course,
                "title": title[:200],
                "url": url,
                "count": count,
                "created_at": now,
            },
        )
        if new:
            made += 1
            _tell(row)
    return made


def _tell(row: Notification) -> None:
    def send() -> None:
        waiting = unread(row.user, "", row.created_at)
        message = {"type": "notification", "notification": plain(notice(row)), "unread": waiting}
        events.tell(group(row.user), message)

    transaction.on_commit(send, robust=True)


def remind(user: UUID, due: int, now: datetime) -> None:
    """Tell that `due` questions come back: once a day, and not again while the last notice waits."""
    before = Notification.objects.filter(user=user, kind=data.REVIEWS_DUE)
    if before.filter(read_at=None).update(count=due):
        return
    if not before.filter(created_at__gt=now - REMIND).exists():
        add([user], data.REVIEWS_DUE, now.isoformat(), now, url="/reviews/", count=due)


def renew(users: list[UUID], kind: str, course: UUID, count: int) -> list[UUID]:
    """Bring the notices of one kind about a course that still wait up to date; return who has none."""
    waiting = Notification.objects.filter(
        user__in=list(users), kind=kind, course=course, read_at=None
    )
    known = set(waiting.values_list("user", flat=True))
    waiting.update(count=count)
    return [user for user in users if user not in known]


def unread(user: UUID, at: str, now: datetime) -> int:
    """Return how many notices wait; those that lead to the address `at` are read by being there."""
    rows = Notification.objects.filter(user=user, read_at=None)
    urls = list(rows.order_by("-id").values_list("url", flat=True)[:MOST_UNREAD])
    if at and at in urls:
        rows.filter(url=at).update(read_at=now)
    return sum(url != at for url in urls)


def read(user: UUID, notification: UUID | None, now: datetime) -> int:
    """Mark one notice, or all, as read; return how many were not."""
    rows = Notification.objects.filter(user=user, read_at=None)
    if notification is not None:
        rows = rows.filter(id=notification)
    return rows.update(read_at=now)


def one(user: str, notification: UUID) -> Notification:
    """Return the person's own row; raise NoSuchNotification."""
    row = Notification.objects.filter(id=notification, user=user).first()
    if row is None:
        raise data.NoSuchNotification
    return row


def forget_course(course: UUID) -> int:
    """Delete what leads into a course that is gone for good."""
    return Notification.objects.filter(course=course).delete()[0]


def forget_old(now: datetime) -> int:
    """Delete what was told long ago; return how many rows went."""
    return Notification.objects.filter(created_at__lt=now - KEPT).delete()[0]
