"""The ledger of calls to models elsewhere, for staff: to read, never to change."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from edu.common.staff import Glance, Words
from edu.inference.models import OutsideCall


@admin.register(OutsideCall)
class OutsideCallAdmin(admin.ModelAdmin):
    """What left this site: when, for whom, where to, how much, and what was taken out before."""

    list_display = (
        "at",
        "kind",
        "host",
        "model",
        "carried",
        "bytes_out",
        "bytes_in",
        "redacted",
        "outcome",
        "user",
    )
    list_filter = (
        ("kind", Words),
        ("host", Words),
        ("carried", Words),
        ("outcome", Words),
    )
    search_fields = ("id",)
    search_help_text = "the id of a call, of a person or of a course"
    ordering = ("-id",)
    list_per_page = 50
    list_max_show_all = 200
    show_full_result_count = False
    paginator = Glance

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find by ids alone."""
        term = search_term.strip()
        if not term:
            return queryset, False
        try:
            wanted = UUID(term)
        except ValueError:
            return queryset.none(), False
        found = Q(id=wanted) | Q(user=wanted) | Q(course=wanted)
        return queryset.filter(found), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only calls write here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: OutsideCall | None = None) -> bool:
        """A ledger is not changed."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: OutsideCall | None = None) -> bool:
        """A ledger is not shortened."""
        return False
