"""What the verbs ask first: may this person do this in this course."""

from edu.common.ids import parse_id
from edu.courses.logic import membership
from edu.courses.models import Membership


def with_right(user: str, course: str, need: str) -> Membership:
    """Lock the course for a change that `user` may make."""
    place = parse_id(course)
    membership.seat(parse_id(user), place, need)
    membership.lock(place)
    return membership.seat(parse_id(user), place, need)
