"""App configuration."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """See docs in edu/courses/__init__.py's neighbours: api.py and data.py are the doors."""

    name = "edu.courses"
