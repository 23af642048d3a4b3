"""App configuration."""

from django.apps import AppConfig


class InferenceConfig(AppConfig):
    """See docs in edu/inference/__init__.py's neighbours: api.py and data.py are the doors."""

    name = "edu.inference"
