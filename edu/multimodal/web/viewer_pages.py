"""A material to look at: the page, slide, section or second that an address names, with its quote."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from edu.courses import api as courses
from edu.multimodal import api
from edu.multimodal.data import Material
from edu.multimodal.web import figures
from edu.multimodal.web.about import about
from edu.multimodal.web.pages import WORKING, me
from edu.multimodal.web.places import icon_of, kind_of
from edu.multimodal.web.replacing_pages import changed, draft
from edu.multimodal.web.signs import drawn
from edu.multimodal.web.told import told
from edu.multimodal.web.viewer import Wanted, look
from edu.multimodal.web.web_pages import contents
from edu.users import api as users


@login_required
@require_safe
def material(request: HttpRequest, material: str) -> HttpResponse:
    """The viewer. `passage` and `quote`, or `page` (of slides too), `part` or `t` (seconds) say where."""
    found = api.material(user=me(request), material=material)
    context = _context(request, found)
    if getattr(request, "htmx", False) and "draft" in request.GET:
        response = render(request, "multimodal/replacing.html", context)
        if found.replacement is None or found.replacement["status"] not in WORKING:
            response["HX-Refresh"] = "true"
        return response
    if getattr(request, "htmx", False):  # the part that waits for the reading to end
        response = render(request, "multimodal/waiting.html", context)
        if found.status not in WORKING:
            response["HX-Refresh"] = "true"
        return response
    context.update(about(me(request), found))
    return render(request, "multimodal/material.html", context)


@login_required
@require_safe
def source(request: HttpRequest, material: str) -> HttpResponse:
    """The same place without the frame around it, for a page that shows it beside something else."""
    found = api.material(user=me(request), material=material)
    likes = users.preferences(user=me(request), course=found.course)
    context = {**_context(request, found), "picture_first": likes.before("picture", "text")}
    return render(request, "multimodal/source.html", context)


@login_required
@require_safe
def signs(request: HttpRequest, material: str, page: int) -> HttpResponse:
    """The words of a page at their places, to be laid over its picture; nothing where it has none."""
    lines = api.page_lines(user=me(request), material=material, page=page)
    if not lines:
        return HttpResponse(status=204)
    response = render(request, "multimodal/signs.html", {"lines": [drawn(each) for each in lines]})
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _context(request: HttpRequest, found: Material) -> dict[str, object]:
    course = courses.course(user=me(request), course=found.course)
    wanted = Wanted.of(request.GET)
    seen = look(me(request), found, wanted)
    kept = {name: request.GET[name] for name in ("passage", "quote") if request.GET.get(name)}
    return {
        "course": course,
        "material": found,
        "kind": kind_of(found.kind),
        "icon": icon_of(found.kind),
        "working": found.status in WORKING,
        "drift": changed(me(request), found),
        "draft": draft(found),
        **contents(request, found),
        "stage": told(found.stage),
        "error": told(found.error or ""),
        "may_change": course.may_change(found.uploaded_by, me(request)),
        "here": urlencode(kept),
        **seen,
        **figures.context(me(request), found, seen),
    }
