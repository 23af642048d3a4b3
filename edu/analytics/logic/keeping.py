"""What happens to the books when the course below them changes."""

from datetime import datetime
from uuid import UUID

from edu.analytics.logic import evidence, standing
from edu.analytics.models import Evidence, Interaction, Mastery, Movement, ReviewCard
from edu.common.ids import parse_id


def move(course: UUID, moved: dict[str, str], now: datetime) -> None:
    """Give what hangs on each objective that is gone to its heir, and work mastery out anew. Done
    twice it changes nothing more."""
    touched: set[tuple[UUID, UUID]] = set()
    for gone in moved:
        old, new = parse_id(gone), parse_id(_heir(gone, moved))
        mine = Evidence.objects.filter(course=course, objective=old)
        touched |= {(user, new) for user in mine.values_list("user", flat=True).distinct()}
        mine.update(objective=new)
        Movement.objects.filter(course=course, objective=old).update(objective=new)
        ReviewCard.objects.filter(course=course, objective=old).update(objective=new)
        Mastery.objects.filter(course=course, objective=old).delete()
    for user, objective in sorted(touched):
        evidence.work_out(standing.hold(user, course, objective, now))


def _heir(gone: str, moved: dict[str, str]) -> str:
    """Follow `moved` to the objective that is still there."""
    heir, seen = moved[gone], {gone}
    while heir in moved and heir not in seen:
        seen.add(heir)
        heir = moved[heir]
    return heir


def forget_course(course: UUID) -> None:
    """Delete all rows about `course`."""
    for model in (Interaction, Evidence, Mastery, Movement, ReviewCard):
        model.objects.filter(course=course).delete()
