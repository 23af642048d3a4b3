"""App configuration."""

from django.apps import AppConfig


class UsersConfig(AppConfig):
    """See docs in edu/users/__init__.py's neighbours: api.py and data.py are the doors."""

    name = "edu.users"

    def ready(self) -> None:
        """Listen to Django telling of sign-ins."""
        from edu.users.web import signals  # noqa: F401
