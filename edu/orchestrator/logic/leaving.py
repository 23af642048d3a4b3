"""The erasure of a person: asked for, done app by app, and told by a receipt that names nobody.

The row is the truth: a worker notes each app that is through, and whoever takes over from a dead one
goes on with the next. Every step may be done twice."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from edu.multimodal import api as multimodal
from edu.orchestrator import data
from edu.orchestrator.logic import privacy
from edu.orchestrator.logic.lease import Clock
from edu.orchestrator.models import OPEN, Erasure
from edu.users import api as users

ERASED = "erased"
LEASE = timedelta(minutes=1)  # without a sign of life another worker goes on


def of_row(row: Erasure) -> data.Erasure:
    """Return an erasure as others see it."""
    steps = len(privacy.apps())
    return data.Erasure(
        id=str(row.id),
        status=row.status,
        progress=1.0 if row.status == "ready" else round(min(len(row.done) / steps, 0.99), 3),
        erased=row.found,
        kept=row.kept,
        created_at=row.created_at,
        finished_at=row.finished_at,
    )


def begin(user: UUID, now: datetime) -> Erasure:
    """Write down that a person is to be erased; once, however often they ask."""
    defaults = {"created_at": now, "due_at": now + LEASE}
    return Erasure.objects.get_or_create(user=user, defaults=defaults)[0]


def close(user: UUID) -> None:
    """Let nobody in any more as this person, here or by any program."""
    if users.set_active(users=[str(user)], active=False, by=str(user)):
        users.audit(action="erase-asked", by=str(user), about=str(user))
    users.end_other_devices(user=str(user), session="")


def again(now: datetime) -> int:
    """Erase once more whom a database that was put back to an earlier state has brought back: close their
    accounts now, and leave the rest to a worker. Return how many there are."""
    names = [str(UUID(hex=each)) for each in multimodal.remembered(kind=ERASED, texts=False)]
    back = users.people(users=names)
    for each in back:
        begin(UUID(each), now)
        close(UUID(each))
    return len(back)


def due(now: datetime) -> list[UUID]:
    """Return the erasures that nobody works on."""
    rows = Erasure.objects.filter(status__in=OPEN, due_at__lt=now).order_by("due_at")
    return list(rows.values_list("id", flat=True)[:20])


def run(erasure: UUID, clock: Clock) -> None:
    """Do what is left of an erasure, unless another worker is at it."""
    row = _claim(erasure, clock())
    if row is None or row.user is None:
        return
    user = row.user
    # Beside the database, before anything goes: whoever puts back an older state of it erases again.
    multimodal.remember(kind=ERASED, name=user.hex, text=row.created_at.isoformat())
    if users.people(users=[str(user)]):
        close(user)
    if not row.found:
        _count(row, user)
    for app in privacy.apps():
        if app in row.done:
            continue
        if app == "users":
            # What was under way when the account was closed may have written since: once more.
            for again in privacy.apps()[:-1]:
                privacy.erase(user, again)
        privacy.erase(user, app)
        row.done.append(app)
        row.due_at = clock() + LEASE
        row.save(update_fields=["done", "due_at"])
    row.user, row.status, row.finished_at = None, "ready", clock()
    row.save(update_fields=["user", "status", "finished_at"])


def _claim(erasure: UUID, now: datetime) -> Erasure | None:
    with transaction.atomic():
        row = Erasure.objects.select_for_update(skip_locked=True).filter(id=erasure).first()
        if row is None or row.status not in OPEN:
            return None
        if row.status == "running" and row.due_at > now:
            return None
        Erasure.objects.filter(id=erasure).update(
            status="running", due_at=now + LEASE, tries=F("tries") + 1
        )
    return Erasure.objects.get(id=erasure)


def _count(row: Erasure, user: UUID) -> None:
    """Note what there is before anything goes: after a stop in the middle it could not be told."""
    found, kept = {}, {}
    for app in privacy.apps():
        held = privacy.kinds(user, app)
        found[app] = privacy.counted(held, kept=False)
        kept[app] = privacy.counted(held, kept=True)
    kept["orchestrator"].pop("orchestrator.erasure", None)  # this row, which is the receipt
    row.found = {app: told for app, told in found.items() if told}
    row.kept = {app: told for app, told in kept.items() if told}
    row.save(update_fields=["found", "kept"])
