"""What people may do on this site."""

from typing import Any

from django.db import transaction

from edu.common.ids import parse_id
from edu.users.logic import roles


def may(*, user: str, permission: str) -> bool:
    """Whether a person may do what `permission` (of logic/roles.py) names, on the site as a whole."""
    return permission in roles.of_id(parse_id(user))


def need(*, user: str, permission: str) -> None:
    """Raise NotGiven unless a person may do what `permission` names. ValueError: there is none such."""
    roles.need(parse_id(user), permission)


def admin_rights(*, user: str) -> list[str]:
    """Return what a person's roles open in the administration, in the names of Django's permissions."""
    found = roles.of_id(parse_id(user))
    return sorted({each for name in found for each in roles.OPENS.get(name, ())})


@transaction.atomic
def set_site_role(*, role: str, permissions: list[str]) -> dict[str, Any]:
    """Let a role of the site allow exactly `permissions` from now on; return what was "given" and
    "taken". Raises Invalid (field "permissions")."""
    return roles.change(role, permissions)
