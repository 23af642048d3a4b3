"""/profile/programs/own/: programs that one registers oneself."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from edu.common.errors import EduError
from edu.common.formerrors import show
from edu.users import api
from edu.users.data import NewOwnProgram


class ProgramForm(forms.Form):
    """A program as it is changed."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=100,
        help_text=gettext_lazy("As people see it when it asks them to be let in."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    redirect_uris = forms.CharField(
        label=gettext_lazy("Where it takes people back to"),
        max_length=6000,
        required=False,
        help_text=gettext_lazy(
            "One whole address a line, https; it has to come exactly so. Plain http is only for programs "
            "on the person's own machine: 127.0.0.1, [::1] and localhost. Empty for a program that acts "
            "for you alone."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may ask for at most"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        named: dict[str, Any] = self.fields
        named["scopes"].choices = [(name, _(words)) for name, words in api.program_scopes().items()]

    def wanted(self) -> dict[str, Any]:
        """Return what is in the form."""
        return {**self.cleaned_data, "redirect_uris": self.cleaned_data["redirect_uris"].split()}


class NewProgramForm(ProgramForm):
    """A program to be registered."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What it does"),
        choices=[
            ("asks", gettext_lazy("Asks people to let it in (authorization code with PKCE)")),
            ("acts", gettext_lazy("Acts for me alone (client credentials)")),
        ],
        initial="asks",
        widget=forms.RadioSelect,
    )
    public = forms.BooleanField(
        label=gettext_lazy("It runs on people's own devices and can keep no secret"),
        required=False,
    )
    field_order = ("name", "kind", "public", "redirect_uris", "scopes")


def _list(
    request: HttpRequest, form: forms.Form, made: NewOwnProgram | None = None, status: int = 200
) -> HttpResponse:
    programs = api.own_programs(user=str(request.user.pk))
    context = {"form": form, "made": made, "programs": programs}
    return render(request, "users/own_programs.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def programs(request: HttpRequest) -> HttpResponse:
    """List them, and register one; its secret is shown in the answer and nowhere else."""
    form = NewProgramForm(request.POST if request.method == "POST" else None)
    user, made = str(request.user.pk), None
    api.need(user=user, permission="register_programs")
    if form.is_bound and form.is_valid():
        try:
            made = api.register_program(user=user, wanted=form.wanted())
            form = NewProgramForm()
        except EduError as error:
            show(form, error)
    return _list(request, form, made, 422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def program(request: HttpRequest, program: str) -> HttpResponse:
    """One of them: its client id, and what can be changed."""
    user = str(request.user.pk)
    seen = api.own_program(user=user, program=program)
    start = {
        "name": seen.name,
        "redirect_uris": "\n".join(seen.redirect_uris),
        "scopes": seen.scopes,
    }
    form = ProgramForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_bound and form.is_valid():
        try:
            api.change_program(user=user, program=program, wanted=form.wanted())
            messages.success(request, _("Kept."))
            return redirect("own-program", program)
        except EduError as error:
            show(form, error)
    status = 422 if form.errors else 200
    return render(request, "users/own_program.html", {"form": form, "seen": seen}, status=status)


@never_cache
@login_required
@require_POST
def secret(request: HttpRequest, program: str) -> HttpResponse:
    """Give it another secret, shown in the answer and nowhere else."""
    made = api.new_program_secret(user=str(request.user.pk), program=program)
    return _list(request, NewProgramForm(), made)


@login_required
@require_POST
def remove(request: HttpRequest, program: str) -> HttpResponse:
    """Remove it."""
    api.remove_program(user=str(request.user.pk), program=program)
    messages.success(request, _("The program is removed, and all that it held."))
    return redirect("own-programs")
