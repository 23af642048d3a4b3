"""The materials of a course: bring, watch, rename, remove, bring back, try again."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edu.common.errors import Conflict, Denied, EduError, Invalid, NotFound
from edu.courses import api as courses
from edu.courses.data import Course
from edu.multimodal import api
from edu.multimodal.data import Material, TooLarge, UnsupportedType
from edu.multimodal.web.forms import BringForm, PageForm, RenameForm
from edu.multimodal.web.places import icon_of, kind_of
from edu.multimodal.web.told import told
from edu.multimodal.web.uploads import on_disk
from edu.users import api as users

PAGE = 30
MOST_FILES = 50  # in one form
MOST_WATCHED = 60  # rows in one look at what is being read
WORKING = ("queued", "running")


def me(request: HttpRequest) -> str:
    """Return the id of the person who asks."""
    return str(request.user.pk)


def may_bring(request: HttpRequest, course: Course) -> bool:
    """Whether the person may bring files into the course."""
    try:
        courses.course(user=me(request), course=course.id, need="bring")
    except Denied:
        return False
    return True


def said(error: EduError) -> str:
    """Return what an error says, in the reader's language."""
    named = [_(each) for each in getattr(error, "fields", {}).values()]
    sentence = _(error.template)
    return " ".join(named) or (sentence % error.params if error.params else sentence)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def materials(request: HttpRequest, course: str) -> HttpResponse:
    """The list, newest first, with a place to drop files; POST brings files.

    A form without script brings many at once and comes back to the list; the script brings one at a
    time (an htmx request) and is answered with its row, or with why it was refused.
    """
    seen = courses.course(user=me(request), course=course)
    if request.method == "POST":
        courses.course(user=me(request), course=seen.id, need="bring")
        files = request.FILES.getlist("file")[:MOST_FILES]
        if getattr(request, "htmx", False):
            return _bring_one(request, seen, files)
        return _bring_all(request, seen, files)
    page = api.materials(
        user=me(request), course=seen.id, cursor=request.GET.get("cursor"), limit=PAGE
    )
    removed = api.removed_materials(user=me(request), course=seen.id)
    gone = next((each for each in removed if each.id == request.GET.get("removed")), None)
    sends_to = api.sends_to() if may_bring(request, seen) else ""
    if sends_to:
        request.sends_to = sends_to  # type: ignore[attr-defined]  # the policy of this page allows it
    context = {
        "course": seen,
        "page": page,
        "direct": bool(sends_to),
        "rows": rows(request, seen, page.items),
        "live": any(each.status in WORKING for each in page.items),
        "ready": any(each.status == "ready" for each in page.items),
        "may_bring": may_bring(request, seen),
        "removed": [each for each in removed if each is not gone],
        "gone": gone,
        "form": BringForm(),
        "page_form": PageForm(),
        "limit": settings.EDU_MAX_UPLOAD_MB,
    }
    return render(request, "multimodal/materials.html", context)


def _bring(request: HttpRequest, course: Course, upload: UploadedFile) -> Material:
    with on_disk(upload) as path:
        return api.add_material(
            user=me(request), course=course.id, file_name=upload.name or "", path=path
        )


def _bring_all(request: HttpRequest, course: Course, files: list[UploadedFile]) -> HttpResponse:
    brought = 0
    for upload in files:
        try:
            _bring(request, course, upload)
            brought += 1
        except (Invalid, NotFound) as error:
            messages.error(request, f"{upload.name}: {said(error)}")
    if brought:
        words = ngettext("%d file is being read.", "%d files are being read.", brought)
        messages.success(request, words % brought)
    if not files:
        messages.warning(request, _("Choose a file first."))
    return redirect("course-materials", course.id)


