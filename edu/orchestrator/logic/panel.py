"""One objective of a course, as the panel beside the map tells it."""

from edu.analytics import api as analytics
from edu.assessments import api as assessments
from edu.courses import api as courses
from edu.multimodal import api as multimodal
from edu.orchestrator.data import LearnPanel, Teaching

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
