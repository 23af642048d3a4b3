"""Members of a course with their names, which the users app knows."""

from dataclasses import dataclass
from datetime import datetime

from edu.courses.data import Course, Member
from edu.users import api as users
from edu.users.data import Person


@dataclass(frozen=True)
class Named:
    """A member as `course`'s reader sees them: `email` is None unless the reader manages people."""

    user: str
    display_name: str
    email: str | None
    role: str
    joined_at: datetime
    owner: bool
    face: Person | None = None  # with the account, that is


def named(members: list[Member], course: Course) -> list[Named]:
    """Return `members` with their names; somebody whose account is gone has none."""
    people = users.people(users=[each.user for each in members])
    return [
        Named(
            user=each.user,
            display_name=people[each.user].display_name if each.user in people else "",
            email=people[each.user].email
            if each.user in people and "manage_people" in course.permissions
            else None,
            role=each.role,
            joined_at=each.joined_at,
            owner=each.owner,
            face=people.get(each.user),
        )
        for each in members
    ]
