"""Recall without writing: a question, its answer when one asks for it, and one's own word how it went."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from edu.analytics import api
from edu.analytics.data import NotDue, Review
from edu.analytics.web.pages import me
from edu.analytics.web.review_pages import due_now
from edu.assessments import api as assessments
from edu.assessments.data import KeyClosed
from edu.courses import api as courses


def _cards(request: HttpRequest, course: str | None) -> list[Review]:
    """Return the questions that are due and can be recalled, what fades most first."""
    due = due_now(request, course)
    may = set(assessments.recallable(user=me(request), items=[each.item for each in due]))
    return [each for each in due if each.item in may]


def _back(course: str) -> str:
    where = reverse("review-card")
    return f"{where}?{urlencode({'course': course})}" if course else where


def _shown(request: HttpRequest, review: Review, left: int, **more: object) -> HttpResponse:
    wanted = request.GET.get("course") or request.POST.get("course") or ""
    context = {
        "review": review,
        "course": courses.course(user=me(request), course=review.course),
        "only": wanted,
        "left": left,
        **more,
    }
    return render(request, "analytics/recall.html", context)


@login_required
@require_safe
def card(request: HttpRequest) -> HttpResponse:
    """The front of the card that fades most."""
    course = request.GET.get("course") or None
    if course:
        courses.course(user=me(request), course=course)
    found = _cards(request, course)
    if not found:
        messages.info(request, _("Nothing is left to recall now."))
        return redirect("reviews")
    question = assessments.questions(items=[found[0].item])[found[0].item]
    return _shown(request, found[0], len(found), question=question)


@login_required
@require_POST
def answer(request: HttpRequest, item: str) -> HttpResponse:
    """The back of a card: its answer, and when it comes back for each way that it may have gone."""
    found = {each.item: each for each in _cards(request, None)}
    if item not in found:
        messages.info(request, _("This question is not due, or it is open in a quiz of yours."))
        return redirect(_back(request.POST.get("course", "")))
    try:
        recalled = assessments.show_recall(user=me(request), item=item)
    except KeyClosed as error:  # it was opened elsewhere this moment
        messages.info(request, _(error.detail))
        return redirect("reviews")
    dates = api.next_dates(user=me(request), item=item)
    left = sum(
        not request.POST.get("course") or each.course == found[item].course
        for each in found.values()
    )
    return _shown(
        request, found[item], left, question=recalled.question, recalled=recalled, dates=dates
    )


@login_required
@require_POST
def recall(request: HttpRequest, item: str) -> HttpResponse:
    """How it went, by one's own word."""
    try:
        review = api.recall(user=me(request), item=item, rating=request.POST.get("rating", ""))
    except NotDue as error:
        messages.info(request, _(error.detail))
    else:
        on = formats.date_format(timezone.localtime(review.due_at), "DATETIME_FORMAT")
        messages.success(request, _("Kept. It comes back on %s.") % on)
    return redirect(_back(request.POST.get("course", "")))
