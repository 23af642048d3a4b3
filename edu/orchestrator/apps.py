"""App configuration."""

from django.apps import AppConfig


class OrchestratorConfig(AppConfig):
    """See docs in edu/orchestrator/__init__.py's neighbours: api.py and data.py are the doors."""

    name = "edu.orchestrator"
