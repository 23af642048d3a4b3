"""`manage.py search_index`: makes the index of vectors anew while people work."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from edu.multimodal import api


class Command(BaseCommand):
    """Says how large the index of vectors is and what making it anew takes; with `--rebuild` does it."""

    help = (
        "Make the index of vectors anew, as dense as this version makes it, while people work. A school "
        "of many thousand passages that is older finds more of the nearest passages after that."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to begin, and with how much memory."""
        parser.add_argument("--rebuild", action="store_true", help="do it")
        parser.add_argument(
            "--memory",
            type=int,
            default=0,
            help="MB that PostgreSQL may take for it; with less than it says it takes several times as long",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Say it, or do it."""
        many, needed = api.vectors_in_index()
        self.stdout.write(f"{many} passages; to make their index anew takes {needed} MB of memory.")
        if not options["rebuild"]:
            self.stdout.write(
                "With --rebuild it is made anew; search goes on with the old one until then."
            )
            return
        begun = time.monotonic()
        api.rebuild_index(memory=options["memory"] or needed)
        self.stdout.write(f"Made anew in {time.monotonic() - begun:.0f} s.")
