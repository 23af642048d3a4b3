"""One objective of a course, as the panel beside the map tells it; one session, as its page does."""

from edu.analytics import api as analytics
from edu.assessments import api as assessments
from edu.courses import api as courses
from edu.multimodal import api as multimodal
from edu.orchestrator.data import LearnPanel, Teaching, TutorPage
from edu.orchestrator.logic import rows
from edu.orchestrator.models import Session

MOST_PASSAGES = 5


def panel(user: str, course: str, objective: str) -> LearnPanel:
    """Return what one objective is, how `user` stands on it, and what teaches it. Raises
    NoSuchObjective."""
    found = courses.objective(course=course, objective=objective, proposed=False)
    titles = {each.id: each.title for each in courses.objectives(course=course)}
    known = {each.objective: each for each in analytics.mastery(user=user, course=course)}
    passages = multimodal.course_passages(course=course, objective=found.id, limit=MOST_PASSAGES)
    materials = {
        each.id: each.title
        for each in multimodal.materials_of_objective(course=course, objective=found.id)
    }
    return LearnPanel(
        objective=found,
        mastery=known.get(found.id),
        before=[titles[each] for each in found.prerequisites if each in titles],
        passages=[
            Teaching(
                title=materials.get(each.material, ""),
                text=each.text,
                locator=each.locator,
                url=f"/materials/{each.material}/?passage={each.id}#p-{each.id}",
            )
            for each in passages
        ],
        items=assessments.live_items(course=course, objectives=[found.id]),
    )


def tutor_page(user: str, row: Session, limit: int) -> TutorPage:
    """Return the last `limit` turns of a session, oldest first, and the bar of its objective."""
    found = list(rows.full().filter(session=row).order_by("-ordinal")[: limit + 1])
    turns = [rows.turn(each) for each in reversed(found[:limit])]
    about = str(row.objective or "")
    if not about:
        about = next((each.objective or "" for each in reversed(turns) if each.objective), "")
    titles = {each.id: each.title for each in courses.objectives(course=str(row.course))}
    known = {each.objective: each for each in analytics.mastery(user=user, course=str(row.course))}
    return TutorPage(
        session=rows.session(row),
        turns=turns,
        earlier=len(found) > limit,
        objective=titles.get(about, ""),
        mastery=known.get(about),
    )
