"""App configuration."""

from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    """See docs in edu/analytics/__init__.py's neighbours: api.py and data.py are the doors."""

    name = "edu.analytics"
