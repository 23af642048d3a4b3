"""Courses for staff: looked up, removed and restored. Rows that rules guard are only to be read."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from edu.common.rolestaff import RoleAdmin, boxes
from edu.common.staff import Glance
from edu.courses import api
from edu.courses.data import BUDGETS, FIXED, PERMISSIONS
from edu.courses.models import Course, Membership, Objective, Role, Spending
from edu.users import api as users


class ReadOnly(admin.ModelAdmin):
    """Rows that are made, changed and deleted by the rules of the api, and looked at here."""

    list_per_page = 50
    show_full_result_count = False
    paginator = Glance
    ordering = ("-id",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Made on the site."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Deleted by the rules."""
        return False


class Removed(admin.SimpleListFilter):
    """Removed courses, or those that are there."""

    title = _("removed")
    parameter_name = "removed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the choices."""
        return [("no", _("No")), ("yes", _("Yes"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Course]) -> QuerySet[Course]:
        """Apply the choice."""
        if self.value() in ("yes", "no"):
            return queryset.filter(removed_at__isnull=self.value() == "no")
        return queryset


class SetAside(Removed):
    """Courses that nobody can run, since their owner was erased."""

    title = _("without an owner")
    parameter_name = "set_aside"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Course]) -> QuerySet[Course]:
        """Apply the choice."""
        if self.value() in ("yes", "no"):
            return queryset.filter(set_aside_at__isnull=self.value() == "no")
        return queryset


class BudgetInline(admin.TabularInline):
    """What a course may use; it is counted by the api."""

    model = Spending
    extra = 0
    max_num = len(BUDGETS)
    fields = ("kind", "most_a_day", "most_a_minute", "day", "used")
    readonly_fields = ("day", "used")
    verbose_name_plural = _("budgets")


