"""/courses/<course>/preferences/: what one prefers in this course otherwise than elsewhere."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from edu.common.errors import EduError
from edu.common.formerrors import show
from edu.courses import api
from edu.courses.web.pages import me
from edu.courses.web.preference_forms import CoursePreferencesForm
from edu.users import api as users


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest, course: str) -> HttpResponse:
    """Show and keep them; any member, for themselves."""
    seen = api.course(user=me(request), course=course)
    form = CoursePreferencesForm(
        request.POST if request.method == "POST" else None,
        initial=users.course_preferences(user=me(request), course=seen.id).own,
        user=me(request),
        everywhere=users.preferences(user=me(request)),
    )
    if form.is_bound and form.is_valid():
        try:
            users.update_course_preferences(
                user=me(request), course=seen.id, changes=form.changes()
            )
            messages.success(request, _("Kept."))
            return redirect("course-preferences", seen.id)
        except EduError as error:
            show(form, error)
    context = {"course": seen, "form": form}
    status = 422 if form.errors else 200
    return render(request, "courses/preferences.html", context, status=status)
