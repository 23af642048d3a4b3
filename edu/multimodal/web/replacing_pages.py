"""Another file in place of a material's: the page with the form, the files of before, what changed."""

from functools import partial
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edu.common.errors import Conflict, Denied, EduError, Invalid
from edu.common.sending import send
from edu.courses import api as courses
from edu.multimodal import api
from edu.multimodal.data import Material
from edu.multimodal.web.files import part
from edu.multimodal.web.forms import ReplaceForm
from edu.multimodal.web.pages import WORKING, me, said
from edu.multimodal.web.told import told
from edu.multimodal.web.uploads import on_disk
from edu.users import api as users


def changed(user: str, material: Material) -> dict[str, Any]:
    """Return what had changed when a material was last read anew, in words, and which questions rest on
    that; {} where it never was."""
    drift = material.drift
    if not drift:
        return {}
    heads = {
        "page": _("What changed when it was last fetched"),
        "file": _("What changed when its file was replaced"),
        "reader": _("What changed when it was read anew"),
    }
    still = {
        "page": _("Nothing had changed when it was last fetched"),
        "file": _("The file that was brought last says the same"),
        "reader": _("It was read anew, and says the same"),
    }
    why = drift.get("why", "page")
    lists = {name: _words(drift.get(name, [])) for name in ("came", "went", "changed")}
    other = any(lists.values())
    rests = api.rests(user=user, material=material.id) if drift.get("gone") else []
    head = heads[why] if other else still[why]
    return {"kept": drift["kept"], **lists, "head": head, "other": other, "rests": rests}


def _words(texts: list[Any]) -> list[Any]:
    more = ngettext("and %d more", "and %d more", 2)
    return [more % each if isinstance(each, int) else each for each in texts]


def draft(material: Material) -> dict[str, Any]:
    """Return what is to take the place of a material, as its page shows it; {} where nothing is."""
    found = material.replacement
    if found is None:
        return {}
    return {
        **found,
        "working": found["status"] in WORKING,
        "stage": told(found["stage"]),
        "error": told(found["error"] or ""),
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest, material: str) -> HttpResponse:
    """Choose the file that takes its place, or one of those that it had before."""
    found = api.material(user=me(request), material=material)
    seen = courses.course(user=me(request), course=found.course)
    if not seen.may_change(found.uploaded_by, me(request)):
        raise Denied
    form = ReplaceForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    status = HTTPStatus.OK
    if form.is_bound:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                return _replaced(request, found, form.cleaned_data["file"])
            except (Conflict, Invalid) as error:
                form.add_error("file", said(error))
    context = {
        "course": seen,
        "material": found,
        "form": form,
        "draft": draft(found),
        "earlier": _earlier(me(request), found),
        "limit": settings.EDU_MAX_UPLOAD_MB,
    }
    return render(request, "multimodal/replace.html", context, status=status)


def _replaced(request: HttpRequest, found: Material, upload: Any) -> HttpResponse:
    with on_disk(upload) as path:
        now = api.replace_file(
            user=me(request), material=found.id, file_name=upload.name or "", path=path
        )
    if now.replacement is None and now.status not in WORKING:
        messages.info(request, _("This is the file that is there already."))
    return redirect("material", found.id)


def _earlier(user: str, material: Material) -> list[dict[str, Any]]:
    found = api.earlier(user=user, material=material.id)
    names = users.people(users=[each["replaced_by"] for each in found])
    for each in found:
        person = names.get(each["replaced_by"])
        each["who"] = person.display_name if person else ""
    return found


def _try(request: HttpRequest, material: str, act: Any) -> HttpResponse:
    try:
        act()
    except EduError as error:
        if not isinstance(error, (Conflict, Invalid)):
            raise
        messages.error(request, said(error))
    return redirect("material", material)


@login_required
@require_POST
def reread(request: HttpRequest, material: str) -> HttpResponse:
    """Have it read once more by the readers of now."""
    return _try(request, material, partial(api.reread, user=me(request), material=material))


@login_required
@require_POST
def back(request: HttpRequest, material: str, earlier: str) -> HttpResponse:
    """Put a file of before in the place of that of now."""
    act = partial(api.put_back, user=me(request), material=material, earlier=earlier)
    return _try(request, material, act)


@login_required
@require_safe
def earlier(request: HttpRequest, material: str, earlier: str) -> HttpResponseBase:
    """A file of before, to be saved and never shown."""
    file = api.earlier_file(user=me(request), material=material, earlier=earlier)
    fetch = partial(part, file.key)
    kind = "application/octet-stream"
    return send(request, fetch, file.bytes, kind, file.sha256, name=file.file_name)
