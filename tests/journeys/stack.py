"""The whole product as a person starts it: `manage.py up` in a data folder of its own."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from edu.gateway.stack.children import free_port
from tests.places import MODELS, ROOT


@dataclass
class Stack:
    """A running stack: its `address`, and the `accounts` by role as (e-mail, password)."""

    data: Path
    port: int = field(default_factory=free_port)
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    accounts: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where the site is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def printed(self) -> str:
        """What `up` printed so far."""
        return (self.data / "up.out").read_text(errors="replace")

    def environment(self) -> dict[str, str]:
        """The environment of a person who has set nothing but port, data and `settings`."""
        ours = ("EDU_", "DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "DJANGO_")
        clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        return clean | {
            "EDU_PORT": str(self.port),
            "EDU_DATA": str(self.data),
            "EDU_MODELS": str(MODELS),
            **self.settings,
        }

    def start(self, seconds: float = 240) -> "Stack":
        """Start it and wait until it says that it is ready; raise RuntimeError with its words."""
        self.data.mkdir(parents=True, exist_ok=True)
        with (self.data / "up.out").open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, str(ROOT / "manage.py"), "up"],
                cwd=ROOT,
                env=self.environment(),
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        end = time.monotonic() + seconds
        while "edu serves at" not in self.printed or "Stop with" not in self.printed:
            if self.process.poll() is not None or time.monotonic() > end:
                self.stop()  # or it would go on for ever, with nobody to end it
                raise RuntimeError(f"`manage.py up` did not get ready:\n{self.printed}")
            time.sleep(0.1)
        for role, email, password in re.findall(
            r"^ {4}(\S+) +(\S+@\S+) +(\S+)$", self.printed, re.M
        ):
            self.accounts.setdefault(role, (email, password))
        return self

    def manage(self, *words: str) -> str:
        """Run another management command against it; return what it printed."""
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *words],
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def children(self, part: str) -> list[int]:
        """Pids of the processes of one part ("web", "worker", ...), by their command lines."""
        marks = {
            "web": "edu.gateway.asgi:application",
            "worker": "-Q soon",
            "bulk": "-Q bulk",
            "beat": "edu.celery beat",
            "inference": "serve_inference",
            "postgres": "postgres -D",
            "valkey": "valkey-server",
        }
        assert self.process
        found = []
        for line in subprocess.run(
            ["ps", "-ww", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True
        ).stdout.splitlines():
            pid, parent, command = line.split(None, 2)
            wanted = command.replace("/bin/postgres -D", "postgres -D")
            if int(parent) == self.process.pid and marks[part] in wanted:
                found.append(int(pid))
        return found

    def stop(self) -> int:
        """Stop it as SIGTERM does; return the exit code."""
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(90)


def fresh(**settings: str) -> Stack:
    """Return a stack that was never started, in a new data folder that every account may enter."""
    home = Path(tempfile.mkdtemp(prefix="edu-journey-"))
    home.chmod(0o755)
    return Stack(home / "data", settings=settings)
