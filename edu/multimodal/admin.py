"""Materials, passages and recordings for staff: looked up, tried again, removed and restored."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from edu.common.staff import Glance, Words
from edu.multimodal import api
from edu.multimodal.models import Clip, Material, Passage, Transcription, Utterance


class ReadOnly(admin.ModelAdmin):
    """Rows that are made, changed and deleted by the rules of the api, and looked at here. The list
    needs the permission to change, for its actions; a single row is only to be read."""

    list_per_page = 50
    show_full_result_count = False
    paginator = Glance
    ordering = ("-id",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Made by the site and by workers."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Single rows are read-only."""
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Deleted by the rules, together with their files."""
        return False

    def tell(self, request: HttpRequest, count: int) -> None:
        """Say how many rows an action changed."""
        words = ngettext("%d row changed.", "%d rows changed.", count) % count
        self.message_user(request, words, messages.SUCCESS)


def _ids(queryset: QuerySet[Any]) -> list[str]:
    return [str(each) for each in queryset.order_by().values_list("id", flat=True)]


class Removed(admin.SimpleListFilter):
    """Removed materials, or those that are there."""

    title = _("removed")
    parameter_name = "removed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the choices."""
        return [("no", _("No")), ("yes", _("Yes"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Material]) -> QuerySet[Material]:
        """Apply the choice."""
        if self.value() in ("yes", "no"):
            return queryset.filter(removed_at__isnull=self.value() == "no")
        return queryset


class WithoutDrafts(Glance):
    """A list that always leaves drafts out."""

    always = 1


@admin.register(Material)
class MaterialAdmin(ReadOnly):
    """Files that courses are made of, and how far their reading is."""

    list_display = (
        "title",
        "kind",
        "status",
        "percent",
        "passages",
        "bytes",
        "error",
        "created_at",
    )
    list_filter = ("status", Removed, ("kind", Words), ("created_at", admin.DateFieldListFilter))
    search_fields = ("title", "file_name", "=id", "=course", "=uploaded_by", "=sha256")
    search_help_text = _(
        "Part of a title or a file name, or the id of a material, course or person."
    )
    exclude = ("lease", "key")
    paginator = WithoutDrafts
    actions = ("read_again", "stop", "remove", "restore")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Material]:
        """Leave out drafts, which are stopped and tried again with the material that they replace."""
        return super().get_queryset(request).filter(replaces=None)

    @admin.display(description=_("progress"))
    def percent(self, row: Material) -> str:
        """Return how much is done."""
        return f"{round(100 * row.progress)} %"

    @admin.action(
        description=_("Read once more what failed or was stopped"), permissions=["change"]
    )
    def read_again(self, request: HttpRequest, queryset: QuerySet[Material]) -> None:
        """Queue materials again."""
        self.tell(request, api.staff_retry(materials=_ids(queryset)))

    @admin.action(description=_("Stop their reading"), permissions=["change"])
    def stop(self, request: HttpRequest, queryset: QuerySet[Material]) -> None:
        """Cancel jobs."""
        self.tell(request, api.staff_cancel(materials=_ids(queryset)))

    @admin.action(
        description=_("Remove from their courses (can be restored)"), permissions=["change"]
    )
    def remove(self, request: HttpRequest, queryset: QuerySet[Material]) -> None:
        """Take materials out of their courses."""
        self.tell(request, api.staff_remove(materials=_ids(queryset)))

    @admin.action(description=_("Restore"), permissions=["change"])
    def restore(self, request: HttpRequest, queryset: QuerySet[Material]) -> None:
        """Bring removed materials back."""
        self.tell(request, api.staff_restore(materials=_ids(queryset)))


@admin.register(Passage)
class PassageAdmin(ReadOnly):
    """Citable pieces of materials."""

    list_display = ("beginning", "material", "ordinal", "kind", "language", "place", "model")
    list_filter = (("kind", Words), ("language", Words), ("model", Words))
    list_select_related = ("material",)
    raw_id_fields = ("material",)
    search_fields = ("text", "=id", "=material__id", "=course", "=objective")
    search_help_text = _(
        "Words of the text, or the id of a passage, material, course or objective."
    )
    exclude = ("search", "breaks", "vector", "sentences", "times")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Passage]:
        """Leave out what only a search needs."""
        return super().get_queryset(request).defer(*self.exclude)

    @admin.display(description=_("text"))
    def beginning(self, row: Passage) -> str:
        """Return how it begins."""
        return row.text[:80]

    @admin.display(description=_("place"))
    def place(self, row: Passage) -> str:
        """Return where it stands."""
        return ", ".join(f"{name} {value}" for name, value in row.locator.items() if name != "box")


@admin.register(Transcription)
class TranscriptionAdmin(ReadOnly):
    """Recordings that people had put into words. What was said stays theirs."""

    list_display = ("file_name", "user", "status", "seconds", "language", "error", "created_at")
    list_filter = ("status", ("language", Words), ("created_at", admin.DateFieldListFilter))
    search_fields = ("file_name", "=id", "=user")
    search_help_text = _("Part of a file name, or the id of a recording or a person.")
    exclude = ("lease", "key", "text", "segments")
    actions = ("hear_again",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Transcription]:
        """Leave out what was said."""
        return super().get_queryset(request).defer("text", "segments")

    @admin.action(description=_("Hear once more what failed"), permissions=["change"])
    def hear_again(self, request: HttpRequest, queryset: QuerySet[Transcription]) -> None:
        """Queue recordings again."""
        self.tell(request, api.staff_transcriptions_again(transcriptions=_ids(queryset)))


@admin.register(Utterance)
class UtteranceAdmin(ReadOnly):
    """Long texts that people had spoken. What they say stays theirs."""

    list_display = ("id", "user", "status", "seconds", "language", "error", "created_at")
    list_filter = ("status", ("language", Words), ("created_at", admin.DateFieldListFilter))
    search_fields = ("=id", "=user")
    search_help_text = _("The id of a text or a person.")
    exclude = ("lease", "key", "text", "file_name", "kind")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Utterance]:
        """Leave out what is said."""
        return super().get_queryset(request).defer("text")


@admin.register(Clip)
class ClipAdmin(ReadOnly):
    """Speech that was made before."""

    list_display = ("id", "seconds", "used_at")
    list_filter = (("used_at", admin.DateFieldListFilter),)
    search_fields = ("=id", "=mark")
    exclude = ("key",)
