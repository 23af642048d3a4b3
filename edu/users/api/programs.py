"""Access for programs: personal tokens, and programs of others."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from edu.common.ids import parse_id
from edu.common.pages import Page
from edu.common.querypages import page_of
from edu.users.data import NewPersonalAccess, PersonalAccess, Program
from edu.users.logic import audit as trail
from edu.users.logic import failures, openid, personal, programs, roles
from edu.users.models import PersonalToken


def make_token(
    *, user: str, name: str, scopes: list[str], days: int, maker: str = ""
) -> NewPersonalAccess:
    """Make a personal access token; it is in the answer and never again. `maker` is the id of the
    token that asks for it ("": the person does), beyond which it cannot go. Raises Invalid (fields
    "name", "scopes", "days"), ScopeMissing, NotGiven, and Conflict at 50 tokens."""
    now, owner = timezone.now(), parse_id(user)
    roles.need(owner, "use_programs")
    with transaction.atomic():
        plain, row = personal.make(owner, name, scopes, days, maker, now)
        told = {"name": row.name, "scopes": row.scopes, "until": row.expires_at.isoformat()}
        trail.write("token-made", owner, owner, told, now)
    return NewPersonalAccess(plain, personal.data(row))


def tokens_of(*, user: str, cursor: str | None = None, limit: int = 50) -> Page[PersonalAccess]:
    """Return a person's tokens that were not ended, the expired ones too, the newest first."""
    rows = PersonalToken.objects.filter(user_id=parse_id(user), dead_at=None)
    return page_of(rows, order="-id", cursor=cursor, limit=limit, to_data=personal.data)


@transaction.atomic
def end_token(*, user: str, token: str) -> None:
    """End a token (by its id) of this person, and those that it made. Raises NotFound."""
    now, owner = timezone.now(), parse_id(user)
    row = personal.end(owner, token, now)
    trail.write("token-ended", owner, owner, {"name": row.name}, now)


def programs_of(*, user: str) -> list[Program]:
    """Return the programs of others that hold something of a person, by name."""
    return programs.of_person(parse_id(user), timezone.now())


@transaction.atomic
def end_program(*, user: str, program: str) -> None:
    """Take back all that a program holds of this person. Raises NotFound."""
    owner = parse_id(user)
    name = programs.end(owner, program)
    trail.write("program-ended", owner, owner, {"name": name}, timezone.now())


def may_try_secret(*, program: str, address: str) -> None:
    """Raise TooManyFailures after ten wrong secrets in ten minutes of what says it is this `program`
    (its client_id, whether or not there is such a one), from this network address."""
    failures.check(f"program:{program}", address, timezone.now())


def tried_secret(*, program: str, address: str, right: bool) -> None:
    """Write down whether the secret was right; the failures before a right one are forgotten."""
    if right:
        failures.clear(f"program:{program}", address)
    else:
        failures.note(f"program:{program}", address, timezone.now())


def sign_id_token(*, claims: dict[str, Any]) -> str:
    """Return the claims about a person as a signed ID token of OpenID Connect."""
    return openid.signed(claims)


def id_token_claims(*, token: str) -> dict[str, Any]:
    """Return what an ID token of ours says; raise BadToken."""
    return openid.claims_of(token)
