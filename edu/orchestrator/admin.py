"""Sessions and turns for staff: to see what went wrong, never to change. Words are people's own: they are
shown to those only whose role names that permission, one row at a time, and each look is written down."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse

from edu.common.staff import Glance
from edu.orchestrator.data import NOTIFICATIONS
from edu.orchestrator.models import MODES, STATUSES, Notification, Session, Step, Turn
from edu.users import api as users


class _Chosen(admin.SimpleListFilter):
    """A filter by a column of few words; Django's own would read the table for them."""

    column = ""
    words: tuple[tuple[str, str], ...] = ()

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the words."""
        return list(self.words)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows that have the chosen one."""
        wanted = self.value()
        known = wanted in dict(self.words)
        return queryset.filter(**{self.column: wanted}) if known else queryset


class ByMode(_Chosen):
    """By mode of the session."""

    title, parameter_name, column, words = "mode", "mode", "mode", tuple(MODES)


class ByStatus(_Chosen):
    """By what became of the turn."""

    title, parameter_name, column, words = "status", "status", "status", tuple(STATUSES)


class _ToRead(admin.ModelAdmin):
    """Rows that are looked up by id or by their person's e-mail address; by words only where `words`
    names a column that is not sealed."""

    list_per_page = 50
    list_max_show_all = 200
    show_full_result_count = False
    paginator = Glance
    ordering = ("-id",)
    search_fields = ("id",)
    search_help_text = "a whole id or an e-mail address"
    ids: tuple[str, ...] = ("id", "course")
    words = ""

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
            if "@" in term:
                person = users.find(email=term)
                return (queryset.filter(user=person.id) if person else queryset.none()), False
            if not self.words:
                return queryset.none(), False
            return queryset.filter(**{f"{self.words}__icontains": term}), False
        found = Q()
        for name in self.ids:
            found |= Q(**{name: wanted})
        return queryset.filter(found), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only learners begin these."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was said stays as it was said."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They go with their course or their person."""
        return False


class _Said(_ToRead):
    """Rows that hold what people said, in the columns `said`."""

    said: tuple[str, ...] = ()

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Leave the words out."""
        return () if _may_read(request) else self.said

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show one row; write down who read somebody's words."""
        row = self.get_object(request, object_id)
        if row is not None and self.has_view_permission(request, row) and _may_read(request):
            told = {"row": f"{self.opts.model_name} {row.pk}"}
            by, whom = str(request.user.pk), str(row.user)
            users.audit(action="talks-seen", by=by, about=whom, detail=told)
        return super().change_view(request, object_id, form_url, extra_context)


def _may_read(request: HttpRequest) -> bool:
    return users.may(user=str(request.user.pk), permission="read_conversations")


@admin.register(Session)
class SessionAdmin(_Said):
    """Conversations."""

    said = ("title", "pending")
    list_display = ("id", "mode", "status", "turn_count", "course", "user", "updated_at")
    list_filter = (ByMode,)
    ids = ("id", "course", "user")


class _Steps(admin.TabularInline):
    """Who did what in a turn."""

    model = Step
    fields = readonly_fields = ("agent", "task", "status", "ms", "started_at")
    ordering = ("started_at", "id")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only agents write here."""
        return False


@admin.register(Turn)
class TurnAdmin(_Said):
    """Turns with their steps."""

    said = (
        "text",
        "response",
        "heard",
        "seen",
        "answer",
        "sentences",
        "citations",
        "checks",
        "question",
        "grade",
        "notebook",
    )
    list_display = ("id", "status", "abstained", "tries", "error", "session_id", "created_at")
    list_filter = (ByStatus,)
    ids = ("id", "session", "course", "user")
    inlines = (_Steps,)


class ByKind(_Chosen):
    """By what a notice tells of."""

    title, parameter_name, column = "kind", "kind", "kind"
    words = tuple((each, each.replace("_", " ")) for each in NOTIFICATIONS)


@admin.register(Notification)
class NotificationAdmin(_ToRead):
    """What people were told."""

    list_display = ("kind", "title", "count", "user", "created_at", "read_at")
    list_filter = (ByKind,)
    ids = ("id", "course", "user")
    words = "title"
    search_help_text = "a whole id, an e-mail address, or words"
