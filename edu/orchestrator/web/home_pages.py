"""Today, and the ways into a first course: bring a file, try the demo."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edu.common.errors import EduError
from edu.common.uploads import on_disk
from edu.orchestrator import api
from edu.orchestrator.data import Today

LATER = "not_today"  # in the session: the day, and the keys of cards that were put off
AROUND = 163.4  # length of the ring that shows the daily goal: 2 pi 26
TALLEST = 44.0  # of the week's bars, in units of the drawing


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Today for who is signed in, the landing page for everybody else."""
    if not request.user.is_authenticated:
        return render(request, "landing.html")
    today = api.today(user=str(request.user.id))
    put_off = _put_off(request)
    cards = [card for card in today.cards if card.key not in put_off]
    context = {
        "today": today,
        "cards": cards,
        "undo": next((c for c in today.cards if c.key == request.GET.get("later")), None),
        "waiting": len(today.cards) - len(cards),
        **_week(today),
    }
    return render(request, "orchestrator/today.html", context)


@login_required
@require_POST
def later(request: HttpRequest) -> HttpResponse:
    """Put a card of Today off until tomorrow, or take that back."""
    key, put_off = request.POST.get("key", "")[:200], _put_off(request)
    back = "undo" in request.POST
    put_off = [each for each in put_off if each != key] + ([] if back else [key])
    request.session[LATER] = {"on": _day(), "keys": put_off[-50:]}
    return redirect("home") if back else redirect(f"/?later={key}")


@login_required
@require_POST
def bring(request: HttpRequest) -> HttpResponse:
    """Make a course of one's own of the files that were dropped on Today."""
    files = request.FILES.getlist("file")[:20]
    if not files:
        messages.error(request, _("There was no file in this. Choose one and try again."))
        return redirect("home")
    user, course = str(request.user.id), None
    for file in files:
        name = file.name or "file"
        try:
            with on_disk(file) as path:
                if course is None:
                    course, _made = api.bring(user=user, file_name=name, path=path)
                else:
                    api.bring_more(user=user, course=course.id, file_name=name, path=path)
        except EduError as error:
            messages.error(request, f"{name}: {_(error.detail)}")
    return redirect("course-materials", course.id) if course else redirect("home")


@require_http_methods(["GET", "HEAD", "POST"])
def demo(request: HttpRequest) -> HttpResponse:
    """Go into the demo course as a learner; a link by itself puts nobody into it."""
    if not request.user.is_authenticated:
        return redirect("/sign-up/?next=/demo/")
    if request.method != "POST":
        return render(request, "orchestrator/demo.html")
    course = api.join_demo(user=str(request.user.id))
    return redirect("course", course.id)


def _day() -> str:
    return timezone.localdate().isoformat()


def _put_off(request: HttpRequest) -> list[str]:
    kept = request.session.get(LATER)
    return list(kept["keys"]) if kept and kept.get("on") == _day() else []


def _week(today: Today) -> dict[str, Any]:
    """Return the ring of the daily goal and the bars of the week, as numbers to draw."""
    done = today.days[-1].minutes if today.days else 0.0
    most = max([day.minutes for day in today.days] + [float(today.goal), 1.0])
    bars = [
        {
            "on": date.fromisoformat(day.on),
            "minutes": round(day.minutes),
            "height": round(TALLEST * day.minutes / most, 1),
            "top": round(TALLEST - TALLEST * day.minutes / most, 1),
            "left": 6 + 22 * at,
        }
        for at, day in enumerate(today.days)
    ]
    share = min(1.0, done / today.goal) if today.goal else 1.0
    return {
        "done": round(done),
        "ring": f"{AROUND * share:.1f} {AROUND:.1f}",
        "bars": bars,
        "line": round(TALLEST - TALLEST * today.goal / most, 1),
    }
