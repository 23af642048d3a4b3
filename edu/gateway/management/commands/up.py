"""The whole product from one command."""

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from edu.gateway.stack import plan as plans
from edu.gateway.stack.lock import Lock, Running
from edu.gateway.stack.supervisor import Supervisor


class Command(BaseCommand):
    """`manage.py up`: stores, migrations, models, then web, workers, beat and inference, supervised."""

    help = "Start everything and keep it running until Ctrl-C, SIGTERM or `manage.py down`."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until asked to stop. Exit code 1 with one sentence when it cannot start."""
        self.begun = time.monotonic()
        try:
            lock = Lock(settings.EDU_DATA)
        except Running as running:
            raise CommandError(
                f"edu runs already with EDU_DATA={settings.EDU_DATA} (process {running}). "
                "Stop it with `make down`, or set another EDU_DATA and EDU_PORT."
            ) from None
        supervisor = Supervisor(self.say)
        supervisor.catch_signals()
        try:
            self.run(supervisor)
        except (RuntimeError, subprocess.CalledProcessError) as error:
            if not supervisor.stopping.is_set():
                raise CommandError(str(error)) from None
        finally:
            if supervisor.children:
                self.say("stopping")
                supervisor.stop()
                self.say(f"stopped; everything is kept in {settings.EDU_DATA}")
            lock.file.close()

    def say(self, line: str) -> None:
        """Print one line of progress with the seconds since the start."""
        self.stdout.write(f"[{time.monotonic() - self.begun:6.1f} s] {line}")
        self.stdout.flush()

    def run(self, supervisor: Supervisor) -> None:
        """Start all parts in order, say where to go, then watch them."""
        plan = plans.make(settings.EDU_DATA, settings.EDU_BIND, settings.EDU_PORT)
        logs = plans.Logs(settings.EDU_DATA)
        for store in (plan.postgres, plan.valkey):
            if store is not None:
                store.child.output = logs.open(store.child.name)
                store.start()
                supervisor.add(store.child)
                self.say(f"{store.child.name} is ready")
        plan.write()
        self.step(supervisor, plan, "prepare")
        for child in plans.parts(plan, logs):
            if supervisor.stopping.is_set():
                return
            supervisor.add(child)
            self.say(f"{child.name} started")
        if not self.wait_until_ready(supervisor):
            return
        welcome = self.step(supervisor, plan, "welcome", keep=True)
        self.say("ready")
        self.stdout.write(f"\n  edu serves at {self.address()}\n{welcome}\n")
        self.stdout.write("  Stop with Ctrl-C or `make down`.\n")
        self.stdout.flush()
        supervisor.watch()

    def step(self, supervisor: Supervisor, plan: plans.Plan, name: str, keep: bool = False) -> str:
        """Run one management command to its end; with `keep` return what it printed."""
        if supervisor.stopping.is_set():
            return ""
        done = subprocess.run(
            [sys.executable, str(plans.ROOT / "manage.py"), name],
            env=plan.environment(), cwd=plans.ROOT, check=False, text=True,
            stdout=subprocess.PIPE if keep else None,
        )  # fmt: skip
        if done.returncode and not supervisor.stopping.is_set():
            raise RuntimeError(f"`manage.py {name}` did not succeed; what it said stands above.")
        return done.stdout or ""

    def address(self) -> str:
        """Where a browser on this machine finds the site."""
        anywhere = settings.EDU_BIND in ("0.0.0.0", "::")
        host = "127.0.0.1" if anywhere else settings.EDU_BIND
        host = f"[{host}]" if ":" in host else host
        return f"http://{host}:{settings.EDU_PORT}"

    def wait_until_ready(self, supervisor: Supervisor, seconds: float = 180) -> bool:
        """Wait for /readyz; say which part is late. False when asked to stop; raise RuntimeError."""
        end, told = time.monotonic() + seconds, time.monotonic() + 15
        while not supervisor.stopping.wait(0.15):
            supervisor.watch(once=True)
            state = self.state()
            if state is None:
                return True
            if time.monotonic() > told:
                self.say(f"waiting: {state}")
                told += 15
            if time.monotonic() > end:
                raise RuntimeError(
                    f"Not ready after {seconds:.0f} s: {state}. See {settings.EDU_DATA}/logs."
                )
        return False

    def state(self) -> str | None:
        """None when ready, else what /readyz says."""
        try:
            urllib.request.urlopen(f"{self.address()}/readyz", timeout=5).close()
        except urllib.error.HTTPError as error:
            return _late(error.read())
        except OSError as error:
            return str(error)
        return None


def _late(answer: bytes) -> str:
    """Name the parts that /readyz says are not ready."""
    try:
        return "not ready: " + ", ".join(json.loads(answer)["not_ready"])
    except (ValueError, KeyError, TypeError):
        return answer.decode(errors="replace")[:300]
