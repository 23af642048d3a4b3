"""Notices: the list, and the way from one to where it leads."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from edu.orchestrator import api
from edu.orchestrator.web.notice_words import icon, words

AT_ONCE = 30


def me(request: HttpRequest) -> str:
    """Return the id of the person who asks."""
    return str(request.user.pk)


@login_required
@require_safe
def notifications(request: HttpRequest) -> HttpResponse:
    """What happened while one looked elsewhere, newest first."""
    page = api.notifications(user=me(request), cursor=request.GET.get("cursor"), limit=AT_ONCE)
    context = {
        "page": page,
        "notices": [(each, icon(each), words(each)) for each in page.items],
        "some_unread": any(each.read_at is None for each in page.items),
    }
    return render(request, "orchestrator/notifications.html", context)


@login_required
@require_safe
def follow(request: HttpRequest, notification: str) -> HttpResponse:
    """Go where a notice leads: it is read by that."""
    found = api.read_notification(user=me(request), notification=notification)
    return redirect(found.url)


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    api.read_notifications(user=me(request))
    return redirect("notifications")
