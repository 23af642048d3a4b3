"""What the roles of courses allow, and how that is changed."""

from collections.abc import Iterable

from edu.common.errors import Invalid
from edu.common.text import gettext_noop as _
from edu.courses.data import FIXED, PERMISSIONS, ROLES
from edu.courses.logic import membership
from edu.courses.models import Role


def change(role: str, permissions: Iterable[str]) -> dict[str, list[str]]:
    """Let `role` allow exactly `permissions`; return what was "given" and what was "taken". Raises
    Invalid for what there is not, and for what the role cannot do without."""
    wanted = set(permissions)
    if role not in ROLES or not wanted <= PERMISSIONS.keys():
        raise Invalid(fields={"permissions": _("There is no such permission.")})
    if not set(FIXED[role]) <= wanted:
        raise Invalid(
            fields={
                "permissions": _("Some of these cannot be taken: nobody could run a course then.")
            }
        )
    before = membership.rights_of_roles()[role]
    kept = [each for each in PERMISSIONS if each in wanted]
    Role.objects.update_or_create(name=role, defaults={"permissions": kept})
    return {"given": sorted(wanted - before), "taken": sorted(before - wanted)}
