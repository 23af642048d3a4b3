"""The course's first page, and the talks with the tutor about it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from edu.common.errors import EduError, NotFound
from edu.courses import api as courses
from edu.multimodal import api as multimodal
from edu.multimodal.data import Passage
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


def _passage(course: str, passage: str) -> Passage | None:
    """Return the passage that is asked about, if it stands in this course."""
    found = multimodal.passages_by_id(passages=[passage]).get(passage) if passage else None
    return found if found is not None and found.course == course else None


def _taught(passage: Passage | None) -> str | None:
    """Return the objective that a passage teaches, if it is one that learners know of."""
    if passage is None or not passage.objective:
        return None
    try:
        found = courses.objective(
            course=passage.course, objective=passage.objective, proposed=False
        )
    except NotFound:
        return None
    return found.id


def _source(user: str, passage: Passage, quote: str) -> dict[str, Any] | None:
    """Return what is shown of the passage that is asked about: its material, place and words."""
    try:
        material = multimodal.material(user=user, material=passage.material)
    except EduError:
        return None
    return {
        "title": material.title,
        "locator": passage.locator,
        "words": quote or passage.text,
        "url": multimodal.link(material=material.id, passage=passage.id, quote=quote),
    }


def _quote(request: HttpRequest) -> str:
    """Return the words that a link from a material brings along."""
    return " ".join(request.GET.get("quote", "").split())[:500]


def _beginning(request: HttpRequest) -> str:
    """Return what the box begins with."""
    quote = _quote(request)
    if quote:
        return _("What does this mean: “%(quote)s”?") % {"quote": quote}
    return request.GET.get("text", "")[:2000]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def talks(request: HttpRequest, course: str) -> HttpResponse:
    """The sessions about a course; a POST opens one, and may ask for something at once."""
    user = str(request.user.id)
    seen = courses.course(user=user, course=course)
    given = request.POST if request.method == "POST" else request.GET
    passage = _passage(seen.id, given.get("passage", ""))
    objective = given.get("objective") or _taught(passage)
    if request.method == "POST":
        made = api.start_session(
            user=user,
            course=course,
            mode=request.POST.get("mode") or "tutor",
            objective=objective,
        )
        wants, text = request.POST.get("wants", ""), request.POST.get("text", "")
        if wants or text.strip():
            api.ask(user=user, session=made.id, text=text, wants=wants)
        return redirect("tutor", made.id)
    page = api.sessions(user=user, course=course, cursor=request.GET.get("cursor"), limit=20)
    try:
        about = courses.objective(course=course, objective=objective or "")
    except EduError:
        about = None
    context = {
        "course": seen,
        "page": page,
        "about": about,
        "text": _beginning(request),
        "passage": passage,
        "source": _source(user, passage, _quote(request)) if passage else None,
    }
    return render(request, "orchestrator/talks.html", context)
