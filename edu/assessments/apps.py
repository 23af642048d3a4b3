"""App configuration."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """See docs in edu/assessments/__init__.py's neighbours: api.py and data.py are the doors."""

    name = "edu.assessments"
