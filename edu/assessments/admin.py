"""The books for staff: looked up, and changed only by the rules of the api. Versions and attempts are
read-only: what was asked and what was answered stays as it was."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from edu.assessments import api
from edu.assessments.data import MODES, SOURCES
from edu.assessments.models import Attempt, Item, ItemVersion, Quiz, QuizItem
from edu.common.staff import Glance
from edu.users import api as users

SHORT = 90


def one_of(column: str, values: Callable[[], Sequence[str]]) -> type[admin.SimpleListFilter]:
    """Return a filter by a column that takes one of a few words; Django's own would read all rows."""

    class OneOf(admin.SimpleListFilter):
        title = column
        parameter_name = column

        def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
            return [(each, each) for each in values()]

        def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
            wanted = self.value()
            known = wanted is not None and wanted in values()
            return queryset.filter(**{column: wanted}) if known else queryset

    return OneOf


class Book(admin.ModelAdmin):
    """Rows that are read here. The search takes whole ids, an e-mail address where a row has a person,
    and words of the question where it has one."""

    list_per_page = 50
    list_max_show_all = 200
    show_full_result_count = False
    paginator = Glance
    ordering = ("-id",)
    search_fields = ("id",)
    ids: tuple[str, ...] = ("id", "course")
    person = ""
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
            return self._by_words(queryset, term), False
        found = Q()
        for name in self.ids:
            found |= Q(**{name: wanted})
        return queryset.filter(found), False

    def _by_words(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        if "@" in term and self.person:
            found = users.find(email=term)
            return queryset.filter(**{self.person: found.id}) if found else queryset.none()
        if self.words:
            return queryset.filter(**{f"{self.words}__icontains": term})
        return queryset.none()

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Made by the rules."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Deleted with their course."""
        return False


class ReadOnly(Book):
    """Rows that nobody changes."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never by hand."""
        return False


class Lines(admin.TabularInline):
    """Rows below a row, to be read."""

    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Made by the rules."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never by hand."""
        return False


class VersionLines(Lines):
    """What an item said, version by version."""

    model = ItemVersion
    fk_name = "item"
    fields = ("number", "stem", "options", "key", "explanation", "created_at")
    readonly_fields = fields
    ordering = ("-number",)


class QuestionLines(Lines):
    """The questions of a quiz."""

    model = QuizItem
    fields = (
        "ordinal",
        "item",
        "version",
        "status",
        "tries",
        "hint_level",
        "shown_at",
        "key_seen_at",
    )
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[QuizItem]:
        """With the items and versions, in one query."""
        return super().get_queryset(request).select_related("item", "version")


@admin.register(Item)
class ItemAdmin(Book):
    """Questions; retired and restored here, written on the site."""

    list_display = ("question", "kind", "source", "status", "course", "created_at")
    list_filter = (
        "status",
        "source",
        one_of("kind", api.kinds),
        ("created_at", admin.DateFieldListFilter),
    )
    list_select_related = ("latest",)
    search_help_text = _("Words of the question, or the id of an item, course, objective or quiz.")
    ids = ("id", "course", "objective", "quiz")
    words = "latest__stem"
    inlines = (VersionLines,)
    actions = ("retire", "restore")
    fields = (
        "id", "course", "objective", "kind", "source", "status", "quiz", "refused_because",
        "created_by", "created_at", "updated_at",
    )  # fmt: skip
    readonly_fields = fields

    @admin.display(description=_("question"))
    def question(self, row: Item) -> str:
        """Return the beginning of the latest stem."""
        return row.latest.stem[:SHORT] if row.latest else ""

    @admin.action(description=_("Retire the questions (can be restored)"), permissions=["change"])
    def retire(self, request: HttpRequest, queryset: QuerySet[Item]) -> None:
        """Take questions out of use."""
        self._say(request, api.retire_items(items=_ids(queryset)))

    @admin.action(description=_("Restore the questions"), permissions=["change"])
    def restore(self, request: HttpRequest, queryset: QuerySet[Item]) -> None:
        """Put retired questions back."""
        self._say(request, api.restore_items(items=_ids(queryset)))

    def _say(self, request: HttpRequest, count: int) -> None:
        said = ngettext("%d question changed.", "%d questions changed.", count) % count
        self.message_user(request, said, messages.SUCCESS)


@admin.register(ItemVersion)
class ItemVersionAdmin(ReadOnly):
    """What questions said; never changed."""

    list_display = ("stem_start", "number", "item", "language", "created_at")
    list_filter = (("created_at", admin.DateFieldListFilter),)
    list_select_related = ("item",)
    search_help_text = _("Words of the question, or the id of an item or version.")
    ids = ("id", "item")
    words = "stem"

    @admin.display(description=_("question"))
    def stem_start(self, row: ItemVersion) -> str:
        """Return the beginning of the stem."""
        return row.stem[:SHORT]


@admin.register(Quiz)
class QuizAdmin(Book):
    """Quizzes; those being made can be stopped."""

    list_display = ("id", "mode", "source", "size", "status", "user", "course", "created_at")
    list_filter = (
        "status",
        one_of("mode", lambda: MODES),
        one_of("source", lambda: SOURCES),
        ("created_at", admin.DateFieldListFilter),
    )
    search_help_text = _("An e-mail address, or the id of a quiz, person or course.")
    ids = ("id", "user", "course")
    person = "user"
    inlines = (QuestionLines,)
    actions = ("stop",)
    fields = (
        "id", "user", "course", "mode", "source", "size", "objectives", "kinds", "status", "progress",
        "note", "error", "created_at", "updated_at", "finished_at",
    )  # fmt: skip
    readonly_fields = fields

    @admin.action(description=_("Stop the making of the quizzes"), permissions=["change"])
    def stop(self, request: HttpRequest, queryset: QuerySet[Quiz]) -> None:
        """Stop those that are being made."""
        count = api.stop_quizzes(quizzes=_ids(queryset))
        said = ngettext("%d quiz stopped.", "%d quizzes stopped.", count) % count
        self.message_user(request, said, messages.SUCCESS)


@admin.register(Attempt)
class AttemptAdmin(ReadOnly):
    """Answers as they were given and graded."""

    list_display = (
        "answered_at", "question", "score", "status", "counts", "try_number", "hint_level", "user",
    )  # fmt: skip
    list_filter = ("status", "correct", "key_seen", ("answered_at", admin.DateFieldListFilter))
    list_select_related = ("version",)
    search_help_text = _("An e-mail address, or the id of an answer, person, course, item or quiz.")
    ids = ("id", "user", "course", "objective", "item", "quiz")
    person = "user"

    @admin.display(description=_("question"))
    def question(self, row: Attempt) -> str:
        """Return the beginning of the stem that was answered."""
        return row.version.stem[:SHORT]


def _ids(queryset: QuerySet[Any]) -> list[str]:
    return [str(each) for each in queryset.values_list("id", flat=True)]
