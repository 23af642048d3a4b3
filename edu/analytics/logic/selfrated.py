"""A recall that nobody graded: the person looked at the answer and said how well they had it.

It is evidence, as their own word: it counts a quarter of a graded answer, only when the question is due,
and once.
"""

from datetime import datetime
from uuid import UUID

from edu.analytics import data
from edu.analytics.logic import cards, evidence, standing, timeline
from edu.analytics.models import Evidence
from edu.common.errors import Invalid
from edu.common.ids import new_id

COUNTS = 0.25
SCORES = {"again": 0.0, "hard": 0.6, "good": 1.0, "easy": 1.0}


def recall(user: UUID, item: UUID, rating: str, now: datetime) -> data.Review:
    """Enter what `user` says of a question that is due; mastery and the next date follow."""
    if rating not in SCORES:
        raise Invalid(fields={"rating": data.NO_RATING})
    card = cards.one(user, item, now)
    # Whoever holds this row works on the learner and the objective alone: a double click comes second.
    mastery = standing.hold(user, UUID(card.course), UUID(card.objective), now)
    card = cards.one(user, item, now)
    if card.due_at > now:
        raise data.NotDue
    told = new_id()
    row = Evidence.objects.create(
        attempt=told,
        event=told,
        user=user,
        course=mastery.course,
        objective=mastery.objective,
        item=item,
        kind=cards.SELF_RATED,
        score=SCORES[rating],
        counts=COUNTS,
        rating=data.RATINGS.index(rating) + 1,
        answered_at=now,
    )
    timeline.answered(row)
    evidence.work_out(mastery, told)
    cards.work_out(user, item)
    return cards.one(user, item, now)
