"""One stack per EDU_DATA: a lock that dies with its holder, and the holder's pid for `down`."""

import fcntl
import os
import signal
import time
from pathlib import Path


class Running(RuntimeError):
    """Another stack holds this data folder."""


class Lock:
    """Held as long as the object lives and the process runs."""

    def __init__(self, data: Path) -> None:
        data.mkdir(parents=True, exist_ok=True)
        self.file = (data / "up.pid").open("a+")
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.file.seek(0)
            raise Running(self.file.read().strip() or "?") from None
        self.file.truncate(0)
        self.file.write(str(os.getpid()))
        self.file.flush()


def stop(data: Path, seconds: float = 60) -> bool:
    """Ask the stack of `data` to stop and wait; return False when none runs. Raise TimeoutError."""
    end = time.monotonic() + seconds
    asked = False
    while True:
        try:
            lock = Lock(data)
        except Running as running:
            if not asked:
                os.kill(int(str(running)), signal.SIGTERM)
                asked = True
        else:
            lock.file.truncate(0)
            lock.file.close()
            return asked
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.1)
