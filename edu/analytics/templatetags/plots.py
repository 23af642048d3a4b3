"""Plots as SVG that the server draws: the tags work out where everything goes, small templates draw it.

Every plot is a picture with one sentence that says what it shows; the page puts a table behind it.
Coordinates are strings, so that no locale turns their points into commas.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from edu.analytics.data import Activity, Cell, Day, Forecast, Series

register = template.Library()

WIDTH, HEIGHT = 340.0, 150.0
LEFT, RIGHT, TOP, BOTTOM = 38.0, 334.0, 8.0, 122.0
MOST_DOTS = 40
PICTURE = (
    '<svg class="heat-bar{}" viewBox="0 0 48 6" preserveAspectRatio="none" aria-hidden="true">'
)
HATCH = PICTURE.format(" bar-hatch") + "</svg>"
FILLED = (
    PICTURE.format("")
    + '<rect class="heat-ground" width="48" height="6"/>'
    + '<rect class="ramp-{}" width="{}" height="6"/></svg>'
)
LEVELS = (0.0, 5.0, 15.0, 30.0)  # minutes of a day from which its square is one step darker


@dataclass(frozen=True)
class Mark:
    """A place in a picture, with a word there."""

    x: str
    y: str
    text: str = ""


@dataclass(frozen=True)
class Bar:
    """A bar: its box, where its figure and its label stand, and both as text."""

    x: str
    y: str
    width: str
    height: str
    middle: str
    value: str
    label: str
    level: int = 0


def at(value: float) -> str:
    """A coordinate with one decimal and a point."""
    return f"{value:.1f}"


def short(moment: datetime, span: timedelta) -> str:
    """A moment as an axis names it: the time of day within two days, else the date."""
    local = timezone.localtime(moment)
    if span < timedelta(days=2):
        return formats.time_format(local)
    return formats.date_format(local, "MONTH_DAY_FORMAT")


@register.inclusion_tag("analytics/plots/line.html")
def mastery_plot(series: Series, saying: str) -> dict[str, Any]:
    """Mastery of one objective over time, in percent, with its 90 % interval as a soft band."""
    points = series.points
    start, end = points[0].at, points[-1].at
    span = max(end - start, timedelta(minutes=1))

    def across(moment: datetime) -> float:
        return LEFT + (RIGHT - LEFT) * ((moment - start) / span if len(points) > 1 else 1.0)

    def up(share: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * share

    upper = [f"{at(across(each.at))},{at(up(each.high))}" for each in points]
    lower = [f"{at(across(each.at))},{at(up(each.low))}" for each in reversed(points)]
    line = [f"{at(across(each.at))},{at(up(each.p))}" for each in points]
    answers = points[:-1][-MOST_DOTS:]
    return {
        "saying": saying,
        "view": f"0 0 {at(WIDTH)} {at(HEIGHT)}",
        "left": at(LEFT),
        "right": at(RIGHT),
        "grid": [
            Mark(at(LEFT - 6), at(up(each)), f"{100 * each:.0f} %") for each in (0.0, 0.5, 1.0)
        ],
        "band": " ".join(upper + lower),
        "line": " ".join(line),
        "dots": [Mark(at(across(each.at)), at(up(each.p))) for each in answers],
        "last": Mark(at(across(end)), at(up(points[-1].p))),
        "start": Mark(at(LEFT), at(BOTTOM + 18), short(start, span)),
        "end": Mark(at(RIGHT), at(BOTTOM + 18), _("now")),
    }


@register.inclusion_tag("analytics/plots/bars.html")
def forecast_plot(days: Sequence[Forecast], saying: str) -> dict[str, Any]:
    """Reviews that fall due, a bar a day."""
    most = max(1, *(each.reviews for each in days))
    step = (RIGHT - 8.0) / len(days)
    bars = []
    for place, each in enumerate(days):
        height = 92.0 * each.reviews / most
        on = date.fromisoformat(each.on)
        label = _("today") if place == 0 else formats.date_format(on, "D")[:2]
        bars.append(
            Bar(
                x=at(8.0 + place * step + 2.0),
                y=at(BOTTOM - height),
                width=at(step - 4.0),
                height=at(height),
                middle=at(8.0 + place * step + step / 2),
                value=str(each.reviews) if each.reviews else "",
                label=label if place % 2 == 0 else "",
            )
        )
    return {
        "saying": saying,
        "view": f"0 0 {at(WIDTH)} {at(HEIGHT)}",
        "bars": bars,
        "base": at(BOTTOM),
        "foot": at(BOTTOM + 18),
        "end": at(WIDTH),
    }


@register.inclusion_tag("analytics/plots/rows.html")
def activity_plot(rows: Sequence[Activity], saying: str) -> dict[str, Any]:
    """What the time went into, a row each, in minutes."""
    most = max(0.1, *(each.minutes for each in rows)) if rows else 0.1
    bars = []
    for place, each in enumerate(rows):
        bars.append(
            Bar(
                x="0",
                y=at(place * 38.0 + 18.0),
                width=at(max(1.0, 280.0 * each.minutes / most)),
                height="10",
                middle=at(place * 38.0 + 12.0),
                value=minutes(each.minutes),
                label=activity_name(each.verb),
            )
        )
    return {"saying": saying, "view": f"0 0 {at(WIDTH)} {at(38.0 * len(rows) + 2.0)}", "bars": bars}


@register.inclusion_tag("analytics/plots/calendar.html")
def calendar_plot(days: Sequence[Day], saying: str) -> dict[str, Any]:
    """Days as squares, a column a week; the more minutes, the darker and the larger."""
    first = date.fromisoformat(days[0].on)
    monday = first - timedelta(days=first.weekday())
    squares, months = [], []
    for each in days:
        on = date.fromisoformat(each.on)
        week, weekday = divmod((on - monday).days, 7)
        level = level_of(each)
        side = (8.0, 11.0, 13.0, 15.0, 17.0)[level]
        x, y = 34.0 + week * 22.0 + 10.0, 18.0 + weekday * 22.0 + 10.0
        squares.append(
            Bar(
                x=at(x - side / 2),
                y=at(y - side / 2),
                width=at(side),
                height=at(side),
                middle="",
                value=minutes(each.minutes),
                label=formats.date_format(on, "MONTH_DAY_FORMAT"),
                level=level,
            )
        )
        if on.day <= 7 and weekday == 0:
            months.append(Mark(at(34.0 + week * 22.0), "12", formats.date_format(on, "M")))
    weeks = (date.fromisoformat(days[-1].on) - monday).days // 7 + 1
    names = [formats.date_format(monday + timedelta(days=each), "D") for each in (0, 2, 4, 6)]
    return {
        "saying": saying,
        "view": f"0 0 {at(40.0 + weeks * 22.0)} 176",
        "squares": squares,
        "months": months,
        "names": [
            Mark("0", at(18.0 + each * 22.0 + 14.0), name)
            for each, name in zip((0, 2, 4, 6), names, strict=True)
        ],
    }


@register.simple_tag
def heat_cell(cell: Cell) -> SafeString:
    """One learner on one objective: the figure, a bar as long as it, or a hatch where it says little.

    Put together here and not in a template: a page may hold some thousands of them."""
    if not cell.attempts:
        words = '<span class="heat-none" aria-hidden="true">–</span><span class="visually-hidden">{}</span>'
        return format_html(words, _("no answers"))
    if not cell.enough:
        said = ngettext("%(n)s answer", "%(n)s answers", cell.attempts) % {"n": cell.attempts}
        return format_html('<span class="heat-thin">{}</span>' + HATCH, said)
    return format_html(
        '<span class="number">{}<span class="visually-hidden"> %</span></span>' + FILLED,
        round(100 * cell.p),
        min(5, 1 + int(5 * cell.p)),
        at(48.0 * cell.p),
    )


def level_of(day: Day) -> int:
    """How dark a day is, 0 (nothing) to 4."""
    if not day.answers and day.minutes <= 0.0:
        return 0
    return sum(day.minutes >= each for each in LEVELS)


@register.filter
def minutes(value: float) -> str:
    """Minutes in words: "under a minute", "12 min", "2 h 5 min"."""
    if value < 1.0:
        return _("under a minute") if value > 0.0 else _("0 min")
    whole = round(value)
    if whole < 60:
        return _("%(minutes)s min") % {"minutes": whole}
    return _("%(hours)s h %(minutes)s min") % {"hours": whole // 60, "minutes": whole % 60}


@register.filter
def isodate(text: str) -> date:
    """A day that is spelt as 2026-11-22, for Django's own filters."""
    return date.fromisoformat(text)


