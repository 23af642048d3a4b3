"""What is held of a person, and the trail of what was done."""

from typing import Any

from django.utils import timezone

from edu.common import held as holding
from edu.common.ids import parse_id
from edu.common.pages import Page
from edu.common.querypages import page_of
from edu.users.data import AuditCheck, AuditEntry
from edu.users.logic import audit as trail
from edu.users.logic import held
from edu.users.models import AuditRecord


def held_of_person(*, user: str) -> list[holding.Kind]:
    """Return what is held of a person."""
    return holding.kinds(held.RULES, held.names(parse_id(user)))


def export_person(*, user: str) -> holding.Personal:
    """Return all that is held of a person."""
    return holding.export(held.RULES, held.names(parse_id(user)))


def erase_person(*, user: str) -> dict[str, int]:
    """Erase a person's account; return how many rows went, by table."""
    return held.erase(parse_id(user), timezone.now())


def audit(
    *, action: str, by: str = "", about: str = "", detail: dict[str, Any] | None = None
) -> int:
    """Write down for good that `by` did something that concerns `about` (ids of people; "": nobody
    known), and return the record's number. `action` is one of data.AUDITED, `detail` names and plain
    values. Called by other apps before or after their own transaction, as every api."""
    actor, whom = (parse_id(each) if each else None for each in (by, about))
    return trail.write(action, actor, whom, detail or {}, timezone.now())


def history(*, user: str, cursor: str | None = None, limit: int = 50) -> Page[AuditEntry]:
    """Return what the audit trail says about one person, the newest first."""
    rows = AuditRecord.objects.filter(about=parse_id(user))
    page = page_of(rows, order="-number", cursor=cursor, limit=limit, to_data=lambda row: row)
    return Page(trail.entries(page.items), page.next, page.previous)


def check_audit() -> AuditCheck:
    """Read the whole audit trail and say whether its chain holds."""
    return AuditCheck(*trail.broken())
