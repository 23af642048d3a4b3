"""The front door: requests a second of one core, p95 of ten common calls, and what of a call is the
door's own, beside a view of bare Django served by the same server in the same run.

One web process; its processor time is what counts, which a busy machine changes less than its answers.
"""

import http.client
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.people import person, running, upload
from benchmarks.table import machine, percentile, show
from deploy.ask import TEXT, Edu
from edu.gateway.stack.children import free_port
from tests.journeys.stack import Stack
from tests.places import ROOT

PEOPLE = 30  # who take turns, so that nobody meets a limit
ALONE = 150  # requests of each call, one after the other
CROWD = 400  # and these by LINES at once
LINES = 4
BARE = "/bare"
DOOR = "/api/v1/benchmark"


@dataclass(frozen=True)
class Call:
    """One call, `path` with what is there; `body` of a PATCH."""

    name: str
    path: str
    body: bytes | None = None

    @property
    def method(self) -> str:
        """PATCH where something is sent."""
        return "PATCH" if self.body else "GET"


@dataclass(frozen=True)
class Figures:
    """Of one call: milliseconds from request to last byte, one after the other; processor
    milliseconds of one request with several at once."""

    p50: float
    p95: float
    cost: float

    @property
    def each_second(self) -> float:
        """How many a core answers in a second."""
        return 1000 / self.cost


class Line:
    """A connection that is kept."""

    def __init__(self, port: int) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, call: Call, access: str) -> None:
        """Ask, and fail unless it is answered."""
        headers = {"Authorization": f"Bearer {access}", "Content-Type": "application/json"}
        self.line.request(call.method, call.path, call.body, headers)
        answer = self.line.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{call.path}: {answer.status} {body[:300]!r}")


def spent(pid: int) -> float:
    """Return the processor seconds that a process and its threads have had."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measured(port: int, pid: int, call: Call, keys: list[str]) -> Figures:
    """Ask ALONE times one after the other, then CROWD times by LINES at once."""
    line, taken = Line(port), []
    for number in range(ALONE + 10):
        begun = time.perf_counter()
        line.ask(call, keys[number % len(keys)])
        taken.append((time.perf_counter() - begun) * 1000)
    wrong: list[Exception] = []

    def many(at: int) -> None:
        own = Line(port)
        try:
            for number in range(CROWD // LINES):
                own.ask(call, keys[(at + number * LINES) % len(keys)])
        except (OSError, RuntimeError) as error:
            wrong.append(error)

    before = spent(pid)
    crowd = [threading.Thread(target=many, args=(at,)) for at in range(LINES)]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    if wrong:
        raise wrong[0]
    cost = (spent(pid) - before) * 1000 / CROWD
    return Figures(percentile(taken[10:], 0.5), percentile(taken[10:], 0.95), cost)


@contextmanager
def served(stack: Stack, settings: str, application: str) -> Iterator[tuple[int, int]]:
    """Serve another application beside the stack, on its stores; yield its port and its process."""
    port = free_port()
    words = ["-m", "uvicorn", application, "--port", str(port), "--log-level", "warning"]
    environment = {**stack.environment(), "DJANGO_SETTINGS_MODULE": settings}
    process = subprocess.Popen([sys.executable, *words], cwd=ROOT, env=environment)
    try:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                http.client.HTTPConnection("127.0.0.1", port, timeout=5).connect()
                break
            except OSError:
                time.sleep(0.1)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(30)


def people(stack: Stack, edu: Edu, code: str) -> list[str]:
    """Let PEOPLE join the course; return their access tokens."""
    keys = []
    for _ in range(PEOPLE):
        one, _, _ = person(stack)
        one.call("POST", "/api/v1/courses/join", {"join_code": code})
        keys.append(one.access)
    return keys


def prepared(stack: Stack) -> tuple[list[Call], list[str]]:
    """Make a course with a text in it and people; return the ten calls, and the people's tokens."""
    edu, _, _ = person(stack)
    made = edu.call("POST", "/api/v1/courses", {"title": "Tides"})
    course, place = made["id"], stack.data / "tides.md"
    place.write_text(TEXT)
    material = upload(edu, course, place, "text/markdown")
    edu.until(f"/api/v1/materials/{material}", 600)
    here = f"/api/v1/courses/{course}"
    calls = [
        Call("GET me", "/api/v1/me"),
        Call("GET courses", "/api/v1/courses"),
        Call("GET a course", here),
        Call("GET its objectives", f"{here}/objectives"),
        Call("GET its materials", f"{here}/materials"),
        Call("GET passages of a material", f"/api/v1/materials/{material}/passages"),
        Call("GET search in a course", f"{here}/search?q=when%20is%20a%20spring%20tide"),
        Call("GET mastery", f"/api/v1/me/mastery?course={course}"),
        Call("GET recommendations", f"/api/v1/me/recommendations?course={course}"),
        Call("PATCH me", "/api/v1/me", json.dumps({"preferences": {"speed": 1.25}}).encode()),
    ]
    return calls, people(stack, edu, made["join_code"])


def main() -> None:
    """Measure bare Django, the door with nothing behind it, and ten calls; print both tables."""
    with running(EDU_WEB_WORKERS="1") as stack:
        calls, keys = prepared(stack)
        ask: Callable[[int, int, Call], Figures] = lambda port, pid, call: measured(  # noqa: E731
            port, pid, call, keys
        )
        with served(stack, "benchmarks.bare", "benchmarks.bare:application") as (port, pid):
            bare = ask(port, pid, Call("bare", BARE))
        with served(stack, "benchmarks.door", "edu.gateway.asgi:application") as (port, pid):
            door = ask(port, pid, Call("door", DOOR))
        found = [(call, ask(stack.port, stack.children("web")[0], call)) for call in calls]
    own = door.cost - bare.cost
    show(
        f"The front door, one web process ({machine()})",
        ("call", "p50, ms", "p95, ms", "processor ms", "a second and core", "the door's share"),
        [
            (
                name,
                f"{each.p50:.1f}",
                f"{each.p95:.1f}",
                f"{each.cost:.2f}",
                f"{each.each_second:.0f}",
                share,
            )
            for name, each, share in [
                ("a view of bare Django", bare, ""),
                ("the same answer through the front door", door, f"{own / door.cost:.0%}"),
                *((call.name, each, f"{own / each.cost:.0%}") for call, each in found),
            ]
        ],
    )
    print(f"The front door costs {door.cost / bare.cost:.1f} times what bare Django costs.\n")


if __name__ == "__main__":
    main()
