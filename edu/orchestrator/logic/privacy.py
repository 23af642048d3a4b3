"""What all apps together hold of a person. Each app answers for itself; here they are asked in turn."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from edu.agents import api as agents
from edu.analytics import api as analytics
from edu.assessments import api as assessments
from edu.common import held as holding
from edu.common.held import KEEP, Kind, Personal
from edu.courses import api as courses
from edu.events import api as events
from edu.inference import api as inference
from edu.multimodal import api as multimodal
from edu.orchestrator.logic import held, notices
from edu.orchestrator.models import Session, Turn
from edu.users import api as users

# In the order in which a person is erased: what may still tell of them first, their account last, so
# that until then it is known who they were. The run log of agents is found by the turns.
BELOW: dict[str, Any] = {
    "events": events,
    "courses": courses,
    "agents": None,
    "orchestrator": None,
    "multimodal": multimodal,
    "assessments": assessments,
    "analytics": analytics,
    "inference": inference,
}


def _above() -> dict[str, str]:
    return {each.split(".")[1]: each for each in settings.HELD_ABOVE}


def apps() -> list[str]:
    """Return the names of the apps that hold something of people, in the order of an erasure."""
    return [*BELOW, *_above(), "users"]


def _door(app: str, verb: str) -> Callable[..., Any]:
    """Return the function `verb` of an app."""
    if app == "users":
        return getattr(users, verb)
    if app in BELOW:
        return getattr(BELOW[app], verb)
    return import_string(f"{_above()[app]}.{verb}")


def _turns(user: UUID) -> list[str]:
    return [str(each) for each in held.turns(user)]


def kinds(user: UUID, app: str) -> list[Kind]:
    """Return what one app holds of a person."""
    if app == "orchestrator":
        return holding.kinds(held.RULES, {"id": user})
    if app == "agents":
        return agents.held_of_person(turns=_turns(user))
    return list(_door(app, "held_of_person")(user=str(user)))


def all_kinds(user: UUID) -> list[Kind]:
    """Return what all apps hold of a person."""
    return [kind for app in reversed(apps()) for kind in kinds(user, app)]


def export(user: UUID, app: str) -> Personal:
    """Return all that one app holds of a person."""
    if app == "orchestrator":
        return holding.export(held.RULES, {"id": user})
    if app == "agents":
        return agents.export_person(turns=_turns(user))
    found: Personal = _door(app, "export_person")(user=str(user))
    return found


def erase(user: UUID, app: str) -> None:
    """Erase a person from one app. Doing it again is no error."""
    if app == "orchestrator":
        held.erase(user)
    elif app == "agents":
        agents.erase_person(turns=_turns(user))
    else:
        if app == "courses":
            for course in courses.courses_alone(user=str(user)):
                _forget(course)
        _door(app, "erase_person")(user=str(user))


def _forget(course: str) -> None:
    """Let all that hangs on a course go at once that nobody else is in. CourseRemoved, which tells the
    apps again when the course itself goes, finds nothing more."""
    forget_course(course)
    for app in (multimodal, analytics, assessments):
        app.forget_course(course=course)


def forget_course(course: str) -> None:
    """Delete the sessions of a course, with what was shown and said in them, and the notices about it."""
    rows = Session.objects.filter(course=course)
    held.drop_files(Turn.objects.filter(course=course))
    rows.delete()
    notices.forget_course(UUID(course))


def counted(found: list[Kind], *, kept: bool) -> dict[str, int]:
    """Return how many rows there are by table, of those that are kept or of the others."""
    return {each.name: each.count for each in found if (each.end == KEEP) == kept}
