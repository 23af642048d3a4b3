"""`python -m tests.pull`: get the default models that the tests use, into EDU_MODELS or var/models."""

import os
import subprocess
import sys

from tests.places import MODELS, ROOT


def main() -> int:
    """Run `manage.py models pull`; return its exit code."""
    env = {**os.environ, "EDU_MODELS": str(MODELS)}
    return subprocess.call([sys.executable, str(ROOT / "manage.py"), "models", "pull"], env=env)


if __name__ == "__main__":
    sys.exit(main())
