"""/profile/tokens/ and /profile/programs/: a person's access tokens, and the programs that they let in."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edu.common.errors import EduError
from edu.common.formerrors import show
from edu.users import api
from edu.users.data import SCOPES, SIGN_IN_SCOPES

DAYS = (7, 30, 90, 180, 366)


class TokenForm(forms.Form):
    """A token to be made."""

    name = forms.CharField(
        label=gettext_lazy("What is it for?"),
        max_length=100,
        help_text=gettext_lazy("So that you know later which one to end."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What may it do?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("It can never do more than you may yourself."),
    )
    days = forms.TypedChoiceField(label=gettext_lazy("How long is it good?"), coerce=int)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        named: dict[str, Any] = self.fields
        named["scopes"].choices = [(name, _(words)) for name, words in SCOPES.items()]
        named["days"].choices = [(n, ngettext("%d day", "%d days", n) % n) for n in DAYS]
        named["days"].initial = 90


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """List them, and make one; it is shown in the answer and nowhere else."""
    user = str(request.user.id)
    form, made = TokenForm(request.POST if request.method == "POST" else None), None
    if form.is_bound and form.is_valid():
        try:
            made = api.make_token(user=user, **form.cleaned_data)
        except EduError as error:
            show(form, error)
        else:
            form = TokenForm()
    page = api.tokens_of(user=user, cursor=request.GET.get("cursor"))
    context = {
        "form": form,
        "made": made,
        "page": page,
        "now": timezone.now(),
        "tokens": [
            (each, [_(SCOPES.get(name, name)) for name in each.scopes]) for each in page.items
        ],
    }
    return render(request, "users/tokens.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def end_token(request: HttpRequest, token: str) -> HttpResponse:
    """End one token."""
    api.end_token(user=str(request.user.id), token=token)
    messages.success(request, _("The token is ended."))
    return redirect("tokens")


@login_required
@require_safe
def programs(request: HttpRequest) -> HttpResponse:
    """The programs of others that the person let in."""
    words = {**SIGN_IN_SCOPES, **SCOPES}
    found = [
        (each, [_(words.get(name, name)) for name in each.scopes])
        for each in api.programs_of(user=str(request.user.id))
    ]
    return render(request, "users/programs.html", {"programs": found})


@login_required
@require_POST
def end_program(request: HttpRequest, program: str) -> HttpResponse:
    """Take back all that one program holds."""
    api.end_program(user=str(request.user.id), program=program)
    messages.success(request, _("The program is shut out."))
    return redirect("programs")
