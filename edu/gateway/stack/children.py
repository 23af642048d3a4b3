"""One child process that cannot outlive its parent."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass
class Child:
    """A process to start, watch and stop. `stop` is the signal that asks it to end, `grace` the
    seconds it may take; `account` is the (uid, gid) it runs as, None for the parent's own."""

    name: str
    argv: Sequence[str | Path]
    stop: signal.Signals = signal.SIGTERM
    grace: float = 15.0
    account: tuple[int, int] | None = None
    env: dict[str, str] | None = None
    cwd: Path | str | None = None
    output: IO[bytes] | None = None
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    started: float = 0.0
    failures: int = 0
    retry_at: float = 0.0

    def start(self) -> None:
        """Start it in a process group of its own."""
        self.process = subprocess.Popen(
            [str(word) for word in self.argv],
            preexec_fn=prepare(self.account, self.stop),
            env=self.env,
            cwd=self.cwd,
            stdout=self.output,
            stderr=subprocess.STDOUT if self.output else None,
        )
        self.started = time.monotonic()

    @property
    def alive(self) -> bool:
        """Whether it runs now."""
        return self.process is not None and self.process.poll() is None

    def halt(self) -> None:
        """Ask it to stop, wait `grace` seconds, then kill what is left of its group."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(self.stop)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(self.grace)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def prepare(account: tuple[int, int] | None, farewell: signal.Signals) -> Callable[[], None]:
    """Return what runs between fork and exec: own group, account, and death with the parent."""
    parent = os.getpid()

    def run() -> None:
        os.setpgid(0, 0)
        if account is not None:
            os.setgroups([])
            os.setgid(account[1])
            os.setuid(account[0])
        # After setuid, which clears it.
        _libc.prctl(PR_SET_PDEATHSIG, farewell)
        if os.getppid() != parent:
            os._exit(1)

    return run


def free_port() -> int:
    """Return a TCP port on loopback that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int, host: str = "127.0.0.1") -> bool:
    """Whether something answers on `port`."""
    try:
        socket.create_connection((host, port), 1).close()
    except OSError:
        return False
    return True


def wait_for(ready: Callable[[], bool], child: Child, seconds: float = 60) -> None:
    """Wait until `ready`; raise RuntimeError when the child dies or the time is up."""
    end = time.monotonic() + seconds
    while not ready():
        if not child.alive:
            code = child.process.returncode if child.process else "?"
            raise RuntimeError(f"{child.name} ended at once (exit code {code}).")
        if time.monotonic() > end:
            raise RuntimeError(f"{child.name} was not ready after {seconds:.0f} s.")
        time.sleep(0.03)
