"""Programs that people register, by those whom the site allows it (`register_programs`)."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from edu.common.ids import parse_id
from edu.users.data import NewOwnProgram, OwnProgram
from edu.users.logic import audit as trail
from edu.users.logic import registered, roles

PERMISSION = "register_programs"


def program_scopes() -> dict[str, str]:
    """Return the scopes that a program may be registered for, with their words."""
    return registered.offered()


def own_programs(*, user: str) -> list[OwnProgram]:
    """Return the programs that a person registered, by name. Raises NotGiven."""
    roles.need(parse_id(user), PERMISSION)
    return registered.of_person(parse_id(user))


def own_program(*, user: str, program: str) -> OwnProgram:
    """Return one of them; raise NotGiven, NotFound."""
    roles.need(parse_id(user), PERMISSION)
    return registered.get(parse_id(user), program)


def register_program(*, user: str, wanted: dict[str, Any]) -> NewOwnProgram:
    """Register a program: `wanted` has name, kind ("asks" people to let it in, or "acts" for its owner),
    public (it can keep no secret), redirect_uris and scopes. Its secret is in the answer and never again.
    Raises NotGiven, Invalid by fields, Conflict."""
    owner = parse_id(user)
    roles.need(owner, PERMISSION)
    with transaction.atomic():
        secret, about = registered.make(owner, wanted)
        told = {"name": about.name, "scopes": about.scopes}
        trail.write("program-registered", owner, owner, told, timezone.now())
    return NewOwnProgram(secret, about)


@transaction.atomic
def change_program(*, user: str, program: str, wanted: dict[str, Any]) -> OwnProgram:
    """Change its name, redirect_uris and scopes; tokens with a scope that is taken from it end. Raises
    NotGiven, NotFound, Invalid."""
    owner = parse_id(user)
    roles.need(owner, PERMISSION)
    about = registered.change(owner, program, wanted)
    told = {"name": about.name, "scopes": about.scopes}
    trail.write("program-changed", owner, owner, told, timezone.now())
    return about


@transaction.atomic
def new_program_secret(*, user: str, program: str) -> NewOwnProgram:
    """Give it another secret, at once in the place of the one before. Raises NotGiven, NotFound."""
    owner = parse_id(user)
    roles.need(owner, PERMISSION)
    secret, about = registered.new_secret(owner, program), registered.get(owner, program)
    trail.write("program-secret", owner, owner, {"name": about.name}, timezone.now())
    return NewOwnProgram(secret, about)


@transaction.atomic
def remove_program(*, user: str, program: str) -> None:
    """Remove it, and all that it holds of people. Raises NotGiven, NotFound."""
    owner = parse_id(user)
    roles.need(owner, PERMISSION)
    name = registered.remove(owner, program)
    trail.write("program-removed", owner, owner, {"name": name}, timezone.now())


def program_allows(*, program: int, scopes: list[str]) -> bool:
    """Whether a program (by the key of its row) may ask for these scopes."""
    return registered.allows(program, set(scopes))
