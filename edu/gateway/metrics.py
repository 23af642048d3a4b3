"""Counts and times for Prometheus, added up over all processes of this machine."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# prometheus_client reads this when it is imported: each process writes a file, a scrape adds them up.
_folder = Path(
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(settings.EDU_DATA / "metrics"))
)
_folder.mkdir(parents=True, exist_ok=True)


def _sweep() -> None:
    """Drop the files of processes that are gone; a scraper takes that for the restart it was."""
    for file in _folder.glob("*.db"):
        pid = file.stem.rsplit("_", 1)[-1]
        if pid.isdigit() and not Path("/proc", pid).exists() and Path("/proc").exists():
            file.unlink(missing_ok=True)


_sweep()

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest  # noqa: E402
from prometheus_client.multiprocess import MultiProcessCollector  # noqa: E402

REQUESTS = Counter("edu_http_requests_total", "Answers given.", ["method", "route", "status"])
SECONDS = Histogram(
    "edu_http_request_seconds",
    "Time from a request to its answer.",
    ["method", "route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


@contextmanager
def timed(request: HttpRequest) -> Iterator[Callable[[HttpResponse], None]]:
    """Time a request; the function that is handed out is told the answer."""
    began = time.perf_counter()
    told: list[int] = []
    try:
        yield lambda response: told.append(response.status_code)
    finally:
        method = request.method if request.method in METHODS else "OTHER"
        match = getattr(request, "resolver_match", None)
        route = f"/{match.route}" if match else "none"
        REQUESTS.labels(method, route, str(told[0] if told else 500)).inc()
        SECONDS.labels(method, route).observe(time.perf_counter() - began)


def text(waiting: dict[str, int]) -> bytes:
    """Return all of it in Prometheus' text format; `waiting` is how many tasks each queue holds."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    gauges = CollectorRegistry()
    depth = Gauge("edu_queue_tasks", "Tasks that wait for a worker.", ["queue"], registry=gauges)
    for queue, count in waiting.items():
        depth.labels(queue).set(count)
    return generate_latest(registry) + generate_latest(gauges)
