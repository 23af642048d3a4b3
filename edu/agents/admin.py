"""The run log for staff: to read, never to change."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from edu.agents import api
from edu.agents.models import AgentRun
from edu.common.staff import Glance


class ByAgent(admin.SimpleListFilter):
    """By who worked; the team is asked, not the table."""

    title = parameter_name = "agent"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the team."""
        return [(name, name) for name, _about in api.team()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return that one's runs."""
        return queryset.filter(agent=self.value()) if self.value() else queryset


class ByStatus(admin.SimpleListFilter):
    """By how it ended."""

    title = parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        """Return the words of the status."""
        return [(each.value, each.label) for each in AgentRun.Status]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the runs that ended so."""
        return queryset.filter(status=self.value()) if self.value() else queryset


@admin.register(AgentRun)
class AgentRunAdmin(admin.ModelAdmin):
    """Who did what, for how long, and what went wrong."""

    list_display = ("created_at", "agent", "task", "status", "ms", "summary", "turn")
    list_filter = (ByAgent, ByStatus)
    search_fields = ("id",)
    search_help_text = "the id of a run or of its turn, or words of what went wrong"
    ordering = ("-id",)
    list_per_page = 50
    list_max_show_all = 200
    show_full_result_count = False
    paginator = Glance

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find by index where that is possible."""
        term = search_term.strip().replace("\x00", "")
        if not term:
            return queryset, False
        try:
            wanted = UUID(term)
        except ValueError:
            return queryset.filter(error__icontains=term), False
        return queryset.filter(Q(id=wanted) | Q(turn=wanted)), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only agents write here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: AgentRun | None = None) -> bool:
        """A log is not changed."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AgentRun | None = None) -> bool:
        """A log is not shortened by hand."""
        return False
