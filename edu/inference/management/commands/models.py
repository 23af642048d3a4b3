"""`manage.py models pull|list|check [name...]`: the files of the models on this machine."""

import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from edu.common.errors import EduError
from edu.inference import api
from edu.inference.data import Progress

MB = 1_000_000


class Command(BaseCommand):
    """Fetches what is missing, lists what there is, or reads all of it again."""

    help = "Fetch (pull), list or check the files of the models."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """`pull`, `list` or `check`, and names of models for other than those in force."""
        parser.add_argument("action", choices=["pull", "list", "check"])
        parser.add_argument("names", nargs="*", help="models of models.toml; none: those in force")

    def handle(self, *_args: Any, action: str, names: list[str], **_options: Any) -> None:
        """Do it; an error that a person can do something about ends with exit code 1."""
        try:
            getattr(self, f"do_{action}")(names)
        except EduError as error:
            raise CommandError(error.detail) from error
        except KeyboardInterrupt as error:
            said = "Stopped. What has come is kept: run it again to go on."
            raise CommandError(said, returncode=130) from error

    def do_list(self, names: list[str]) -> None:
        """Print every model of the manifest and its state."""
        for model in api.models():
            if names and model.name not in names:
                continue
            size = f"{model.size / MB:,.0f} MB"
            self.stdout.write(f"{model.state:9} {model.kind:6} {size:>9}  {model.name}")
            self.stdout.write(f"{'':27}  {model.what} ({model.licence}) {model.detail}".rstrip())

    def do_check(self, names: list[str]) -> None:
        """Read the files of the models in force and compare their hashes."""
        bad = 0
        for model in api.check_models(names=names):
            self.stdout.write(f"{model.state:9} {model.name}  {model.detail}".rstrip())
            bad += model.state != "present"
        if bad:
            raise CommandError("Run `manage.py models pull` to fetch what is missing or damaged.")

    def do_pull(self, names: list[str]) -> None:
        """Fetch what is missing, showing how far it is."""
        show = _Bar(self.stdout) if sys.stdout.isatty() else _Lines(self.stdout)
        for progress in api.pull_models(names=names):
            show.tell(progress)
        show.end()
        self.stdout.write("All models are there.")


class _Lines:
    """Progress for a log: one line for every tenth of a file, and every note."""

    def __init__(self, out: Any) -> None:
        self.out = out
        self.last = ("", "", -1)

    def tell(self, progress: Progress) -> None:
        """Print a line when there is something new."""
        if progress.note:
            self.out.write(f"{progress.model} {progress.file} {progress.note}".strip())
            return
        tenth = progress.done * 10 // max(1, progress.total)
        state = (progress.model, progress.file, tenth)
        if state != self.last and progress.total > 10 * MB:
            self.last = state
            self.out.write(
                f"{progress.model} {progress.file} {progress.done / MB:,.0f} of "
                f"{progress.total / MB:,.0f} MB"
            )

    def end(self) -> None:
        """Nothing is left open."""


class _Bar(_Lines):
    """Progress for a terminal: one line that is written over."""

    def __init__(self, out: Any) -> None:
        super().__init__(out)
        self.at = 0.0
        self.open = False

    def tell(self, progress: Progress) -> None:
        """Draw the bar at most ten times a second."""
        if progress.note:
            self.end()
            self.out.write(f"{progress.model} {progress.file} {progress.note}".strip())
            return
        if time.monotonic() - self.at < 0.1:
            return
        self.at = time.monotonic()
        full = 24 * progress.done // max(1, progress.total)
        bar = "█" * full + "░" * (24 - full)
        self.out.write(
            f"\r{bar} {progress.done / MB:6,.0f} of {progress.total / MB:,.0f} MB  "
            f"{progress.model}\033[K",
            ending="",
        )
        self.out.flush()
        self.open = True

    def end(self) -> None:
        """Wipe the bar away."""
        if self.open:
            self.out.write("\r\033[K", ending="")
        self.open = False
