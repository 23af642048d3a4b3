"""Resident memory of the whole stack: idle, and after every model has worked once."""

from pathlib import Path

from benchmarks.people import person, running
from benchmarks.table import machine, show
from deploy.ask import TEXT
from tests.journeys.stack import Stack

PARTS = ("postgres", "valkey", "inference", "web", "worker", "bulk", "beat")


def tree(root: int) -> list[int]:
    """Return `root` and all processes below it."""
    parents: dict[int, list[int]] = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(place.parent.name))
    found = [root]
    for pid in found:
        found += parents.get(pid, [])
    return found


def proportional(pid: int) -> float:
    """Return a process's proportional set size in MB: shared pages are counted once in all."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def measure(stack: Stack) -> dict[str, float]:
    """Return MB by part."""
    return {
        part: sum(proportional(pid) for root in stack.children(part) for pid in tree(root))
        for part in PARTS
    }


def main() -> None:
    """Measure, use every model once, measure again."""
    with running() as stack:
        idle = measure(stack)
        edu, _, _ = person(stack)
        course = edu.call("POST", "/api/v1/courses", {"title": "Tides"})["id"]
        from tempfile import TemporaryDirectory

        from benchmarks.people import upload
        from benchmarks.reading import recording

        with TemporaryDirectory() as folder:
            text, talk = Path(folder) / "tides.md", Path(folder) / "talk.wav"
            text.write_text(TEXT)
            recording(talk, 20)
            for place, kind in ((text, "text/markdown"), (talk, "audio/wav")):
                edu.until(f"/api/v1/materials/{upload(edu, course, place, kind)}", 600)
        session = edu.call("POST", f"/api/v1/courses/{course}/sessions", {"mode": "tutor"})["id"]
        turn = edu.call(
            "POST", f"/api/v1/sessions/{session}/turns", {"text": "When does a spring tide come?"}
        )
        edu.until(f"/api/v1/turns/{turn['id']}", 600)
        used = measure(stack)
        rows = [(part, f"{idle[part]:.0f}", f"{used[part]:.0f}") for part in PARTS]
        rows.append(("all", f"{sum(idle.values()):.0f}", f"{sum(used.values()):.0f}"))
        show(
            f"Resident memory, MB, shared pages counted once ({machine()})",
            ("part", "after start", "after reading, hearing and one turn"),
            rows,
        )


if __name__ == "__main__":
    main()
