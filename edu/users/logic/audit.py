"""The audit trail: records are added one after the other, each chained to the one before."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from edu.users.data import AuditEntry
from edu.users.models import AuditRecord, User

# Of PostgreSQL's advisory locks the one of this chain: whoever holds it writes the next record.
LOCK = 0x65_64_75_01
ERASED = "erased"


@transaction.atomic
def write(
    action: str, actor: UUID | None, about: UUID | None, detail: dict[str, Any], now: datetime
) -> int:
    """Add one record and return its number. It becomes part of the caller's transaction: it is there
    if and only if what it tells of has happened. Until that ends, the next writer waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last = AuditRecord.objects.order_by("-number").values_list("number", "digest").first()
    number, before = (last[0] + 1, last[1]) if last else (1, "")
    row = AuditRecord(
        number=number,
        at=now.astimezone(UTC),
        action=action,
        actor=actor,
        about=about,
        detail=detail,
        before=before,
    )
    row.digest = _digest(row)
    row.save(force_insert=True)
    return number


def _digest(row: AuditRecord) -> str:
    told = [
        row.number,
        row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        row.action,
        str(row.actor or ""),
        str(row.about or ""),
        row.detail,
        row.before,
    ]
    exact = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(exact.encode()).hexdigest()


def broken() -> tuple[int | None, int, str]:
    """Read the whole chain; return the number of the first record that is missing or not as it was
    written (None: it is whole), how many records hold, and the digest of the last of them."""
    count, digest, cleared, erased = 0, "", {}, {}
    for row in AuditRecord.objects.order_by("number").iterator(chunk_size=1000):
        if row.number != count + 1 or row.before != digest:
            return count + 1, count, digest
        if row.digest != _digest(row):
            cleared[row.number] = (row.about, row.detail, digest)
        elif row.action == ERASED:
            erased[row.number] = row.about
        count, digest = row.number, row.digest
    for number, (about, detail, before) in cleared.items():
        by = detail.get("erased")
        if detail != {"erased": by} or by not in erased or erased[by] != about or by < number:
            return number, number - 1, before
    return None, count, digest


def clear(user: UUID, now: datetime) -> None:
    """Take names and addresses out of the records about a person who is erased. The record of that,
    which each of them names from then on, accounts for their digests; the database lets no other
    change pass."""
    number = write(ERASED, user, user, {}, now)
    rows = AuditRecord.objects.filter(about=user, number__lt=number).exclude(detail={})
    rows.update(detail={"erased": number})


def entries(rows: list[AuditRecord]) -> list[AuditEntry]:
    """Return records as data, with the names of who did it."""
    actors = {row.actor for row in rows if row.actor}
    names = dict(User.objects.filter(id__in=actors).values_list("id", "display_name"))
    return [
        AuditEntry(
            number=row.number,
            at=row.at,
            action=row.action,
            actor=str(row.actor or ""),
            actor_name=names.get(row.actor, "") if row.actor else "",
            about=str(row.about or ""),
            detail=row.detail,
        )
        for row in rows
    ]
