"""Where the tests find and leave things."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODELS = Path(os.environ.get("EDU_MODELS", ROOT / "var" / "models")).resolve()
OUTPUT = ROOT / "tests" / "output"
# Public data to measure on, when it lies beside the checkout; never part of the project.
DATA = Path(os.environ.get("EDU_TEST_DATA", ROOT.parent / "shared" / "data"))
