"""Background work."""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    """`manage.py serve_worker --queue soon|bulk`: a Celery worker.

    Threads are enough: what costs processor time runs in the inference process or in the sandbox of
    one file. People wait for "soon"; "bulk" reads materials.
    """

    help = "Run background work: --queue soon (turns, quizzes, facts) or bulk (reading materials)."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Which queues, comma-separated, and how many jobs at once."""
        parser.add_argument("--queue", default="soon,bulk")
        parser.add_argument("--jobs", type=int, default=0)

    def handle(self, *args: Any, **options: Any) -> None:
        """Become a Celery worker."""
        queue = options["queue"]
        usual = settings.EDU_BULK_JOBS if queue == "bulk" else settings.EDU_SOON_JOBS
        words = [
            sys.executable, "-m", "celery", "-A", "edu.celery", "worker", "-Q", queue,
            "-P", "threads", "-c", str(options["jobs"] or usual), "-n", f"{queue.replace(',', '-')}@%h",
            "-l", "WARNING", "--without-gossip", "--without-mingle",
        ]  # fmt: skip
        os.execv(sys.executable, words)
