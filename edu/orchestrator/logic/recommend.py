"""What to do next, with its names and where it leads: analytics advises, here it gets words."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from edu.analytics import api as analytics
from edu.analytics.data import Advice
from edu.assessments import api as assessments
from edu.courses import api as courses
from edu.courses.data import Course, Objective
from edu.multimodal import api as multimodal
from edu.orchestrator.data import Recommendation

MOST_COURSES = 12
BRING = 0.97  # without anything to read nothing else makes sense


def recommend(user: str, among: Sequence[Course]) -> list[Recommendation]:
    """Return what `user` had best do next in these courses, best first."""
    if not among:
        return [
            Recommendation(
                kind="bring",
                title=_("Bring something to learn from"),
                why=_("You are in no course yet. A file that you bring becomes one."),
                score=BRING,
                url="/",
                action=_("Bring a file"),
            )
        ]
    found: list[Recommendation] = []
    for course in among[:MOST_COURSES]:
        found += of_course(user, course)
    return sorted(found, key=lambda each: -each.score)


def of_course(user: str, course: Course) -> list[Recommendation]:
    """Return what to do next in one course, best first."""
    first = multimodal.course_passages(course=course.id, limit=1)
    found = [] if first else [_bring(course)]
    advice = analytics.advise(user=user, course=course.id)
    # What was answered counts, whether or not its objective has been accepted by now.
    titles = {each.id: each for each in courses.objectives(course=course.id, status=None)}
    has_items = bool(first) or assessments.live_items(course=course.id) > 0
    for each in advice:
        if not has_items and each.kind in ("new", "practise", "continue"):
            continue  # there is nothing to learn it from yet
        named = _named(course, each, titles)
        if named is not None:
            found.append(named)
    return sorted(found, key=lambda each: -each.score)


def _bring(course: Course) -> Recommendation:
    may = "bring" in course.permissions
    why = (
        _("%(course)s has no materials that can be read yet.")
        if may
        else _("%(course)s has no materials that can be read yet. Ask your teacher for some.")
    )
    return Recommendation(
        kind="bring",
        title=_("Bring something to learn from"),
        why=why % {"course": course.title},
        score=BRING if may else 0.05,
        course=course.id,
        url=f"/courses/{course.id}/materials/",
        action=_("Bring a file") if may else _("See the materials"),
        minutes=2,
    )


def _named(course: Course, advice: Advice, titles: dict[str, Objective]) -> Recommendation | None:
    objective = titles.get(advice.objective or "")
    if advice.objective and objective is None:
        return None  # merged or dropped a moment ago
    name = objective.title if objective else course.title
    if objective and objective.root and advice.kind != "review":
        name = _("the rest of the course")  # it is called as the course is, and not among the goals
    material = None
    if objective and advice.kind in ("new", "continue", "prerequisite", "practise"):
        read = multimodal.materials_of_objective(course=course.id, objective=objective.id)
        material = read[0].id if read else None
    title, url, action = _words(course, advice, name)
    return Recommendation(
        kind=advice.kind,
        title=title,
        why=advice.why,
        score=advice.score,
        objective=advice.objective,
        item=advice.item,
        material=material,
        course=course.id,
        url=url,
        action=action,
        minutes=advice.minutes,
    )


def _words(course: Course, advice: Advice, name: str) -> tuple[str, str, str]:
    """Return the title of an advice, where it leads and what its button says."""
    tutor = f"/courses/{course.id}/tutor/"
    if advice.kind == "review":
        return _("Review %(name)s") % {"name": name}, "/reviews/", _("Review")
    if advice.kind == "continue":
        link = f"{tutor}?objective={advice.objective}"
        return _("Continue with %(name)s") % {"name": name}, link, _("Continue")
    if advice.kind == "practise":
        link = f"/courses/{course.id}/practise/?objective={advice.objective}"
        return _("Practise %(name)s") % {"name": name}, link, _("Practise")
    if advice.kind == "prerequisite":
        link = f"{tutor}?objective={advice.objective}"
        return _("Go back to %(name)s") % {"name": name}, link, _("Go back to it")
    link = f"{tutor}?objective={advice.objective}"
    return _("Start %(name)s") % {"name": name}, link, _("Start")
