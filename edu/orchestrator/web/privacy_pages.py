"""What is held about a person: the page that tells it, the archive of it, and its erasure."""

from django import forms
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from edu.common.errors import Invalid
from edu.orchestrator import api
from edu.orchestrator.web.archives import archive as sent

OPEN = ("queued", "running")


class EraseForm(forms.Form):
    """Proof that it is they who want to be erased."""

    password = forms.CharField(
        label=gettext_lazy("Your password"),
        max_length=1000,
        strip=False,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label=gettext_lazy("Or a code of your second step"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )


def _me(request: HttpRequest) -> str:
    return str(request.user.pk)


def _page(request: HttpRequest, form: EraseForm, status: int = 200) -> HttpResponse:
    kinds = api.held_of_person(user=_me(request))
    last = api.last_export(user=_me(request))
    context = {
        "kinds": kinds,
        "form": form,
        "export": last,
        "under_way": last is not None and last.status in OPEN,
        "percent": round(100 * last.progress) if last else 0,
    }
    return render(request, "orchestrator/held.html", context, status=status)


@never_cache
@login_required
@require_safe
def held(request: HttpRequest) -> HttpResponse:
    """What is held, of which kind and how much."""
    return _page(request, EraseForm())


@login_required
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Have all of it put together."""
    api.export_person(user=_me(request))
    return redirect("held")


@never_cache
@login_required
@require_safe
def archive(request: HttpRequest, export: str) -> HttpResponseBase:
    """Fetch it."""
    return sent(request, user=_me(request), export=export)


@login_required
@require_POST
def erase(request: HttpRequest) -> HttpResponse:
    """Erase all of it, after the proof; whoever was erased is signed out and gets the receipt."""
    form = EraseForm(request.POST)
    if form.is_valid():
        try:
            begun = api.erase_person(user=_me(request), **form.cleaned_data)
        except Invalid as error:
            for name, told in error.fields.items():
                form.add_error(name, _(told))
        else:
            logout(request)
            return redirect("erasure", begun.id)
    return _page(request, form, status=400)


@never_cache
@require_safe
def receipt(request: HttpRequest, erasure: str) -> HttpResponse:
    """The receipt of an erasure. It names nobody, so that nobody need be signed in."""
    found = api.erasure(erasure=erasure)
    rows = [
        (name, count) for tables in found.erased.values() for name, count in sorted(tables.items())
    ]
    kept = [
        (name, count) for tables in found.kept.values() for name, count in sorted(tables.items())
    ]
    context = {"erasure": found, "rows": rows, "kept": kept}
    return render(request, "orchestrator/receipt.html", context)
