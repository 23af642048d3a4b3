"""What the gateway keeps, for staff: to read, never to change. The answers themselves stay closed."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from edu.common.staff import Glance, Words
from edu.gateway.models import Once, Webhook, WebhookMessage


@admin.register(Once)
class OnceAdmin(admin.ModelAdmin):
    """Which POSTs came with an Idempotency-Key, and how they ended."""

    list_display = ("started_at", "path", "person", "key", "status")
    list_filter = (("status", Words), "started_at")
    search_fields = ("=person", "path", "=key")
    ordering = ("-id",)
    list_per_page = 50
    show_full_result_count = False
    paginator = Glance
    exclude = ("body", "headers")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Made by requests."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never changed."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Forgotten after a day, by themselves."""
        return False


class _Kept(admin.ModelAdmin):
    """To read; people make and change their own."""

    ordering = ("-id",)
    list_per_page = 50
    show_full_result_count = False
    paginator = Glance

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Made by people, through the API."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Changed by whoever made it."""
        return False


@admin.register(Webhook)
class WebhookAdmin(_Kept):
    """Who has what told to which address."""

    list_display = ("created_at", "url", "user", "course", "active", "stopped", "failing_since")
    list_filter = ("active",)
    search_fields = ("=user", "=course", "url")
    exclude = ("secret",)


@admin.register(WebhookMessage)
class WebhookMessageAdmin(_Kept):
    """What was told, and how the attempts ended."""

    list_display = ("created_at", "type", "status", "tries", "due_at")
    list_filter = (("status", Words), ("type", Words))
    search_fields = ("=event",)
    exclude = ("body",)
