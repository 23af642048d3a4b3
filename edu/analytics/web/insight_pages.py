"""Insights: a course as its teachers see it."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from edu.analytics import api
from edu.analytics.data import Alert, Insights, LearnerRow
from edu.analytics.web import files
from edu.analytics.web.pages import me
from edu.assessments import api as assessments
from edu.courses import api as courses
from edu.users import api as users

MOST_ROWS = 200
MOST_ITEMS = 50


@dataclass(frozen=True)
class Call:
    """An alert, and the address at which its learner can be written to."""

    alert: Alert
    email: str


def arranged(found: Insights, by: str) -> list[LearnerRow]:
    """Return the learners in the order that the page was asked for: "name", "-name", "seen", or an
    objective's id (weakest first) or that with "-" in front (strongest first)."""
    down, key = by.startswith("-"), by.removeprefix("-")
    places = {each.objective: place for place, each in enumerate(found.objectives)}
    if key in places:
        place = places[key]

        def standing(row: LearnerRow) -> tuple[bool, float, str]:
            cell = row.cells[place]
            return (cell.attempts == 0, -cell.p if down else cell.p, row.name.casefold())

        return sorted(found.learners, key=standing)
    if key == "seen":

        def last(row: LearnerRow) -> tuple[float, str]:
            return (-row.last_at.timestamp() if row.last_at else inf, row.name.casefold())

        return sorted(found.learners, key=last, reverse=down)
    return list(reversed(found.learners)) if down else found.learners


@login_required
@require_safe
def insights(request: HttpRequest, course: str) -> HttpResponse:
    """Who stands where, who needs help, how the questions work."""
    user = me(request)
    seen = courses.course(user=user, course=course, need="see_insights")
    found = api.insights(user=user, course=seen.id)
    people = users.people(users=sorted({each.user for each in found.alerts}))
    by, writes = request.GET.get("by", "name")[:60], "manage_people" in seen.permissions
    rows = arranged(found, by)
    context = {
        "course": seen,
        "found": found,
        "rows": rows[:MOST_ROWS],
        "more": max(0, len(rows) - MOST_ROWS),
        "by": by,
        "waiting": len(assessments.waiting(user=user, course=seen.id, limit=MOST_ITEMS))
        if "grade" in seen.permissions
        else 0,
        "items": found.items[:MOST_ITEMS],
        "more_items": max(0, len(found.items) - MOST_ITEMS),
        "calls": [
            Call(each, people[each.user].email if each.user in people and writes else "")
            for each in found.alerts[:MOST_ITEMS]
        ],
        "answered": any(each.answers for each in found.learners),
        "of_kind": {
            kind: [each for each in found.patterns if each.kind == kind]
            for kind in ("distractor", "asked", "hinted")
        },
    }
    return render(request, "analytics/insights.html", context)


def _learners_table(title: str, found: Insights) -> HttpResponse:
    header = [_("learner"), _("answers"), _("right"), _("minutes in 30 days"), _("last seen")]
    for each in found.objectives:
        header += [each.title, f"{each.title} ({_('answers')})"]
    rows = (
        (
            row.name,
            row.answers,
            row.right,
            row.minutes,
            row.last_at,
            *(
                value
                for cell in row.cells
                for value in (cell.p if cell.attempts else None, cell.attempts)
            ),
        )
        for row in found.learners
    )
    return files.table(f"{title} learners", header, rows)


def _items_table(title: str, found: Insights) -> HttpResponse:
    titles = {each.objective: each.title for each in found.objectives}
    header = [
        _("question"),
        _("kind"),
        _("objective"),
        _("first tries"),
        _("share right"),
        _("low"),
        _("high"),
        _("discrimination"),
        _("note"),
    ]
    rows = (
        (
            each.stem,
            each.kind,
            titles.get(each.objective, ""),
            each.n,
            each.difficulty,
            each.low,
            each.high,
            each.discrimination,
            each.note,
        )
        for each in found.items
    )
    return files.table(f"{title} questions", header, rows)


TABLES: dict[str, Callable[[str, Insights], HttpResponse]] = {
    "learners": _learners_table,
    "questions": _items_table,
}


@login_required
@require_safe
def table(request: HttpRequest, course: str, table: str) -> HttpResponse:
    """A table of the insights, as a file."""
    user = me(request)
    seen = courses.course(user=user, course=course, need="see_insights")
    if table not in TABLES:
        raise Http404
    return TABLES[table](seen.title, api.insights(user=user, course=seen.id))
