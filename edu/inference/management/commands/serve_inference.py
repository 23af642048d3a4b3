"""`manage.py serve_inference`: the one process that runs models."""

import os
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from edu.common.errors import EduError
from edu.inference import api


class Command(BaseCommand):
    """Serves the OpenAI protocol; loads each model at its first call, unloads what is idle."""

    help = "Run the models and serve them by the OpenAI protocol."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen; `--only NAME` for one engine, `--echo` for the stand-in of the tests."""
        port = urlsplit(settings.EDU_INFERENCE_URL).port or 8001
        parser.add_argument("--port", type=int, default=port)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--only", action="append", default=[], help="run this engine (by name)")
        parser.add_argument(
            "--echo", dest="only", action="append_const", const="echo", help="the tests' stand-in"
        )

    def handle(self, *_args: Any, port: int, host: str, only: list[str], **_options: Any) -> None:
        """Serve until SIGTERM or SIGINT."""
        # Threads that wait by spinning make a busy machine many times slower; read when OpenMP loads.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        import uvicorn

        try:
            api.start_engines(only=only)
        except EduError as error:
            raise CommandError(error.detail) from error
        uvicorn.run(
            "edu.inference.web.server:guarded",
            factory=True,
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=5,
            timeout_keep_alive=10,
        )
        # Native libraries keep threads of their own, which may crash when Python is taken down.
        self.stdout.flush()
        os._exit(0)
