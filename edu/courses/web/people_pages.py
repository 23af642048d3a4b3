"""The people of a course: who is in it, their roles, the join code."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edu.common.errors import Conflict, Denied
from edu.courses import api
from edu.courses.data import ASSISTANT, LEARNER, OBSERVER, OWNER, TEACHER, Course
from edu.courses.web.pages import me
from edu.courses.web.people import Named, named

WORDS = {
    TEACHER: gettext_lazy("Teacher"),
    ASSISTANT: gettext_lazy("Assistant: helps and grades"),
    LEARNER: gettext_lazy("Learner"),
    OBSERVER: gettext_lazy("Observer: only looks on"),
}
HAND_OVER = gettext_lazy("Owner: hand the course over")


def _choices(course: Course, member: Named) -> list[tuple[str, str]]:
    """Return the roles that the reader may give to somebody; none to the owner."""
    if "manage_people" not in course.permissions or member.owner:
        return []
    more = {OWNER: HAND_OVER} if course.owner else {}
    return [(role, str(words)) for role, words in {**WORDS, **more}.items()]


@login_required
@require_safe
def people(request: HttpRequest, course: str) -> HttpResponse:
    """Everybody in the course; for who manages people with roles to change and the join code."""
    seen = api.course(user=me(request), course=course)
    page = api.members_page(user=me(request), course=seen.id, cursor=request.GET.get("cursor"))
    link = f"{reverse('course-join')}?code={seen.join_code}"
    context = {
        "course": seen,
        "page": page,
        "members": [(each, _choices(seen, each)) for each in named(page.items, seen)],
        "me": me(request),
        "join_link": request.build_absolute_uri(link) if seen.join_code else "",
    }
    return render(request, "courses/people.html", context)


@login_required
@require_POST
def role(request: HttpRequest, course: str, member: str) -> HttpResponse:
    """Give a member another role. Whoever hands the course over is asked once."""
    seen = api.course(user=me(request), course=course, need="manage_people")
    wanted = request.POST.get("role", "")
    if wanted == OWNER and seen.owner and "sure" not in request.POST:
        context = {"course": seen, "member": _one(request, seen.id, member)}
        return render(request, "courses/hand_over.html", context)
    try:
        api.set_role(user=me(request), course=seen.id, member=member, role=wanted)
        messages.success(request, _("Kept."))
    except (Conflict, Denied) as error:
        messages.error(request, _(error.detail))
    return redirect("course-people", seen.id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, course: str, member: str) -> HttpResponse:
    """Ask once, then take somebody out of the course."""
    seen = api.course(user=me(request), course=course, need="manage_people")
    if request.method == "POST":
        try:
            api.remove_member(user=me(request), course=seen.id, member=member)
            messages.success(request, _("They are out of the course."))
        except (Conflict, Denied) as error:
            messages.error(request, _(error.detail))
        return redirect("course-people", seen.id)
    context = {"course": seen, "member": _one(request, seen.id, member)}
    return render(request, "courses/remove_member.html", context)


def _one(request: HttpRequest, course: str, member: str) -> Named:
    seen = api.course(user=me(request), course=course)
    return named([api.member(course=course, user=member)], seen)[0]
