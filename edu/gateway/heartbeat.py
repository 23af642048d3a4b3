"""Signs of life of the processes that answer no HTTP: workers by queue, and beat. Kept in Redis."""

import logging
from typing import Any

from celery import current_app, signals
from django_redis import get_redis_connection
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
WORKER_SECONDS = 15  # workers show themselves every two seconds
BEAT_SECONDS = 120  # beat every ten, by a task that a worker has to have time for
QUEUES = ("soon", "bulk")


def note(name: str, seconds: int) -> None:
    """Write down that `name` is alive; it counts for `seconds`."""
    try:
        get_redis_connection("default").set(f"edu:alive:{name}", 1, ex=seconds)
    except RedisError as error:
        log.warning("no sign of life could be left for %s: %s", name, error)


def alive(name: str) -> bool:
    """Whether `name` showed itself lately. Raises RedisError."""
    return bool(get_redis_connection("default").exists(f"edu:alive:{name}"))


def waiting() -> dict[str, int]:
    """Return how many tasks wait in each queue of a Redis broker; of others, nothing is known here."""
    from django.conf import settings

    if not settings.CELERY_BROKER_URL.startswith("redis"):
        return {}
    from redis import Redis

    with Redis.from_url(settings.CELERY_BROKER_URL, socket_timeout=2) as broker:
        return {name: int(broker.llen(name)) for name in QUEUES}


def _worker(**_: Any) -> None:
    for queue in current_app.amqp.queues.consume_from:
        note(f"worker-{queue}", WORKER_SECONDS)


def _beat(**_: Any) -> None:
    note("beat", BEAT_SECONDS)


def listen() -> None:
    """Hear the signals of Celery in this process."""
    signals.worker_ready.connect(_worker, weak=False, dispatch_uid="edu-alive")
    signals.heartbeat_sent.connect(_worker, weak=False, dispatch_uid="edu-alive")
    signals.beat_init.connect(_beat, weak=False, dispatch_uid="edu-alive")
