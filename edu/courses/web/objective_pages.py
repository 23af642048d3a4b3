"""The editor of objectives: accept, merge or drop what was found; add, change, take out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from edu.common.errors import EduError
from edu.common.formerrors import show
from edu.courses import api
from edu.courses.data import Course, Objective, RootStays
from edu.courses.web.forms import ObjectiveForm, ProposalsForm, sorts
from edu.courses.web.pages import me


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def objectives(request: HttpRequest, course: str) -> HttpResponse:
    """All objectives of a course; POST adds one. For teachers."""
    seen = api.course(user=me(request), course=course, need="teach")
    there = api.objectives(course=seen.id, status=None)
    form = ObjectiveForm(request.POST if request.method == "POST" else None, others=sorts(there)[0])
    if form.is_bound and form.is_valid():
        try:
            api.add_objective(user=me(request), course=seen.id, **form.wanted())
            messages.success(request, _("Added."))
            return redirect("course-objectives", seen.id)
        except EduError as error:
            show(form, error)
    return _draw(request, seen, there, form, ProposalsForm(objectives=there))


@login_required
@require_POST
def decide(request: HttpRequest, course: str) -> HttpResponse:
    """Carry out what was decided of the proposals, in one step."""
    seen = api.course(user=me(request), course=course, need="teach")
    there = api.objectives(course=seen.id, status=None)
    form = ProposalsForm(request.POST, objectives=there)
    if form.is_valid():
        decisions = form.decisions()
        try:
            if decisions:
                api.decide(user=me(request), course=seen.id, decisions=decisions)
            count = len(decisions)
            said = ngettext("Decided about %d objective.", "Decided about %d objectives.", count)
            messages.success(request, said % count)
            return redirect("course-objectives", seen.id)
        except EduError as error:
            show(form, error)
    return _draw(request, seen, there, ObjectiveForm(others=sorts(there)[0]), form)


def _draw(
    request: HttpRequest,
    course: Course,
    there: list[Objective],
    form: ObjectiveForm,
    proposals: ProposalsForm,
) -> HttpResponse:
    accepted, proposed = sorts(there)
    titles = {each.id: each.title for each in there}
    context = {
        "course": course,
        "form": form,
        "proposals": proposals,
        "proposed": proposed,
        "rows": [
            {"objective": each, "after": [titles[one] for one in each.prerequisites]}
            for each in accepted
        ],
    }
    status = 422 if form.errors or proposals.errors else 200
    return render(request, "courses/objectives.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def objective(request: HttpRequest, course: str, objective: str) -> HttpResponse:
    """Change one objective."""
    seen = api.course(user=me(request), course=course, need="teach")
    row = api.objective(course=seen.id, objective=objective)
    if row.root:
        return redirect("course-settings", seen.id)
    others = sorts(api.objectives(course=seen.id))[0]
    form = ObjectiveForm(
        request.POST if request.method == "POST" else None,
        others=[each for each in others if each.id != row.id],
        initial={
            "title": row.title,
            "description": row.description,
            "prerequisites": row.prerequisites,
        },
    )
    if form.is_bound and form.is_valid():
        try:
            api.update_objective(
                user=me(request), course=seen.id, objective=row.id, **form.wanted()
            )
            messages.success(request, _("Kept."))
            return redirect("course-objectives", seen.id)
        except EduError as error:
            show(form, error)
    context = {"course": seen, "objective": row, "form": form}
    return render(request, "courses/objective.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, course: str, objective: str) -> HttpResponse:
    """Ask once, naming what moves where; then take an objective out."""
    seen = api.course(user=me(request), course=course, need="teach")
    row = api.objective(course=seen.id, objective=objective)
    if row.root:
        raise RootStays
    if request.method == "POST":
        api.remove_objective(user=me(request), course=seen.id, objective=row.id)
        messages.success(request, _("%s is taken out.") % row.title)
        return redirect("course-objectives", seen.id)
    there = api.objectives(course=seen.id)
    above = [each for each in there if row.id in each.prerequisites]
    context = {"course": seen, "objective": row, "above": above, "root": there[0]}
    return render(request, "courses/remove_objective.html", context)
