"""What the home page shows: what today holds, what moved, and the courses one is in."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from edu.analytics import api as analytics
from edu.analytics.data import Mastery
from edu.courses import api as courses
from edu.courses.data import Course
from edu.orchestrator.data import Card, CourseLine, Moved, Recommendation, Today
from edu.orchestrator.logic import recommend
from edu.orchestrator.models import Session
from edu.users import api as users

PLACES = (
    ("review", ("review",)),
    ("continue", ("continue", "prerequisite", "practise")),
    ("new", ("new", "bring")),
)


def today(user: str, now: datetime) -> Today:
    """Return the home page of `user`."""
    mine = courses.courses_of(user=user, limit=recommend.MOST_COURSES).items
    advice = recommend.recommend(user, mine) if mine else []
    known = {each.id: analytics.mastery(user=user, course=each.id) for each in mine}
    cards = _cards(advice, mine, known, user)
    titles = {
        objective.id: objective.title
        for course in mine
        for objective in courses.objectives(course=course.id, status=None)
    }
    moved = [
        Moved(titles[each.objective], each)
        for each in analytics.movements(user=user, limit=12)
        if each.objective in titles
    ][:3]
    return Today(
        sentence=_sentence(cards, advice),
        cards=cards,
        days=analytics.days(user=user, days=7),
        goal=users.preferences(user=user).daily_goal_minutes,
        courses=[CourseLine(c.id, c.title, c.role, mean(known[c.id])) for c in mine],
        moved=moved,
    )


def mean(known: list[Mastery]) -> Mastery | None:
    """Return the mean of a course's objectives, None where nothing can be said of any of them."""
    told = [each for each in known if each.enough]
    if not told:
        return None
    count = len(known)
    # An objective without evidence counts with what is believed of it, not as nothing.
    return Mastery(
        objective="",
        p=sum(each.p for each in known) / count,
        low=sum(each.low for each in known) / count,
        high=sum(each.high for each in known) / count,
        attempts=sum(each.attempts for each in known),
        enough=True,
        why="",
        updated_at=max((each.updated_at for each in told if each.updated_at), default=None),
    )


def _cards(
    advice: list[Recommendation], mine: list[Course], known: dict[str, list[Mastery]], user: str
) -> list[Card]:
    """Return at most one card of each place: review, continue, new."""
    titles = {each.id: each.title for each in mine}
    headings = {"review": _("Review"), "continue": _("Continue"), "new": _("New")}
    cards = []
    for place, kinds in PLACES:
        best = next((each for each in advice if each.kind in kinds), None)
        if best is None:
            continue
        stands = next(
            (each for each in known.get(best.course or "", []) if each.objective == best.objective),
            None,
        )
        cards.append(
            Card(
                key=f"{best.kind}-{best.course}-{best.objective or best.item or ''}",
                kind=best.kind,
                heading=headings[place],
                title=best.title,
                why=best.why,
                minutes=best.minutes,
                url=best.url,
                action=best.action,
                post=_post(best),
                course=best.course or "",
                course_title=titles.get(best.course or "", ""),
                mastery=stands,
            )
        )
    if not any(card.heading == headings["continue"] for card in cards):
        cards += _open_session(mine, user, headings["continue"])
    order = [headings[place] for place, _kinds in PLACES]
    return sorted(cards, key=lambda card: order.index(card.heading))


def _post(advice: Recommendation) -> dict[str, str]:
    """Return the fields that begin a session on the spot instead of leading to a page."""
    if advice.kind in ("new", "continue", "prerequisite") and advice.objective:
        wants = "explain" if advice.kind in ("new", "prerequisite") else "check_me"
        return {"objective": advice.objective, "mode": "tutor", "wants": wants}
    return {}


def _open_session(mine: list[Course], user: str, heading: str) -> list[Card]:
    """Return the last session of the last days as a card, so that a talk can be taken up again."""
    ids = [course.id for course in mine]
    rows = Session.objects.filter(user=user, course__in=ids, status="open", turn_count__gt=0)
    last = rows.order_by("-updated_at").first()
    if last is None:
        return []
    course = next(each for each in mine if each.id == str(last.course))
    return [
        Card(
            key=f"session-{last.id}",
            kind="session",
            heading=heading,
            title=last.title or _("Your talk with the tutor"),
            why=ngettext(
                "You asked %(count)d thing here and can go on.",
                "You asked %(count)d things here and can go on.",
                last.turn_count,
            )
            % {"count": last.turn_count},
            minutes=5,
            url=f"/tutor/{last.id}/",
            action=_("Go on"),
            course=course.id,
            course_title=course.title,
        )
    ]


def _sentence(cards: list[Card], advice: list[Recommendation]) -> str:
    """Say in one sentence what today holds."""
    if not cards:
        return _("Nothing is due. Ask something, or rest.")
    parts = []
    due = sum(1 for each in advice if each.kind == "review")
    if due:
        parts.append(
            ngettext("%(count)d course has reviews", "%(count)d courses have reviews", due)
            % {"count": due}
        )
    going = sum(card.kind in ("continue", "practise", "prerequisite", "session") for card in cards)
    if going:
        parts.append(_("one thing is under way"))
    new = sum(card.kind == "new" for card in cards)
    if new:
        parts.append(_("one is new"))
    if not parts:
        return _("Bring something to read, and there will be something to do.")
    said = ", ".join(parts)
    minutes = sum(card.minutes for card in cards)
    tail = ngettext("about %(count)d minute.", "about %(count)d minutes.", minutes)
    return f"{said[:1].upper()}{said[1:]}: {tail % {'count': minutes}}"
