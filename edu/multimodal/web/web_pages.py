"""Where a material comes from: a page of the web by its address, an archive and what it held."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from edu.common.errors import Conflict, Invalid
from edu.courses import api as courses
from edu.multimodal import api
from edu.multimodal.data import Material
from edu.multimodal.web.forms import PageForm
from edu.multimodal.web.pages import me, said
from edu.multimodal.web.places import form_of
from edu.multimodal.web.told import told

MOST_HELD = 500  # materials of one archive


def contents(request: HttpRequest, material: Material) -> dict[str, Any]:
    """Return what could not be read of a material, and why; of an archive, the materials too."""
    left = [{"name": each.name, "why": told(each.why)} for each in material.left]
    if form_of(material.kind).view != "contents":
        return {"left": left}
    held = api.materials(
        user=me(request), course=material.course, archive=material.id, limit=MOST_HELD
    )
    return {"members": held.items, "left": left}


@login_required
@require_POST
def bring(request: HttpRequest, course: str) -> HttpResponse:
    """Bring what stands at an address."""
    seen = courses.course(user=me(request), course=course, need="bring")
    form = PageForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Write the address of the page first."))
        return redirect("course-materials", seen.id)
    try:
        made = api.add_page(user=me(request), course=seen.id, url=form.cleaned_data["url"])
    except Invalid as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("%s is being read.") % made.title)
    return redirect("course-materials", seen.id)


@login_required
@require_POST
def refetch(request: HttpRequest, material: str) -> HttpResponse:
    """Look whether a page is another now; its own page then tells what changed."""
    try:
        found = api.refetch(user=me(request), material=material)
    except (Conflict, Invalid) as error:
        messages.error(request, said(error))
        return redirect("material", material)
    if found.status == "ready" and found.replacement is None:
        messages.success(request, _("The page has not changed."))
    return redirect("material", found.id)
