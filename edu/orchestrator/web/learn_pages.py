"""The course's first page, and the talks with the tutor about it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from edu.common.errors import EduError
from edu.courses import api as courses
from edu.orchestrator import api


@login_required
@require_safe
def learn(request: HttpRequest, course: str) -> HttpResponse:
    """The objectives of a course as a map and as a list, and one of them in a panel."""
    user = str(request.user.id)
    seen = courses.course(user=user, course=course)
    chosen = request.GET.get("objective", "")
    context = {
        "course": seen,
        "map": api.learn_map(user=user, course=course),
        "panel": api.learn_panel(user=user, course=course, objective=chosen) if chosen else None,
    }
    return render(request, "orchestrator/learn.html", context)


def _beginning(request: HttpRequest) -> str:
    """Return what the box begins with: a link from a passage brings its words along."""
    quote = " ".join(request.GET.get("quote", "").split())[:500]
    if quote:
        return _("What does this mean: “%(quote)s”?") % {"quote": quote}
    return request.GET.get("text", "")[:2000]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def talks(request: HttpRequest, course: str) -> HttpResponse:
    """The sessions about a course; a POST opens one, and may ask for something at once."""
    user = str(request.user.id)
    seen = courses.course(user=user, course=course)
    if request.method == "POST":
        made = api.start_session(
            user=user,
            course=course,
            mode=request.POST.get("mode") or "tutor",
            objective=request.POST.get("objective") or None,
        )
        wants, text = request.POST.get("wants", ""), request.POST.get("text", "")
        if wants or text.strip():
            api.ask(user=user, session=made.id, text=text, wants=wants)
        return redirect("tutor", made.id)
    page = api.sessions(user=user, course=course, cursor=request.GET.get("cursor"), limit=20)
    try:
        about = courses.objective(course=course, objective=request.GET.get("objective", ""))
    except EduError:
        about = None
    context = {
        "course": seen,
        "page": page,
        "about": about,
        "text": _beginning(request),
    }
    return render(request, "orchestrator/talks.html", context)
