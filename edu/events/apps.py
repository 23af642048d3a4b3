"""The outbox. Handlers of all apps are found once every app is loaded."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class EventsConfig(AppConfig):
    """floor 2"""

    name = "edu.events"

    def ready(self) -> None:
        """Import every app's handlers.py, whose decorators subscribe."""
        autodiscover_modules("handlers")
