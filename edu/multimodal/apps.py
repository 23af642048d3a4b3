"""App configuration."""

from django.apps import AppConfig


class MultimodalConfig(AppConfig):
    """See docs in edu/multimodal/__init__.py's neighbours: api.py and data.py are the doors."""

    name = "edu.multimodal"
