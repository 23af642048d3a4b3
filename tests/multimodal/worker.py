"""A worker that reads one material and ends: `python -m tests.multimodal.worker ID`. Tests kill it."""

import sys

import django

django.setup()

from django.utils import timezone  # noqa: E402

from edu.common.ids import parse_id  # noqa: E402
from edu.multimodal.logic import pipeline  # noqa: E402

if __name__ == "__main__":
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    pipeline.run(parse_id(sys.argv[1]), timezone.now())
