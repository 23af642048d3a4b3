"""App configuration."""

from django.apps import AppConfig


class GatewayConfig(AppConfig):
    """Floor 9: the front door. It owns no learner's data."""

    name = "edu.gateway"

    def ready(self) -> None:
        """Name the site in the administration, and leave signs of life."""
        from django.contrib import admin

        from edu.gateway import heartbeat

        admin.site.site_header = "edu"
        admin.site.site_title = "edu"
        admin.site.index_title = "Administration"
        admin.site.empty_value_display = "-"
        heartbeat.listen()
