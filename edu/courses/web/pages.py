"""Course pages: the list, making and joining; settings, leaving and removing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edu.common.errors import EduError
from edu.common.formerrors import show
from edu.courses import api
from edu.courses.data import LEARNER, UNDO_DAYS, OwnerStays
from edu.courses.web.forms import CourseForm, JoinForm, SettingsForm
from edu.users.data import TooManyGuesses

PAGE = 24


def me(request: HttpRequest) -> str:
    """Return the id of the person who asks."""
    return str(request.user.pk)


def home(course: str) -> str:
    """Return the address of a course's first page, which an app above draws."""
    return f"/courses/{course}/"


@login_required
@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """My courses, with the forms to make one and to join one."""
    removed = api.courses_of(user=me(request), removed=True).items
    gone = next((each for each in removed if each.id == request.GET.get("removed")), None)
    context = {
        "page": api.courses_of(user=me(request), cursor=request.GET.get("cursor"), limit=PAGE),
        "removed": [each for each in removed if each is not gone],
        "gone": gone,
        "days": UNDO_DAYS,
        "course_form": CourseForm(prefix="new"),
        "join_form": JoinForm(prefix="join"),
    }
    return render(request, "courses/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a course."""
    prefix = "new" if "new-title" in request.POST else None
    form = CourseForm(request.POST if request.method == "POST" else None, prefix=prefix)
    if form.is_bound and form.is_valid():
        try:
            return redirect(home(api.create_course(user=me(request), **form.cleaned_data).id))
        except EduError as error:
            show(form, error)
    return render(request, "courses/new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Join a course by its code; a link may bring the code, but joins nobody by itself."""
    prefix = "join" if "join-join_code" in request.POST else None
    start = {"join_code": request.GET.get("code", "")[:100]}
    form = JoinForm(
        request.POST if request.method == "POST" else None, initial=start, prefix=prefix
    )
    status, often = 422, None
    if form.is_bound and form.is_valid():
        try:
            address = request.META.get("REMOTE_ADDR", "")
            course = api.join(user=me(request), **form.cleaned_data, address=address)
            messages.success(request, _("You are in %s.") % course.title)
            return redirect(home(course.id))
        except EduError as error:
            form.add_error("join_code", _(error.detail))
            often = error if isinstance(error, TooManyGuesses) else None
            status = 429 if often else 404
    answer = render(
        request, "courses/join.html", {"form": form}, status=status if form.errors else 200
    )
    if often is not None:
        answer["Retry-After"] = str(often.retry_after)
    return answer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, course: str) -> HttpResponse:
    """Rename a course, say what learners may do and who reads what they say, remove it."""
    seen = api.course(user=me(request), course=course, need="change_settings")
    start = {
        "title": seen.title,
        "description": seen.description,
        "learner_uploads": seen.learner_uploads,
        "teachers_see_talks": seen.talks_open_since is not None,
    }
    form = SettingsForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_bound and form.is_valid():
        try:
            api.update_course(user=me(request), course=seen.id, **form.cleaned_data)
            messages.success(request, _("Kept."))
            return redirect("course-settings", seen.id)
        except EduError as error:
            show(form, error)
    context = {
        "course": seen,
        "form": form,
        "days": UNDO_DAYS,
        "budgets": api.budgets_of(course=seen.id),
    }
    return render(request, "courses/settings.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def remove(request: HttpRequest, course: str) -> HttpResponse:
    """Remove a course; the list then offers to undo it."""
    gone = api.remove_course(user=me(request), course=course)
    return redirect(f"{reverse('courses')}?removed={gone.id}")


@login_required
@require_POST
def restore(request: HttpRequest, course: str) -> HttpResponse:
    """Undo a removal."""
    back = api.restore_course(user=me(request), course=course)
    messages.success(request, _("%s is back.") % back.title)
    return redirect(home(back.id))


@login_required
@require_POST
def join_code(request: HttpRequest, course: str) -> HttpResponse:
    """Make a new join code."""
    seen = api.new_join_code(user=me(request), course=course)
    messages.success(
        request, _("The course has a new join code. With the old one nobody joins any more.")
    )
    return redirect("course-people", seen.id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, course: str) -> HttpResponse:
    """Ask once, naming what is lost; then leave."""
    seen = api.course(user=me(request), course=course)
    if request.method == "POST":
        try:
            api.leave(user=me(request), course=seen.id)
        except OwnerStays as error:
            messages.error(request, _(error.detail))
            return redirect("course-people", seen.id)
        messages.success(request, _("You have left %s.") % seen.title)
        return redirect("courses")
    context = {"course": seen, "learner": seen.role == LEARNER}
    return render(request, "courses/leave.html", context)
