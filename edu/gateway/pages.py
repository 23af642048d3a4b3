"""Pages of the front door itself: the landing page, how it works, what an error means, all the parts."""

from http import HTTPStatus
from types import SimpleNamespace

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from edu.analytics.data import Mastery
from edu.common.errors import Denied
from edu.common.sources import Source
from edu.courses import api as courses
from edu.courses.data import PERMISSIONS, Course
from edu.gateway import apidocs, errors, problems
from edu.gateway.livedocs import LIVE
from edu.inference import api as inference
from edu.multimodal import api as multimodal

MOST_COURSES = 12
BEST = 20
NEAREST = 3  # that are named when nothing is to the point


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """What this is, for somebody who is not signed in."""
    return render(request, "landing.html")


def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """The administration has no sign-in of its own: there is one, and it counts failures."""
    if request.user.is_authenticated:
        raise Denied
    return redirect_to_login(request.GET.get("next") or "/admin/")


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """How it works, what it cannot do, and which models do the work here."""
    return render(request, "gateway/about.html", {"parts": inference.status()})


@require_safe
def problem(request: HttpRequest, name: str) -> HttpResponse:
    """What the `type` of a problem means."""
    for status in problems.TITLES:
        if problems.slug(status) == name:
            told = {
                "status": status,
                "phrase": HTTPStatus(status).phrase,
                "title": gettext(problems.TITLES[status]),
                "detail": gettext(problems.DETAILS[status]),
            }
            return render(request, "gateway/problem.html", told)
    raise Http404


@login_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search in all of one's courses; with only one course, its own search does it."""
    user, query = str(request.user.pk), request.GET.get("q", "").strip()[:300]
    mine = courses.courses_of(user=user, limit=MOST_COURSES).items
    found: list[tuple[Course, Source]] = []
    nearest: list[tuple[Course, Source]] = []
    for course in mine if query else ():
        answer = multimodal.search(user=user, course=course.id, query=query, limit=5)
        (found if answer.relevant else nearest).extend((course, hit) for hit in answer.results)
    best = sorted(found or nearest, key=lambda pair: -pair[1].score)
    told = {
        "query": query,
        "found": best[: BEST if found else NEAREST],
        "relevant": bool(found),
        "courses": mine,
    }
    return render(request, "gateway/search.html", told)


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The API, for people; drawn here, so that it needs no script and nothing from outside."""
    return render(
        request, "gateway/api_docs.html", {"groups": apidocs.groups(get_language()), "live": LIVE}
    )


class _Specimen(forms.Form):
    """One of each kind of field."""

    title = forms.CharField(label=_("Title"), help_text=_("What learners see."), max_length=100)
    about = forms.CharField(label=_("Description"), widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("a", _("A choice")), ("b", _("Another"))])
    how = forms.ChoiceField(
        label=_("How"),
        widget=forms.RadioSelect,
        choices=[("x", _("This way")), ("y", _("That way"))],
    )
    sure = forms.BooleanField(label=_("Learners may bring materials"), required=False)
    size = forms.IntegerField(label=_("Minutes a day"), min_value=1)


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every part in every state, to look at."""
    if not settings.DEBUG and not request.user.is_staff:
        raise Http404
    wrong = _Specimen({"title": "", "size": "0", "how": "z"})
    wrong.is_valid()
    steps = [0.08, 0.31, 0.52, 0.74, 0.95]
    told = {
        "form": _Specimen(),
        "wrong": wrong,
        "ramp": [
            Mastery("", p, max(0, p - 0.14), min(1, p + 0.1), 9, True, "", None) for p in steps
        ],
        "thin": Mastery("", 0.4, 0.1, 0.9, 1, False, "", None),
        "specimen": SimpleNamespace(
            id="00000000-0000-7000-8000-000000000000", role="teacher", permissions=PERMISSIONS
        ),
        "text": SPECIMEN,
    }
    return render(request, "gateway/styleguide.html", told)


@require_safe
def error_specimen(request: HttpRequest, status: int) -> HttpResponse:
    """One error page, to look at."""
    if not settings.DEBUG and not request.user.is_staff:
        raise Http404
    if status not in errors.HEADINGS:
        return HttpResponseRedirect("/styleguide/")
    return errors.page(request, problems.Problem(status, gettext(problems.DETAILS.get(status, ""))))


SPECIMEN = """## Osmosis

Water moves through a membrane **towards** the side where more is dissolved [1]. Nothing pushes it:

1. molecules move at random;
2. where less is dissolved, more of them are water;
3. so more cross from there than come back.

> The membrane lets water pass and holds back what is dissolved in it.

| side | dissolved | water moves |
|---|---|---|
| inside | much | in |
| outside | little | - |

`p = iMRT` gives the pressure; see [the chapter](/materials/).
"""
