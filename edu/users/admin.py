"""Accounts for staff: looked up, opened and blocked. What people learn is not to be seen from here."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    UserChangeForm,
)
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from oauth2_provider.models import AccessToken, Application, Grant, IDToken, RefreshToken

from edu.common.errors import EduError
from edu.common.ids import parse_id
from edu.common.rolestaff import RoleAdmin, boxes
from edu.common.staff import Glance, Words
from edu.users import api
from edu.users.logic import registered, roles
from edu.users.models import (
    AuditRecord,
    ConsentRequest,
    Guardian,
    Invitation,
    Mail,
    SiteRole,
    TokenFamily,
    User,
)

# What programs of others hold is for the people who let them in (/profile/programs/), not for staff.
for each in (AccessToken, Application, Grant, IDToken, RefreshToken):
    admin.site.unregister(each)
RIGHTS = {"is_staff", "is_superuser", "site_roles", "groups", "user_permissions"}
GRANTS = [
    (Application.GRANT_AUTHORIZATION_CODE, _("Asks people to let it in (authorization code)")),
    (Application.GRANT_CLIENT_CREDENTIALS, _("Acts for its owner (client credentials)")),
]


class AddForm(AdminUserCreationForm):
    """A new account."""

    class Meta:
        model = User
        fields = ("email", "display_name")

    def clean_email(self) -> str | None:
        """Addresses are kept in lower case."""
        return _address(self)


def _address(form: Any) -> str | None:
    """Return the address of an account; only a pupil's, which a teacher made, has none."""
    found = (form.cleaned_data["email"] or "").lower()
    if not found and (form.instance.email or form.instance._state.adding):
        raise forms.ValidationError(gettext("This field is required."))
    return found or None


