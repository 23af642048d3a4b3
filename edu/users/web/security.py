"""The security page of a profile: how one signs in, and where one is signed in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from edu.users import api


@never_cache
@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """All of it at a glance."""
    told = api.security(user=str(request.user.pk), session=request.session.session_key or "")
    apps = [each for each in told.factors if each.kind == "app"]
    keys = [each for each in told.factors if each.kind == "passkey"]
    return render(request, "users/security.html", {"told": told, "apps": apps, "keys": keys})


@require_POST
@login_required
def end(request: HttpRequest, device: str) -> HttpResponse:
    """Sign out there."""
    api.end_device(user=str(request.user.pk), device=device)
    messages.success(request, _("Signed out there."))
    return redirect("security")


@require_POST
@login_required
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    count = api.end_other_devices(
        user=str(request.user.pk), session=request.session.session_key or ""
    )
    words = ngettext("Signed out in %d place.", "Signed out in %d places.", count) % count
    messages.success(request, words)
    return redirect("security")
