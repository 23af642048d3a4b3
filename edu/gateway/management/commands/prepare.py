"""What has to be true before the first request: tables, static files, model files."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from edu.common.errors import Unavailable
from edu.events.data import WrongMasterKey
from edu.gateway import keysafe


class Command(BaseCommand):
    """`manage.py prepare`: migrate, collect static files, pull missing models. Safe to run again."""

    help = "Bring database, static files and models up to date. Safe to run at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it all, each only where needed."""
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except OperationalError as error:
            raise CommandError(f"The database cannot be used: {error}") from None
        except WrongMasterKey as error:
            raise CommandError(error.detail) from None
        self.look_back()
        self.collect()
        try:
            call_command("models", "pull")
        except CommandError as error:
            # Without them edu still answers with quotes and asks questions; pages say what is missing.
            self.stderr.write(f"Some models are missing, the rest works: {error}")

    def look_back(self) -> None:
        """See to what an older state of the database does not know."""
        try:
            keys, people = keysafe.bring_back()
        except Unavailable as error:
            raise CommandError(f"The store of files: {error.detail}") from None
        if keys:
            self.stdout.write(f"{keys} data keys that the database did not know were taken back.")
        if people:
            self.stdout.write(f"{people} people who were erased came back, and are erased again.")

    def collect(self) -> None:
        """Collect static files when any of them changed since the last time."""
        mark = Path(settings.STATIC_ROOT) / ".state"
        state = self.fingerprint()
        if not settings.DEBUG and (not mark.exists() or mark.read_text() != state):
            call_command("collectstatic", interactive=False, verbosity=0, clear=True)
            mark.write_text(state)

    def fingerprint(self) -> str:
        """A digest of names, sizes and times of all static files."""
        from django.contrib.staticfiles.finders import get_finders

        digest = hashlib.sha256()
        for finder in get_finders():
            for name, _storage in finder.list([]):
                if place := finder.find(name):
                    file = Path(str(place)).stat()
                    digest.update(f"{name} {file.st_size} {file.st_mtime_ns}".encode())
        return digest.hexdigest()
