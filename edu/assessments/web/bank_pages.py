"""The teacher's side: the bank of questions, and answers that wait for a person."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edu.assessments import api
from edu.assessments.web.forms import LABELS, ItemForm, initial
from edu.assessments.web.pages import me
from edu.common.errors import EduError, Invalid
from edu.common.formerrors import show
from edu.courses import api as courses


@login_required
@require_safe
def bank(request: HttpRequest, course: str) -> HttpResponse:
    """All live questions of a course, or those that were retired or made for one quiz."""
    seen = courses.course(user=me(request), course=course, need="edit_items")
    which = request.GET.get("show", "live")
    source, status = {
        "retired": ("bank", "retired"),
        "generated": ("generated", "live"),
    }.get(which, ("bank", "live"))
    page = api.items(
        user=me(request),
        course=course,
        cursor=request.GET.get("cursor"),
        limit=25,
        source=source,
        status=status,
    )
    titles = {each.id: each.title for each in courses.objectives(course=course)}
    context = {
        "course": seen,
        "page": page,
        "rows": [(item, titles.get(item.objective, "")) for item in page.items],
        "which": which,
        "kinds": LABELS,
    }
    return render(request, "assessments/bank.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, course: str) -> HttpResponse:
    """Write a question of the kind chosen."""
    seen = courses.course(user=me(request), course=course, need="edit_items")
    kind = request.GET.get("kind", "choice")
    kind = kind if kind in LABELS else "choice"
    bound = request.POST if request.method == "POST" else None
    form = ItemForm(bound, kind=kind, objectives=courses.objectives(course=course))
    if form.is_bound and form.is_valid():
        try:
            api.add_item(user=me(request), course=course, kind=kind, **form.item())
            messages.success(request, _("Kept."))
            return redirect("course-bank", course)
        except Invalid as error:
            show(form, error)
    context = {"course": seen, "form": form, "kind": kind, "label": LABELS[kind]}
    return render(request, "assessments/item.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, item: str) -> HttpResponse:
    """Make the next version of a question."""
    seen = api.item(user=me(request), item=item)
    course = courses.course(user=me(request), course=seen.course, need="edit_items")
    bound = request.POST if request.method == "POST" else None
    objectives = courses.objectives(course=seen.course)
    form = ItemForm(bound, kind=seen.kind, objectives=objectives, initial=initial(seen))
    if form.is_bound and form.is_valid():
        try:
            api.change_item(user=me(request), item=item, **form.item())
            messages.success(
                request, _("Kept. Answers given before keep the version they were to.")
            )
            return redirect("course-bank", seen.course)
        except Invalid as error:
            show(form, error)
    context = {"course": course, "form": form, "item": seen, "label": LABELS[seen.kind]}
    return render(request, "assessments/item.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def change(request: HttpRequest, item: str, verb: str) -> HttpResponse:
    """Retire, restore or adopt a question."""
    acts = {"retire": api.retire_item, "restore": api.restore_item, "adopt": api.adopt_item}
    seen = acts[verb](user=me(request), item=item)
    said = {
        "retire": _("Retired. Nobody is asked this any more; its answers stay."),
        "restore": _("It is asked again."),
        "adopt": _("It is in the bank now, for everybody."),
    }
    messages.success(request, said[verb])
    return redirect("course-bank", seen.course)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def grading(request: HttpRequest, course: str) -> HttpResponse:
    """Answers that rules could not decide, with the points that they propose."""
    seen = courses.course(user=me(request), course=course, need="grade")
    if request.method == "POST":
        try:
            score = float(request.POST.get("score", ""))
            api.accept_points(
                user=me(request), attempt=request.POST.get("attempt", ""), score=score
            )
            messages.success(request, _("Graded."))
        except ValueError:
            messages.error(request, _("Give points between 0 and 1."))
        except Invalid as error:
            messages.error(request, _(error.detail))
        except EduError as error:
            messages.error(request, _(error.detail))
        return redirect("course-grading", course)
    context = {"course": seen, "waiting": api.waiting(user=me(request), course=course)}
    return render(request, "assessments/grading.html", context)
