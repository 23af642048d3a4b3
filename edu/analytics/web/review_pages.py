"""Reviews: what comes back, and how hard it was."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from edu.analytics import api
from edu.analytics.data import Recalled, Review
from edu.analytics.web import findings
from edu.analytics.web.pages import FORECAST_DAYS, MOST_COURSES, me
from edu.assessments import api as assessments
from edu.courses import api as courses
from edu.courses.data import Course

AT_ONCE = 20
SHOWN = 5
SECONDS_EACH = 45


@dataclass(frozen=True)
class Pile:
    """What is due in one course: all of it, and the questions that fade most."""

    course: Course
    due: list[Review]
    stems: list[tuple[Review, str]]

    @property
    def minutes(self) -> int:
        """About how long it takes."""
        return max(1, round(min(AT_ONCE, len(self.due)) * SECONDS_EACH / 60))


@dataclass(frozen=True)
class Rated:
    """A question that was answered right of late."""

    recalled: Recalled
    stem: str


def due_now(request: HttpRequest, course: str | None = None) -> list[Review]:
    """Return what is due now, what fades most first."""
    now = timezone.now()
    return [each for each in api.reviews(user=me(request), course=course) if each.due_at <= now]


@login_required
@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """What is due, what was answered today, what comes in the next two weeks."""
    user, wanted = me(request), request.GET.get("course") or None
    if wanted:
        mine = [courses.course(user=user, course=wanted)]
    else:
        mine = courses.courses_of(user=user, limit=MOST_COURSES).items
    due = due_now(request, wanted)
    recalled = api.recalled(user=user)
    ids = {each.item for each in recalled}
    by_course = {each.id: [one for one in due if one.course == each.id] for each in mine}
    for pile in by_course.values():
        ids |= {each.item for each in pile[:SHOWN]}
    stems = {key: each.stem for key, each in assessments.questions(items=sorted(ids)).items()}
    forecast = api.forecast(user=user, course=wanted, days=FORECAST_DAYS)
    context = {
        "course": mine[0] if wanted else None,
        "piles": [
            Pile(
                each,
                by_course[each.id],
                [(one, stems.get(one.item, "")) for one in by_course[each.id][:SHOWN]],
            )
            for each in mine
            if by_course[each.id]
        ],
        "rated": [
            Rated(each, stems[each.item])
            for each in recalled
            if each.item in stems and each.course in by_course
        ],
        "forecast": forecast,
        "coming": sum(each.reviews for each in forecast),
        "forecast_saying": findings.of_forecast(forecast),
        "today": forecast[0] if forecast else None,
        "next": next((each for each in forecast[1:] if each.reviews), None),
    }
    return render(request, "analytics/reviews.html", context)


@login_required
@require_POST
def start(request: HttpRequest, course: str) -> HttpResponse:
    """Begin a review: a quiz of what is due in this course, what fades most first."""
    user = me(request)
    seen = courses.course(user=user, course=course, need="learn")
    items = [each.item for each in due_now(request, seen.id)][:AT_ONCE]
    alive = assessments.questions(items=items)
    items = [each for each in items if each in alive]
    if not items:
        messages.info(request, _("Nothing is due here now."))
        return redirect("reviews")
    quiz = assessments.request_quiz(
        user=user, course=seen.id, size=len(items), mode="review", items=items
    )
    return redirect("quiz", quiz.id)


@login_required
@require_POST
def rate(request: HttpRequest, item: str) -> HttpResponse:
    """Say how hard a recall was."""
    review = api.rate(user=me(request), item=item, rating=request.POST.get("rating", ""))
    on = formats.date_format(timezone.localtime(review.due_at), "DATETIME_FORMAT")
    messages.success(request, _("Kept. It comes back on %s.") % on)
    return redirect("reviews")
