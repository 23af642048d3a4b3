"""What is held of a person."""

from django.utils import timezone

from edu.common import held as holding
from edu.common.held import Kind, Personal
from edu.common.ids import parse_id
from edu.courses.logic import held
from edu.users import api as users


def held_of_person(*, user: str) -> list[Kind]:
    """Return what is held of a person."""
    return holding.kinds(held.RULES, {"id": parse_id(user)})


def export_person(*, user: str) -> Personal:
    """Return all that is held of a person."""
    return holding.export(held.RULES, {"id": parse_id(user)})


def erase_person(*, user: str) -> dict[str, int]:
    """Erase a person, and the courses that nobody else is in; what they owned goes to who has taught
    there longest. Return how many rows of each table went, or name nobody now."""
    done, heirs = held.erase(parse_id(user), timezone.now())
    for told in heirs:
        users.audit(action="course-role", about=told.pop("user"), detail=told)
    return done


def courses_alone(*, user: str) -> list[str]:
    """Return the courses that nobody but this person is in: they go with the person."""
    return [str(each) for each in held.alone(parse_id(user))]
