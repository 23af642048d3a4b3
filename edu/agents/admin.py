"""The run log for staff: to read, never to change."""

from django.contrib import admin
from django.http import HttpRequest

from edu.agents.models import AgentRun


@admin.register(AgentRun)
class AgentRunAdmin(admin.ModelAdmin):
    """Who did what, for how long, and what went wrong."""

    list_display = ("created_at", "agent", "task", "status", "ms", "summary", "turn")
    list_filter = ("agent", "status", "created_at")
    search_fields = ("turn", "summary", "error")
    date_hierarchy = "created_at"
    ordering = ("-id",)
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only agents write here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: AgentRun | None = None) -> bool:
        """A log is not changed."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AgentRun | None = None) -> bool:
        """A log is not shortened by hand."""
        return False
