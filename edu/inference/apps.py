"""App configuration."""

from django.apps import AppConfig


class InferenceConfig(AppConfig):
    """See docs in edu/inference/__init__.py's neighbours: api.py and data.py are the doors."""

    name = "edu.inference"

    def ready(self) -> None:
        """Tell the voices to whoever lets people choose one."""
        from edu.common import voices
        from edu.inference import api

        voices.tell(lambda user: api.voices(user=user))
