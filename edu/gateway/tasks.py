"""The gateway's regular work."""

from celery import shared_task
from django.utils import timezone

from edu.common.ids import parse_id
from edu.gateway import heartbeat, idempotency, resealing, webhooks


@shared_task
def tick() -> None:
    """Show that beat sends and a worker works."""
    heartbeat.note("beat", heartbeat.BEAT_SECONDS)


@shared_task
def forget() -> None:
    """Delete what Idempotency-Keys kept longer than a day, and webhooks' messages of last month."""
    idempotency.forget(timezone.now())
    webhooks.forget(timezone.now())


@shared_task
def send_webhook(message_id: str) -> None:
    """Try to bring one message to its address."""
    webhooks.send(parse_id(message_id), timezone.now())


@shared_task
def sweep_webhooks() -> None:
    """Send what is to be tried again, and what a dead worker left behind."""
    for message_id in webhooks.due(timezone.now()):
        send_webhook.delay(str(message_id))


@shared_task
def reseal() -> None:
    """Go on sealing with the newest data key what is not."""
    resealing.run()
