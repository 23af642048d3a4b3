"""All that is held of a person in one archive: JSON for each app, the files, and a page to read it by."""

import json
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils.translation import override

from edu.common.errors import NotFound
from edu.common.ids import parse_id
from edu.common.text import gettext_noop as _
from edu.multimodal import api as multimodal
from edu.orchestrator import data
from edu.orchestrator.logic import privacy
from edu.orchestrator.logic.lease import Clock
from edu.orchestrator.models import OPEN, Export
from edu.users import api as users

LEASE = timedelta(minutes=2)  # without a sign of life another worker begins anew
KEPT = timedelta(days=7)
MOST_TRIES = 3
PART = 1 << 20
GAVE_UP = _("The archive could not be made. Try again; tell your admin.")


def of_row(row: Export) -> data.Export:
    """Return an export as others see it."""
    return data.Export(
        id=str(row.id),
        status=row.status,
        progress=round(row.progress, 3),
        error=row.error or None,
        bytes=row.bytes,
        created_at=row.created_at,
        finished_at=row.finished_at,
    )


def one(user: str, export: str) -> Export:
    """Return a person's own; raise NoSuchExport."""
    try:
        found = Export.objects.filter(id=parse_id(export), user=parse_id(user)).first()
    except NotFound:
        found = None
    if found is None:
        raise data.NoSuchExport
    return found


def ask(user: UUID, now: datetime) -> tuple[Export, bool]:
    """Return the export that is under way for a person, or a new one; and whether it is new."""
    defaults = {"created_at": now, "due_at": now + LEASE}
    return Export.objects.get_or_create(user=user, status__in=OPEN, defaults=defaults)


def due(now: datetime) -> list[UUID]:
    """Return the exports that nobody works on."""
    rows = Export.objects.filter(status__in=OPEN, due_at__lt=now).order_by("due_at")
    return list(rows.values_list("id", flat=True)[:20])


def forget(now: datetime) -> int:
    """Throw away old archives; return how many."""
    old = Export.objects.filter(created_at__lt=now - KEPT).exclude(status__in=OPEN)[:100]
    for row in old:
        if row.key:
            multimodal.drop(key=row.key)
        row.delete()
    return len(old)


def run(export: UUID, clock: Clock) -> None:
    """Make one archive, unless another worker is at it."""
    row = _claim(export, clock())
    if row is None:
        return
    with tempfile.TemporaryDirectory(prefix="edu-export-") as folder:
        path = Path(folder) / "archive.zip"
        _write(row, path, clock)
        kept = multimodal.keep_file(kind="export", path=str(path), media_type="application/zip")
    done = Export.objects.filter(id=row.id, tries=row.tries, status="running").update(
        status="ready", progress=1.0, key=kept.key, bytes=kept.bytes, finished_at=clock()
    )
    if not done:  # another worker took it over, or the person is gone
        multimodal.drop(key=kept.key)


def _claim(export: UUID, now: datetime) -> Export | None:
    with transaction.atomic():
        row = Export.objects.select_for_update(skip_locked=True).filter(id=export).first()
        if row is None or row.status not in OPEN:
            return None
        if row.status == "running" and row.due_at > now:
            return None
        over = row.tries >= MOST_TRIES
        told = {"error": GAVE_UP, "finished_at": now} if over else {"tries": F("tries") + 1}
        Export.objects.filter(id=export).update(
            status="failed" if over else "running", due_at=now + LEASE, **told
        )
    return None if over else Export.objects.get(id=export)


def _write(row: Export, path: Path, clock: Clock) -> None:
    person, parts = users.person(user=str(row.user)), []
    names = list(reversed(privacy.apps()))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, app in enumerate(names):
            found = privacy.export(row.user, app)
            held = {each.name: each for each in privacy.kinds(row.user, app)}
            text = json.dumps(found.rows, ensure_ascii=False, indent=1)
            archive.writestr(f"{app}.json", text)
            for name, key in found.files.items():
                _add(archive, name, key)
            for name, content in found.inside.items():
                archive.writestr(name, content)
            parts += [
                {"told": held[table], "file": f"{app}.json", "rows": _lines(rows)}
                for table, rows in found.rows.items()
                if table in held
            ]
            Export.objects.filter(id=row.id, tries=row.tries).update(
                progress=(number + 1) / (len(names) + 1), due_at=clock() + LEASE
            )
        with override(person.preferences.pages_in):
            told = {"person": person, "parts": parts, "now": clock()}
            archive.writestr("index.html", render_to_string("orchestrator/export.html", told))


def _lines(rows: list[dict[str, Any]]) -> list[list[tuple[str, str]]]:
    """Return rows as (name, text) pairs for people to read, without what is empty."""
    return [
        [
            (name, each if isinstance(each, str) else json.dumps(each, ensure_ascii=False))
            for name, each in row.items()
            if each not in (None, "", [], {})
        ]
        for row in rows
    ]


def _add(archive: zipfile.ZipFile, name: str, key: str) -> None:
    """Copy one stored file into the archive; one that is gone meanwhile is left out."""
    try:
        parts = read(key)
        first = next(parts, b"")
    except NotFound:
        return
    with archive.open(name, "w") as target:
        target.write(first)
        for part in parts:
            target.write(part)


def read(key: str) -> Iterator[bytes]:
    """Yield the bytes of a stored file; raise NotFound."""
    size = multimodal.size(key=key)
    for start in range(0, size, PART):
        yield multimodal.part(key=key, start=start, end=min(size, start + PART))
