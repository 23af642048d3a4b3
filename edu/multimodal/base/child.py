"""The process that reads one file for others: `python -m edu.multimodal.base.child JOB.json`.

It gives itself limits before it looks at the file, has no database, no secrets and, where the system
lets it, no network and no right to write outside its work folder. It says how far it is in lines
"share sentence" on its output, and leaves its answer in the work folder. See logic/sandbox.py.
"""

import ctypes
import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

from edu.common.codec import plain
from edu.common.errors import EduError
from edu.multimodal.base import Limits, format_named, landlock, looks
from edu.multimodal.data import TooLarge, Unreadable, UnsupportedType

RESULT = "result.json"
MEMORY = 9  # exit codes
BROKEN = 8
_PR_SET_PDEATHSIG = 1
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000


def confine(limits: Limits, work: Path) -> None:
    """Limit what this process may use from now on."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)  # the worker's death is ours
    # No network: at once for root, in a user namespace for others, and not at all where neither is
    # allowed; the parsers are not known to use any.
    if libc.unshare(_CLONE_NEWNET):
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
    for what, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.written),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        # Past the soft limit of time a signal comes that tells what it was; the hard one only kills.
        last = most + 5 if what == resource.RLIMIT_CPU else most
        last = last if hard == resource.RLIM_INFINITY else min(last, hard)
        resource.setrlimit(what, (min(most, last), last))
    landlock.write_only_in(work)


def say(share: float, sentence: str) -> None:
    """Tell the parent how far the work is."""
    os.write(1, f"{share:.4f} {' '.join(sentence.split())}\n".encode())


def answer(job: dict[str, Any]) -> dict[str, Any]:
    """Do what `job` asks: {"do": "read"}, "picture" or "signs", with a format's name and a path."""
    limits = Limits(**job["limits"])
    work = Path(job["work"])
    form = format_named(job["kind"])
    if job["do"] == "picture":
        drawn = form.picture(Path(job["path"]), job["page"], work, job["width"])
        return {"picture": drawn.name}
    if job["do"] == "signs":
        return {"lines": form.signs(Path(job["path"]), job["page"])}
    document = looks.seen(form.read(Path(job["path"]), work, limits, say), work, limits, say)
    return {"document": plain(document)}


def failure(error: EduError) -> dict[str, Any]:
    """Return an error as values that the parent makes the same error of."""
    for kind in (TooLarge, UnsupportedType, Unreadable):
        if isinstance(error, kind):
            return {"error": kind.__name__, "detail": error.template, "params": error.params}
    return {"error": "Unreadable", "detail": error.detail, "params": {}}


def main(place: str) -> int:
    """Do the job described in the file at `place`; return the exit code."""
    job = json.loads(Path(place).read_text())
    work = Path(job["work"])
    confine(Limits(**job["limits"]), work)
    try:
        found = answer(job)
    except EduError as error:
        found = failure(error)
    except MemoryError:
        return MEMORY
    except Exception as error:
        # Whatever a parser stumbles over is the file's fault as far as the person is concerned; what
        # it was goes to the log of the parent.
        if "alloc" in str(error).lower() or isinstance(error.__context__, MemoryError):
            return MEMORY
        import traceback

        traceback.print_exc()
        return BROKEN
    (work / RESULT).write_text(json.dumps(found))
    return 0


if __name__ == "__main__":
    code = main(sys.argv[1])
    sys.stdout.flush()
    os._exit(code)  # the libraries' own good-byes have crashed after the work was done
