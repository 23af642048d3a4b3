"""The page on which one sees and changes what one consents to."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from edu.common.errors import EduError
from edu.users import api


def decide(request: HttpRequest, user: str) -> None:
    """Do what a button of `users/consent_rows.html` asks for, and say how it went."""
    try:
        api.decide(
            user=user,
            purpose=request.POST.get("purpose", ""),
            given=request.POST.get("given") == "yes",
            by=str(request.user.pk),
        )
    except EduError as error:
        messages.error(request, _(error.detail))
    else:
        messages.success(request, _("Kept."))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def consents(request: HttpRequest) -> HttpResponse:
    """One's own consents, each with what was decided when and by whom."""
    me = str(request.user.pk)
    if request.method == "POST":
        decide(request, me)
        return redirect("consents")
    context = {
        "consents": api.consents_of(user=me, by=me),
        "minor": api.is_minor(user=me),
        "history": api.consent_history(user=me, cursor=request.GET.get("cursor")),
    }
    return render(request, "users/consents.html", context)
