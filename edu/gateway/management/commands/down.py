"""The end of `up`."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from edu.gateway.stack import lock


class Command(BaseCommand):
    """`manage.py down`: ask the stack of EDU_DATA to stop, and wait until it has."""

    help = "Stop what `manage.py up` started with the same EDU_DATA."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Stop it and say so."""
        try:
            asked = lock.stop(settings.EDU_DATA)
        except TimeoutError:
            raise CommandError("It did not stop within a minute. See EDU_DATA/logs.") from None
        self.stdout.write("edu has stopped." if asked else "edu was not running.")
