"""App configuration."""

from django.apps import AppConfig


class GatewayConfig(AppConfig):
    """See docs in edu/gateway/__init__.py's neighbours: api.py and data.py are the doors."""

    name = "edu.gateway"
