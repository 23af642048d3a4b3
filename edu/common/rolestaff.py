"""Roles in the administration: a row for each, its permissions as boxes to tick."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from edu.common.staff import Glance


def boxes(permissions: dict[str, str], fixed: dict[str, tuple[str, ...]]) -> type[forms.ModelForm]:
    """Return a form in which a role's `permissions` (name -> words) are ticked; those that are `fixed`
    for it cannot be taken."""

    class RoleForm(forms.ModelForm):
        """What one role allows."""

        def __init__(self, *args: Any, **more: Any) -> None:
            super().__init__(*args, **more)
            self.fields["permissions"] = forms.MultipleChoiceField(
                label=_("permissions"),
                choices=[(name, _(words)) for name, words in permissions.items()],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

        def clean_permissions(self) -> list[str]:
            """Refuse what would lock people out."""
            wanted = self.cleaned_data["permissions"]
            stays = [each for each in fixed.get(self.instance.pk, ()) if each not in wanted]
            if stays:
                words = ", ".join(str(_(permissions[each])) for each in stays)
                raise forms.ValidationError(
                    _("This cannot be taken from this role: %(what)s"), params={"what": words}
                )
            return list(wanted)

    return RoleForm


class RoleAdmin(admin.ModelAdmin):
    """Roles: there are those that there are. Superusers say what they allow, and to whom they gave that
    permission."""

    list_display = ("name", "allows")
    fields = ("name", "permissions")
    readonly_fields = ("name",)
    search_fields = ("name",)
    ordering = ("name",)
    list_per_page = 50
    show_full_result_count = False
    paginator = Glance

    @admin.display(description=_("what it allows"))
    def allows(self, obj: Any) -> str:
        """Return the names in one line."""
        return ", ".join(obj.permissions)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """No role is added."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """None goes."""
        return False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Nothing is done to many at once."""
        return {}
