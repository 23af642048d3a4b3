"""What is held of a person."""

from edu.common import held as holding
from edu.common.held import Kind, Personal
from edu.common.ids import parse_id
from edu.multimodal.logic import (
    held,
)


def held_of_person(*, user: str) -> list[Kind]:
    """Return what is held of a person."""
    return holding.kinds(held.RULES, {"id": parse_id(user)})


def export_person(*, user: str) -> Personal:
    """Return all that is held of a person."""
    return holding.export(held.RULES, {"id": parse_id(user)})


def erase_person(*, user: str) -> dict[str, int]:
    """Erase a person, whose materials stay in others' courses; return how many rows of each table went."""
    return held.erase(parse_id(user))
