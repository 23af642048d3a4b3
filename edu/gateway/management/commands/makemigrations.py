"""`makemigrations` as Django's, without a pool: it only glances at the database, if there is one."""

from typing import Any

from django.core.management.commands.makemigrations import Command as Makemigrations
from django.db import connections


class Command(Makemigrations):
    """See the module."""

    def handle(self, *app_labels: str, **options: Any) -> None:
        """Make migrations. A pool would go on trying in the background where no database answers, and
        complain of each try."""
        for connection in connections.all():
            connection.settings_dict["OPTIONS"].pop("pool", None)
        super().handle(*app_labels, **options)
