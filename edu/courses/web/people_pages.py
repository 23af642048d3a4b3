"""The people of a course: who is in it, their roles, the join code."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edu.courses import api
from edu.courses.data import LastTeacher, NoSuchMember
from edu.courses.web.pages import me
from edu.courses.web.people import Named, named


@login_required
@require_safe
def people(request: HttpRequest, course: str) -> HttpResponse:
    """Everybody in the course; for teachers with roles to change and the join code."""
    seen = api.course(user=me(request), course=course)
    page = api.members_page(user=me(request), course=seen.id, cursor=request.GET.get("cursor"))
    link = f"{reverse('course-join')}?code={seen.join_code}"
    context = {
        "course": seen,
        "page": page,
        "members": named(page.items, seen),
        "me": me(request),
        "join_link": request.build_absolute_uri(link) if seen.join_code else "",
    }
    return render(request, "courses/people.html", context)


@login_required
@require_POST
def role(request: HttpRequest, course: str, member: str) -> HttpResponse:
    """Make a member a teacher or a learner."""
    seen = api.course(user=me(request), course=course, need="teach")
    try:
        api.set_role(
            user=me(request), course=seen.id, member=member, role=request.POST.get("role", "")
        )
        messages.success(request, _("Kept."))
    except LastTeacher as error:
        messages.error(request, _(error.detail))
    return redirect("course-people", seen.id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, course: str, member: str) -> HttpResponse:
    """Ask once, then take somebody out of the course."""
    seen = api.course(user=me(request), course=course, need="teach")
    if request.method == "POST":
        try:
            api.remove_member(user=me(request), course=seen.id, member=member)
            messages.success(request, _("They are out of the course."))
        except LastTeacher as error:
            messages.error(request, _(error.detail))
        return redirect("course-people", seen.id)
    context = {"course": seen, "member": _one(request, seen.id, member)}
    return render(request, "courses/remove_member.html", context)


def _one(request: HttpRequest, course: str, member: str) -> Named:
    seen = api.course(user=me(request), course=course)
    found = [each for each in api.members(user=me(request), course=course) if each.user == member]
    if not found:
        raise NoSuchMember
    return named(found, seen)[0]