class ChangeForm(UserChangeForm):
    """An account that is there."""

    site_roles = forms.MultipleChoiceField(
        label=_("roles on this site"),
        choices=[(name, _(words)) for name, words in roles.GIVEN.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = User
        fields = "__all__"

    def clean_email(self) -> str | None:
        """Addresses are kept in lower case."""
        return _address(self)

    def clean(self) -> dict[str, Any]:
        """The last superuser stays one: nobody else could make another."""
        told = super().clean() or {}
        rank = ("is_active", "is_staff", "is_superuser")
        falls = any(self.instance is not None and told.get(each) is False for each in rank)
        others = User.objects.filter(is_superuser=True, is_active=True, is_staff=True)
        mine = others.filter(pk=self.instance.pk)
        if falls and mine.exists() and not others.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("This is the last superuser of this site."))
        return told


class ChangePasswordForm(AdminPasswordChangeForm):
    """A new password ends what the old one began."""

    def save(self, commit: bool = True) -> Any:
        """Set it, and sign the person's programs out."""
        user = super().save(commit)
        api.sign_out_everywhere(user=str(user.pk))
        api.audit(action="password", about=str(user.pk), detail={"set_by": "an administrator"})
        return user


@admin.register(User)
class PersonAdmin(UserAdmin):
    """Accounts."""

    list_display = (
        "email",
        "display_name",
        "is_active",
        "is_staff",
        "site_roles",
        "created_at",
        "last_login",
    )
    list_filter = (
        "is_active",
        "is_staff",
        "is_superuser",
        ("created_at", admin.DateFieldListFilter),
    )
    search_fields = ("email", "display_name")
    search_help_text = _("Part of an address or a name.")
    ordering = ("-id",)
    list_per_page = 50
    show_full_result_count = False
    paginator = Glance
    readonly_fields = ("id", "preferences", "created_at", "last_login")
    form = ChangeForm
    add_form = AddForm
    change_password_form = ChangePasswordForm
    fieldsets = (
        (None, {"fields": ("id", "email", "password", "display_name")}),
        (
            _("Access"),
            {
                "fields": (
                    "is_active",
                    "site_roles",
                    "is_staff",
                    "is_superuser",
                    "groups",
                    "user_permissions",
                )
            },
        ),
        (_("For information"), {"fields": ("preferences", "created_at", "last_login")}),
    )
    add_fieldsets = (
        (
            None,
            {"classes": ("wide",), "fields": ("email", "display_name", "password1", "password2")},
        ),
    )
    actions = ("open_accounts", "block_accounts", "remove_second_steps")

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Save; open and block by the rule that ends tokens, and write down who gave which rights."""
        changed, whose = set(form.changed_data), {"by": str(request.user.pk)}
        active = obj.is_active
        if change and "is_active" in changed:
            obj.is_active = not active
        super().save_model(request, obj, form, change)
        if obj.is_active != active:
            api.set_active(users=[str(obj.pk)], active=active, **whose)
            obj.is_active = active
        rights = sorted(changed & RIGHTS)
        if rights:
            told = {"changed": rights, "name": ", ".join(roles.of(obj))}
            api.audit(action="rights", about=str(obj.pk), detail=told, **whose)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Keep those who are not superusers from giving rights, to themselves or to others."""
        fixed = tuple(super().get_readonly_fields(request, obj))
        if request.user.is_superuser:
            return fixed
        return (*fixed, *sorted(RIGHTS))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let nobody below a superuser change a superuser's account (its address or password)."""
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not above and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Accounts are blocked, not deleted: other apps know them by their id."""
        return False

    @admin.action(description=_("Open the accounts"), permissions=["change"])
    def open_accounts(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Let these people sign in again."""
        self._set(request, queryset, True)

    @admin.action(description=_("Block the accounts"), permissions=["change"])
    def block_accounts(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Keep these people out, from now on, on all devices; never oneself."""
        self._set(request, queryset.exclude(email=request.user.get_username()), False)

    @admin.action(description=_("Remove the second steps of signing in"), permissions=["change"])
    def remove_second_steps(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """For people who lost their telephone and their codes; superusers only."""
        if not request.user.is_superuser:
            self.message_user(request, _("Only superusers may do this."), messages.ERROR)
            return
        for each in queryset:
            api.remove_second_steps(user=str(each.pk), by=str(request.user.pk))
        self.message_user(request, _("Removed. The passwords are as they were."), messages.SUCCESS)

    def _set(self, request: HttpRequest, queryset: QuerySet[User], active: bool) -> None:
        if not request.user.is_superuser:
            queryset = queryset.filter(is_superuser=False)
        ids = [str(each) for each in queryset.values_list("pk", flat=True)]
        count = api.set_active(users=ids, active=active, by=str(request.user.pk))
        words = ngettext("%d account changed.", "%d accounts changed.", count) % count
        self.message_user(request, words, messages.SUCCESS)


@admin.register(SiteRole)
class SiteRoleAdmin(RoleAdmin):
    """What people may do on the site as a whole."""

    form = boxes(roles.PERMISSIONS, roles.FIXED)

    def save_model(self, request: HttpRequest, obj: SiteRole, form: Any, change: bool) -> None:
        """Change it by the rule, and write down what was given and taken."""
        told = api.set_site_role(role=obj.name, permissions=form.cleaned_data["permissions"])
        told["name"] = obj.name
        api.audit(action="role-changed", by=str(request.user.pk), detail=told)


class Brief(admin.ModelAdmin):
    """A list that costs the same however long it is."""

    paginator = Glance
    list_per_page = 50
    show_full_result_count = False


@admin.register(TokenFamily)
class TokenFamilyAdmin(Brief):
    """Sign-ins of programs: only to be looked at."""

    list_display = ("id", "user", "created_at", "expires_at", "dead_at", "death")
    list_filter = (("death", Words), ("created_at", admin.DateFieldListFilter))
    list_select_related = ("user",)
    search_fields = ("user__email",)
    ordering = ("-id",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Sign-ins are made by signing in."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The rules of tokens guard these rows."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They go by themselves when they have been dead long enough."""
        return False


@admin.register(Mail)
class MailAdmin(Brief):
    """The mailbox: read only, and by superusers only, since a letter may let its reader in."""

    list_display = ("subject", "to", "status", "created_at", "error")
    list_filter = ("status",)
    search_fields = ("to",)
    ordering = ("-id",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Superusers see that it is there."""
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Superusers read it, and whose role says so: others could let themselves into a superuser's
        account."""
        return api.may(user=str(request.user.pk), permission="read_mailbox")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Letters are written by what happens."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was written stays as it is."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They go by themselves."""
        return False


@admin.register(AuditRecord)
class AuditRecordAdmin(Brief):
    """What happened with accounts and rights: only to be looked at."""

    list_display = ("number", "at", "action", "actor", "about")
    list_filter = (("action", Words), ("at", admin.DateFieldListFilter))
    search_fields = ("actor", "about")
    search_help_text = _("Part of the id of a person.")
    ordering = ("-number",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Records are written by what they tell of."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """No record ever changes; the database sees to it."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nor does one go."""
        return False


def _any_program(request: HttpRequest) -> bool:
    """Whether the asker may see to programs of everybody: superusers, and those to whom Django's own
    permission was given."""
    name = "oauth2_provider.change_application"
    return request.user.is_superuser or name in ModelBackend().get_all_permissions(request.user)


class ApplicationForm(forms.ModelForm):
    """A program of others. Its secret is shown while it is made, and kept as a hash."""

    class Meta:
        model = Application
        fields = (
            "name",
            "user",
            "client_id",
            "client_secret",
            "client_type",
            "authorization_grant_type",
            "redirect_uris",
        )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if "authorization_grant_type" in self.fields:
            self.fields["authorization_grant_type"] = forms.ChoiceField(choices=GRANTS)
        if "name" in self.fields:
            self.fields["name"].required = True

    def clean(self) -> dict[str, Any]:
        """People are sent back only where programs that are registered without us may send them; a
        program that acts for its owner has one, and a secret."""
        told = super().clean() or {}
        for address in str(told.get("redirect_uris") or "").split():
            if problem := registered.address_problem(address):
                self.add_error("redirect_uris", f"{address[:80]}: {gettext(problem)}")
        if told.get("authorization_grant_type") == Application.GRANT_CLIENT_CREDENTIALS:
            if "user" in self.fields and not told.get("user"):
                self.add_error("user", _("Say for whom it acts."))
            if told.get("client_type") == Application.CLIENT_PUBLIC:
                self.add_error("client_type", _("Such a program has to keep a secret."))
        return told


@admin.register(Application)
class ApplicationAdmin(Brief):
    """Programs of others that may ask people to let them in."""

    form = ApplicationForm
    list_display = ("name", "client_id", "client_type", "authorization_grant_type", "user")
    list_filter = ("client_type", "authorization_grant_type")
    list_select_related = ("user",)
    search_fields = ("name", "client_id")
    raw_id_fields = ("user",)
    ordering = ("name", "id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Application]:
        """Those whose role lets them register programs see and change their own."""
        found: QuerySet[Application] = super().get_queryset(request)
        return found if _any_program(request) else found.filter(user=request.user)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A program that one registers by one's role acts for nobody else."""
        if not _any_program(request):
            obj.user = request.user
        super().save_model(request, obj, form, change)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Whose it is only those choose who may register them for others."""
        found = list(super().get_fields(request, obj))
        return found if _any_program(request) else [each for each in found if each != "user"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A secret that is kept is a hash: nothing to be read or changed."""
        return ("client_id", "client_type", "authorization_grant_type") if obj else ()

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Leave the hash out."""
        return ("client_secret",) if obj else ()


class InvitationForm(forms.ModelForm):
    """A new invitation."""

    class Meta:
        model = Invitation
        fields = ("email", "note")


@admin.register(Invitation)
class InvitationAdmin(Brief):
    """Invitations: made here, and taken back by deleting them."""

    form = InvitationForm
    list_display = ("__str__", "created_at", "expires_at", "used_at")
    list_filter = (("created_at", admin.DateFieldListFilter),)
    search_fields = ("email",)
    ordering = ("-id",)
    readonly_fields = ("link", "created_at", "expires_at", "used_at", "used_by", "made_by")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Ask for two things; tell the rest when it is there."""
        return ("email", "note", *self.readonly_fields) if obj else ("email", "note")

    @admin.display(description=_("link"))
    def link(self, obj: Invitation) -> str:
        """Show the link as long as it is good."""
        good = obj.used_at is None and obj.expires_at > timezone.now()
        return api.invitation_link(invitation=str(obj.pk)) if good else str(_("used up or too old"))

    def save_model(self, request: HttpRequest, obj: Invitation, form: Any, change: bool) -> None:
        """Make it as the api does, which sends it."""
        made = api.invite(by=str(request.user.pk), email=obj.email, note=obj.note)
        obj.pk = parse_id(made)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was sent stays as it is; make another one."""
        return obj is None and super().has_change_permission(request, obj)


@admin.register(ConsentRequest)
class ConsentRequestAdmin(Brief):
    """Children who wait for consent: an administrator may answer for the school."""

    list_display = ("display_name", "class_code", "created_at")
    ordering = ("-id",)
    fields = readonly_fields = ("display_name", "class_code", "created_at")
    actions = ("consent",)

    @admin.action(description=_("Consent for the school"), permissions=["delete"])
    def consent(self, request: HttpRequest, queryset: QuerySet[ConsentRequest]) -> None:
        """Make the accounts; nothing else is consented to."""
        for row in queryset[:50]:
            try:
                api.answer_as_school(
                    request=str(row.pk), by=str(request.user.pk), given=True, purposes=[]
                )
            except EduError as error:
                self.message_user(request, gettext(error.detail), messages.ERROR)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Children ask themselves."""
        return False


@admin.register(Guardian)
class GuardianAdmin(Brief):
    """Who stands for whom: linked here, or by the letter to a guardian; ended by deleting."""

    list_display = ("guardian", "child", "created_at")
    list_select_related = ("guardian", "child")
    raw_id_fields = ("guardian", "child")
    search_fields = ("=guardian__email", "=child__email")
    ordering = ("-id",)
    fields = ("guardian", "child")

    def save_model(self, request: HttpRequest, obj: Guardian, form: Any, change: bool) -> None:
        """Link them as the api does, which writes it down."""
        who = {"guardian": str(obj.guardian_id), "child": str(obj.child_id)}
        api.link_guardian(**who, by=str(request.user.pk))

    def delete_model(self, request: HttpRequest, obj: Guardian) -> None:
        """Unlink them, which is written down."""
        who = {"guardian": str(obj.guardian_id), "child": str(obj.child_id)}
        api.unlink_guardian(**who, by=str(request.user.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Guardian]) -> None:
        """The same for many."""
        for row in queryset:
            self.delete_model(request, row)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A link is made or ended, not changed."""
        return obj is None and super().has_change_permission(request, obj)
