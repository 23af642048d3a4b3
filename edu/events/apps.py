"""The outbox. Handlers of all apps are found once every app is loaded."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class EventsConfig(AppConfig):
    """floor 2"""

    name = "edu.events"

    def ready(self) -> None:
        """Import every app's handlers.py, whose decorators subscribe; say where keys are, and make the
        first one when there is a table for it."""
        from edu.common import vault
        from edu.events.logic import datakeys

        autodiscover_modules("handlers")
        vault.provide(datakeys.load)
        post_migrate.connect(_first_key, sender=self)


def _first_key(using: str, plan: list[Any] | None = None, **_more: Any) -> None:
    """Make the first data key once the tables are there, in the one database that we work with."""
    from edu.events import api

    going_back = any(backwards for _step, backwards in plan or ())
    if using == "default" and not going_back:
        api.ensure_data_key()
