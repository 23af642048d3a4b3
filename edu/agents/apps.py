"""App configuration."""

from django.apps import AppConfig


class AgentsConfig(AppConfig):
    """See docs in edu/agents/__init__.py's neighbours: api.py and data.py are the doors."""

    name = "edu.agents"