def _bring_one(request: HttpRequest, course: Course, files: list[UploadedFile]) -> HttpResponse:
    upload = request.POST.get("upload", "")  # it was sent straight to the store
    if not files and not upload:
        refused = {"name": "", "why": _("Choose a file first.")}
        return render(request, "multimodal/refused.html", refused, status=422)
    try:
        if upload:
            made = api.finish_file(user=me(request), upload=upload)
        else:
            made = _bring(request, course, files[0])
    except (Conflict, Invalid) as error:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if isinstance(error, TooLarge):
            status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        elif isinstance(error, UnsupportedType):
            status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
        name = (files[0].name or "") if files else request.POST.get("name", "")[:255]
        refused = {"name": name, "why": said(error)}
        return render(request, "multimodal/refused.html", refused, status=status)
    context = {"row": rows(request, course, [made])[0], "course": course}
    return render(request, "multimodal/row.html", context, status=201)


def rows(request: HttpRequest, course: Course, found: list[Material]) -> list[dict[str, Any]]:
    """Return what each line of the list shows."""
    names = users.people(users=list({each.uploaded_by for each in found}))
    return [
        {
            "material": each,
            "kind": kind_of(each.kind),
            "icon": icon_of(each.kind),
            "who": names[each.uploaded_by].display_name if each.uploaded_by in names else "",
            "mine": each.uploaded_by == me(request),
            "may_change": course.may_change(each.uploaded_by, me(request)),
            "working": each.status in WORKING,
            "stage": told(each.stage),
            "error": told(each.error or ""),
        }
        for each in found
    ]


@login_required
@require_safe
def live(request: HttpRequest, course: str) -> HttpResponse:
    """How far the reading of some materials (`live` in the query) is: the parts of their rows that
    change, each for its place, and whether to go on asking."""
    seen = courses.course(user=me(request), course=course)
    found = []
    for material in request.GET.getlist("live")[:MOST_WATCHED]:
        try:
            found.append(api.material(user=me(request), material=material))
        except NotFound:
            continue  # removed meanwhile, by somebody else
    found = [each for each in found if each.course == seen.id]
    over = [each for each in found if each.status not in WORKING]
    context = {
        "course": seen,
        "rows": rows(request, seen, found),
        "live": len(over) < len(found),
        "over": over,
        "ready": any(each.status == "ready" for each in over),
    }
    return render(request, "multimodal/live.html", context)


def _back(request: HttpRequest, material: Material) -> HttpResponse:
    """Return to the page that the form was on: the list, or the material's own."""
    if request.POST.get("from") == "material":
        return redirect("material", material.id)
    return redirect("course-materials", material.course)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, material: str) -> HttpResponse:
    """Give a material another title."""
    found = api.material(user=me(request), material=material)
    seen = courses.course(user=me(request), course=found.course)
    if not seen.may_change(found.uploaded_by, me(request)):
        raise Denied
    form = RenameForm(
        request.POST if request.method == "POST" else None, initial={"title": found.title}
    )
    if form.is_bound and form.is_valid():
        try:
            changed = api.rename(user=me(request), material=found.id, **form.cleaned_data)
            messages.success(request, _("Kept."))
            return _back(request, changed)
        except Invalid as error:
            form.add_error("title", said(error))
    context = {"course": seen, "material": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "multimodal/rename.html", context, status=status)


@login_required
@require_POST
def cancel(request: HttpRequest, material: str) -> HttpResponse:
    """Stop its reading; if it was over a moment before, there is nothing to complain about."""
    found = api.material(user=me(request), material=material)
    if found.status in WORKING or found.replacement is not None:
        found = api.cancel(user=me(request), material=found.id)
    return _back(request, found)


@login_required
@require_POST
def retry(request: HttpRequest, material: str) -> HttpResponse:
    """Read it once more."""
    return _back(request, api.retry(user=me(request), material=material))


@login_required
@require_POST
def remove(request: HttpRequest, material: str) -> HttpResponse:
    """Take it out of the course; the list then offers to undo it."""
    gone = api.remove(user=me(request), material=material)
    return redirect(f"{reverse('course-materials', args=[gone.course])}?removed={gone.id}")


@login_required
@require_POST
def restore(request: HttpRequest, material: str) -> HttpResponse:
    """Undo its removal."""
    back = api.restore(user=me(request), material=material)
    messages.success(request, _("%s is back.") % back.title)
    return redirect("course-materials", back.course)
