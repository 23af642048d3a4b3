"""What people may do on this site besides what they may do in their courses: by their roles. It is read
each time, so what is given or taken holds from the next request on."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from edu.common.errors import Invalid
from edu.common.text import gettext_noop as _
from edu.users.data import NotGiven
from edu.users.models import SiteRole, User

LEARNER, TEACHER, ADMIN = "learner", "teacher", "admin"
INTEGRATOR, AUDITOR = "integrator", "auditor"
ROLES = (LEARNER, TEACHER, ADMIN, INTEGRATOR, AUDITOR)
GIVEN = {  # "learner" everybody is, "admin" who is staff
    TEACHER: _("Teacher"),
    INTEGRATOR: _("Integrator: connects programs"),
    AUDITOR: _("Auditor: reads the audit trail and the ledger of outside calls"),
}

PERMISSIONS = {
    "make_courses": _("Make courses"),
    "use_programs": _("Make access tokens, and let programs of others in"),
    "use_webhooks": _("Have programs told what happens (webhooks)"),
    "register_programs": _("Register programs that ask people to let them in"),
    "invite": _("Invite people to make an account"),
    "read_audit": _("Read the audit trail"),
    "read_ledger": _("Read the ledger of what was sent to models outside"),
    "read_mailbox": _("Read the letters that were not sent; they may let their reader in"),
    "read_conversations": _(
        "Read in the administration what people say to the tutor; each look is written down"
    ),
    "administer": _("Enter the administration"),
}
DEFAULTS: dict[str, tuple[str, ...]] = {
    LEARNER: ("make_courses", "use_programs", "use_webhooks"),
    TEACHER: ("make_courses",),
    ADMIN: ("administer",),
    INTEGRATOR: ("use_programs", "use_webhooks", "register_programs"),
    AUDITOR: ("read_audit", "read_ledger"),
}
FIXED: dict[str, tuple[str, ...]] = {ADMIN: ("administer",)}
NOT_BY_RANK = frozenset({"read_conversations"})  # not even superusers, unless their role says so

# What the administration asks for when it opens a list, for those who are no staff with rights of
# Django's own.
OPENS = {
    "register_programs": (
        "oauth2_provider.view_application",
        "oauth2_provider.add_application",
        "oauth2_provider.change_application",
        "oauth2_provider.delete_application",
    ),
    "invite": ("users.view_invitation", "users.add_invitation", "users.delete_invitation"),
    "read_audit": ("users.view_auditrecord",),
    "read_ledger": ("inference.view_outsidecall",),
    "read_mailbox": ("users.view_mail",),
}


def of(user: Any) -> list[str]:
    """Return the roles of an account (anything with `is_staff` and `site_roles`)."""
    more = set(user.site_roles) | ({ADMIN} if user.is_staff else set())
    return [each for each in ROLES if each == LEARNER or each in more]


def _allowed() -> dict[str, frozenset[str]]:
    """Return what each role allows now."""
    stored = dict(SiteRole.objects.values_list("name", "permissions"))
    return {
        role: frozenset(stored.get(role, DEFAULTS[role])) & PERMISSIONS.keys() for role in ROLES
    }


def permissions(user: Any) -> frozenset[str]:
    """Return what an account may do on this site. A superuser may do all but what is NOT_BY_RANK."""
    if not user.is_active:
        return frozenset()
    allowed = _allowed()
    by_role = frozenset().union(*(allowed[role] for role in of(user)))
    return by_role | (PERMISSIONS.keys() - NOT_BY_RANK if user.is_superuser else frozenset())


def of_id(user: UUID) -> frozenset[str]:
    """Return what the account with this id may do; nothing when there is none."""
    columns = ("is_active", "is_staff", "is_superuser", "site_roles")
    row = User.objects.filter(id=user).only(*columns).first()
    return permissions(row) if row else frozenset()


def need(user: UUID, permission: str) -> None:
    """Raise NotGiven unless this person may do what `permission` names."""
    if permission not in PERMISSIONS:
        raise ValueError(f"no such permission: {permission}")
    if permission not in of_id(user):
        raise NotGiven


def change(role: str, wanted: Iterable[str]) -> dict[str, list[str]]:
    """Let `role` allow exactly what is `wanted`; return what was "given" and what was "taken". Raises
    Invalid for what there is not, and for what the role cannot do without."""
    new = set(wanted)
    if role not in ROLES or not new <= PERMISSIONS.keys():
        raise Invalid(fields={"permissions": _("There is no such permission.")})
    if not set(FIXED.get(role, ())) <= new:
        raise Invalid(
            fields={"permissions": _("This role is who enters the administration: that stays.")}
        )
    before = _allowed()[role]
    kept = [each for each in PERMISSIONS if each in new]
    SiteRole.objects.update_or_create(name=role, defaults={"permissions": kept})
    return {"given": sorted(new - before), "taken": sorted(before - new)}
