"""`manage.py vectors`: how far a change of the embedding model is."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from edu.common.errors import EduError
from edu.multimodal import api

LOOK = 10.0  # seconds between two lines


class Command(BaseCommand):
    """Says which models made the vectors of how many passages, and how many are still to be made."""

    help = (
        "Say how many passages have vectors of which embedding model. After a change of the model a "
        "worker makes all of them anew; until then each passage is found by those that it has."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Once, or until all is done."""
        parser.add_argument(
            "--watch", action="store_true", help="say it again until nothing is left to be made"
        )

    def handle(self, *_args: Any, watch: bool, **_options: Any) -> None:
        """Say it."""
        begun, first = time.monotonic(), -1
        while True:
            try:
                now, made = api.vectors_by_model()
            except EduError as error:
                raise CommandError(error.detail) from error
            whole, done = sum(made.values()), made.get(now, 0)
            first = done if first < 0 else first
            self._say(now, made, whole, done, (done - first) / max(1e-9, time.monotonic() - begun))
            if not watch or done == whole:
                return
            time.sleep(LOOK)

    def _say(self, now: str, made: dict[str, int], whole: int, done: int, speed: float) -> None:
        share = done / whole if whole else 1.0
        line = f"{now} (in force): {done} of {whole} passages, {share:.1%}"
        if speed > 0 and done < whole:
            line += f", about {(whole - done) / speed / 60:.0f} minutes more"
        self.stdout.write(line)
        for model, many in sorted(made.items()):
            if model != now:
                self.stdout.write(f"{model or 'none, found by their words'}: {many}")
