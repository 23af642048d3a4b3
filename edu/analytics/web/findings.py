"""What figures say, in one sentence each: the titles of the plots and the groups of the lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from edu.analytics.data import Day, Forecast, Mastery, Series
from edu.courses.data import Objective

FADED = 0.04
SEVERAL = 3  # answers; one alone that fades was never much
RISEN = 0.1
STRONG = 0.75
SHAKY = 0.5
LATELY = timedelta(days=14)

GROUPS = {
    "fading": gettext_lazy("Fading"),
    "shaky": gettext_lazy("Shaky"),
    "growing": gettext_lazy("Growing"),
    "strong": gettext_lazy("Strong"),
    "early": gettext_lazy("Not enough to say"),
    "fresh": gettext_lazy("Not begun"),
}


@dataclass(frozen=True)
class Line:
    """One objective on a progress page: `group` is a key of GROUPS, `saying` the plot's title."""

    objective: str
    title: str
    mastery: Mastery
    series: Series | None
    group: str
    saying: str


@dataclass(frozen=True)
class Group:
    """A list of the progress page."""

    key: str
    name: str
    lines: list[Line]


def group_of(mastery: Mastery) -> str:
    """Return the list that an objective belongs to."""
    if not mastery.attempts:
        return "fresh"
    if mastery.peak - mastery.p >= FADED and (mastery.enough or mastery.attempts >= SEVERAL):
        return "fading"
    if not mastery.enough:
        return "early"
    if mastery.p >= STRONG:
        return "strong"
    return "shaky" if mastery.p < SHAKY else "growing"


def risen(series: Series | None) -> bool:
    """Whether mastery rose in the last two weeks."""
    if series is None or len(series.points) < 3:
        return False
    last = series.points[-1]
    earlier = [each for each in series.points if last.at - each.at >= LATELY] or series.points[:1]
    return last.p - earlier[-1].p >= RISEN


def saying(title: str, mastery: Mastery, series: Series | None) -> str:
    """Return the finding about one objective."""
    figures = {"title": title, "p": f"{round(100 * mastery.p)} %"}
    group = group_of(mastery)
    if group == "fading":
        return _("%(title)s is fading, down to %(p)s") % figures
    if group == "early":
        return _("%(title)s: not enough to say yet") % figures
    if group == "strong":
        return _("%(title)s is solid at %(p)s") % figures
    if risen(series):
        return _("%(title)s is rising, now %(p)s") % figures
    if group == "shaky":
        return _("%(title)s is shaky at %(p)s") % figures
    return _("%(title)s is growing, now %(p)s") % figures


def lines(
    objectives: Sequence[Objective], mastery: Sequence[Mastery], history: Sequence[Series]
) -> list[Line]:
    """Return the objectives in their order, each with its finding."""
    titles = {each.id: each.title for each in objectives}
    series = {each.objective: each for each in history}
    return [
        Line(
            objective=each.objective,
            title=titles.get(each.objective, ""),
            mastery=each,
            series=series.get(each.objective),
            group=group_of(each),
            saying=saying(titles.get(each.objective, ""), each, series.get(each.objective)),
        )
        for each in mastery
    ]


def groups(every: Sequence[Line]) -> list[Group]:
    """Return the lists that have anything in them, what needs care first."""
    found = [
        Group(key, str(name), [each for each in every if each.group == key])
        for key, name in GROUPS.items()
    ]
    return [each for each in found if each.lines]


def of_days(days: Sequence[Day]) -> str:
    """Return what the calendar shows."""
    worked = sum(bool(each.answers or each.minutes) for each in days[-14:])
    if not any(each.answers or each.minutes for each in days):
        return _("No day of work yet")
    return ngettext(
        "You worked on %(worked)s of the last 14 days",
        "You worked on %(worked)s of the last 14 days",
        worked,
    ) % {"worked": worked}


def of_forecast(days: Sequence[Forecast]) -> str:
    """Return what the forecast shows."""
    now, later = days[0].reviews, sum(each.reviews for each in days[1:])
    if not now and not later:
        return _("Nothing comes back in the next two weeks")
    if not now:
        return ngettext(
            "Nothing comes back today, %(later)s review in the next two weeks",
            "Nothing comes back today, %(later)s reviews in the next two weeks",
            later,
        ) % {"later": later}
    return ngettext(
        "%(now)s review comes back today, %(later)s more in the next two weeks",
        "%(now)s reviews come back today, %(later)s more in the next two weeks",
        now,
    ) % {"now": now, "later": later}