@register.filter
def when(moment: datetime) -> str:
    """A moment to come in a word or two: the time of day today, else the date."""
    local = timezone.localtime(moment)
    if local.date() <= timezone.localdate():
        return formats.time_format(local)
    return formats.date_format(local, "MONTH_DAY_FORMAT")


@register.filter
def activity_name(verb: str) -> str:
    """What people call a verb of the timeline; a verb that is not known speaks for itself."""
    names = {
        "answered": pgettext("activity", "Answering questions"),
        "asked": pgettext("activity", "Asking the tutor"),
        "hinted": pgettext("activity", "Taking hints"),
        "read": pgettext("activity", "Reading"),
        "heard": pgettext("activity", "Listening"),
        "watched": pgettext("activity", "Watching"),
        "searched": pgettext("activity", "Searching"),
        "brought": pgettext("activity", "Bringing materials"),
    }
    return names.get(verb, verb.replace("_", " ").capitalize())


@register.filter
def hundredths(share: float | None) -> str:
    """A share 0..1 as a whole percent, or a dash where there is none."""
    return "–" if share is None else f"{round(100 * share)} %"


@register.filter
def signed(value: float | None) -> str:
    """A correlation with two digits and its sign, or a dash."""
    return "–" if value is None else f"{value:+.2f}".replace("-", "−")
