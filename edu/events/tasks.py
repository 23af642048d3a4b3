"""Delivery of facts, by a worker."""

from celery import shared_task
from django.utils import timezone

from edu.common.ids import parse_id
from edu.events.logic import outbox


@shared_task
def deliver(delivery_id: str) -> None:
    """Deliver one fact to one handler."""
    outbox.deliver(parse_id(delivery_id), timezone.now())


@shared_task
def sweep() -> None:
    """Deliver what a dead worker or a full broker left behind."""
    now = timezone.now()
    for delivery_id in outbox.due(now):
        outbox.deliver(delivery_id, now)
    outbox.forget(now)
