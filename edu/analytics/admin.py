"""The books of analytics, for staff: to look things up. Nothing here is changed by hand: it all follows
from graded answers."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from edu.analytics.models import Evidence, Interaction, Mastery, Movement, ReviewCard
from edu.common.staff import Glance, Words
from edu.users import api as users


class Book(admin.ModelAdmin):
    """Rows that are only read. The search takes an id of anything in the row, or an e-mail address."""

    list_per_page = 50
    show_full_result_count = False
    paginator = Glance
    ordering = ("-id",)
    search_fields = ("user",)
    search_help_text = _("An e-mail address, or the id of a person, course, objective or item.")
    ids: tuple[str, ...] = ("id", "user", "course", "objective")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find by index: whole ids, or the person with this address."""
        term = search_term.strip()
        if not term:
            return queryset, False
        try:
            wanted = UUID(term)
        except ValueError:
            person = users.find(email=term) if "@" in term else None
            return queryset.filter(user=person.id) if person else queryset.none(), False
        found = Q()
        for name in self.ids:
            found |= Q(**{name: wanted})
        return queryset.filter(found), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Written by facts."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Deleted with their course."""
        return False


@admin.register(Interaction)
class InteractionAdmin(Book):
    """What people did."""

    list_display = ("at", "verb", "thing", "seconds", "user", "course")
    list_filter = (("verb", Words), ("at", admin.DateFieldListFilter))
    ids = ("id", "user", "course", "event")


@admin.register(Evidence)
class EvidenceAdmin(Book):
    """Graded answers as evidence."""

    list_display = (
        "answered_at",
        "score",
        "counts",
        "kind",
        "hint_level",
        "try_number",
        "key_seen",
    )
    list_filter = (("kind", Words), "key_seen", ("answered_at", admin.DateFieldListFilter))
    ids = ("id", "user", "course", "objective", "item", "attempt")


@admin.register(Mastery)
class MasteryAdmin(Book):
    """What somebody knows of an objective, as of the last answer."""

    list_display = ("updated_at", "p", "low", "high", "attempts", "user", "course", "objective")
    list_filter = (("updated_at", admin.DateFieldListFilter),)


@admin.register(Movement)
class MovementAdmin(Book):
    """How it moved."""

    list_display = ("at", "before", "after", "user", "course", "objective")
    list_filter = (("at", admin.DateFieldListFilter),)
    ids = ("id", "user", "course", "objective", "attempt")


@admin.register(ReviewCard)
class ReviewCardAdmin(Book):
    """When an item comes back."""

    list_display = ("due_at", "stability", "difficulty", "reviews", "lapses", "user", "item")
    list_filter = (("state", Words), ("due_at", admin.DateFieldListFilter))
    ids = ("id", "user", "course", "objective", "item")
