"""Tables in Markdown, and the machine that they were made on."""

import os
import platform
from collections.abc import Sequence
from pathlib import Path


def show(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print one table."""
    print(f"\n### {title}\n")
    print("| " + " | ".join(head) + " |")
    print("|" + " --- |" * len(head))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")
    print(flush=True)


def machine() -> str:
    """Return one line about this machine and how busy it is."""
    models = [
        line.split(":", 1)[1].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    memory = int(Path("/proc/meminfo").read_text().split()[1]) / 2**20
    load = os.getloadavg()[0]
    return (
        f"{len(models)} x {models[0] if models else platform.machine()}, {memory:.0f} GiB, "
        f"Python {platform.python_version()}, load {load:.1f}"
    )


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which `share` (0..1) of the values lie (nearest rank)."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]
