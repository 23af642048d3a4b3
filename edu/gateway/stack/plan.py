"""What runs where: which parts are embedded, on which ports, with which secrets.

The ports and addresses of the embedded parts are written to EDU_DATA/stack.env, so that any other
`manage.py` command finds the running stack.
"""

import os
import shutil
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from edu.common import environment as env
from edu.gateway.stack.children import Child, free_port, listens
from edu.gateway.stack.postgres import Postgres, reachable_home
from edu.gateway.stack.valkey import Valkey

ROOT = Path(__file__).resolve().parents[3]


class Taken(RuntimeError):
    """The port that people are to use is not free."""


@dataclass
class Plan:
    """`postgres` and `valkey` are None where an outside store is given."""

    data: Path
    bind: str
    port: int
    postgres: Postgres | None
    valkey: Valkey | None
    inference_port: int
    found: dict[str, str]

    def write(self) -> None:
        """Write what other commands have to know to EDU_DATA/stack.env (mode 0600)."""
        place = self.data / "stack.env"
        place.touch(mode=0o600)
        lines = [f"{name}={value}\n" for name, value in self.found.items()]
        place.write_text("# Written by `manage.py up`; do not edit.\n" + "".join(lines))

    def environment(self) -> dict[str, str]:
        """The environment of the parts of ours."""
        return {
            **os.environ,
            "EDU_DATA": str(self.data),
            "TMPDIR": str(
                self.data / "tmp"
            ),  # uploads and what is being read lie open for a moment
            "OMP_WAIT_POLICY": os.environ.get("OMP_WAIT_POLICY", "passive"),
            "TOKENIZERS_PARALLELISM": "false",
            "PYTHONUNBUFFERED": "1",
        }


def make(data: Path, bind: str, port: int) -> Plan:
    """Decide, reusing the ports of the last run where they are still free. Raise Taken."""
    data.mkdir(parents=True, exist_ok=True)
    check_port(bind, port)
    for name in ("tmp", "work"):  # nobody else runs here, and whoever did left nothing of use
        shutil.rmtree(data / name, ignore_errors=True)
        (data / name).mkdir(mode=0o700)
    ports = _Ports(data)
    secrets = data / "secrets"
    found: dict[str, str] = {}
    postgres = valkey = None
    if not env.given("DATABASE_URL") and not env.given("DATABASE_URL_FILE"):
        word = env.secret(secrets, "database_password")
        postgres = Postgres(reachable_home(data), ports.take("DATABASE"), word)
        found["DATABASE_URL"] = postgres.url
    if not env.given("REDIS_URL") and not env.given("REDIS_URL_FILE"):
        valkey = Valkey(data / "valkey", ports.take("REDIS"), env.secret(secrets, "redis_password"))
        found["REDIS_URL"] = valkey.url
    inference = ports.take("INFERENCE")
    if not env.given("EDU_INFERENCE_URL"):
        found["EDU_INFERENCE_URL"] = f"http://127.0.0.1:{inference}/v1"
    ports.keep()
    return Plan(data, bind, port, postgres, valkey, inference, found)


def check_port(bind: str, port: int) -> None:
    """Raise Taken, naming the port, when nobody could listen there."""
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind, port))
        except OSError as error:
            raise Taken(
                f"Port {port} on {bind} cannot be used ({error.strerror}). "
                f"Choose another: EDU_PORT={port + 1} make up"
            ) from None


def parts(plan: Plan, logs: "Logs") -> list[Child]:
    """The processes of ours, in the order in which they start; the same commands in every setting."""
    environment = plan.environment()

    def child(name: str, *words: str, grace: float = 15) -> Child:
        argv = [sys.executable, str(ROOT / "manage.py"), *words]
        return Child(name, argv, env=environment, cwd=ROOT, grace=grace, output=logs.open(name))

    mine = [child("inference", "serve_inference", "--port", str(plan.inference_port))]
    if env.given("EDU_INFERENCE_URL"):
        mine = []
    return [
        *mine,
        child("web", "serve_web"),
        child("worker", "serve_worker", "--queue", "soon", grace=30),
        child("bulk", "serve_worker", "--queue", "bulk", grace=30),
        child("beat", "serve_beat"),
    ]


class Logs:
    """One file per part under EDU_DATA/logs; a file that grew too large begins anew, its last
    content kept once as NAME.log.1. With EDU_LOG=stdout all goes to the terminal instead."""

    LARGEST = 10_000_000

    def __init__(self, data: Path) -> None:
        self.folder = data / "logs"
        self.to_terminal = env.one_of("EDU_LOG", "files", "stdout") == "stdout"

    def open(self, name: str):
        """Return the open file for one part's output, or None for the terminal."""
        if self.to_terminal:
            return None
        self.folder.mkdir(parents=True, exist_ok=True)
        place = self.folder / f"{name}.log"
        if place.exists() and place.stat().st_size > self.LARGEST:
            place.replace(place.with_suffix(".log.1"))
        return place.open("ab")


class _Ports:
    """Loopback ports of the embedded parts, the same from run to run where possible."""

    def __init__(self, data: Path) -> None:
        self.place = data / "ports.env"
        self.known: dict[str, int] = {}
        if self.place.exists():
            for line in self.place.read_text().splitlines():
                name, _, value = line.partition("=")
                self.known[name] = int(value)
        self.taken: set[int] = set()

    def take(self, name: str) -> int:
        port = self.known.get(name, 0)
        if not port or listens(port):
            port = free_port()
            while port in self.taken:
                port = free_port()
        self.known[name] = port
        self.taken.add(port)
        return port

    def keep(self) -> None:
        self.place.write_text("".join(f"{name}={port}\n" for name, port in self.known.items()))
