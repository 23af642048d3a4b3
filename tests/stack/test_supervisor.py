"""The supervisor restarts what dies, stops in order, and leaves nobody behind."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from edu.gateway.stack import lock, plan
from edu.gateway.stack.children import Child, free_port
from edu.gateway.stack.supervisor import Supervisor

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def eventually(check, seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if check():
            return True
        time.sleep(0.02)
    return False


@pytest.fixture
def supervisor():
    made = Supervisor(lambda line: None)
    yield made
    made.stop()


def test_it_starts_a_dead_part_again(supervisor):
    child = Child("sleeper", SLEEP)
    supervisor.add(child)
    first = child.process.pid
    os.kill(first, signal.SIGKILL)
    assert eventually(lambda: not child.alive)
    supervisor.watch(once=True)
    assert child.alive
    assert child.process.pid != first


def test_it_waits_longer_after_each_failure_in_a_row(supervisor):
    child = Child("failing", [sys.executable, "-c", "raise SystemExit(3)"])
    supervisor.add(child)
    assert eventually(lambda: not child.alive)
    supervisor.watch(once=True)
    first = child.retry_at - time.monotonic()
    assert eventually(lambda: not child.alive)
    child.retry_at = 0
    supervisor.watch(once=True)
    assert child.failures == 2
    assert child.retry_at - time.monotonic() > first


def test_it_stops_the_last_started_first(supervisor, tmp_path):
    note = tmp_path / "order"
    program = textwrap.dedent("""
        import signal, sys, time
        def bye(*_):
            open(sys.argv[2], "a").write(sys.argv[1])
            sys.exit()
        signal.signal(signal.SIGTERM, bye)
        open(sys.argv[2] + sys.argv[1], "w")
        time.sleep(60)
    """)
    for name in "abc":
        supervisor.add(Child(name, [sys.executable, "-c", program, name, note]))
        assert eventually(Path(f"{note}{name}").exists)
    supervisor.stop()
    assert note.read_text() == "cba"


def test_a_part_that_ignores_the_request_to_stop_is_killed():
    program = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
    child = Child("stubborn", [sys.executable, "-c", program], grace=0.3)
    child.start()
    time.sleep(0.3)
    child.halt()
    assert not child.alive


def test_children_die_with_a_supervisor_that_is_killed(tmp_path):
    note = tmp_path / "pid"
    program = textwrap.dedent(f"""
        import sys, time
        sys.path.insert(0, {str(plan.ROOT)!r})
        from edu.gateway.stack.children import Child
        child = Child("sleeper", {SLEEP!r})
        child.start()
        open({str(note)!r}, "w").write(str(child.process.pid))
        time.sleep(60)
    """)
    parent = subprocess.Popen([sys.executable, "-c", program])
    assert eventually(lambda: note.exists() and note.read_text())
    child = int(note.read_text())
    assert alive(child)
    parent.kill()
    parent.wait()
    assert eventually(lambda: not alive(child))


def test_a_data_folder_has_one_stack(tmp_path):
    first = lock.Lock(tmp_path)
    with pytest.raises(lock.Running, match=str(os.getpid())):
        lock.Lock(tmp_path)
    first.file.close()
    lock.Lock(tmp_path)


def test_stopping_what_does_not_run_is_no_error(tmp_path):
    assert lock.stop(tmp_path) is False


def test_a_taken_port_is_named():
    import socket

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(plan.Taken, match=str(port)):
            plan.check_port("127.0.0.1", port)


def test_ports_stay_the_same_from_run_to_run(tmp_path, monkeypatch):
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name)
    first = plan.make(tmp_path, "127.0.0.1", free_port())
    second = plan.make(tmp_path, "127.0.0.1", free_port())
    assert first.found == second.found
    first.write()
    assert (tmp_path / "stack.env").stat().st_mode & 0o077 == 0


def test_a_given_store_is_not_embedded(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://a@b/c")
    monkeypatch.delenv("REDIS_URL")
    made = plan.make(tmp_path, "127.0.0.1", free_port())
    assert made.postgres is None
    assert "DATABASE_URL" not in made.found
    assert made.valkey is not None
