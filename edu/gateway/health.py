"""/healthz: this process answers. /readyz: every part works, or which does not. /metrics: numbers."""

import hmac
import ipaddress
import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from edu.common import vault
from edu.common.errors import EduError, NotFound
from edu.events.data import WrongMasterKey
from edu.gateway import answers, heartbeat, metrics
from edu.gateway.memcached import Gone
from edu.inference import api as inference
from edu.multimodal import api as multimodal

log = logging.getLogger(__name__)

_migrated = False


@dataclass(frozen=True)
class State:
    """Whether one part is ready, and what is the matter or what it is."""

    name: str
    ready: bool
    detail: str


def _database() -> State:
    global _migrated
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not _migrated:
            executor = MigrationExecutor(connection)
            plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
            if plan:
                return State("database", False, f"{len(plan)} migrations are still to be made.")
            _migrated = True
    except DatabaseError:
        return State("database", False, "PostgreSQL does not answer.")
    return State("database", True, "PostgreSQL answers and every table is there.")


def _keys() -> State:
    try:
        vault.current()
    except WrongMasterKey as error:
        return State("keys", False, error.detail)
    except (EduError, DatabaseError):
        return State("keys", False, "There is no data key yet: run `manage.py prepare`.")
    return State("keys", True, "What is kept encrypted can be read.")


def _redis() -> State:
    try:
        heartbeat.alive("nobody")
    except RedisError:
        return State("redis", False, "Redis does not answer.")
    return State("redis", True, "Redis answers.")


def _answers() -> list[State]:
    """The store of answers is a part of its own only where it is another one than Redis. Without it all
    is slower and nothing else, so the site is ready all the same."""
    if not settings.MEMCACHED_URL:
        return []
    try:
        answers.memcached(settings.MEMCACHED_URL).ping()
    except Gone:
        return [State("cache", True, "Memcached does not answer: every answer is made anew.")]
    return [State("cache", True, "Memcached answers.")]


def _workers() -> list[State]:
    try:
        found = {name: heartbeat.alive(f"worker-{name}") for name in heartbeat.QUEUES}
        beat = heartbeat.alive("beat")
    except RedisError:
        return [State("workers", False, "Their signs of life are in Redis, which does not answer.")]
    said = {True: "A worker is there.", False: "No worker takes its tasks."}
    states = [State(f"worker:{name}", there, said[there]) for name, there in found.items()]
    word = "It sends its tasks." if beat else "Nothing was heard of it for two minutes."
    return [*states, State("beat", beat, word)]


def _objects() -> State:
    if not settings.EDU_S3_URL:
        home = settings.EDU_OBJECTS
        try:
            home.mkdir(parents=True, exist_ok=True)
        except OSError:
            return State("objects", False, f"The folder {home} cannot be made.")
        if not os.access(home, os.W_OK | os.X_OK):
            return State("objects", False, f"The folder {home} cannot be written to.")
    try:
        multimodal.fetch(key="health/no/nothing-is-kept-under-this-key")
    except NotFound:
        return State("objects", True, "The store of files answers.")
    except EduError as error:
        return State("objects", False, error.detail)
    return State("objects", True, "The store of files answers.")


def _models() -> list[State]:
    return [
        State(
            f"model:{part.kind}",
            part.state in ("ready", "idle", "off"),
            f"{part.name}: {part.state}. {part.detail}".strip(),
        )
        for part in inference.status()
    ]


CHECKS: list[Callable[[], State | list[State]]] = [
    _database,
    _keys,
    _redis,
    _answers,
    _workers,
    _objects,
    _models,
]


def states() -> list[State]:
    """Return the state of every part, now."""
    found: list[State] = []
    for check in CHECKS:
        said = check()
        found += said if isinstance(said, list) else [said]
    return found


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether this process answers at all."""
    return JsonResponse({"alive": True})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when every part is ready, else 503 that names those which are not."""
    began = time.perf_counter()
    found = states()
    missing = [state.name for state in found if not state.ready]
    told = {
        "ready": not missing,
        "not_ready": missing,
        "parts": [vars(state) for state in found],
        "ms": round(1000 * (time.perf_counter() - began)),
    }
    response = JsonResponse(told, status=503 if missing else 200)
    if missing:
        response["Retry-After"] = "2"
        # Asked every few seconds while things start: one line, and not Django's error for it.
        log.warning("not ready: %s", ", ".join(missing))
        response._has_been_logged = True  # type: ignore[attr-defined]
    return response


@require_safe
@never_cache
def metrics_text(request: HttpRequest) -> HttpResponse:
    """Prometheus' text, for this machine, or for whoever has EDU_METRICS_TOKEN."""
    if not _may_measure(request):
        return HttpResponse("Only from this machine, or with the token.\n", status=403)
    try:
        waiting = heartbeat.waiting()
    except RedisError:
        waiting = {}
    return HttpResponse(
        metrics.text(waiting), content_type="text/plain; version=0.0.4; charset=utf-8"
    )


def _may_measure(request: HttpRequest) -> bool:
    token = settings.EDU_METRICS_TOKEN
    offered = request.headers.get("Authorization", "")
    if token:
        return hmac.compare_digest(offered.encode(), f"Bearer {token}".encode())
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False  # a proxy stands before us: the one who asks is not on this machine
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
