"""HTTP and WebSockets."""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from edu.common import environment as env


class Command(BaseCommand):
    """`manage.py serve_web`: uvicorn on EDU_BIND:EDU_PORT, EDU_WEB_WORKERS processes."""

    help = "Serve the site, the API and the WebSockets on EDU_BIND:EDU_PORT."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The port and the number of processes may be given here too."""
        parser.add_argument("--port", type=int, default=settings.EDU_PORT)
        parser.add_argument("--workers", type=int, default=settings.EDU_WEB_WORKERS)

    def handle(self, *args: Any, **options: Any) -> None:
        """Become uvicorn."""
        words = [
            sys.executable, "-m", "uvicorn", "edu.gateway.asgi:application",
            "--host", settings.EDU_BIND, "--port", str(options["port"]),
            "--workers", str(options["workers"]), "--timeout-graceful-shutdown", "10",
            "--log-level", "warning", "--proxy-headers",
            # Whose word on the caller's address is taken: the proxies in front, when there are any.
            "--forwarded-allow-ips", env.text("EDU_TRUSTED_PROXIES", "127.0.0.1"),
            "--ws-max-size", "4194304", "--http", "edu.gateway.lines:BoundedHead",
        ]  # fmt: skip
        os.execv(sys.executable, words)
