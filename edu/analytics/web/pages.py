"""Progress: what I know, what fades, when I worked."""

from collections.abc import Callable, Sequence

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from edu.analytics import api
from edu.analytics.data import Movement
from edu.analytics.web import files, findings
from edu.courses import api as courses
from edu.courses.data import Course
from edu.users import api as users

CALENDAR_DAYS = 84
FORECAST_DAYS = 14
MOVED = 6
MOST_COURSES = 20


def me(request: HttpRequest) -> str:
    """Return the id of who asks."""
    return str(request.user.id)


def _around(request: HttpRequest, course: str | None = None) -> dict[str, object]:
    """Return the plots that a course and all courses have alike."""
    user, now = me(request), timezone.now()
    days = api.days(user=user, days=CALENDAR_DAYS, course=course)
    forecast = api.forecast(user=user, days=FORECAST_DAYS, course=course)
    activity = api.activity(user=user, course=course)
    return {
        "days": days,
        "worked": [each for each in reversed(days) if each.answers or each.minutes],
        "days_saying": findings.of_days(days),
        "forecast": forecast,
        "forecast_saying": findings.of_forecast(forecast),
        "coming": sum(each.reviews for each in forecast),
        "due": any(each.due_at <= now for each in api.reviews(user=user, course=course)),
        "activity": activity,
        "spent": sum(each.minutes for each in activity),
    }


def _lines(user: str, course: Course, history: bool = False) -> list[findings.Line]:
    return findings.lines(
        courses.objectives(course=course.id, status=None),
        api.mastery(user=user, course=course.id),
        api.history(user=user, course=course.id) if history else [],
    )


def _moved(
    user: str, lines: Sequence[findings.Line], course: str | None = None
) -> list[tuple[Movement, str]]:
    """Return the last movements, each with the title of what moved."""
    titles = {each.objective: each.title for each in lines}
    found = api.movements(user=user, course=course, limit=30)
    return [(each, titles[each.objective]) for each in found if each.objective in titles][:MOVED]


@login_required
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """All courses of the person who asks."""
    user = me(request)
    mine = [
        (each, _lines(user, each))
        for each in courses.courses_of(user=user, limit=MOST_COURSES).items
    ]
    context = {
        "shown": [(course, lines, findings.groups(lines)) for course, lines in mine],
        "moved": _moved(user, [line for _course, lines in mine for line in lines]),
        **_around(request),
    }
    return render(request, "analytics/progress.html", context)


@login_required
@require_safe
def course_progress(request: HttpRequest, course: str) -> HttpResponse:
    """One course of the person who asks."""
    user = me(request)
    seen = courses.course(user=user, course=course)
    lines = _lines(user, seen, history=True)
    goal = users.course_preferences(user=me(request), course=seen.id).own.get("daily_goal_minutes")
    today = api.days(user=me(request), days=1, course=seen.id)[-1].minutes if goal else 0
    context = {
        "goal": goal,
        "today": round(today),
        "course": seen,
        "lines": [each for each in lines if each.series],
        "groups": findings.groups(lines),
        "answered": any(each.mastery.attempts for each in lines),
        "moved": _moved(user, lines, seen.id),
        **_around(request, seen.id),
    }
    return render(request, "analytics/course_progress.html", context)


def _history_table(request: HttpRequest, course: Course) -> HttpResponse:
    titles = {each.id: each.title for each in courses.objectives(course=course.id, status=None)}
    rows = (
        (titles.get(series.objective, ""), point.at, point.p, point.low, point.high)
        for series in api.history(user=me(request), course=course.id)
        for point in series.points
    )
    header = [_("objective"), _("when"), _("mastery (0 to 1)"), _("low"), _("high")]
    return files.table(f"{course.title} mastery", header, rows)


def _days_table(request: HttpRequest, course: Course | None) -> HttpResponse:
    days = api.days(user=me(request), days=CALENDAR_DAYS, course=course.id if course else None)
    rows = ((each.on, each.minutes, each.answers) for each in days)
    header = [_("day"), _("minutes"), _("answers")]
    return files.table(f"{course.title if course else ''} days", header, rows)


def _forecast_table(request: HttpRequest, course: Course | None) -> HttpResponse:
    days = api.forecast(user=me(request), days=FORECAST_DAYS, course=course.id if course else None)
    rows = ((each.on, each.reviews) for each in days)
    return files.table(f"{course.title if course else ''} reviews", [_("day"), _("reviews")], rows)


def _activity_table(request: HttpRequest, course: Course | None) -> HttpResponse:
    found = api.activity(user=me(request), course=course.id if course else None)
    rows = ((each.verb, each.events, each.minutes) for each in found)
    header = [_("activity"), _("events"), _("minutes")]
    return files.table(f"{course.title if course else ''} activity", header, rows)


TABLES: dict[str, Callable[[HttpRequest, Course | None], HttpResponse]] = {
    "days": _days_table,
    "reviews": _forecast_table,
    "activity": _activity_table,
}


@login_required
@require_safe
def course_table(request: HttpRequest, course: str, table: str) -> HttpResponse:
    """The table behind a plot of one course, as a file."""
    seen = courses.course(user=me(request), course=course)
    if table == "mastery":
        return _history_table(request, seen)
    if table not in TABLES:
        raise Http404
    return TABLES[table](request, seen)


@login_required
@require_safe
def own_table(request: HttpRequest, table: str) -> HttpResponse:
    """The table behind a plot over all courses, as a file."""
    if table not in TABLES:
        raise Http404
    return TABLES[table](request, None)
