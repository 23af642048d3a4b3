"""Run every benchmark, one after the other, each in a process of its own."""

import subprocess
import sys

from benchmarks.table import machine

NAMES = [
    "start",
    "reading",
    "documents",
    "hearing",
    "searching",
    "retrieval",
    "turns",
    "pages",
    "gateway",
    "memory",
]

if __name__ == "__main__":
    print(machine(), flush=True)
    for name in sys.argv[1:] or NAMES:
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False)
