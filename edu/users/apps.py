"""App configuration."""

from django.apps import AppConfig


class UsersConfig(AppConfig):
    """See docs in edu/users/__init__.py's neighbours: api.py and data.py are the doors."""

    name = "edu.users"