@admin.register(Course)
class CourseAdmin(ReadOnly):
    """Courses."""

    inlines = (BudgetInline,)

    list_display = ("title", "people", "personal", "learner_uploads", "created_at", "removed_at")
    list_filter = (
        Removed,
        SetAside,
        "personal",
        "learner_uploads",
        ("created_at", admin.DateFieldListFilter),
    )
    search_fields = ("title", "=join_code", "=id")
    search_help_text = _("Part of a title, a join code or an id.")
    readonly_fields = (
        "id",
        "personal",
        "join_code",
        "created_by",
        "created_at",
        "removed_at",
        "set_aside_at",
        "talks_open_since",
    )
    fields = ("title", "description", "learner_uploads", *readonly_fields)
    actions = ("remove_courses", "restore_courses", "new_codes")

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Count the members of the courses of this page, in one query; say which need an owner."""
        count = api.set_aside()
        if count and "set_aside" not in request.GET:
            words = ngettext(
                "%d course has nobody who could run it: filter by “without an owner”, and make one of"
                " its people the owner.",
                "%d courses have nobody who could run them: filter by “without an owner”, and make one"
                " of their people the owner.",
                count,
            )
            self.message_user(request, words % count, messages.WARNING)
        found = super().get_changelist_instance(request)
        ids = [row.pk for row in found.result_list]
        counts = (
            Membership.objects.filter(course__in=ids).values_list("course").annotate(n=Count("id"))
        )
        by_course = dict(counts)
        for row in found.result_list:
            row.member_count = by_course.get(row.pk, 0)
        return found

    @admin.display(description=_("people"))
    def people(self, row: Course) -> int:
        """Return how many people are in the course."""
        return getattr(row, "member_count", 0)

    def save_model(self, request: HttpRequest, obj: Course, form: Any, change: bool) -> None:
        """Change the words by the api, which names the root objective as the course."""
        api.staff_update(
            course=str(obj.pk),
            title=obj.title,
            description=obj.description,
            learner_uploads=obj.learner_uploads,
        )

    @admin.action(description=_("Remove the courses (can be restored)"), permissions=["change"])
    def remove_courses(self, request: HttpRequest, queryset: QuerySet[Course]) -> None:
        """Remove courses for everybody in them."""
        count = api.staff_remove(courses=_ids(queryset), by=str(request.user.pk))
        self._say(request, count)

    @admin.action(description=_("Restore the courses"), permissions=["change"])
    def restore_courses(self, request: HttpRequest, queryset: QuerySet[Course]) -> None:
        """Bring removed courses back."""
        count = api.staff_remove(courses=_ids(queryset), by=str(request.user.pk), back=True)
        self._say(request, count)

    @admin.action(description=_("Make new join codes"), permissions=["change"])
    def new_codes(self, request: HttpRequest, queryset: QuerySet[Course]) -> None:
        """Replace the join codes."""
        self._say(request, api.staff_new_codes(courses=_ids(queryset)))

    def _say(self, request: HttpRequest, count: int) -> None:
        words = ngettext("%d course changed.", "%d courses changed.", count) % count
        self.message_user(request, words, messages.SUCCESS)


@admin.register(Membership)
class MembershipAdmin(ReadOnly):
    """Who is in which course."""

    list_display = ("user", "course", "role", "joined_at")
    list_filter = ("role", ("joined_at", admin.DateFieldListFilter))
    list_select_related = ("course",)
    raw_id_fields = ("course",)
    search_fields = ("course__title", "=user", "=course__id")
    search_help_text = _("Part of a course's title, or the id of a course or a person.")
    actions = ("make_owners", "take_out")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Rows are read-only; the bulk action needs the permission on the list."""
        return obj is None and super().has_change_permission(request)

    @admin.action(description=_("Make these people the owners"), permissions=["change"])
    def make_owners(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        """Hand courses over; who owned them until now teaches there."""
        pairs = list(queryset.values_list("course", "user"))
        for course, user in pairs:
            api.staff_crown(by=str(request.user.pk), course=str(course), user=str(user))
        words = ngettext("%d course has a new owner.", "%d courses have new owners.", len(pairs))
        self.message_user(request, words % len(pairs), messages.SUCCESS)

    @admin.action(description=_("Take these people out of the courses"), permissions=["change"])
    def take_out(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        """Take people out; the owner of a course stays."""
        pairs = [
            [str(course), str(user)] for course, user in queryset.values_list("course", "user")
        ]
        count = api.staff_take_out(pairs=pairs)
        words = ngettext("%d person taken out.", "%d people taken out.", count) % count
        self.message_user(request, words, messages.SUCCESS)


@admin.register(Role)
class CourseRoleAdmin(RoleAdmin):
    """What the people of a course may do there, by their role."""

    form = boxes(PERMISSIONS, FIXED)

    def save_model(self, request: HttpRequest, obj: Role, form: Any, change: bool) -> None:
        """Change it by the rule; once it is kept, write down what was given and taken."""
        told = api.staff_set_role(role=obj.name, permissions=form.cleaned_data["permissions"])
        detail, by = {**told, "name": obj.name, "in": "courses"}, str(request.user.pk)
        transaction.on_commit(partial(users.audit, action="role-changed", by=by, detail=detail))


@admin.register(Objective)
class ObjectiveAdmin(ReadOnly):
    """What is to be learnt; changed by teachers on the site."""

    list_display = ("title", "course", "status", "root", "ordinal", "created_at")
    list_filter = ("status", "root", ("created_at", admin.DateFieldListFilter))
    list_select_related = ("course",)
    raw_id_fields = ("course",)
    search_fields = ("title", "course__title", "=course__id")
    actions = ("accept",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Rows are read-only; the bulk action needs the permission on the list."""
        return obj is None and super().has_change_permission(request)

    @admin.action(description=_("Accept proposed objectives"), permissions=["change"])
    def accept(self, request: HttpRequest, queryset: QuerySet[Objective]) -> None:
        """Accept those of the chosen objectives that are proposed."""
        pairs = [[str(course), str(row)] for course, row in queryset.values_list("course", "id")]
        count = api.staff_accept(pairs=pairs)
        words = ngettext("%d objective accepted.", "%d objectives accepted.", count) % count
        self.message_user(request, words, messages.SUCCESS)


def _ids(queryset: QuerySet[Course]) -> list[str]:
    return [str(each) for each in queryset.values_list("pk", flat=True)]
