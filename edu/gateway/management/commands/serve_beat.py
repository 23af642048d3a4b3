"""The clock of the background work."""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """`manage.py serve_beat`: Celery beat; run exactly one."""

    help = "Run the clock that starts sweeps and other regular work. Run exactly one of it."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Become Celery beat."""
        words = [
            sys.executable, "-m", "celery", "-A", "edu.celery", "beat", "-l", "WARNING",
            "--pidfile=", "-s", str(settings.EDU_DATA / "beat.db"),
        ]  # fmt: skip
        os.execv(sys.executable, words)
