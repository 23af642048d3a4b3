"""What of a running stack can be reached from elsewhere: the port that people use, and nothing else."""

import shutil
from pathlib import Path

import pytest

from tests.journeys.stack import fresh

LISTENS = "0A"


def family(pid):
    """The process and all that it has started, by pid."""
    parents = {}
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(each.parent.name)] = int(each.read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def sockets(pids):
    """The inodes of the sockets that these processes hold."""
    found = set()
    for pid in pids:
        for each in Path(f"/proc/{pid}/fd").glob("*"):
            try:
                place = str(each.readlink())
            except OSError:
                continue
            if place.startswith("socket:["):
                found.add(place[8:-1])
    return found


def listening(pids):
    """(address in hex as the kernel writes it, port) of all on which these processes listen."""
    mine, found = sockets(pids), set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            words = line.split()
            if words[3] == LISTENS and words[9] in mine:
                address, port = words[1].split(":")
                found.add((address, int(port, 16)))
    return found


@pytest.mark.drill
def test_nothing_but_the_port_of_the_site_listens_off_loopback():
    stack = fresh(EDU_BIND="0.0.0.0", EDU_CHAT="none")  # noqa: S104
    try:
        stack.start()
        assert stack.process
        pids = family(stack.process.pid)
        found = listening(pids)
        every, here = "00000000", "0100007F"
        assert {(address, port) for address, port in found if address != here} == {
            (every, stack.port)
        }
        # The stores and the models are among what was looked at; workers and beat listen to nothing.
        assert len({port for address, port in found if address == here}) == 3
        for part in ("worker", "bulk", "beat"):
            (pid,) = stack.children(part)
            assert listening(family(pid)) == set(), part
    finally:
        stack.stop()
        shutil.rmtree(stack.data.parent, ignore_errors=True)
